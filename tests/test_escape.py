"""The judge of terminal output finds every hostile payload, and nothing in honest output."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.e2e.escape import CLIPBOARD, OSC_ALLOWED, ModeLedger, Tokenizer, findings, tokens
from tests.hostile import CONTROLS, MARKER, MARKUP, PAYLOADS, references, write_all, write_names

# What Textual 8.2 writes at start and end, mouse, paste and kitty keyboard included.
START = (
    "\x1b[?1049h\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h\x1b[?25l\x1b[?1004h\x1b[>25u"
    "\x1b[?2026$p\x1b[?2048$p\x1b[?2004h\x1b[?7l"
)
FRAME = (
    "\x1b[?2026h\x1b[1;1H\x1b[38;2;224;224;224;48;2;18;18;18mArticles – “quoted”\x1b[0m\r\n"
    "\x1b]8;id=7;https://example.org/a?b=c\x1b\\a link\x1b]8;;\x1b\\ 日本語 👩‍👩‍👧 é नमस्ते\x1b[?2026l"
)
END = (
    "\x1b[?2004l", "\x1b[?7h", "\x1b[?1000l", "\x1b[?1003l", "\x1b[?1015l", "\x1b[?1006l", "\x1b[<u",
    "\x1b[?1049l", "\x1b[?25h", "\x1b[?1004l",
)  # fmt: skip

anything = st.text(st.one_of(st.characters(), st.sampled_from("\x1b[]P_^X\\;?0m\x07\x18\x9b\x9c\x9d\x90")))


@pytest.mark.parametrize("name", CONTROLS)
def test_a_raw_payload_is_found(name: str) -> None:
    assert findings(f"before {CONTROLS[name]} after\r\n".encode(), MARKER)


@pytest.mark.parametrize("name", CONTROLS)
def test_a_raw_payload_is_found_in_the_middle_of_a_frame(name: str) -> None:
    frame = START + FRAME.replace("a link", f"a {CONTROLS[name]} link") + FRAME + "".join(END)
    assert findings(frame.encode(), MARKER)


@pytest.mark.parametrize("name", [name for name, text in CONTROLS.items() if "\x80" <= text[0] <= "\x9f"])
def test_a_c1_control_is_found_as_a_raw_byte_too(name: str) -> None:
    assert findings(b"before " + CONTROLS[name].encode("latin-1"), MARKER)


@pytest.mark.parametrize("cut", range(1, 9))
def test_a_sequence_cut_before_its_marker_is_found(cut: int) -> None:
    """A title is cropped to its column; the rest of the screen follows the open sequence."""
    for name in ("csi-style", "osc-title", "dcs", "apc"):
        assert findings((CONTROLS[name][: 1 + cut] + FRAME).encode(), MARKER), (name, cut)


def test_honest_output_has_no_findings() -> None:
    visible = f"\r\nthe visible marker {MARKER}\r\n{MARKER}\tat a line start" + "".join(MARKUP.values())
    assert findings((START + FRAME + visible + "".join(END)).encode(), MARKER) == []


def test_the_output_of_a_pager_has_no_findings() -> None:
    output = f"\x1b[?1049h\x1b[?1h\x1b=\r{'text'}\r\n\x1b[7m(END)\x1b[27m\x1b[K\r\x1b[K\x1bM\x1b[?1l\x1b>\x1b[?1049l"
    assert findings(output.encode(), MARKER) == []


def test_a_recording_that_stops_inside_a_character_or_a_style_has_no_findings() -> None:
    assert findings(FRAME.encode() + "日".encode()[:2], MARKER) == []
    assert findings(FRAME.encode() + b"\x1b[38;2", MARKER) == []


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "http://e.org/a b", "e.org"])
def test_only_web_and_mail_links_are_allowed(target: str) -> None:
    assert findings(f"\x1b]8;;{target}\x1b\\x\x1b]8;;\x1b\\".encode(), MARKER)


def test_a_marker_in_the_clean_target_of_a_link_is_no_leak() -> None:
    assert (
        findings(f"\x1b]8;id=1;https://example.org/]52;c;{MARKER}\x1b\\x\x1b]8;;\x1b\\".encode(), MARKER)
        == []
    )


def test_bell_and_clipboard_are_allowed_only_on_request() -> None:
    assert findings(b"\x07", MARKER)
    assert findings(b"\x07", MARKER, bell=True) == []
    assert findings(b"\x1b]52;c;aGVsbG8=\x07", MARKER)
    assert findings(b"\x1b]52;c;aGVsbG8=\x07", MARKER, osc={**OSC_ALLOWED, "52": CLIPBOARD}) == []


@given(anything)
def test_tokens_lose_no_character(text: str) -> None:
    assert "".join(token.raw for token in tokens(text)) == text


@given(st.lists(anything))
def test_tokens_do_not_depend_on_how_the_output_was_cut(pieces: list[str]) -> None:
    tokenizer = Tokenizer()
    cut = [token for piece in pieces for token in tokenizer.feed(piece)] + list(tokenizer.close())
    whole = list(tokens("".join(pieces)))
    assert [t for t in cut if t.kind != "text"] == [t for t in whole if t.kind != "text"]
    assert "".join(t.raw for t in cut) == "".join(t.raw for t in whole)


@given(st.binary())
def test_any_bytes_can_be_judged(recording: bytes) -> None:
    findings(recording, MARKER)
    ModeLedger.of(recording).left_on()


def test_a_complete_session_leaves_nothing_on() -> None:
    assert ModeLedger.of((START + FRAME + "".join(END)).encode()).left_on() == []


@pytest.mark.parametrize("forgotten", END)
def test_a_forgotten_mode_is_named(forgotten: str) -> None:
    recording = START + FRAME + "".join(reset for reset in END if reset != forgotten)
    left = ModeLedger.of(recording.encode()).left_on()
    assert left
    if forgotten.startswith("\x1b[?"):
        assert any(forgotten[2:-1] in line for line in left)


def test_popping_the_keyboard_after_the_alternate_screen_is_too_late() -> None:
    assert ModeLedger.of(b"\x1b[?1049h\x1b[>25u\x1b[?1049l\x1b[<u").left_on() == [
        "kitty keyboard of the alternate screen is [25]"
    ]


def test_a_style_that_is_not_reset_is_named() -> None:
    assert ModeLedger.of(b"\x1b[1;31mred").left_on() == ["colour or style (style) is on"]
    assert ModeLedger.of(b"\x1b[1;31mred\x1b[0m").left_on() == []


def test_references_are_ascii_and_hold_no_control() -> None:
    for text in PAYLOADS.values():
        assert references(text).isascii()
        assert references(text).isprintable()


def test_every_payload_is_written_in_every_kind_of_file(tmp_path: Path) -> None:
    paths = write_all(tmp_path)
    assert len(paths) == len(set(paths)) == 5 * len(PAYLOADS)
    for path in paths:
        assert MARKER.encode() in path.read_bytes()
    assert len(write_names(tmp_path / "names")) > 0.8 * len(CONTROLS)
