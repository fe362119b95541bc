"""Jumps: back, forward, and to where the last one began, also over articles."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.article import ArticleId
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.jumping import REMEMBERED, Jumps, Place
from tests.tui.driving import press, status
from tests.tui.essays import essay, place
from tests.tui.opened import LEDGER, SLOW, reading


@pytest.fixture
def long(library: Library) -> ArticleId:
    return library.articles.add(essay()).id


def at(position: int) -> Place:
    return Place(ArticleId(1), position)


def test_back_and_forward_are_each_others_reverse() -> None:
    jumps = Jumps()
    jumps.leave(at(0))
    jumps.leave(at(10))
    assert jumps.back(at(20)) == at(10)
    assert jumps.back(at(10)) == at(0)
    assert jumps.back(at(0)) is None
    assert jumps.forward(at(0), 5) == at(20)
    assert jumps.forward(at(20)) is None


def test_a_new_jump_forgets_what_was_ahead() -> None:
    jumps = Jumps()
    jumps.leave(at(0))
    jumps.back(at(10))
    jumps.leave(at(0))
    assert jumps.forward(at(30)) is None


def test_a_place_where_one_is_already_is_passed_over() -> None:
    jumps = Jumps()
    jumps.leave(at(0))
    jumps.leave(at(10))
    assert jumps.back(at(10)) == at(0)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=3 * REMEMBERED))
def test_every_place_that_was_left_is_come_back_to_in_turn(positions: list[int]) -> None:
    jumps = Jumps()
    left = []
    for position, following in pairwise(positions):
        if position != following:
            jumps.leave(at(position))
            left.append(at(position))
    here = at(positions[-1])
    for expected in reversed(left[-REMEMBERED:]):
        found = jumps.back(here)
        assert found == expected
        here = found
    assert jumps.back(here) is None


async def test_the_end_and_back_and_forward_again(app: ReaderApp, long: ArticleId) -> None:
    async with reading(app, long, size=(80, 24)) as (pilot, screen):
        await press(pilot, "<space>")
        before = screen.page.position
        await press(pilot, "G")
        end = screen.page.position
        await press(pilot, "<c-o>")
        assert screen.page.position == before
        await press(pilot, "<a-right>")
        assert screen.page.position == end
        await press(pilot, "<a-left>")
        assert screen.page.position == before
        await press(pilot, "<c-o>")
        assert status(app).message == "No jump led here"


async def test_two_quotes_go_to_and_fro(app: ReaderApp, long: ArticleId) -> None:
    async with reading(app, long, size=(80, 24)) as (pilot, screen):
        await press(pilot, "'", "'")
        assert status(app).message == "Nothing was jumped from yet"
        await press(pilot, "5", "0", "%")
        middle = screen.page.position
        assert 0.4 < middle / len(screen.page.document.text) < 0.6
        await press(pilot, "'", "'")
        assert screen.page.position == 0
        await press(pilot, "'", "'")
        assert screen.page.position == middle


async def test_percent_wants_a_number(app: ReaderApp, long: ArticleId) -> None:
    async with reading(app, long) as (pilot, screen):
        await press(pilot, "%")
        assert "number first" in status(app).message
        await press(pilot, "1", "0", "0", "%")
        assert screen.page.at_end
        await press(pilot, "1", "%", "<c-o>")
        assert screen.page.at_end


async def test_headings_are_jumps(app: ReaderApp, long: ArticleId) -> None:
    async with reading(app, long, size=(80, 24)) as (pilot, screen):
        document = screen.page.document
        await press(pilot, "2", "]", "]")
        assert screen.page.position == place(document, "A late noon")
        await press(pilot, "[", "[")
        assert screen.page.position == place(document, "Morning")
        await press(pilot, "2", "<c-o>")
        assert screen.page.position == 0
        await press(pilot, "9", "]", "]")
        assert status(app).message == "No heading below"


async def test_an_article_without_headings_says_so(app: ReaderApp) -> None:
    async with reading(app, LEDGER) as (pilot, _):
        await press(pilot, "]", "]")
        assert status(app).message == "This article has no headings"


async def test_back_leads_to_the_article_before_at_its_place(app: ReaderApp) -> None:
    async with reading(app, SLOW, size=(80, 12)) as (pilot, screen):
        await press(pilot, "<space>")
        before = screen.page.position
        assert before
        await press(pilot, "K")
        assert screen.article_id == LEDGER
        await press(pilot, "<c-o>")
        assert (screen.article_id, screen.page.position) == (SLOW, before)
        await press(pilot, "<a-right>")
        assert screen.article_id == LEDGER


async def test_a_search_is_a_jump_and_scrolling_is_none(app: ReaderApp, long: ArticleId) -> None:
    async with reading(app, long, size=(80, 24)) as (pilot, screen):
        await press(pilot, "/", *"Paragraph 30", "<enter>")
        assert screen.page.position > 0
        await press(pilot, "j", "j", "<space>", "<c-o>")
        assert screen.page.position == 0
        await press(pilot, "<c-o>")
        assert status(app).message == "No jump led here"
