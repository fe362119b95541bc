"""Searching everything."""

from __future__ import annotations

from reader.domain.article import ArticleId
from reader.domain.document import Span
from reader.domain.passage import Passage
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.widgets.empty import Empty
from reader.tui.widgets.hit_list import HitList, snippet
from tests.tui.driving import library_screen, lit, press, status, titles

LEDGER, HOSTILE = ArticleId(6), ArticleId(4)


async def test_results_come_while_typing_with_the_words_lit(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"lighth")
        assert titles(app) == ["The Lighthouse Keeper's Ledger"]
        hits = app.screen.query_one(HitList)
        passage = hits.passage
        assert passage is not None
        assert any(passage.snippet[mark.start : mark.end].lower() == "lighthouse" for mark in passage.marks)
        assert list(hits.find("The Lighthouse")) == [(4, 14)]
        assert status(app).position == "1/1 · best first"


async def test_notes_and_highlights_are_found(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"cold")
        assert titles(app) == ["The Lighthouse Keeper's Ledger"]


async def test_an_archived_article_is_found_and_dimmed_a_trashed_one_is_not(
    app: ReaderApp, library: Library
) -> None:
    library.articles.mark([LEDGER], "archived")
    library.articles.trash([HOSTILE])
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"the")
        assert "The Lighthouse Keeper's Ledger" in titles(app)
        assert "[/] Hostile [@click=app.quit]title[/]" not in titles(app)
        hits = app.screen.query_one(HitList)
        summary = hits.known(LEDGER)
        assert summary is not None
        assert hits.put_away(summary)


async def test_tab_goes_into_the_results_where_keys_are_commands(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"slow", "<tab>", "s")
        assert not library.articles.summary(ArticleId(5)).starred
        await press(pilot, "S")
        assert status(app).position.endswith("newest first")
        await press(pilot, "/", *"er")
        assert app.screen.query_one("#search-prompt").value == "slower"  # type: ignore[attr-defined]


async def test_escape_restores_the_view_and_the_cursor(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "2", "j", "\\", *"sea", "<escape>")
        assert app.screen is library_screen(app)
        assert lit(app) == "[/] Hostile [@click=app.quit]title[/]"


async def test_enter_opens_the_lit_result(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"froze", "<enter>")
        assert app.screen.article_id == LEDGER  # type: ignore[attr-defined]


async def test_nothing_found_says_what_may_help(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"zzz")
        empty = app.screen.query_one(Empty)
        assert empty.display
        assert titles(app) == []
        await press(pilot, "<enter>")
        assert app.screen is not library_screen(app)


async def test_a_field_is_a_chip_and_a_wrong_one_a_warning(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"tag:sea is:blue")
        chips = status(app).chips
        assert "tag:sea" in [chip.text for chip in chips if not chip.warns]
        assert [chip.text for chip in chips if chip.warns]


async def test_going_to_a_view_leaves_the_search(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"sea", "<tab>", "g", "s")
        assert app.screen is library_screen(app)
        assert status(app).place == "Starred"


async def test_a_megabyte_is_pasted_as_one_line(app: ReaderApp) -> None:
    from textual import events

    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\")
        app.screen.focused.post_message(events.Paste("sea\n" + "x" * 1_000_000))  # type: ignore[union-attr]
        await press(pilot)
        assert app.screen.query_one("#search-prompt").value == "sea"  # type: ignore[attr-defined]


def test_a_snippet_is_moved_until_its_match_is_in_view() -> None:
    text = "word " * 30 + "needle and more"
    at = text.index("needle")
    pieces = snippet(Passage(LEDGER, Span(0, 1), "text", text, (Span(at, at + 6),)), 40)
    assert ("needle", "found") in pieces
    assert sum(len(piece) for piece, _ in pieces) <= 40


def test_the_snippet_of_a_note_says_that_it_is_one() -> None:
    """A sign nobody knew stood there, and the words looked as if the article said them."""
    passage = Passage(LEDGER, None, "note", "cold", (Span(0, 4),))
    assert snippet(passage, 40)[0][0] == "note: "
