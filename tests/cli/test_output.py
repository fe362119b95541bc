from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli.output import Lit, err, json_text, out
from tests.cli.conftest import Shell
from tests.hostile import PAYLOADS

CONTROLS = {chr(code) for code in (*range(32), *range(0x7F, 0xA0))} - {"\n", "\t"}


def test_pieces_are_cleaned(capsys: pytest.CaptureFixture[str]) -> None:
    out("a\x1b[31m", Lit("b\x9b", "strong"), "\u202ec")
    assert capsys.readouterr().out == "a[31mbc\n"


def test_narration_is_one_line_and_keeps_the_spaces_between_pieces(
    capsys: pytest.CaptureFixture[str],
) -> None:
    err("skipped ", "a\nb", ": why\r\nnot")
    assert capsys.readouterr().err == "skipped a b: why not\n"


@given(st.text())
def test_json_holds_no_control_character_and_reads_back(text: str) -> None:
    written = json_text({"x": text})
    assert not set(written) & (CONTROLS | {"\n", "\u202e", "\u2028"})
    assert json.loads(written) == {"x": text}


def test_colours_are_for_terminals(stocked: Shell) -> None:
    assert "\x1b" not in stocked("list").out


@pytest.mark.parametrize(
    "words", [("list",), ("search", "6049317"), ("highlights",), ("tags",), ("export", "--to", "markdown")]
)
def test_hostile_titles_tags_and_notes_reach_no_pipe(reader: Shell, words: tuple[str, ...]) -> None:
    for number, payload in enumerate(PAYLOADS.values()):
        body = f"Title {payload[:200]}\n\nBody {payload[:500]} of article {number}."
        reader.file(f"evil/{number:03}.txt", body.encode("utf-8", "replace"))
    assert reader("add", reader.home / "evil", "-t", "x\x1b[31m").code in (0, 1)
    reader("edit", "1", "--note", "\x1b]0;6049317\x07", "--author", "\x9b6049317m")
    reader("highlight", "1", "Body", "--note", "\x1b]0;6049317\x07")
    done = reader(*words)
    assert done.code == 0
    assert not set(done.out) & CONTROLS
    assert not set(done.err) & CONTROLS


def test_json_of_hostile_titles_is_ascii_safe(reader: Shell) -> None:
    for number, payload in enumerate(PAYLOADS.values()):
        reader("add", "-", "--title", f"{number} {payload[:200]}", stdin=f"Body {number}")
    done = reader("list", "--json")
    assert not set(done.out) & CONTROLS
    assert len(done.json) == len(PAYLOADS)
