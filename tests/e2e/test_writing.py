"""From a passage to one's own writing and back: references, programs, the clipboard, in a real terminal."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from reader.storage.library import Library
from tests.e2e.conftest import READING, Desk, open_article, quit_from_here, wait_for_look
from tests.e2e.test_main_job import LEDGER

pytestmark = pytest.mark.slow

FAR = "Entry 40."
FIRST = "The lamp was lit at four."


@pytest.fixture
def ledger(desk: Desk) -> Desk:
    desk("add", desk.file("ledger.txt", LEDGER))
    return desk


def program(desk: Desk, name: str, text: str) -> str:
    """An executable script of Python; its path."""
    path = desk.file(name, f"#!{sys.executable}\n{text}")
    path.chmod(0o700)
    return str(path)


def configure(desk: Desk, text: str) -> None:
    path = desk.home / ".config" / "terminal-reader" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def reference(desk: Desk) -> str:
    found = re.search(r"\[(hl-[0-9a-f]{8,})\]", desk("highlights", "--markdown").out)
    assert found is not None
    return found[1]


# -- references ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("columns", [100, 60])
def test_a_reference_opens_the_article_at_the_passage_and_lights_it(ledger: Desk, columns: int) -> None:
    ledger("highlight", "1", "The lamp was lit at four.")
    ledger("unhighlight", "1")
    ledger("highlight", "1", FAR)
    name = reference(ledger)
    for spelled in (name, name.removeprefix("hl-"), f"[{name}]"):
        with ledger.start("open", spelled, columns=columns) as terminal:
            terminal.wait_for(FAR)
            wait_for_look(terminal, FAR, "Entry 41.")
            terminal.send("c")  # which notes the lit highlight, not the article
            terminal.wait_for("Note on the highlight")
            terminal.send("escape")
            quit_from_here(terminal)


def test_a_reference_that_is_none_is_told(ledger: Desk) -> None:
    ledger("highlight", "1", FAR)
    name = reference(ledger)
    ledger("unhighlight", name)
    for absent in ("hl-00000000", name):
        with ledger.start("open", absent) as terminal:
            assert terminal.wait_exit() == 1
            assert f"no highlight {absent}" in terminal.text


def test_a_passage_that_has_no_place_any_more_is_told_beside_its_article(ledger: Desk) -> None:
    ledger("highlight", "1", FAR)
    with Library.open(ledger.library) as library:
        library.connection.execute(
            "update highlight set status = 'orphan', place_start = null, place_end = null"
        )
    with ledger.start("open", reference(ledger)) as terminal:
        terminal.wait_for("Not in the text any more: “Entry 40.”")
        terminal.wait_for(FIRST)
        quit_from_here(terminal)


# -- programs ------------------------------------------------------------------------------------------------
HOSTILE = r"""
import sys
sys.stdout.write("\x1b[?1049l\x1b[2J\x1b]0;stolen\x07\x1b[31mred: " + sys.argv[1] + "\x1b[0m\n")
try:
    open("/dev/tty", "w").write("\x1b[?1000hREACHED")
except OSError:
    print("no terminal")
"""


def test_a_program_that_looks_up_cannot_touch_the_terminal(ledger: Desk) -> None:
    configure(ledger, f'[commands]\nlook_up = "{program(ledger, "define", HOSTILE)} {{}}"\n')
    with ledger.start() as terminal:
        terminal.wait_for("1/1")
        open_article(terminal)
        terminal.type("\rgK")
        terminal.wait_for(f"red: {FIRST}")
        terminal.wait_for("no terminal")
        assert b"stolen" not in terminal.recording
        assert b"REACHED" not in terminal.recording
        terminal.send("escape")
        terminal.wait_for("SENTENCE")
        quit_from_here(terminal)


def test_what_a_piped_program_prints_can_be_read_before_the_page_is_back(ledger: Desk) -> None:
    with ledger.start() as terminal:
        terminal.wait_for("1/1")
        open_article(terminal)
        terminal.type("\r|")
        terminal.wait_for("Pipe the words to")
        terminal.type("wc -w\r")
        terminal.wait_for(re.compile(r"^\s*6\s*$", re.MULTILINE))
        terminal.wait_for("Enter goes back")
        terminal.type("\r")
        terminal.wait_for("Piped to wc")
        terminal.settle(0.5)  # the program has the keys again a moment after it has painted
        terminal.type("|")
        terminal.wait_for("Pipe the words to")
        terminal.type("\r")  # once more, without typing it
        terminal.wait_for("Enter goes back")
        terminal.type("\r")
        terminal.wait_for("SENTENCE")
        terminal.send("escape")
        terminal.wait_gone("SENTENCE")
        quit_from_here(terminal)


def test_the_end_of_the_terminal_ends_us_also_while_a_program_has_it(ledger: Desk) -> None:
    with ledger.start() as terminal:
        terminal.wait_for("1/1")
        terminal.type("|")
        terminal.wait_for("Pipe the text to")
        terminal.type("sh -c 'echo $((6 * 7)); exec sleep 60'\r")
        terminal.wait_for("42")
        terminal.hang_up()
        assert terminal.wait_exit() == 129


# -- the clipboard ---------------------------------------------------------------------------------------------
def test_in_tmux_the_words_go_through_tmux_too(ledger: Desk) -> None:
    kept = ledger.home / "kept"
    folder = ledger.home / "bin"
    folder.mkdir()
    text = f"import sys\nopen({str(kept)!r}, 'w').write(repr(sys.argv[1:]) + sys.stdin.read())"
    Path(program(ledger, "tmux", text)).rename(folder / "tmux")
    path = f"{folder}:/usr/bin:/bin"
    with ledger.start(env={"TMUX": "/nowhere,1,0", "PATH": path}) as terminal:
        terminal.wait_for("1/1")
        terminal.type("yt")
        terminal.wait_for("Copied: title")
        terminal.wait_until(lambda: kept.exists() and kept.read_text().endswith("Ledger"))
        assert kept.read_text() == "['load-buffer', '-w', '-']The Lighthouse Ledger"
        assert b"\x1b]52;c;" in terminal.recording
        quit_from_here(terminal)


def test_answers_of_the_terminal_are_no_presses(ledger: Desk) -> None:
    with ledger.start() as terminal:
        terminal.wait_for("1/1")
        terminal.write(b"\x1b]11;rgb:zz\x07\x1b]10;rgb:aaaa/DDDD/ssss\x1b\\\x1bP>|aDs\x1b\\")
        open_article(terminal)
        assert re.search(READING, terminal.text)
        quit_from_here(terminal)
    (article,) = ledger.json("list")
    assert (article["archived"], article["trashed"], article["starred"]) == (False, False, False)
