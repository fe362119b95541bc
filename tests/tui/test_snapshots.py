"""What the screens look like, each picture beside what must be true of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from reader.domain.document import Document
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from reader.tui.widgets.menu import Menu
from tests.tui.conftest import ARTICLES, SIZES, Compare, Themed
from tests.tui.driving import library_screen, press, settle, status, titles


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["reader-dark", "reader-light"])
def test_the_library(snap_compare: Compare, themed: Themed, size: str, theme: str) -> None:
    app = themed(theme, demo=True)

    async def look(pilot: Pilot[Any]) -> None:
        await press(pilot, "j", "x", "j")
        assert status(app).position == "1 selected of 6"

    assert snap_compare(app, terminal_size=SIZES[size], run_before=look)


@pytest.mark.parametrize(("size", "theme"), [("wide", "reader-light"), ("small", "reader-dark")])
def test_searching(snap_compare: Compare, themed: Themed, size: str, theme: str) -> None:
    app = themed(theme, demo=True)

    async def look(pilot: Pilot[Any]) -> None:
        await press(pilot, "\\", *"sea is:purple")
        app.screen.query_one("#search-prompt").value = "the"  # type: ignore[attr-defined]
        await settle(pilot)
        assert "The Lighthouse Keeper's Ledger" in titles(app)

    assert snap_compare(app, terminal_size=SIZES[size], run_before=look)


def test_the_palette(snap_compare: Compare, themed: Themed) -> None:
    app = themed("reader-dark", demo=True)

    async def look(pilot: Pilot[Any]) -> None:
        await press(pilot, "<c-p>", *"un")
        assert app.screen.query_one(Menu).choices[0].title == "Undo"

    assert snap_compare(app, terminal_size=SIZES["wide"], run_before=look)


def test_help(snap_compare: Compare, themed: Themed) -> None:
    app = themed("reader-light", demo=True)

    async def look(pilot: Pilot[Any]) -> None:
        await press(pilot, "?")

    assert snap_compare(app, terminal_size=SIZES["usual"], run_before=look)


def test_an_empty_view(snap_compare: Compare, themed: Themed) -> None:
    app = themed("reader-light", demo=True)

    async def look(pilot: Pilot[Any]) -> None:
        await press(pilot, "g", "a")
        assert library_screen(app).empty.display

    assert snap_compare(app, terminal_size=SIZES["usual"], run_before=look)


def test_a_list_that_cannot_be_read(snap_compare: Compare, themed: Themed) -> None:
    app = themed("reader-dark", demo=True)

    async def look(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        library_screen(app).show_failure(LibraryError("library.db is damaged: `reader doctor` says more"))
        await pilot.pause()
        assert library_screen(app).empty.has_class("-failed")

    assert snap_compare(app, terminal_size=SIZES["usual"], run_before=look)


def test_long_and_hostile_titles(snap_compare: Compare, themed: Themed, library: Library) -> None:
    names = [
        "A Very Long Title " * 20,
        "[bold red]not red[/] [link=file:///x]no link[/link]",
        "日本語の題名はとても長くて列に収まりきらないことがある" * 2,
        "مقالة بالعربية",
        "é" + "\u0301" * 4 + " piled marks",
        "👩‍👩‍👧‍👦 family 🎉 party 🇫🇷 flag",
    ]
    for number, name in enumerate(names):
        library.articles.add(
            replace(ARTICLES[0], title=name, document=Document.plain(f"Text number {number}."))
        )
    app = themed("reader-dark", demo=True)

    async def look(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        rows = library_screen(app).articles
        assert all(rows.row(y).cell_length == rows.size.width for y in range(rows.size.height))

    assert snap_compare(app, terminal_size=SIZES["usual"], run_before=look)
