"""Acting on many articles at once: ranges, all of a list, one undo, and how far it is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.config import Config
from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document
from reader.domain.query import parse
from reader.storage.lane import Lane
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.opening import read_opening
from reader.tui.screens import listing
from reader.tui.widgets.chosen import Chosen
from tests.tui.conftest import NOW
from tests.tui.driving import library_screen, lit, press, settle, status, titles

LEDGER, SLOW, HOSTILE, JAPANESE, CITY, OLDEST = (ArticleId(number) for number in (6, 5, 4, 3, 2, 1))
MANY = 10_000


async def test_a_range_is_selected_by_moving(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j", "V", "2", "j")
        assert status(app).position == "3 selected of 6"
        await press(pilot, "k")
        assert status(app).position == "2 selected of 6"
        await press(pilot, "s")
        # Slow Software had its star already, so that the first press makes both the same.
        assert [library.articles.summary(one).starred for one in (LEDGER, SLOW, HOSTILE, JAPANESE)] == [
            False,
            True,
            True,
            False,
        ]
        assert not library_screen(app).articles.has_chosen


async def test_a_range_that_is_done_stays_while_one_moves_on(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "V", "j", "V", "G")
        assert status(app).position == "2 selected of 6"
        await press(pilot, "V", "k")
        assert status(app).position == "4 selected of 6"
        await press(pilot, "<escape>")
        assert status(app).position == "5/6"


async def test_a_range_goes_both_ways_and_over_the_end(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "G", "V", "g", "g")
        assert status(app).position == "6 selected of 6"


async def test_all_are_selected_and_let_go(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "*")
        assert status(app).position == "all 6 selected"
        await press(pilot, "x")
        assert status(app).position == "all but 1 of 6 selected"
        await press(pilot, "*")
        assert status(app).position == "2/6"
        await press(pilot, "*", "<escape>")
        assert status(app).position == "2/6"


async def test_all_but_some_are_archived_by_one_action(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "*", "j", "x", "a")
        assert titles(app) == ["Slow Software"]
        assert status(app).message == "Archived 5 · u undo"
        assert library.articles.count(parse("is:archived")) == 5
        await press(pilot, "u")
        assert library.articles.count(parse("is:archived")) == 0
        assert len(titles(app)) == 6


async def test_all_of_a_filter_are_only_what_it_lets_through(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "/", *"the", "<enter>", "*", "t", *"+found", "<enter>")
        found = library.articles.find(parse("tag:found"))
        assert found == library.articles.find(parse("the"))
        assert 0 < len(found) < 6
        await press(pilot, "u")
        assert library.articles.find(parse("tag:found")) == []


async def test_all_is_let_go_when_the_list_shows_something_else(app: ReaderApp) -> None:
    """It would have grown from the three of the filter to the whole inbox, unseen."""
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "/", *"the", "<enter>", "*", "/", "backspace", "backspace", "<enter>")
        assert not library_screen(app).articles.has_chosen


async def test_the_trash_takes_a_selection_without_a_question_and_u_brings_it_back(
    app: ReaderApp, library: Library
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "*", "D")
        assert titles(app) == []
        assert status(app).message == "Trashed 6 · u undo"
        await press(pilot, "u")
        assert len(titles(app)) == 6


async def test_a_selection_is_made_the_same_first_then_the_opposite(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "*", "r")
        assert library.articles.count(parse("is:read")) == 6
        await press(pilot, "*", "r")
        assert library.articles.count(parse("is:read")) == 0


async def test_titles_of_a_selection_that_is_not_on_screen_are_copied(
    app: ReaderApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    monkeypatch.setattr("reader.tui.copying.put", lambda app, text, what: copied.append(text) or what)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "*", "y", "t")
        assert copied[0].splitlines()[0] == "The Lighthouse Keeper's Ledger"
        assert len(copied[0].splitlines()) == 6


async def test_what_the_screen_does_not_hold_is_asked_of_the_library(
    app: ReaderApp, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "AT_HAND", 2)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x", "x", "x", "s")
        assert library.articles.count(parse("is:starred")) == 3
        assert [library_screen(app).articles.known(one).starred for one in (LEDGER, SLOW, HOSTILE)] == [
            True
        ] * 3
        await press(pilot, "g", "g", "V", "2", "j", "s")
        assert library.articles.count(parse("is:starred")) == 0


async def test_an_action_is_repeated_on_another_selection(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "t", *"+one", "<enter>", "V", "j", ".")
        assert len(library.articles.find(parse("tag:one"))) == 3


async def test_all_are_archived_while_the_list_is_still_being_read(
    app: ReaderApp, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest of the order was asked for from the last row on, and there was none any more: the program ended."""
    monkeypatch.setattr("reader.tui.loading.FIRST", 2)
    monkeypatch.setattr("reader.tui.loading.CHUNK", 1)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("g", "i")
        for token in ("*", "a"):
            await pilot.press(token)
        await settle(pilot)
        assert library.articles.count(parse("is:archived")) == 6
        assert titles(app) == []


