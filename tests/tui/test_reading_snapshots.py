"""What going about in an article looks like, each picture beside what must be true of it."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.screens.article import ArticleScreen
from reader.tui.screens.picking import Picking
from tests.tui.conftest import SIZES, Compare, Themed
from tests.tui.driving import press, settle, status
from tests.tui.essays import essay


async def opened(app: ReaderApp, pilot: Pilot[Any], library: Library) -> ArticleScreen:
    await settle(pilot)
    screen = ArticleScreen(library.articles.add(essay()).id)
    app.push_screen(screen)
    await settle(pilot)
    return screen


def test_the_letters_of_links(snap_compare: Compare, themed: Themed, library: Library) -> None:
    app = themed("reader-dark")

    async def look(pilot: Pilot[Any]) -> None:
        screen = await opened(app, pilot, library)
        await press(pilot, "f")
        assert "".join(screen.page.labels) == "asdf"

    assert snap_compare(app, terminal_size=SIZES["usual"], run_before=look)


def test_a_note_that_a_link_led_to_with_the_lines_apart(
    snap_compare: Compare, themed: Themed, library: Library
) -> None:
    app = themed("reader-light")

    async def look(pilot: Pilot[Any]) -> None:
        await opened(app, pilot, library)
        await press(pilot, "z", "s", "f", "d")
        assert status(app).message == "Enter or ^o goes back to the link"

    assert snap_compare(app, terminal_size=SIZES["wide"], run_before=look)


def test_the_outline(snap_compare: Compare, themed: Themed, library: Library) -> None:
    app = themed("reader-dark")

    async def look(pilot: Pilot[Any]) -> None:
        await opened(app, pilot, library)
        await press(pilot, "2", "]", "]", "g", "O")
        assert isinstance(app.screen, Picking)

    assert snap_compare(app, terminal_size=SIZES["small"], run_before=look)
