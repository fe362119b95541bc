"""Finding words in an article, and arriving from a search."""

from __future__ import annotations

from textual.events import Key

from reader.domain.anchor import occurrences
from reader.domain.article import Draft
from reader.domain.document import Document
from reader.domain.query import parse
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from tests.tui.driving import press, settle, status
from tests.tui.opened import LEDGER, SLOW, reading


async def test_words_are_lit_as_one_types_and_n_goes_on(app: ReaderApp) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "/", "m", "a", "r", "k")
        assert status(app).position.startswith("1/2")
        await press(pilot, "<enter>", "n")
        assert status(app).position.startswith("2/2")
        await press(pilot, "n")
        assert status(app).position.startswith("1/2")
        assert status(app).message == "on from the top"
        await press(pilot, "N")
        assert status(app).position.startswith("2/2")
        assert screen.mode == "article"


async def test_a_phrase_is_found_across_lines_and_without_accents_or_case(
    app: ReaderApp, library: Library
) -> None:
    words = "Ein langer Satz über die Küste, " * 6
    article = library.articles.add(Draft("Coast", Document.plain(f"{words}\n\nÉtude."))).id
    async with reading(app, article, size=(46, 12)) as (pilot, _):
        await press(pilot, "/", *"satz uber die kuste, ein langer")
        assert status(app).position.startswith("1/5")
        await press(pilot, "<escape>", "/", *"etude")
        assert status(app).position.startswith("1/1")


async def test_escape_goes_back_to_where_one_was(app: ReaderApp) -> None:
    async with reading(app, SLOW, size=(80, 12)) as (pilot, screen):
        await press(pilot, "j", "j", "j")
        before = screen.page.position
        await press(
            pilot,
            "/",
            *"fast",
            "<down>",
            "<down>",
            "<down>",
            "<down>",
            "<down>",
            "<down>",
            "<down>",
            "<down>",
        )
        await press(pilot, "<escape>")
        assert screen.page.position == before
        assert "/" not in status(app).position


async def test_enter_selects_the_lit_match(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "/", *"ships and", "<enter>", "<enter>")
        assert screen.mode == "visual"
        assert screen.page.selected_text == "ships and"
        await press(pilot, "<enter>")
        assert "ships and" in [one.anchor.exact for one in library.highlights.of(LEDGER)]


async def test_words_that_are_not_there_are_said(app: ReaderApp) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "/", *"zebra")
        assert status(app).message == "not in this article"
        await press(pilot, "<enter>", "n")
        assert status(app).message == "No more of it here"


async def test_opening_from_a_search_lights_every_match_at_the_passage(
    app: ReaderApp, library: Library
) -> None:
    document = library.articles.get(SLOW).document
    places = occurrences(document, "slow")
    async with reading(app, SLOW, span=places[20], query=parse("slow"), size=(80, 14)) as (pilot, screen):
        assert screen.page.visible_text_offset(places[20].start)
        assert status(app).position.startswith("21/40")
        await press(pilot, "n")
        assert status(app).position.startswith("22/40")
        await press(pilot, "<escape>")
        assert "/" not in status(app).position
        await press(pilot, "<escape>")
        assert app.screen is not screen


async def test_a_passage_without_words_lights_its_highlight(app: ReaderApp, library: Library) -> None:
    span = library.highlights.of(LEDGER)[0].placement.span
    async with reading(app, span=span) as (_, screen):
        assert screen.page.lit is not None


async def test_the_words_go_along_to_the_next_article(app: ReaderApp) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "/", "i", "s", "<enter>", "J")
        await settle(pilot)
        assert "/80" in status(app).position or "/40" in status(app).position or "n" in status(app).place
        await press(pilot, "n")
        assert "/" in status(app).position


async def test_words_typed_ahead_reach_the_prompt(app: ReaderApp) -> None:
    async with reading(app) as (pilot, screen):
        for key in ("slash", *"mark", "enter"):
            app.post_message(Key(key, "/" if key == "slash" else key if len(key) == 1 else None))
        await settle(pilot)
        assert status(app).position.startswith("1/2")
        assert screen.mode == "article"


async def test_a_capital_asks_for_the_case_as_it_is(app: ReaderApp, library: Library) -> None:
    article = library.articles.add(Draft("Case", Document.plain("The one, the two, THE three."))).id
    async with reading(app, article) as (pilot, _):
        await press(pilot, "/", *"the")
        assert status(app).position.startswith("1/3")
        await press(pilot, "<escape>", "/", *"The")
        assert status(app).position.startswith("1/1")


async def test_a_phrase_is_found_from_one_paragraph_into_the_next(app: ReaderApp) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "/", *"weather. One winter", "<enter>")
        assert screen.finding.lit_match is not None
        assert screen.page.document.slice(screen.finding.lit_match) == "weather.\n\nOne winter"


async def test_enter_with_nothing_typed_looks_for_the_last_words_again(app: ReaderApp) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "/", "<enter>")
        assert status(app).message == "Nothing is being looked for · / finds"
        await press(pilot, "/", *"mark", "<enter>", "<escape>")
        assert screen.finding.described == ""
        await press(pilot, "/", "<enter>")
        assert status(app).position.startswith("1/2")
        await press(pilot, "/", "<enter>")
        assert status(app).position.startswith("2/2")
        await press(pilot, "<escape>", "n")
        assert "/2" in status(app).position


async def test_emptying_the_prompt_shows_what_was_lit_before(app: ReaderApp) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "/", *"sea", "<enter>", "/", "q")
        assert screen.finding.described == ""
        await pilot.press("backspace")
        await settle(pilot)
        assert screen.finding.described == "1/2"
        await press(pilot, "<escape>")
        assert screen.finding.described == "1/2"


async def test_more_matches_than_are_counted_are_said_to_be_more(app: ReaderApp, library: Library) -> None:
    article = library.articles.add(Draft("Many", Document.plain("so it is " * 2600))).id
    async with reading(app, article) as (pilot, _):
        await press(pilot, "/", "s")
        assert status(app).position.startswith("1/5000+")
