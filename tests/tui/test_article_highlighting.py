"""Selecting and highlighting on the article screen: on the page, and in the database."""

from __future__ import annotations

import pytest
from textual.events import Key

from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.widgets.prompt import Prompt
from tests.tui.driving import press, settle, status
from tests.tui.opened import LEDGER, reading

SENTENCES = ("The lighthouse keeper wrote every evening what the sea had done.", "He wrote of ships and of weather.",
             "One winter the sea froze, and he wrote nothing at all.")  # fmt: skip


def exacts(library: Library, article: int = LEDGER) -> list[str]:
    return [highlight.anchor.exact for highlight in library.highlights.of(ArticleId(article))]


async def test_the_third_sentence_is_highlighted_by_enter_j_j_enter(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "<enter>", "j", "j", "<enter>")
        assert SENTENCES[2] in exacts(library)
        assert screen.mode == "article"
        assert status(app).message == "highlighted · c note · u undo"
        assert screen.page.lit is not None
        made = next(one for one in library.highlights.of(LEDGER) if one.anchor.exact == SENTENCES[2])
        document = library.articles.get(LEDGER).document
        assert document.slice(made.anchor.span) == SENTENCES[2]
        assert made.placement.status == "anchored"


async def test_the_keys_are_right_however_fast_they_come(app: ReaderApp, library: Library) -> None:
    """Mode changes were once taken from messages, which arrive after the next press."""
    async with reading(app) as (pilot, screen):
        for token in ("<enter>", "j", "l", "<enter>"):
            screen.press(token)
        await settle(pilot)
        assert f"{SENTENCES[1]}\n\n{SENTENCES[2]}" in exacts(library)


async def test_visual_mode_takes_counts(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "v", "2", "e")
        assert screen.mode == "visual"
        assert status(app).mode == "VISUAL 2 words"
        await press(pilot, "H", "g")
        assert "The lighthouse" in exacts(library)
        assert {
            one.colour for one in library.highlights.of(LEDGER) if one.anchor.exact == "The lighthouse"
        } == {"green"}


@pytest.fixture
def wide(library: Library) -> ArticleId:
    text = "図書館は静かです。本を読みます。\n\nEmoji 👩‍👩‍👧‍👦 and flags 🇯🇵🇫🇷 and e\u0301 stay whole."
    return library.articles.add(Draft("Wide", Document.plain(text))).id


async def test_wide_characters_are_selected_whole(app: ReaderApp, library: Library, wide: ArticleId) -> None:
    async with reading(app, wide) as (pilot, _):
        await press(pilot, "v", "3", "l", "<enter>")
        assert exacts(library, wide) == ["図書館は"]
        await press(pilot, "<escape>", "v", "v", "}", "v", "w", "<enter>")
        assert exacts(library, wide)[-1] == "Emoji 👩‍👩‍👧‍👦"


async def test_the_selection_is_told_in_words_and_sentences(app: ReaderApp) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "<enter>", "l")
        assert status(app).mode == "SENTENCE 18 words · 2 sentences"
        await press(pilot, "<escape>")
        assert status(app).mode == ""


async def test_pending_keys_are_shown(app: ReaderApp) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "3", "]")
        assert status(app).pending == "3]"


async def test_the_same_range_is_edited_and_not_doubled(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "<enter>", "<enter>", "<escape>")
        before = len(exacts(library))
        await press(pilot, "<enter>", "H", "p")
        assert len(exacts(library)) == before
        assert {one.colour for one in library.highlights.of(LEDGER) if one.anchor.exact == SENTENCES[0]} == {
            "pink"
        }


async def test_the_last_colour_is_used_again(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "<enter>", "H", "b", "<escape>", "<enter>", "j", "<enter>")
        made = {one.anchor.exact: one.colour for one in library.highlights.of(LEDGER)}
        assert made[SENTENCES[0]] == made[SENTENCES[1]] == "blue"


async def test_a_deleted_highlight_comes_back_with_u(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "]", "h", "d", "d")
        assert exacts(library) == []
        assert screen.passages.all == ()
        await press(pilot, "u")
        assert exacts(library) == ["the sea froze"]
        assert [one.note for one in screen.passages.all] == ["cold"]
        await press(pilot, "<c-r>")
        assert screen.passages.all == ()


async def test_undo_takes_a_new_highlight_from_the_page(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "<enter>", "<enter>", "u")
        assert exacts(library) == ["the sea froze"]
        assert len(screen.passages.placed) == 1
        assert screen.page.lit is None


async def test_a_colour_and_its_repetition(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "<enter>", "<enter>", "<escape>", "]", "h", "H", "u")
        assert library.highlights.of(LEDGER)[0].colour == "purple"
        await press(pilot, "]", "h", ".")
        assert [one.colour for one in library.highlights.of(LEDGER)] == ["purple", "purple"]


