"""Searching everything."""

from __future__ import annotations

from typing import Any

import pytest

from reader.domain.anchor import anchor_of, occurrences
from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document, Span
from reader.domain.passage import Passage
from reader.domain.query import parse
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.screens.article import ArticleScreen
from reader.tui.screens.search import SearchScreen
from reader.tui.widgets.empty import Empty
from reader.tui.widgets.hit_list import HitList, snippet
from tests.tui.driving import library_screen, lit, press, settle, status, titles

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
        app.screen.focused.post_message(events.Paste("sea\n\n" + "x" * 1_000_000))  # type: ignore[union-attr]
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


# -- places, order, counts ------------------------------------------------------------------------------------


async def test_each_article_has_its_best_places_marked_passages_and_notes_first(
    app: ReaderApp, library: Library
) -> None:
    document = library.articles.get(LEDGER).document
    anchor = anchor_of(document, occurrences(document, "a white page")[0])
    assert anchor is not None
    library.highlights.add(LEDGER, anchor, note="the sea of paper")
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"sea")
        hits = app.screen.query_one(HitList)
        sources = [passage.source for passage in hits.passages_of(LEDGER)]
        assert sources == ["highlight", "note", "text"]
        text = "\n".join(hits.row(line).text for line in range(4))
        assert "▎ the sea froze" in text
        assert "note: the sea of paper" in text
        assert hits.top_of(1) == 4


async def test_inflected_words_are_found_lit_and_gone_through(app: ReaderApp, library: Library) -> None:
    library.articles.add(
        Draft(
            "On Notes",
            Document.plain("She annotates her books.\n\n" + "Filler. " * 200 + "\n\nAnnotated margins."),
        )
    )
    while library.terms.tend():
        pass
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"annotate ")
        passage = app.screen.query_one(HitList).passage
        assert passage is not None
        assert {passage.snippet[mark.start : mark.end].lower() for mark in passage.marks} == {"annotates"}
        await press(pilot, "<enter>")
        assert status(app).position.startswith("1/2 ")
        await press(pilot, "n")
        assert status(app).position.startswith("2/2 ")


async def test_the_beginning_of_a_word_is_gone_through_too(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"softw", "<enter>")
        assert status(app).position.startswith("1/40 ")


async def test_a_word_of_a_note_leads_to_its_passage_and_back_to_it(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"cold", "<enter>")
        screen = app.screen
        assert isinstance(screen, ArticleScreen)
        assert status(app).position.startswith("1/1 ")
        span = screen.passages.placed[0].placement.span
        assert screen.finding.lit_match == span


