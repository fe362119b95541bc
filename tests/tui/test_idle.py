"""What is done when nobody presses anything."""

from __future__ import annotations

import asyncio

import pytest

from reader.storage.connection import LibraryError
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.idle import Idle
from tests.tui.driving import press, settle


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys have rested long enough as soon as they rest at all."""
    monkeypatch.setattr(Idle, "rest", 0.0)


async def until_idle(app: ReaderApp) -> None:
    """Until the timer has gone off and everything that waited is done."""
    while app.idle.is_waiting or not app.idle.is_at_rest:
        await asyncio.sleep(0)


async def test_the_vocabulary_is_brought_up_to_date(app: ReaderApp, library: Library, at_once: None) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await until_idle(app)
        await settle(pilot)
    assert library.connection.value("select df from term where term = 'lighthouse'") == 1
    assert not library.terms.tend()


async def test_what_comes_later_is_tended_too(app: ReaderApp, library: Library, at_once: None) -> None:
    from reader.domain.article import Draft
    from reader.domain.document import Document

    async with app.run_test(size=(80, 24)) as pilot:
        await until_idle(app)
        await settle(pilot)
        library.articles.add(Draft("Quinces", Document.plain("A quince is no pear.")))
        app.broadcast(())
        await until_idle(app)
        await settle(pilot)
    assert library.connection.value("select df from term where term = 'quince'") == 1


async def test_nothing_waits_where_nothing_is_to_be_done(app: ReaderApp, at_once: None) -> None:
    async with app.run_test(size=(80, 24)):
        await until_idle(app)
        assert app.idle.is_at_rest


async def test_work_goes_on_until_it_is_done_and_one_piece_does_not_hold_up_another(
    app: ReaderApp, at_once: None
) -> None:
    done: list[str] = []

    def piece(name: str, slices: int) -> object:
        async def work() -> bool:
            done.append(name)
            return done.count(name) < slices

        return work

    async with app.run_test(size=(80, 24)):
        await until_idle(app)
        app.idle.do("long", piece("long", 3))  # type: ignore[arg-type]
        app.idle.do("short", piece("short", 1))  # type: ignore[arg-type]
        await until_idle(app)
    assert done == ["long", "short", "long", "long"]


async def test_a_piece_of_the_same_name_takes_the_place_of_the_older(app: ReaderApp, at_once: None) -> None:
    done: list[int] = []

    def piece(number: int) -> object:
        async def work() -> bool:
            done.append(number)
            return False

        return work

    async with app.run_test(size=(80, 24)):
        await until_idle(app)
        app.idle.do("it", piece(1))  # type: ignore[arg-type]
        app.idle.do("it", piece(2))  # type: ignore[arg-type]
        await until_idle(app)
    assert done == [2]


async def test_a_piece_that_fails_is_dropped_and_the_others_go_on(app: ReaderApp, at_once: None) -> None:
    done: list[str] = []

    async def fails() -> bool:
        raise LibraryError("locked")

    async def works() -> bool:
        done.append("works")
        return False

    async with app.run_test(size=(80, 24)):
        await until_idle(app)
        app.idle.do("fails", fails)
        app.idle.do("works", works)
        await until_idle(app)
    assert done == ["works"]


async def test_nothing_is_done_while_keys_are_pressed(app: ReaderApp) -> None:
    done: list[int] = []

    async def work() -> bool:
        done.append(1)
        return False

    async with app.run_test(size=(80, 24)) as pilot:
        app.idle.do("it", work)
        await press(pilot, "j", "k", "j")
        assert app.idle.is_waiting
    assert not done


async def test_a_press_lets_it_stop_after_its_slice(app: ReaderApp, at_once: None) -> None:
    slices = 0

    async def work() -> bool:
        nonlocal slices
        slices += 1
        app.idle.rest = 60.0
        app.idle.pressed()
        return True

    async with app.run_test(size=(80, 24)):
        await until_idle(app)
        app.idle.do("it", work)
        while not slices:
            await asyncio.sleep(0)
        assert app.idle.is_waiting
    assert slices == 1


async def test_leaving_ends_it_at_once(app: ReaderApp, at_once: None) -> None:
    slices = 0

    async def work() -> bool:
        nonlocal slices
        slices += 1
        app.end()
        return True

    async with app.run_test(size=(80, 24)):
        await until_idle(app)
        app.idle.do("endless", work)
        while not slices:
            await asyncio.sleep(0)
    assert slices == 1
    assert not app.idle.is_waiting
