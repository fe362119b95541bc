"""The main job, from adding an article to finding one's note on it again, with real keys."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.e2e.conftest import READING, Desk, open_article, quit_from_here, wait_for_look
from tests.fixtures.languages import CHINESE, EMOJI
from tests.fixtures.make import news_text

pytestmark = pytest.mark.slow

ARTICLES = Path(__file__).parents[1] / "fixtures" / "articles"
THIRD = "Fog came in from the west and stayed for a whole week, and the bell was rung by hand."
LEDGER = f"""\
The Lighthouse Ledger

By Ada Moreau
March 3, 2021

The lamp was lit at four. The keeper slept until noon, and nobody woke him. {THIRD} The supply boat turned \
back twice.

""" + "\n\n".join(f"Entry {day}. {news_text(day).split(chr(10) * 2)[4]}" for day in range(1, 60))

PAGE = f"""\
<!doctype html><html><head><title>The market hall</title></head><body><nav>Menu</nav><article>
<h1>The market hall</h1>
<p>On the hottest day it was 39 degrees in the square. There is <em>no air
   conditioning</em> in the <a href="https://example.org/hall">building</a>. There is a great deal of clay.</p>
<p>{news_text(7)}</p>
</article></body></html>
"""


@pytest.mark.parametrize("columns", [100, 60])
def test_a_sentence_is_highlighted_noted_tagged_found_by_its_note_and_exported(
    desk: Desk, columns: int
) -> None:
    desk("add", desk.file("ledger.txt", LEDGER))
    with desk.start(columns=columns) as terminal:
        terminal.wait_for("1/1")
        open_article(terminal)
        terminal.send("enter", "j", "j", "enter")
        terminal.wait_for("highlighted")
        terminal.send("c")
        terminal.wait_for("Enter Keep")
        terminal.type("a quokka would say so")
        terminal.send("enter")
        terminal.wait_for("note kept")
        terminal.send("#")
        terminal.wait_for("Tags")
        terminal.type("weather")
        terminal.wait_for("new tag")
        terminal.send("enter")
        terminal.wait_gone("Tags ·")
        terminal.send("t")
        terminal.wait_for("Tags · The Lighthouse")
        terminal.type("+sea")
        terminal.send("enter")
        terminal.wait_gone("Tags ·")
        terminal.send("q")
        terminal.wait_for("1/1")
        terminal.send("\\")
        terminal.wait_for("Search every article")
        terminal.type("quokka")
        terminal.wait_for(re.compile("quokka would say so .* 1/1", re.DOTALL))
        terminal.send("enter")
        terminal.wait_for("Fog came in")
        wait_for_look(terminal, "Fog came", "The supply boat")
        terminal.send("q")
        terminal.wait_for("quokka")
        terminal.send("escape")
        terminal.wait_for("Inbox")
        terminal.send("q")
        assert terminal.wait_exit() == 0
        assert terminal.unrestored() == []
    (highlight,) = desk.json("highlights")
    assert (highlight["exact"], highlight["note"], highlight["tags"], highlight["status"]) == (
        THIRD, "a quokka would say so", ["weather"], "anchored"
    )  # fmt: skip
    (article,) = desk.json("list")
    assert (article["tags"], article["highlights"]) == (["sea"], 1)


def test_whoever_types_ahead_loses_no_press(desk: Desk) -> None:
    """Presses that came while an article opened, or results were looked for, were dropped or ran as commands."""
    desk("add", desk.file("ledger.txt", LEDGER))
    with desk.start() as terminal:
        terminal.wait_for("1/1")
        terminal.type("\r\rjj\rca quokka\r")
        terminal.wait_for("note kept")
        terminal.type("q\\quokka\r")
        terminal.wait_for(READING)
        terminal.wait_for("Fog came in")
        quit_from_here(terminal)
    (highlight,) = desk.json("highlights")
    assert (highlight["exact"], highlight["note"]) == (THIRD, "a quokka")


def test_a_restart_at_another_width_resumes_at_the_sentence_and_shows_the_highlight(desk: Desk) -> None:
    desk("add", desk.file("ledger.txt", LEDGER))
    desk("highlight", "1", "Entry 30.")
    with desk.start(columns=100, rows=30) as terminal:
        terminal.wait_for("1/1")
        open_article(terminal)
        terminal.send("]h")
        terminal.wait_for("Entry 30.")
        for _ in range(2):
            before = terminal.screen[0]
            terminal.type("j")
            terminal.wait_until(lambda before=before: terminal.screen[0] != before)
        top = next(line.split() for line in terminal.screen if line.strip())
        quit_from_here(terminal)
    with desk.start(columns=60, rows=20) as terminal:
        terminal.wait_for(" ".join(top[:3]))
        assert " ".join(top[:3]) in "\n".join(terminal.screen[:3])
        terminal.send("]h")
        terminal.wait_for("Entry 30.")
        wait_for_look(terminal, "Entry 30.", "Entry 29.")
        quit_from_here(terminal)


@pytest.mark.parametrize(
    ("text", "keys", "exact"),
    [
        (CHINESE, "vv4lv6l", "条窄巷，巷口的"),
        (EMOJI, "vvv12l", "Families: 👨‍👩‍👧‍👦 a"),
        (EMOJI, "v2}", EMOJI.partition("\n\n")[2].partition("\n\nSkin")[0]),
    ],
    ids=["chinese", "emoji", "paragraphs"],
)
def test_wide_and_joined_letters_are_selected_whole_by_counted_motions(
    desk: Desk, text: str, keys: str, exact: str
) -> None:
    desk("add", desk.file("article.txt", text))
    with desk.start() as terminal:
        terminal.wait_for("1/1")
        open_article(terminal)
        terminal.type(keys)
        terminal.wait_for("VISUAL")
        terminal.send("enter")
        terminal.wait_for("highlighted")
        quit_from_here(terminal)
    (highlight,) = desk.json("highlights")
    assert highlight["exact"] == exact


@pytest.mark.parametrize(
    ("source", "exact"),
    [
        (ARTICLES / "slow-notes.md", "I have been trying, for a year, to do both at once."),
        (PAGE, "There is no air conditioning in the building."),
    ],
    ids=["markdown", "html"],
)
def test_a_sentence_across_bold_and_italic_words_is_one_passage(
    desk: Desk, source: str | Path, exact: str
) -> None:
    desk("add", source if isinstance(source, Path) else desk.file("page.html", source))
    with desk.start() as terminal:
        terminal.wait_for("1/1")
        open_article(terminal)
        terminal.send("enter", "j", "enter")
        terminal.wait_for("highlighted")
        quit_from_here(terminal)
    (highlight,) = desk.json("highlights")
    assert highlight["exact"] == exact