async def test_only_the_newest_are_judged_where_very_many_hold_the_words(
    app: ReaderApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.storage.ranking.RANKED_IN_FULL", 1)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"the")
        assert status(app).position.endswith("best of the newest 500")


async def test_the_chosen_order_stays_for_the_next_words(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"sea")
        await press(pilot, "<tab>", "S")
        assert status(app).position.endswith("newest first")
        await press(pilot, "/", "backspace", "backspace", "backspace", *"the")
        assert status(app).position.endswith("newest first")


async def test_an_order_and_a_limit_in_the_query_are_told_as_they_are(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        for query, told in (
            ("the sort:title", "title, A to Z"),
            ("sort:-title the", "by title, the other way round"),
            ("sort:-words", "length, longest first"),
            ("sort:relevance the", "best first"),
        ):
            await press(pilot, "\\", "<c-u>", *query)
            assert status(app).position.endswith(f" · {told}")
        await press(pilot, "<c-u>", *"limit:2 the")
        assert (len(titles(app)), status(app).position) == (2, "1/2 · best first")


async def test_a_larger_window_shows_more_places_and_a_small_one_fewer(app: ReaderApp) -> None:
    async with app.run_test(size=(40, 12)) as pilot:
        await press(pilot, "\\", *"the ")
        hits = app.screen.query_one(HitList)
        places = [len(hits.passages_of(article)) for article in hits.order]
        assert max(places) == 1
        await pilot.resize_terminal(100, 40)
        await settle(pilot)
        assert max(len(hits.passages_of(article)) for article in hits.order) > 1
        await pilot.resize_terminal(40, 12)
        await settle(pilot)
        assert [len(hits.passages_of(article)) for article in hits.order] == places


async def test_where_a_phrase_is_not_found_the_quotation_marks_are_spoken_of(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *'"zzz zzz"')
        assert "quotation marks" in app.screen.query_one(Empty)._said


async def test_a_cursor_that_has_moved_is_not_taken_away_by_the_ranking(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("\\")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, SearchScreen)
        ranked = screen._find

        async def find(*asked: Any, **how: Any) -> None:
            await ranked(*asked, **how)
            screen.hits.move(1)

        screen._find = find  # type: ignore[method-assign]
        await press(pilot, *"the")
        assert status(app).position.endswith("newest first")
        assert screen.hits.cursor == 1


async def test_what_is_more_than_a_thousand_is_counted_when_there_is_time(
    app: ReaderApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.tui.screens.search.MANY", 2)
    monkeypatch.setattr(app.idle, "rest", 60.0)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"the")
        screen = app.screen
        assert isinstance(screen, SearchScreen)
        assert status(app).position.startswith("1/2+")
        while await screen._count_on(screen.asked):
            pass
        found = len(titles(app))
        assert found > 2
        assert status(app).position.startswith(f"1/{found} ")


async def test_what_was_trashed_from_the_results_comes_back_with_u(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"sea", "<tab>", "D")
        assert "The Lighthouse Keeper's Ledger" not in titles(app)
        await press(pilot, "u")
        assert "The Lighthouse Keeper's Ledger" in titles(app)


async def test_facets_narrow_the_search(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"the", "<tab>", "f")
        assert not isinstance(app.screen, SearchScreen)
        await press(pilot, "<escape>")
        assert isinstance(app.screen, SearchScreen)


async def test_going_back_from_an_article_leads_to_the_results(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"the", "<down>", "<enter>", "<c-o>")
        assert isinstance(app.screen, SearchScreen)
        assert app.screen.hits.cursor == 1


async def test_rows_grow_below_the_cursor_and_pages_go_by_what_is_on_screen(
    app: ReaderApp, library: Library
) -> None:
    for number in range(30):
        text = "\n\n".join(f"The tide of {number} came. " + "Nothing else. " * 30 for _ in range(3))
        library.articles.add(Draft(f"Tide {number}", Document.plain(text)))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "\\", *"tide", "<tab>", "S")
        hits = app.screen.query_one(HitList)
        assert all(len(hits.passages_of(article)) == 2 for article in hits.order[:4])
        assert hits.passages_of(hits.order[29]) == ()
        for _ in range(12):
            await press(pilot, "<c-d>")
            top = hits.top_of(hits.cursor) - hits.scroll_offset.y
            assert 0 <= top <= hits.size.height - 2
        await press(pilot, "G")
        assert len(hits.passages_of(hits.order[29])) == 2
        assert hits.top_of(30) - hits.scroll_offset.y == hits.size.height


async def test_a_click_on_a_place_opens_the_article_there(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"sea", "<tab>")
        hits = app.screen.query_one(HitList)
        places = hits.passages_of(LEDGER)
        assert len(places) > 1
        await pilot.click(HitList, offset=(10, 2))
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, ArticleScreen)
        assert screen.finding.lit_match is not None
        assert places[1].span is not None
        assert screen.finding.lit_match.start == places[1].span.start


async def test_a_half_remembered_passage_is_found_kept_as_a_view_and_acted_on(
    app: ReaderApp, library: Library
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"cold", "<enter>")
        assert isinstance(app.screen, ArticleScreen)
        await press(pilot, "q", "<tab>", "&")
        await press(pilot, *"Winters", "<enter>")
        assert [(view.name, view.query) for view in library.views.all()] == [("Winters", "cold")]
        assert isinstance(app.screen, SearchScreen)
        await press(pilot, "*", "t", *"+winter", "<enter>")
        assert library.articles.find(parse("tag:winter")) == [LEDGER]
        await press(pilot, "u")
        assert library.articles.find(parse("tag:winter")) == []
