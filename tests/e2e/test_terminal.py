"""The terminal of the other tests works: it types, shows, answers, resizes, hangs up, and tells on programs."""

from __future__ import annotations

import os
import re
import signal
import sys
import textwrap
from pathlib import Path

import pytest

from tests.e2e.emulator import Emulator
from tests.e2e.keys import key_bytes
from tests.e2e.terminal import Terminal

# Goes raw, asks what Textual asks, then shows what it reads.
PROBE = """
import os, signal, sys, termios, tty
before = termios.tcgetattr(0)
tty.setraw(0)
signal.signal(signal.SIGWINCH, lambda *_: show(f"size {tuple(os.get_terminal_size())}"))
def show(text): os.write(1, f"\\r\\n{text}".encode())
os.write(1, b"\\x1b[?1049h\\x1b[>25u\\x1b[?2026$p\\x1b[?2048$p\\x1b[c")
show("ready")
while not (data := os.read(0, 100)).endswith(b"q"):
    show(ascii(data))
os.write(1, b"\\x1b[<u\\x1b[?1049l" + END)
if RESTORE:
    termios.tcsetattr(0, termios.TCSANOW, before)
sys.exit(7)
"""


def script(source: str, **names: object) -> list[str]:
    lines = "".join(f"{name} = {value!r}\n" for name, value in names.items())
    return [sys.executable, "-c", lines + textwrap.dedent(source)]


def test_what_is_typed_is_echoed(tmp_path: Path) -> None:
    with Terminal(["cat"], tmp_path) as terminal:
        terminal.type("hello enter")
        terminal.send("enter")
        terminal.wait_for(re.compile(r"hello enter\nhello enter"))
        terminal.send("ctrl+d")
        assert terminal.wait_exit() == 0
    assert terminal.recording == b"hello enter\r\nhello enter\r\n"
    assert terminal.unrestored() == []


def test_queries_are_answered_and_keys_arrive(tmp_path: Path) -> None:
    with Terminal(script(PROBE, END=b"bye", RESTORE=True), tmp_path) as terminal:
        terminal.wait_for("ready")
        terminal.wait_for(r"\x1b[?2026;2$y\x1b[?2048;0$y\x1b[?62;22c")
        for keys in (("alt+right", "escape"), ("up",), ("ctrl+d", "space"), ("gg", "é")):
            terminal.send(*keys)
            terminal.wait_for(ascii(b"".join(map(key_bytes, keys))))
        terminal.send("q")
        assert terminal.wait_exit() == 7
        assert terminal.text.strip() == "bye"
    assert terminal.unrestored() == []


def test_a_program_that_restores_nothing_is_found_out(tmp_path: Path) -> None:
    with Terminal(script(PROBE, END=b"\x1b[?25l", RESTORE=False), tmp_path) as terminal:
        terminal.wait_for("ready")
        terminal.send("q")
        terminal.wait_exit()
    left = terminal.unrestored()
    assert "visible cursor (?25) is off" in left
    assert any(line.startswith("termios local") for line in left)


def test_a_resize_reaches_the_program_and_the_screen(tmp_path: Path) -> None:
    with Terminal(script(PROBE, END=b"", RESTORE=True), tmp_path) as terminal:
        terminal.wait_for("ready")
        terminal.resize(47, 13)
        terminal.wait_for("size (47, 13)")
        assert len(terminal.screen) == 13


def test_a_missing_text_fails_with_the_screen(tmp_path: Path) -> None:
    with Terminal(["cat"], tmp_path) as terminal:
        terminal.type("something else")
        terminal.wait_for("something else")
        with pytest.raises(AssertionError, match=r"'wanted' was not seen\n┌─+\n│something else"):
            terminal.wait_for("wanted", timeout=0.3)
        with pytest.raises(AssertionError, match="still there"):
            terminal.wait_gone("something", timeout=0.1)


def test_waiting_ends_when_the_program_does(tmp_path: Path) -> None:
    with (
        Terminal(["sh", "-c", "echo bye; exit 3"], tmp_path) as terminal,
        pytest.raises(AssertionError, match="exit code 3"),
    ):
        terminal.wait_for("never")


