"""What waits for a key while the screen gets another size, or the article another text."""

from __future__ import annotations

import pytest
from textual.events import Key
from textual.pilot import Pilot

from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from tests.tui.driving import press, settle, status
from tests.tui.opened import LEDGER, SLOW, reading
from tests.tui.wide import TEXT, exacts

URL = "https://example.org/wide"


@pytest.fixture
def wide(library: Library) -> ArticleId:
    return library.articles.add(Draft("Wide", Document.plain(TEXT), url=URL)).id


async def change_text(pilot: Pilot[None], library: Library, article: ArticleId) -> None:
    """As `reader add` does it in another terminal: a paragraph more at the beginning."""
    library.articles.add(Draft("Wide", Document.plain("Something new. And more.\n\n" + TEXT), url=URL))
    pilot.app.broadcast((article,))  # type: ignore[attr-defined]
    await settle(pilot)


async def test_labels_go_to_the_sentences_that_are_on_screen_now(app: ReaderApp) -> None:
    """They stayed where they were: what came on screen had none, and some were out of sight."""
    async with reading(app, SLOW, size=(60, 14)) as (pilot, screen):
        await press(pilot, ";")
        before = set(screen.page.labels.values())
        await pilot.resize_terminal(100, 40)
        await settle(pilot)
        assert set(screen.page.labels.values()) == set(screen.page.visible_sentences) > before
        await pilot.resize_terminal(40, 10)
        await settle(pilot)
        assert set(screen.page.labels.values()) == set(screen.page.visible_sentences)
        await press(pilot, "a")
        assert screen.page.selection == screen.page.visible_sentences[0]
        await pilot.resize_terminal(60, 14)
        await settle(pilot)
        assert screen.labelling.is_asking
        assert status(app).mode.startswith("LABELS")
        assert screen.page.mode == "sentence"


async def test_labels_end_where_no_sentence_is_in_sight(app: ReaderApp) -> None:
    async with reading(app, size=(60, 14)) as (pilot, screen):
        await press(pilot, ";")
        await pilot.resize_terminal(40, 6)
        await settle(pilot)
        assert not screen.page.visible_sentences
        assert not screen.labelling.is_asking
        assert status(app).message == "There is nothing to select here"
        await press(pilot, "g", "h")
        assert screen.page.visible_sentences


@pytest.mark.parametrize("keys", [";", "; d"])
async def test_labels_go_to_the_new_text_when_it_is_another(
    app: ReaderApp, library: Library, wide: ArticleId, keys: str
) -> None:
    """A letter went on to mean the place of the sentence that was there before; with no labels it is a command."""
    async with reading(app, wide) as (pilot, screen):
        await press(pilot, *keys.split())
        await change_text(pilot, library, wide)
        assert set(screen.page.labels.values()) == set(screen.page.visible_sentences)
        await press(pilot, "s", "<enter>")
        assert exacts(library, wide) == ["And more."]


async def test_a_key_that_waits_for_a_letter_goes_on_waiting_when_the_text_is_another(
    app: ReaderApp, library: Library, wide: ArticleId
) -> None:
    """The letter of a mark would have archived the article."""
    async with reading(app, wide) as (pilot, screen):
        await press(pilot, "m")
        await change_text(pilot, library, wide)
        assert status(app).pending == "m"
        await press(pilot, "a")
        assert screen.article is not None
        assert screen.article.summary.state != "archived"


async def test_an_operator_ends_when_the_text_is_another(
    app: ReaderApp, library: Library, wide: ArticleId
) -> None:
    async with reading(app, wide) as (pilot, screen):
        await press(pilot, "<enter>", "j", "j", "<escape>", "g", "h", "2")
        await change_text(pilot, library, wide)
        assert (screen.mode, status(app).pending) == ("article", "")
        await press(pilot, "h")
        assert exacts(library, wide) == []


