"""Undo and redo by their keys: of every action, after the program was started again, of a thousand things at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.config import Config
from reader.domain.article import Draft
from reader.domain.document import Document
from reader.domain.query import parse
from reader.storage.lane import Lane
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.opening import read_opening
from reader.tui.screens.confirm import Confirm
from tests.storage.samples import state_of
from tests.tui.conftest import NOW
from tests.tui.driving import press, settle, status
from tests.tui.opened import LEDGER, SLOW, reading

Start = Callable[[], ReaderApp]

ON_THE_LIST = {
    "read": ["r"],
    "star": ["s"],
    "archive": ["a"],
    "trash": ["D"],
    "tag": ["t", *"new", "<enter>"],
    "tag a selection": ["x", "x", "t", *"new", "<enter>"],
}
IN_THE_ARTICLE = {
    "highlight": ["<enter>", "<enter>"],
    "highlight in a colour": ["v", "w", "H", "g"],
    "recolour": ["]", "h", "H", "b"],
    "delete": ["]", "h", "d", "d"],
    "tag a highlight": ["]", "h", "#", *"new", "<enter>"],
    "note on a highlight": ["]", "h", "c", *"more ", "<enter>"],
    "note on the article": ["c", *"mine", "<enter>"],
    "star": ["s"],
    "tag": ["t", *"new", "<enter>"],
}


@pytest.fixture
def start(path: Path, config: Config) -> Iterator[Start]:
    """Starts the program again, each time in a session of its own."""
    lanes: list[Lane] = []

    def run() -> ReaderApp:
        lanes.append(Lane(path, session=f"run {len(lanes)}", clock=lambda: NOW))
        with Library.open(path) as library:
            opening = read_opening(library)
        return ReaderApp(lanes[-1], config, opening, clock=lambda: NOW)

    yield run
    for lane in lanes:
        asyncio.run(lane.close())


@pytest.mark.parametrize("name", ON_THE_LIST)
async def test_what_was_done_on_a_list_is_undone_and_redone(
    start: Start, library: Library, name: str
) -> None:
    before = state_of(library)
    async with start().run_test(size=(80, 24)) as pilot:
        await press(pilot, *ON_THE_LIST[name])
        after = state_of(library)
        assert after != before
        await press(pilot, "u")
        assert state_of(library) == before
        await press(pilot, "<c-r>")
        assert state_of(library) == after


@pytest.mark.parametrize("name", IN_THE_ARTICLE)
async def test_what_was_done_in_an_article_is_undone_and_redone(
    start: Start, library: Library, name: str
) -> None:
    before = state_of(library)
    async with reading(start(), LEDGER, size=(80, 24)) as (pilot, _):
        await press(pilot, *IN_THE_ARTICLE[name])
        after = state_of(library)
        assert after != before
        await press(pilot, "u")
        assert state_of(library) == before
        await press(pilot, "<c-r>")
        assert state_of(library) == after


@pytest.mark.parametrize("key", ["a", "D", "r"])
async def test_what_becomes_of_an_open_article_is_undone_and_redone(
    start: Start, library: Library, key: str
) -> None:
    before = state_of(library)
    async with reading(start(), SLOW, size=(80, 24)) as (pilot, _):
        await press(pilot, key)
        after = state_of(library)
        assert after != before
        await press(pilot, "u")
        assert state_of(library) == before
        await press(pilot, "<c-r>")
        assert state_of(library) == after


async def test_what_was_done_before_a_restart_is_named_and_asked_for(start: Start, library: Library) -> None:
    before = state_of(library)
    async with start().run_test(size=(80, 24)) as pilot:
        await press(pilot, "D")
    after = state_of(library)
    app = start()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "u")
        assert isinstance(app.screen, Confirm)
        assert "trashed: 6 The Lighthouse" in app.export_screenshot().replace("&#160;", " ")
        await press(pilot, "n")
        assert state_of(library) == after
        await press(pilot, "u", "y")
        assert state_of(library) == before
        assert "^r does it again" in status(app).message
        await press(pilot, "<c-r>")
        assert state_of(library) == after
    app = start()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "u", "y")
        assert state_of(library) == before
    app = start()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "<c-r>")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "y")
        assert state_of(library) == after


async def test_what_was_agreed_to_is_undone_and_nothing_that_came_meanwhile(
    start: Start, library: Library
) -> None:
    """It undid whatever was the last action when the answer came, not the one that was named."""
    library.articles.mark([LEDGER], "starred")
    app = start()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "u")
        library.articles.mark([1], "starred")
        await press(pilot, "y")
        assert [summary.starred for summary in library.articles.summaries([1, LEDGER])] == [True, False]


async def test_what_could_not_be_undone_or_redone_is_not_called_so(start: Start, library: Library) -> None:
    """It said “Undone: starred” of an article that another program had purged or changed meanwhile."""
    app = start()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "s")
        library.connection.execute("update article set starred = 0")
        await press(pilot, "u")
        assert status(app).message == "Nothing of it could be undone: starred"
        library.connection.execute("update article set starred = 1")
        await press(pilot, "<c-r>")
        assert status(app).message == "Nothing of it could be redone: starred"


async def test_of_several_actions_what_was_undone_is_told(start: Start, library: Library) -> None:
    app = start()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "s", "r")
        library.connection.execute("update article set starred = 0")
        await press(pilot, "2", "u")
        assert status(app).message == "Undone: marked read · ^r does it again"


async def test_a_new_action_ends_redo(start: Start, library: Library) -> None:
    app = start()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "s", "u", "r", "<c-r>")
        assert status(app).message == "Nothing to redo"


@pytest.mark.slow
async def test_a_thousand_are_tagged_trashed_and_undone_by_a_key_each(start: Start, library: Library) -> None:
    library.articles.add_all(
        [Draft(f"Essay {number}", Document.plain(f"Text {number}.")) for number in range(1000)]
    )
    library.connection.execute("delete from history")
    before = state_of(library)
    app = start()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, *"1000x", "t", *"new", "<enter>")
        tagged = state_of(library)
        assert library.articles.count(parse("tag:new")) == 1000
        await press(pilot, "g", "g", *"1000x", "D")
        trashed = state_of(library)
        await press(pilot, "u")
        assert state_of(library) == tagged
        await press(pilot, "u")
        assert state_of(library) == before
        await press(pilot, "2", "<c-r>")
        assert state_of(library) == trashed
        assert [len(entry.articles) for entry in library.history.entries()] == [1000, 1000]
    app = start()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "u", "y")
        assert state_of(library) == tagged