async def test_keys_act_on_a_highlight_that_is_still_being_written(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        for token in ("<enter>", "<enter>", "H", "g"):
            screen.press(token)
        assert screen.passages.now(screen.passages.by_age[-1]).id < 0
        await settle(pilot)
        assert {one.anchor.exact: one.colour for one in library.highlights.of(LEDGER)}[
            SENTENCES[0]
        ] == "green"
        assert all(one.id > 0 for one in screen.passages.all)


async def test_copying_a_selection_cleans_it_and_quotes_name_the_source(
    app: ReaderApp, library: Library
) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "<enter>", "y")
        assert app.clipboard == SENTENCES[0]
        assert status(app).message == "Copied: 11 words"
        await press(pilot, "<enter>", "Y")
        assert app.clipboard == (
            f"> {SENTENCES[0]}\n>\n"
            "> — J. Ortega. “The Lighthouse Keeper's Ledger.” The Harbour, 2023-11-02. <https://example.org/ledger>"
        )
        await press(pilot, "]", "h", "Y")
        assert app.clipboard.startswith("> the sea froze\n>\n> — J. Ortega")
        assert app.clipboard.endswith(f" [hl-{library.highlights.of(LEDGER)[0].reference}]")


async def test_a_write_that_fails_is_told_and_taken_back(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        library.connection.execute(
            "create trigger refuse before insert on highlight begin select raise(abort, 'no room'); end"
        )
        await press(pilot, "<enter>", "<enter>")
        assert len(screen.passages.all) == 1
        assert len(app._notifications) == 1


async def test_nothing_to_select_is_said(app: ReaderApp, library: Library) -> None:
    empty = library.articles.add(Draft("Empty", Document.plain(""))).id
    async with reading(app, empty) as (pilot, screen):
        await press(pilot, "<enter>")
        assert screen.mode == "article"
        assert status(app).message == "There is nothing to select here"
        await press(pilot, "v", "V", "d", "d", "/", "<escape>", "<space>")
        assert app.screen is screen


async def test_a_click_lights_a_highlight_and_the_next_opens_its_note(app: ReaderApp) -> None:
    async with reading(app) as (pilot, screen):
        place = next(
            (row, line.text.index("the sea froze"))
            for row in range(screen.page.size.height)
            if "the sea froze" in (line := screen.page.row(row)).text
        )
        await pilot.click(screen.page, offset=(place[1] + 2, place[0]))
        await settle(pilot)
        assert screen.page.lit is not None
        await pilot.click(screen.page, offset=(place[1] + 2, place[0]))
        await settle(pilot)
        assert type(app.screen).__name__ == "NoteEditor"


async def test_what_is_typed_ahead_reaches_the_article_and_its_dialogs(
    app: ReaderApp, library: Library
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        typed = ["enter", "enter", "j", "enter", "c", *"dd", "enter"]
        for key in typed:
            app.post_message(Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        await settle(pilot)
        notes = {one.anchor.exact: one.note for one in library.highlights.of(LEDGER)}
        assert notes.get(SENTENCES[1]) == "dd"


async def test_a_dot_highlights_again(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "<enter>", "H", "b", "<escape>", "<enter>", "j", ".")
        made = {one.anchor.exact: one.colour for one in library.highlights.of(LEDGER)}
        assert made[SENTENCES[1]] == "blue"


async def test_a_selection_is_searched_as_a_phrase(app: ReaderApp) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "/", *"ships and", "<enter>", "v", "\\")
        assert app.screen is not screen
        assert app.screen.query_one(Prompt).value == '"ships and"'


async def test_the_notes_panel_follows_what_is_lit(app: ReaderApp) -> None:
    async with reading(app, size=(110, 30)) as (pilot, screen):
        await press(pilot, "g", "A")
        assert screen.panel.display
        assert not screen.panel.has_class("-over")
        lines = [screen.panel.row(y).text.rstrip() for y in range(8)]
        assert "▎ the sea froze" in lines
        assert "▎ cold" in lines
        assert screen.panel.lit is None
        await press(pilot, "]", "h")
        assert screen.panel.lit is not None
        await pilot.resize_terminal(70, 30)
        await settle(pilot)
        assert screen.panel.has_class("-over")


async def test_a_click_in_the_notes_panel_lights_the_highlight(app: ReaderApp) -> None:
    async with reading(app, size=(110, 30)) as (pilot, screen):
        await press(pilot, "g", "A")
        row = next(y for y in range(8) if "froze" in screen.panel.row(y).text)
        await pilot.click(screen.panel, offset=(4, row))
        await settle(pilot)
        assert screen.page.lit is not None


@pytest.mark.parametrize("keys", [[], ["g", "A"], ["c"], ["t"], ["e"], ["/"], ["<enter>"], ["v"]])
async def test_it_survives_any_size(app: ReaderApp, keys: list[str]) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, *keys)
        for size in [(1, 1), (2, 1), (5, 2), (10, 3), (300, 100), (80, 24)]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
        await press(pilot, "j", "<escape>")
        assert app.failure is None