async def test_words_asked_for_by_an_operator_are_only_found_when_the_text_is_another(
    app: ReaderApp, library: Library, wide: ArticleId
) -> None:
    async with reading(app, wide) as (pilot, screen):
        await press(pilot, "g", "h", "/", *"fla")
        await change_text(pilot, library, wide)
        assert screen.is_finding
        await press(pilot, *"gs", "<enter>")
        assert exacts(library, wide) == []
        assert status(app).position.startswith("1/1")


@pytest.mark.parametrize("keys", ["<enter> j", "v e", "v v w"])
async def test_a_selection_in_a_text_that_is_another_is_let_go(
    app: ReaderApp, library: Library, wide: ArticleId, keys: str
) -> None:
    async with reading(app, wide) as (pilot, screen):
        await press(pilot, *keys.split())
        await change_text(pilot, library, wide)
        assert screen.page.mode == "reading"
        assert status(app).message.startswith("The text changed")


@pytest.mark.parametrize("keys", ["<enter> 9 j", "v 2 }", "v v 3 }", "v 2 } g h"])
async def test_the_caret_stays_in_sight_when_the_screen_gets_smaller(app: ReaderApp, keys: str) -> None:
    async with reading(app, SLOW, size=(100, 30)) as (pilot, screen):
        await press(pilot, *keys.split())
        caret = screen.page.caret or screen.page.selection.start  # type: ignore[union-attr]
        for size in [(40, 10), (60, 6), (120, 40)]:
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert screen.page.visible_text_offset(caret), size


async def test_a_caret_that_was_out_of_sight_stays_there(app: ReaderApp) -> None:
    async with reading(app, SLOW, size=(60, 14)) as (pilot, screen):
        await press(pilot, "v", "e")
        screen.page.end()
        await pilot.resize_terminal(60, 20)
        await settle(pilot)
        assert screen.page.at_end


@pytest.mark.parametrize("size", [(40, 15), (60, 20)])
async def test_notes_over_the_text_give_way_to_selecting(app: ReaderApp, size: tuple[int, int]) -> None:
    """On a narrow screen one selected behind them, without seeing what."""
    async with reading(app, size=size) as (pilot, screen):
        await press(pilot, "g", "A")
        assert screen.panel.display
        for keys in (["<enter>"], ["v"], [";"], ["g", "h"]):
            await press(pilot, *keys)
            assert not screen.panel.display, keys
            await press(pilot, "<escape>", *["<escape>"] * (keys == ["v"]))
            assert screen.panel.display, keys


async def test_a_letter_close_behind_escape_is_a_letter(app: ReaderApp, library: Library) -> None:
    """A terminal sends alt and a letter as Escape and that letter: typed fast, both were lost."""
    async with reading(app) as (pilot, screen):
        await press(pilot, "<enter>")
        app.post_message(Key("alt+j", "j"))
        await settle(pilot)
        assert screen.page.mode == "reading"
        await press(pilot, "v")
        app.post_message(Key("alt+shift+g", "G"))
        await settle(pilot)
        assert screen.page.mode == "caret"
        assert screen.page.at_end
        await press(pilot, "<escape>")
        app.post_message(Key("alt+q", "q"))
        await settle(pilot)
        assert app.screen is not screen
    assert len(library.highlights.of(LEDGER)) == 1


async def test_a_key_with_alt_that_is_a_command_stays_one(app: ReaderApp) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "G", "<enter>", "<escape>", "<a-left>")
        assert screen.page.position == 0


async def test_what_is_said_has_room_and_spells_keys_as_people_do(app: ReaderApp) -> None:
    """Beside the labels' mode and the title it was cut to ``<e…``."""
    async with reading(app, size=(80, 24)) as (pilot, screen):
        await press(pilot, ";", "<enter>")
        assert "Enter is no label" in screen.status.render_line(0).text
        await press(pilot, "<escape>", "<c-u>", "g", "h", "<c-d>")
        assert "not ^d" in status(app).message
