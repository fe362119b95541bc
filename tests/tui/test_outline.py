"""The outline and marks."""

from __future__ import annotations

import pytest

from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.screens.article import ArticleScreen
from reader.tui.screens.picking import Picking
from tests.tui.driving import press, status
from tests.tui.essays import essay, place
from tests.tui.opened import LEDGER, reading


@pytest.fixture
def long(library: Library) -> ArticleId:
    return library.articles.add(essay()).id


def picking(app: ReaderApp) -> Picking:
    assert isinstance(app.screen, Picking)
    return app.screen


async def test_the_outline_is_indented_and_stands_on_the_section_one_is_in(
    app: ReaderApp, long: ArticleId
) -> None:
    async with reading(app, long, size=(80, 24)) as (pilot, screen):
        await press(pilot, "2", "]", "]", "<space>", "g", "O")
        menu = picking(app).menu
        assert [choice.title for choice in menu.choices] == ["Morning", "  A late noon", "Evening"]
        assert menu.cursor == 1
        await press(pilot, "<down>", "<enter>")
        assert screen.page.position == place(screen.page.document, "Evening")
        await press(pilot, "<c-o>", "<c-o>")
        assert screen.page.position == 0


async def test_typing_narrows_the_outline_and_escape_leaves_the_place(
    app: ReaderApp, long: ArticleId
) -> None:
    async with reading(app, long, size=(80, 24)) as (pilot, screen):
        await press(pilot, "g", "O", *"noon")
        assert [choice.title for choice in picking(app).menu.choices] == ["  A late noon"]
        await press(pilot, "<escape>")
        assert isinstance(app.screen, ArticleScreen)
        assert screen.page.position == 0
        await press(pilot, "g", "O", *"noon", "<enter>")
        assert screen.page.position == place(screen.page.document, "A late noon")


async def test_without_headings_there_is_no_outline(app: ReaderApp) -> None:
    async with reading(app, LEDGER) as (pilot, screen):
        await press(pilot, "g", "O")
        assert app.screen is screen
        assert status(app).message == "This article has no headings"


async def test_a_mark_is_come_back_to_and_kept_over_a_restart(
    app: ReaderApp, library: Library, long: ArticleId
) -> None:
    async with reading(app, long, size=(80, 24)) as (pilot, screen):
        await press(pilot, "<space>", "<space>", "m", "a")
        marked = screen.page.position
        assert status(app).message == "Marked as a · 'a comes back"
        await press(pilot, "G", "'", "a")
        assert screen.page.position == marked
        await press(pilot, "<c-o>")
        assert screen.page.at_end
        await press(pilot, "q")
        app.push_screen(again := ArticleScreen(long))
        await press(pilot, "g", "g", "'", "a")
        assert again.page.position == marked
        await press(pilot, "'", "b")
        assert status(app).message == "b is not marked here · marked are a"
    assert library.history.last("here") is None


async def test_marks_belong_to_their_article(app: ReaderApp, long: ArticleId) -> None:
    async with reading(app, long, trail=[long, LEDGER]) as (pilot, _):
        await press(pilot, "m", "a", "J", "'", "a")
        assert status(app).message == "a is not marked here · ma marks a place"


async def test_a_mark_stays_with_its_words_in_a_new_version(
    app: ReaderApp, library: Library, long: ArticleId
) -> None:
    async with reading(app, long, size=(80, 24)) as (pilot, screen):
        await press(pilot, "2", "]", "]", "m", "a", "g", "g")
        draft = essay()
        longer = Document.plain("A new beginning.\n\n" + draft.document.text)
        library.articles.add(Draft(draft.title, longer, url=draft.url))
        screen.reload()
        await press(pilot, "'", "a")
        assert screen.page.document.text == longer.text
        assert screen.page.visible_text_offset(place(longer, "A late noon"))
        assert screen.page.position == place(longer, "A late noon")


async def test_purging_an_article_forgets_its_marks(
    app: ReaderApp, library: Library, long: ArticleId
) -> None:
    async with reading(app, long) as (pilot, _):
        await press(pilot, "m", "z")
    key = f"tui.marks:{long}"
    assert library.settings.get(key)
    library.settings.set("tui.marks:6", "{}")
    library.articles.trash([long])
    library.articles.purge([long])
    assert library.settings.get(key) is None
    assert library.settings.get("tui.marks:6") == "{}"


@pytest.mark.parametrize("kept", ["[]", '{"a": 1}', '{"a": {"span": [1, "x"]}}', '{"A": {}}', "nonsense"])
async def test_marks_that_cannot_be_read_are_none(
    app: ReaderApp, library: Library, long: ArticleId, kept: str
) -> None:
    library.settings.set(f"tui.marks:{long}", kept)
    async with reading(app, long) as (pilot, _):
        await press(pilot, "'", "a")
        assert "is not marked here" in status(app).message
