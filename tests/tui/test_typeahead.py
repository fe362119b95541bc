"""Keys that come faster than screens open go where they were meant to go."""

from __future__ import annotations

import pytest
from textual.events import Key
from textual.pilot import Pilot

from reader.domain.article import ArticleId
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.screens.article import ArticleScreen
from reader.tui.screens.help import HelpScreen
from reader.tui.widgets.prompt import Prompt
from tests.tui.driving import library_screen, lit, settle, titles
from tests.tui.opened import reading

LEDGER, SLOW, HOSTILE = ArticleId(6), ArticleId(5), ArticleId(4)
NAMED = {"<enter>": "enter", "<escape>": "escape", "<tab>": "tab", "\\": "backslash", "/": "slash"}


async def burst(pilot: Pilot[None], *keys: str) -> None:
    """All *keys* at once, as a terminal hands over what was typed while the app was busy."""
    for token in keys:
        pilot.app.post_message(Key(NAMED.get(token, token), None if token.startswith("<") else token))
    await settle(pilot)
    await settle(pilot)


async def test_a_filter_typed_at_once_is_a_filter(app: ReaderApp, library: Library) -> None:
    """The letters after ``/`` came before the prompt had the focus: ``s`` starred, ``t`` opened the tag picker."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await burst(pilot, "/", *"Hostile", "<enter>")
        assert titles(app) == ["[/] Hostile [@click=app.quit]title[/]"]
        assert not library.articles.summary(LEDGER).starred
        assert not library.articles.summary(HOSTILE).tags


async def test_what_follows_a_filter_acts_on_what_it_found(app: ReaderApp, library: Library) -> None:
    """Enter twice at once opened the row that had been lit before the filter was answered."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await burst(pilot, "/", *"Slow", "<enter>", "D")
        assert library.articles.summary(SLOW).trashed
        assert not library.articles.summary(LEDGER).trashed


async def test_what_follows_a_view_acts_on_its_articles(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await burst(pilot, "g", "s", "D")
        assert library.articles.summary(SLOW).trashed
        assert not library.articles.summary(LEDGER).trashed


async def test_a_tag_typed_at_once_is_a_tag(app: ReaderApp, library: Library) -> None:
    """The picker reads the tags before it opens; ``t`` and letters ran them as commands meanwhile."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await burst(pilot, "t", *"dsx", "<enter>")
        assert "dsx" in library.articles.summary(LEDGER).tags
        assert not library.articles.summary(LEDGER).starred


async def test_enter_in_a_search_waits_for_the_results(app: ReaderApp) -> None:
    """Enter came before the results, and was dropped in silence."""
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await burst(pilot, "\\", *"lighthouse", "<enter>")
        assert isinstance(app.screen, ArticleScreen)
        assert app.screen.article_id == LEDGER
        assert app.screen.finding.described.startswith("1/")


@pytest.mark.parametrize("keys", [("\\",), ("\\", "<tab>"), ("?",), ("A",), (":",), ("S",), ("e",), ("t",)])
async def test_escape_twice_at_once_closes_one_screen(app: ReaderApp, keys: tuple[str, ...]) -> None:
    """The search was left twice; the second time there was no screen left to take away, and the app died."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await burst(pilot, *keys)
        await burst(pilot, "<escape>", "<escape>", "<escape>")
        assert app.screen is library_screen(app)
        assert lit(app) == "The Lighthouse Keeper's Ledger"


async def test_what_is_typed_after_the_slash_of_help_narrows_it(app: ReaderApp) -> None:
    """``q`` closed the help before its prompt had the focus."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await burst(pilot, "?", "/", *"quote")
        assert isinstance(app.screen, HelpScreen)
        assert app.screen.query_one(Prompt).value == "quote"


async def test_keys_after_a_note_is_kept_are_the_articles(app: ReaderApp, library: Library) -> None:
    """They were written into the note that was just being saved, and lost with it."""
    async with reading(app) as (pilot, _):
        await burst(pilot, "c", *"warm", "<enter>", "s")
        assert library.articles.get(LEDGER).note == "warm"
        assert library.articles.summary(LEDGER).starred


async def test_keys_after_an_edit_is_kept_are_the_articles(app: ReaderApp, library: Library) -> None:
    """They were written into the field that was just being saved, and lost with it."""
    async with reading(app) as (pilot, screen):
        await burst(pilot, "e", *" 2", "<enter>", "s", "]", "h")
        assert app.screen is screen
        summary = library.articles.summary(LEDGER)
        assert (summary.title, summary.starred) == ("The Lighthouse Keeper's Ledger 2", True)
        assert screen.page.lit is not None


async def test_keys_after_an_edit_that_failed_are_the_dialogs(app: ReaderApp, library: Library) -> None:
    library.connection.execute(
        "create trigger refuse before update of title on article begin select raise(abort, 'no'); end"
    )
    async with reading(app) as (pilot, _):
        await burst(pilot, "e", *" 2", "<enter>", "3")
        assert app.screen.query_one("#edit-title", Prompt).value == "The Lighthouse Keeper's Ledger 23"


@pytest.mark.parametrize("opening", ["t", "f", "\\", "/"])
async def test_escape_and_a_letter_at_once_close_what_is_open(
    app: ReaderApp, library: Library, opening: str
) -> None:
    """They come as alt and the letter: the tag picker took the letter as a tag, facets took nothing."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await burst(pilot, opening)
        pilot.app.post_message(Key("alt+j", "j"))
        await settle(pilot)
        await settle(pilot)
        assert app.screen is library_screen(app)
        assert lit(app) == titles(app)[1]
        assert not library_screen(app).filtering.prompt.value