def test_a_missing_program_ends_with_127(tmp_path: Path) -> None:
    with Terminal(["/no/such/program"], tmp_path) as terminal:
        assert terminal.wait_exit() == 127
        assert "No such file" in terminal.text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_program(tmp_path: Path, number: int) -> None:
    with Terminal(["cat"], tmp_path) as terminal:
        terminal.signal(number)
        assert terminal.wait_exit() == -number


def test_closing_the_terminal_hangs_up(tmp_path: Path) -> None:
    """A second terminal is open meanwhile: its processes must not keep the first one's alive."""
    with Terminal(["sleep", "60"], tmp_path) as terminal, Terminal(["cat"], tmp_path):
        terminal.hang_up()
        assert terminal.wait_exit() == -signal.SIGHUP


def test_the_program_is_killed_when_the_test_leaves(tmp_path: Path) -> None:
    with Terminal(["sh", "-c", "trap '' HUP TERM INT; echo on; sleep 60"], tmp_path) as terminal:
        terminal.wait_for("on")
    with pytest.raises(ProcessLookupError):
        os.kill(terminal.pid, 0)


def test_a_job_can_be_stopped_and_continued(tmp_path: Path) -> None:
    with Terminal(["cat"], tmp_path) as terminal:
        terminal.send("ctrl+z")
        terminal.wait_for("^Z")
        terminal.type("later")
        terminal.send("enter")
        terminal.settle()
        assert terminal.text.count("later") == 1
        terminal.signal(signal.SIGCONT)
        terminal.wait_for(re.compile("later.*later", re.DOTALL))


def test_a_paste_larger_than_any_buffer_does_not_block(tmp_path: Path) -> None:
    program = script(
        "import tty, os, sys; tty.setraw(0); os.write(1, b'go')\nwhile 1: os.write(1, os.read(0, 1000))"
    )
    with Terminal(program, tmp_path) as terminal:
        terminal.wait_for("go")
        terminal.paste("word " * 60_000)
        wanted = len("go") + 300_000 + len("\x1b[200~\x1b[201~")
        terminal.wait_until(lambda: len(terminal.recording) >= wanted)
        assert len(terminal.recording) == wanted


def test_the_environment_is_only_what_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    with Terminal(["env"], tmp_path, env={"COLORTERM": None, "EXTRA": "yes"}) as terminal:
        terminal.wait_exit()
    names = re.findall(r"^(\w+)=", terminal.recording.decode(), re.MULTILINE)
    assert {"TERM", "HOME", "XDG_DATA_HOME", "EXTRA"} <= set(names)
    assert not {"NO_COLOR", "COLORTERM"} & set(names)


@pytest.mark.parametrize(
    ("key", "sent"),
    [("f1", "\x1bOP"), ("pageup", "\x1b[5~"), ("ctrl+home", "\x1b[1;5H"), ("shift+f5", "\x1b[15;2~"),
     ("alt+x", "\x1bx"), ("alt+enter", "\x1b\r"), ("shift+tab", "\x1b[Z"), ("+", "+"), ("a+b", "a+b")],
)  # fmt: skip
def test_keys_are_sent_as_xterm_sends_them(key: str, sent: str) -> None:
    assert key_bytes(key) == sent.encode()


def test_the_screen_shows_graphemes_and_wide_characters() -> None:
    emulator = Emulator(40, 4)
    emulator.feed("👩‍👩‍👧|日本|e\u0301|❤️|🇩🇪|👍🏽|x\r\n日本\r ab".encode())
    assert emulator.lines[:2] == ["👩‍👩‍👧|日本|e\u0301|❤️|🇩🇪|👍🏽|x", " ab"]
    assert emulator.screen.cursor.x == 3


def test_the_alternate_screen_gives_the_main_one_back() -> None:
    emulator = Emulator(20, 3)
    emulator.feed(b"main\x1b[?10")
    emulator.feed(b"49h\x1b[2J\x1b[1;1Halternate")
    assert emulator.lines[0] == "alternate"
    emulator.feed(b"\x1b[?1049l!")
    assert emulator.lines[0] == "main!"


def test_the_screen_survives_any_sequence() -> None:
    emulator = Emulator(20, 3)
    emulator.feed(
        b"\x1b[1;2;3;4A\x1b[?5u\x1b[>4m\x1b[5 q\x1b[1;2;3n\x1b]0;title\x07\x1b[38:2::1:2:3mok\x1b[999;999H"
    )
    assert emulator.lines[0] == "ok"
