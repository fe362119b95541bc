"""Copies of one story in one row, and what is similar to another article."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.config import Config
from reader.domain.article import ArticleId
from reader.storage.lane import Lane
from reader.storage.library import Library
from reader.tui import loading, opening
from reader.tui.app import ReaderApp
from reader.tui.opening import read_opening
from reader.tui.rows import likeness
from reader.tui.screens import library as screen
from tests.storage.test_likeness import story
from tests.tui.conftest import NOW
from tests.tui.driving import library_screen, lit, press, settle, status, titles

NORTH, SOUTH, WEST, LATER = (ArticleId(number) for number in (7, 8, 9, 10))
COPIES = (NORTH, SOUTH, WEST)


@pytest.fixture
def app(path: Path, config: Config) -> Iterator[ReaderApp]:
    """The app on the sample library, a story in three copies, and a later telling of it by the first site."""
    with Library.open(path) as library:
        more = " ".join(f"new{number}" for number in range(50))
        library.articles.add_all([story("north"), story("south", changed=2), story("west", changed=4)])
        library.articles.add(story("north", more=f" {more}", path="later"))
        left_off = read_opening(library)
    app = ReaderApp(Lane(path, session="here", clock=lambda: NOW), config, left_off, clock=lambda: NOW)
    yield app
    asyncio.run(app.lane.close())


def shown(app: ReaderApp) -> str:
    return " ".join(line.text.strip() for line in app.screen.page.head_lines(60))


def line(app: ReaderApp, row: int) -> str:
    return library_screen(app).articles.paint(row).text


async def test_copies_of_a_story_are_one_row_that_is_acted_on_as_one(
    app: ReaderApp, library: Library
) -> None:
    def archived() -> list[bool]:
        return [summary.archived for summary in library.articles.summaries([*COPIES, LATER])]

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert titles(app)[:2] == ["Story of north", "Story of north"]
        assert len(titles(app)) == 8
        assert (f"≈{NORTH}" in line(app, 0), "+2 copies" in line(app, 1)) == (True, True)
        await press(pilot, "j", "a")
        assert status(app).message == "Archived 3: with 2 copies · u undo"
        assert archived() == [True, True, True, False]
        assert len(titles(app)) == 7
        await press(pilot, "u")
        assert archived() == [False] * 4
        assert (len(titles(app)), lit(app)) == (8, "Story of north")
        # A selection takes the copies along too; what is asked of one article is asked of the row.
        await press(pilot, "x", "x", "s")
        assert status(app).message == "Starred 4: with 2 copies · u undo"
        await press(pilot, "z", "a", "r")
        assert (await app.lane.read(lambda library: library.articles.summary(SOUTH))).state == "unread"


async def test_copies_are_shown_below_their_story_and_hidden_again(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j", "z", "a")
        assert titles(app)[1:4] == ["Story of north", "Story of south", "Story of west"]
        assert "▾ 2 copies" in line(app, 1)
        assert "└ Story of south" in line(app, 2)
        await press(pilot, "j", "a")
        assert [library.articles.summary(one).archived for one in COPIES] == [False, True, False]
        assert titles(app)[1:3] == ["Story of north", "Story of west"]
        library_screen(app).reload()
        await settle(pilot)
        assert titles(app)[1:3] == ["Story of north", "Story of west"]
        assert "▾ 1 copy" in line(app, 1)
        await press(pilot, "z", "a")
        assert (lit(app), len(titles(app))) == ("Story of north", 8)
        await press(pilot, "G", "z", "a")
        assert status(app).message == "No copies of it in this list"


@pytest.mark.parametrize("opens_with", [3, 2000])
async def test_copies_fold_wherever_the_pieces_end_in_which_a_list_is_read(
    app: ReaderApp, path: Path, monkeypatch: pytest.MonkeyPatch, opens_with: int
) -> None:
    for module, name, number in (
        (loading, "FIRST", 3), (loading, "CHUNK", 2), (opening, "FIRST", opens_with), (screen, "FIRST", opens_with),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, number)
    with Library.open(path) as library:
        app.opening = read_opening(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shown = [LATER, NORTH, 6, 5, 4, 3, 2, 1]
        rows = library_screen(app).articles
        assert list(rows.order) == shown
        await press(pilot, "j", "z", "a", "S", "<escape>")
        library_screen(app).show_again()
        await settle(pilot)
        assert list(rows.order) == [LATER, NORTH, SOUTH, WEST, *shown[2:]]
        assert lit(app) == "Story of north"
        library_screen(app).sort_by("title")
        await settle(pilot)
        at = list(rows.order).index(NORTH)
        assert list(rows.order)[at : at + 3] == [NORTH, SOUTH, WEST]
        assert sorted(rows.order) == list(range(1, 11))


async def test_what_words_find_is_shown_one_by_one(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "/", *"word50", "<enter>")
        assert len(titles(app)) == 4
        await press(pilot, "<escape>", "\\", *"word50", "<tab>")
        assert len(app.screen.hits.order) == 4


async def test_one_key_makes_a_version_and_one_tells_two_apart(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "g", "!")
        assert status(app).message == "not the same as “Story of north” · u undo"
        assert [summary.similar for summary in library.articles.summaries([LATER])] != [None]
        await press(pilot, "u", "g", "=")
        assert status(app).message == "a version of “Story of north” now · u undo"
        assert library.articles.summary(LATER).trashed
        assert [version.number for version in library.versions.of(NORTH)] == [2, 1]
        await press(pilot, "u")
        assert not library.articles.summary(LATER).trashed
        await press(pilot, "G", "g", "=")
        assert status(app).message == "It is similar to no other article"


async def test_an_open_article_says_what_it_is_similar_to_and_becomes_that(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "<enter>")
        said = shown(app)
        assert f"perhaps another version of {NORTH} Story of north (." in said
        assert "g= makes it a version of that" in said
        await press(pilot, "g", "=")
        assert app.screen.article_id == NORTH
        assert app.screen.article.version == 2


def test_what_is_told_of_copies_and_likeness_fits_the_column(library: Library) -> None:
    library.articles.add_all([story("north"), story("south", changed=2)])
    article = library.articles.summary(SOUTH)
    assert article.similar is not None
    assert likeness(article, 0, 60) == (f"similar to {NORTH} ({article.similar.score})", "same")
    assert likeness(article, 0, 30) == (f"≈{NORTH}", "same")
    assert likeness(article, 0, 10) == ("", "alike")
    assert likeness(article, 1, 60) == ("+1 copy", "same")
    assert likeness(article, 12, 20, opened=True) == ("▾ 12", "same")
    weak = article._replace(similar=article.similar._replace(share=0.6))
    assert likeness(weak, 0, 60) == (f"≈{NORTH}", "alike")