async def test_search_results_are_selected_with_all_that_is_found(
    app: ReaderApp, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what is not listed: only the first results are."""
    monkeypatch.setattr("reader.tui.screens.search.RESULTS", 1)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "\\", *"the", "<tab>")
        assert len(titles(app)) == 1
        found = len(library.articles.find(parse("the"), scope="all"))
        await press(pilot, "*")
        assert status(app).position == f"all {found} selected"
        await press(pilot, "s")
        assert len(library.articles.find(parse("the is:starred"), scope="all")) == found > 1


def test_all_but_some_are_counted() -> None:
    chosen = Chosen()
    chosen.put([1, 2], True)
    assert (chosen.number(10), 1 in chosen, 3 in chosen) == (2, True, False)
    chosen.take_all()
    chosen.put([3], False)
    assert (chosen.number(10), 1 in chosen, 3 in chosen) == (9, True, False)
    chosen.put([3], True)
    assert chosen.number(10) == 10
    chosen.clear()
    assert not chosen


@pytest.fixture
def large(tmp_path: Path) -> Iterator[ReaderApp]:
    """The app on MANY short articles, and one that is longer."""
    path = tmp_path / "large.db"
    with Library.open(path, clock=lambda: datetime(2024, 1, 1, tzinfo=UTC), session="before") as library:
        library.articles.add(Draft("The first", Document.plain("It began with one.")))
        library.connection.raw.executescript(_COPIES)
        opening = read_opening(library)
    config = Config(library=path, file=tmp_path / "config.toml", log=tmp_path / "reader.log")
    app = ReaderApp(Lane(path, session="here", clock=lambda: NOW), config, opening, clock=lambda: NOW)
    yield app
    asyncio.run(app.lane.close())


_COPIES = f"""
    begin;
    create temp table number as
        with recursive number(id) as (select 2 union all select id + 1 from number where id < {MANY})
        select id from number;
    insert into article (id, uid, seq, title, added, changed, words)
        select id, 'copy-' || id, 28401120 + id, 'Copy ' || id, 1704067200000000 + id, 1704067200000000, 4
        from number;
    insert into body (article, version, text, blocks, text_hash, words, made)
        select id, 1, 'One of so many.', '[{{"k":"para","s":0,"e":15}}]', '', 4, 1704067200000000
        from number;
    commit;
"""


@pytest.mark.slow
async def test_ten_thousand_articles_are_tagged_while_keys_answer(large: ReaderApp) -> None:
    told: list[str] = []
    moved: list[int] = []
    app = large
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = library_screen(app)
        watch = type(app).watch_progress

        def told_so_far(self: ReaderApp) -> None:
            watch(self)
            if self.progress:
                told.append(status(self).busy)
                screen.press("j")  # a key in the middle of it
                moved.append(screen.articles.cursor)

        type(app).watch_progress = told_so_far  # type: ignore[method-assign]
        try:
            await press(pilot, "*")
            assert status(app).position == "all 10,000 selected"
            await press(pilot, "t", *"+many", "<enter>")
        finally:
            type(app).watch_progress = watch  # type: ignore[method-assign]
        assert told[0] == "saving 250 of 10,000…"
        assert told[-1] == "saving 10,000 of 10,000…"
        assert moved == list(range(1, len(moved) + 1))
        assert status(app).busy == ""
        count = await app.lane.read(lambda library: library.articles.count(parse("tag:many")))
        assert count == MANY
        assert lit(app) == f"Copy {MANY - len(moved)}"
        assert screen.articles.summary.tags == ("many",)
        await press(pilot, "u")
        count = await app.lane.read(lambda library: library.articles.count(parse("tag:many")))
        assert count == 0
        assert screen.articles.summary.tags == ()
