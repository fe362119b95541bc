"""Caret and visual mode by keys: motions, text objects, words to go to, overlapping highlights."""

from __future__ import annotations

import pytest

from reader.domain.anchor import anchor_of
from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document, Span
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from tests.tui.driving import press, settle, status
from tests.tui.opened import SLOW, reading
from tests.tui.wide import SENTENCES, SIZES, TEXT, exacts
from tests.tui.wide import wide as wide


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (["e"], "The"),
        (["2", "e"], "The keeper"),
        (["f", "r"], "The keeper"),
        (["2", "f", "e"], "The ke"),
        (["t", "<space>"], "The"),
        (["f", "e", ";", ";"], "The kee"),
        (["f", "e", ";", ";", ","], "The ke"),
        (["w", "v", "v", "W", "E"], "keeper (a"),
        (["i", "w"], "The"),
        (["i", "w", "i", "w", "i", "w"], "The keeper"),
        (["3", "a", "w"], "The keeper ("),
        (["i", "s"], SENTENCES[0]),
        (["i", "s", "i", "s"], f"{SENTENCES[0]} {SENTENCES[1]}"),
        (["a", "s"], SENTENCES[0] + " "),
        (["2", "i", "s"], f"{SENTENCES[0]} {SENTENCES[1]}"),
        (["i", "p"], f"{SENTENCES[0]} {SENTENCES[1]}"),
        (["i", "p", "i", "p"], TEXT.rpartition("\n\n")[0]),
        (["f", "q", "i", "("], "a quiet man, of the sea"),
        (["f", "q", "v", "a", "b"], "(a quiet man, of the sea)"),
        (["v", ")", "i", '"'], "The sea,"),
        (["v", ")", "a", "q"], "“The sea,”"),
        (["v", "}", "v", "l"], "図書"),
        (["v", "}", "v", "f", "静"], "図書館は静"),
        (["v", "}", "i", "s", "i", "s"], SENTENCES[2] + SENTENCES[3]),
        (["v", "}", "2", ")", "v", "3", "e"], "Emoji 👩‍👩‍👧‍👦 and"),
        (["v", "}", "2", ")", "v", "w"], "Emoji 👩‍👩‍👧‍👦"),
        (["G"], TEXT),
        (["v", "G", "v", "g", "g"], TEXT),
        (["v", "3", "G", "v", "$"], None),
        (["V"], f"{SENTENCES[0]} {SENTENCES[1]}"),
        (["V", "}", "}"], TEXT.rpartition("\n\n")[0]),
        (["2", "e", "o", "w"], "keeper"),
        (["/", *"in the", "<enter>"], SENTENCES[0][: SENTENCES[0].index(" ledger")]),
        (["v", "/", *"図書", "<enter>", "v", "l"], "図書"),
        (["/", *"the", "<enter>", "n"], SENTENCES[0][: SENTENCES[0].index(" ledger")]),
        (["/", *"the", "<enter>", "n", "N"], "The keeper (a quiet man, of the"),
        (["/", *"zzz", "<escape>", "e"], "The"),
    ],
)
async def test_motions_and_objects_select(
    app: ReaderApp,
    library: Library,
    wide: ArticleId,
    keys: list[str],
    words: str | None,
    size: tuple[int, int],
) -> None:
    async with reading(app, wide, size=size) as (pilot, screen):
        await press(pilot, "v", *keys)
        selected = screen.page.selected_text
        assert words is None or selected == words
        await press(pilot, "<enter>")
        assert exacts(library, wide) == [selected.strip()]


async def test_a_lit_match_is_selected_by_v(app: ReaderApp, library: Library, wide: ArticleId) -> None:
    async with reading(app, wide) as (pilot, screen):
        await press(pilot, "/", *"静か", "<enter>", "v")
        assert screen.page.selected_text == "静か"
        await press(pilot, "<enter>")
        assert exacts(library, wide) == ["静か"]


async def test_a_character_that_is_not_there_is_told(app: ReaderApp, wide: ArticleId) -> None:
    async with reading(app, wide) as (pilot, screen):
        await press(pilot, "v", "f", "静")
        assert status(app).message == "No more “静” in this paragraph"
        await press(pilot, "v", "i", "h")
        assert status(app).message == "No highlight here"
        await press(pilot, "f", "<escape>")
        assert screen.mode == "visual"


async def test_gv_selects_again_after_highlighting_scrolling_and_resizing(app: ReaderApp) -> None:
    async with reading(app, SLOW, size=(60, 12)) as (pilot, screen):
        await press(pilot, "v", "2", "e", "<enter>", "<space>", "<space>", "g", "v")
        assert (screen.mode, screen.page.selected_text) == ("visual", "Software is")
        assert screen.page.shows(0)
        await press(pilot, "<escape>", "g", "v")
        assert screen.mode == "visual"
        await press(pilot, "<escape>", "<escape>", "<enter>", "j", "l", "<escape>")
        await pilot.resize_terminal(100, 30)
        await settle(pilot)
        await press(pilot, "g", "v")
        assert screen.mode == "sentence"
        assert screen.page.sentences_in(screen.page.selection or Span(0, 0)) == 2


async def test_gv_before_anything_was_selected_says_so(app: ReaderApp) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "g", "v")
        assert "Nothing was selected" in status(app).message
        assert screen.mode == "article"


@pytest.fixture
def overlapping(library: Library) -> ArticleId:
    """Three highlights over each other, the outermost the newest."""
    document = Document.plain("One two three four.")
    article = library.articles.add(Draft("Over", document)).id
    for span in (Span(4, 7), Span(0, 13), Span(0, 19)):
        anchor = anchor_of(document, span)
        assert anchor is not None
        library.highlights.add(article, anchor)
    return article


async def test_tab_lights_the_highlights_under_the_caret_in_turn(
    app: ReaderApp, overlapping: ArticleId
) -> None:
    async with reading(app, overlapping) as (pilot, screen):
        await press(pilot, "v", "v", "w")
        seen = []
        for _ in range(4):
            await press(pilot, "<tab>")
            lit = screen.page.under_caret
            assert lit is not None
            assert lit is screen.page.lit
            seen.append(lit.anchor.exact)
        assert seen == ["One two three four.", "One two three", "two", "One two three four."]
        assert status(app).message == "highlight 1 of 3 here"
        await press(pilot, "b", "<tab>")
        assert screen.page.under_caret is screen.page.lit
        await press(pilot, "v", "i", "h")
        assert screen.page.selected_text == "One two three"


async def test_a_caret_that_leaves_the_lit_highlight_lets_go_of_it(
    app: ReaderApp, overlapping: ArticleId
) -> None:
    async with reading(app, overlapping) as (pilot, screen):
        await press(pilot, "v", "v", "w", "<tab>", "<tab>", "<tab>", "w")
        assert screen.page.lit is None
