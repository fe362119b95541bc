"""From one cell to a wall of them, with and without colours: it starts, works, and cuts nothing that matters."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from reader.commands import COMMANDS
from tests.e2e.conftest import DRAFTS, Desk, quit_from_here
from tests.e2e.escape import decode, tokens
from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.slow

TITLES = {command.title for command in COMMANDS} | {"Results", "Move", "Keep", "Never mind"}
OPENED = re.compile(r" (?:top|end|\d+%) *\n")
STORM = [(1, 1), (2, 1), (5, 2), (10, 3), (300, 100), (0, 0), (1, 100), (300, 1), (47, 13), (80, 24)]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 15)], ids=lambda size: "{}x{}".format(*size))
def test_nothing_that_matters_is_cut(news: Desk, size: tuple[int, int]) -> None:
    title, text = news.rows("select title, text from article join body on article = id order by seq desc")[0]
    columns, rows = size
    with news.start(columns=columns, rows=rows) as terminal:
        terminal.wait_for("1/50")
        terminal.wait_for(title[:15])
        assert_bars_are_whole(terminal)
        terminal.send("enter")
        terminal.wait_for(OPENED)
        assert title in " ".join(terminal.text.split())
        assert " ".join(text.split()[:6]) in " ".join(terminal.text.split())
        assert_bars_are_whole(terminal)
        terminal.send("enter")
        terminal.wait_for("SENTENCE")
        assert_bars_are_whole(terminal)
        terminal.send("c")
        terminal.wait_for("Enter Keep")
        terminal.type("kumquat")
        terminal.wait_for("kumquat")
        terminal.send("enter")
        terminal.wait_for("note kept")
        terminal.type("q")
        terminal.wait_for("1/50")
        terminal.type("\\")
        terminal.wait_for("Search every article")
        terminal.type("kumquat")
        terminal.wait_for(re.compile(r"kumquat.*kumquat.*1/1\b", re.DOTALL))
        assert title[:15] in terminal.text
        assert_bars_are_whole(terminal)
        terminal.send("escape")
        terminal.wait_for("1/50")
        terminal.type("/")
        terminal.type("edition")
        terminal.wait_for("edition")
        assert_bars_are_whole(terminal)
        quit_from_here(terminal)


def assert_bars_are_whole(terminal: Terminal) -> None:
    """The footer holds whole entries, and the screen no line that is wider than it."""
    terminal.settle()
    assert all(cell_len(line) <= terminal.columns for line in terminal.screen)
    terminal.wait_until(lambda: all(map(is_whole, re.split(" {2,}", terminal.screen[-1].strip()))))


def is_whole(entry: str) -> bool:
    return any(entry.endswith(f" {title}") for title in TITLES)


@pytest.mark.parametrize("size", [(20, 5), (1, 1)], ids=lambda size: "{}x{}".format(*size))
def test_it_starts_in_a_corner_and_grows_with_its_window(news: Desk, size: tuple[int, int]) -> None:
    columns, rows = size
    with news.start(columns=columns, rows=rows) as terminal:
        terminal.wait_for_start()
        # Presses wait for their screens, but ^c drops those that wait. Here nothing can be seen, so the library tells
        # how far it has come.
        terminal.type("j\r\rcx")
        terminal.wait_until(lambda: news.rows(DRAFTS) == [("x",)])
        terminal.type("\x03q")
        for keys in ("\x10", "\\ha", "?", "A"):
            terminal.type(keys)
            terminal.send("escape")
        terminal.resize(80, 24)
        terminal.wait_for("2/50")
        quit_from_here(terminal)


def test_a_storm_of_sizes_harms_no_screen(news: Desk) -> None:
    with news.start(columns=80, rows=24) as terminal:
        terminal.wait_for("1/50")
        storm(terminal, "1/50")
        for keys, sign in [("\\", "Search every article"), ("?", "In a list"), ("t", "Tags ·")]:
            terminal.type(keys)
            storm(terminal, sign)
            terminal.send("escape")
            terminal.wait_gone(sign)
        terminal.send("enter")
        terminal.wait_for(OPENED)
        for keys, sign in [("gA", "Highlights"), ("v", "VISUAL"), ("c", "Enter Keep")]:
            terminal.type(keys)
            storm(terminal, sign)
        quit_from_here(terminal)


def storm(terminal: Terminal, sign: str) -> None:
    """The screen that shows *sign* shows it again after many changes of size."""
    terminal.wait_for(sign)
    for columns, rows in STORM:
        terminal.resize(columns, rows)
        terminal.read(0.02)
    terminal.settle()
    terminal.wait_for(sign)


@pytest.mark.parametrize(
    "environment",
    [{"TERM": "dumb"}, {"TERM": None, "COLORTERM": None}, {"NO_COLOR": "1"}, {"LC_ALL": "C", "LANG": None}],
    ids=["dumb", "no TERM", "NO_COLOR", "LC_ALL=C"],
)
def test_it_works_on_poor_terminals(news: Desk, environment: dict[str, str | None]) -> None:
    with news.start(env=environment) as terminal:
        terminal.wait_for("1/50")
        terminal.send("enter")
        terminal.wait_for(OPENED)
        terminal.send("enter")
        terminal.wait_for("SENTENCE")
        terminal.send("enter")
        terminal.wait_for("▎")
        quit_from_here(terminal)
    assert rb"\u" not in terminal.recording
    if "NO_COLOR" in environment:
        assert colours(terminal) == set()


def colours(terminal: Terminal) -> set[str]:
    """The parameters of all sequences that choose a colour which is no grey."""
    styles = {
        token.body
        for token in tokens(decode(terminal.recording))
        if token.final == "m" and token.kind == "csi"
    }
    found = {
        colour for style in styles for colour in re.findall(r"(?<!\d)[34]8;(?:2;\d+;\d+;\d+|5;\d+)", style)
    }
    return {colour for colour in found if len(set(colour.split(";")[2:])) != 1}
