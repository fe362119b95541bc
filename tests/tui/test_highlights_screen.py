"""The commonplace book: grouped, filtered, opened in place, changed in bulk, undone as one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from textual.events import Key
from textual.widgets import Static

from reader.commands import COMMANDS, commands_of
from reader.domain.article import ArticleId
from reader.domain.highlight import Highlight
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.screens.article import ArticleScreen
from reader.tui.screens.highlights import HighlightsScreen
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.sidebar import Sidebar
from tests.tui.changed import AGE, BEST, NOBODY, SHIPS, STEADY, WORST, add_changed, one
from tests.tui.driving import library_screen, press, settle, status
from tests.tui.opened import LEDGER

FROZE = "the sea froze"


@pytest.fixture
def tale(library: Library) -> ArticleId:
    return add_changed(library)


def screen_of(app: ReaderApp) -> HighlightsScreen:
    assert isinstance(app.screen, HighlightsScreen)
    return app.screen


def shown(app: ReaderApp) -> list[str]:
    return [entry.highlight.anchor.exact for entry in screen_of(app).passages.entries()]


def headings(app: ReaderApp) -> list[str]:
    rows: Any = screen_of(app).passages
    return [row.title for row in rows._rows if hasattr(row, "title")]


def lit(app: ReaderApp) -> str:
    current = screen_of(app).passages.current
    return current.highlight.anchor.exact if current is not None else ""


async def test_every_command_has_its_handler_and_each_handler_its_command(app: ReaderApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h")
        screen = screen_of(app)
        assert [one.id for one in commands_of("highlights") if screen.handler_of(one) is None] == []
        names = {f"{one.place}_{one.action}" for one in COMMANDS} | {one.action for one in COMMANDS}
        handlers = {name[3:] for owner in screen.handlers for name in dir(owner) if name.startswith("do_")}
        assert handlers - names == set()


async def test_gh_shows_every_passage_by_article_with_what_is_doubtful_on_top(
    app: ReaderApp, tale: ArticleId
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h")
        assert headings(app) == [
            "To review · 1",
            "Not found · 2",
            "A Tale of Two Texts · 3",
            "The Lighthouse Keeper's Ledger · 1",
        ]
        assert shown(app) == [AGE, NOBODY, SHIPS, WORST, BEST, STEADY, FROZE]
        assert status(app).position == "1/7"
        rows = [screen_of(app).passages.row(y).text.rstrip() for y in range(36)]
        assert any("p┊ it was the age of foolishness" in row for row in rows)
        assert any("→ it was the age of wisdom" in row for row in rows)
        assert any("u✗ Nobody had read" in row for row in rows)
        assert any("g▎ it was the worst of times" in row for row in rows)
        assert any("◆ how it began" in row for row in rows)


async def test_tab_goes_on_to_another_grouping_and_it_is_remembered(app: ReaderApp, tale: ArticleId) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h", "<tab>")
        assert headings(app)[2:] == ["#opening · 1", "#work · 1", "Untagged · 2"]
        await press(pilot, "<tab>")
        assert headings(app)[2:] == ["Yellow · 3", "Green · 1"]
        assert status(app).place == "Highlights by colour"
        await press(pilot, "q", "g", "h")
        assert status(app).place == "Highlights by colour"
        await press(pilot, "<tab>")
        assert headings(app)[-1] == "April 2024 · 1"


async def test_the_cursor_keeps_its_passage_in_another_grouping(app: ReaderApp, tale: ArticleId) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h", "5", "j")
        assert lit(app) == STEADY
        await press(pilot, "<tab>")
        assert lit(app) == STEADY


async def test_the_filter_narrows_to_the_passages_that_are_meant(app: ReaderApp, tale: ArticleId) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h", "/", *"colour:green")
        assert shown(app) == [WORST]
        assert [chip.text for chip in status(app).chips] == ["colour:green"]
        await press(pilot, "<escape>")
        assert len(shown(app)) == 7
        await press(pilot, "/", *"froze", "<enter>")
        assert shown(app) == [FROZE]
        await press(pilot, "/", *" colou:x")
        assert any(chip.warns for chip in status(app).chips)
        await press(pilot, "<enter>")
        assert shown(app) == [FROZE], "Enter takes the filter that is offered instead"
        await press(pilot, "<enter>", "<escape>")
        assert len(shown(app)) == 7
        assert isinstance(app.screen, HighlightsScreen)


async def test_enter_opens_the_passage_in_place_and_coming_back_keeps_the_cursor(
    app: ReaderApp, tale: ArticleId
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h", "4", "j", "<enter>")
        article = app.screen
        assert isinstance(article, ArticleScreen)
        assert article.article_id == tale
        assert isinstance(article.page.lit, Highlight)
        assert article.page.lit.anchor.exact == BEST
        await press(pilot, "q")
        assert lit(app) == BEST


async def test_what_is_selected_is_changed_as_one_action(
    app: ReaderApp, library: Library, tale: ArticleId
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h", "3", "j", "x", "x", "H", "u")
        assert [one(library, tale, words).colour for words in (WORST, BEST, STEADY)] == [
            "purple",
            "purple",
            "yellow",
        ]
        assert status(app).message == "purple · 2 passages · u undo"
        await press(pilot, "u")
        assert [one(library, tale, words).colour for words in (WORST, BEST)] == ["green", "yellow"]


async def test_a_range_and_all_of_them_are_tagged_and_deleted(
    app: ReaderApp, library: Library, tale: ArticleId
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h", "3", "j", "V", "j", "j", "V")
        assert status(app).position == "3 selected of 7"
        await press(pilot, "#", *"+dusk", "<enter>")
        assert all("dusk" in one(library, tale, words).tags for words in (WORST, BEST, STEADY))
        assert status(app).message == "+dusk · 3 passages · u undo"
        await press(pilot, "u")
        assert not any("dusk" in found.tags for found in library.highlights.of(tale))
        await press(pilot, "*")
        assert status(app).position == "7 selected of 7"
        await press(pilot, "d", "d")
        assert library.highlights.of(tale) == library.highlights.of(LEDGER) == []
        assert status(app).message == "7 highlights deleted · u undo"
        assert shown(app) == []
        await press(pilot, "u")
        assert len(shown(app)) == 7


async def test_keys_typed_fast_act_on_the_range_that_they_selected(
    app: ReaderApp, library: Library, tale: ArticleId
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h", "3", "j")
        for token in ("V", "j", "d", "d"):
            app.screen.press(token)  # type: ignore[attr-defined]
        await settle(pilot)
        assert {found.anchor.exact for found in library.highlights.of(tale)} == {AGE, NOBODY, SHIPS, STEADY}
        assert lit(app) == STEADY


async def test_a_dot_gives_the_next_passage_the_same(
    app: ReaderApp, library: Library, tale: ArticleId
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h", "3", "j", "H", "b", ".")
        assert [one(library, tale, words).colour for words in (WORST, BEST, STEADY)] == [
            "blue",
            "blue",
            "yellow",
        ]


async def test_a_note_is_written_from_here(app: ReaderApp, library: Library, tale: ArticleId) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h", "5", "j", "c", *"so true", "<enter>")
        assert one(library, tale, STEADY).note == "so true"
        assert lit(app) == STEADY
        rows = [screen_of(app).passages.row(y).text for y in range(36)]
        assert any("◆ so true" in row for row in rows)


async def test_accepting_and_refusing_take_a_passage_out_of_review(
    app: ReaderApp, library: Library, tale: ArticleId
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h", "X")
        assert one(library, tale, AGE).placement.how == "refused"
        assert headings(app)[0] == "Not found · 3"
        await press(pilot, "u")
        assert headings(app)[0] == "To review · 1"
        await press(pilot, "g", "g", "R")
        assert "it was the age of wisdom" in {found.anchor.exact for found in library.highlights.of(tale)}
        assert headings(app)[:2] == ["Not found · 2", "A Tale of Two Texts · 4"]


async def test_a_passage_without_a_place_is_attached_in_its_article(
    app: ReaderApp, library: Library, tale: ArticleId
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h", "2", "j")
        assert lit(app) == SHIPS
        await press(pilot, "R")
        assert isinstance(app.screen, ArticleScreen)
        assert "no place: “He wrote of ships" in status(app).message
        await press(pilot, "<enter>", "j", "j", "R", "q")
        assert headings(app)[1] == "Not found · 1"
        assert "He drew gulls instead." in shown(app)


async def test_copying_takes_the_words_or_quotes_with_their_source(app: ReaderApp, tale: ArticleId) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h", "3", "j", "y")
        assert app.clipboard == WORST
        await press(pilot, "x", "x", "Y")
        assert app.clipboard.startswith(f"> {WORST}\n")
        assert f"> {BEST}" in app.clipboard
        assert "how **it** began" in app.clipboard
        assert "<https://example.org/tale>" in app.clipboard
        assert status(app).message == "Copied: 2 passages as Markdown"


async def test_groups_and_ends_are_gone_to(app: ReaderApp, tale: ArticleId) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h", "]")
        assert lit(app) == NOBODY
        await press(pilot, "}", "G")
        assert lit(app) == FROZE
        await press(pilot, "j")
        assert status(app).message == "The last one"
        await press(pilot, "[")
        assert lit(app) == WORST
        await press(pilot, "j", "[")
        assert lit(app) == WORST
        await press(pilot, "2", "g", "g")
        assert lit(app) == NOBODY
        await press(pilot, "<c-d>", "<c-u>", "g", "g")
        assert lit(app) == AGE


async def test_escape_lets_go_step_by_step(app: ReaderApp, tale: ArticleId) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h", "/", *"times", "<enter>", "x")
        await press(pilot, "<escape>")
        assert not screen_of(app).passages.chosen
        await press(pilot, "<escape>")
        assert len(shown(app)) == 7
        await press(pilot, "<escape>")
        assert app.screen is library_screen(app)


async def test_the_sidebar_opens_it_and_counts_passages(app: ReaderApp, tale: ArticleId) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        sidebar = app.screen.query_one(Sidebar)
        entry = next(entry for entry in sidebar.entries if entry.id == "highlights")
        assert entry.count == 7
        before = library_screen(app).view
        await press(pilot, "<tab>", *"jjjjj", "<enter>")
        assert isinstance(app.screen, HighlightsScreen)
        await press(pilot, "q")
        assert library_screen(app).view == before


async def test_with_no_highlights_it_says_what_to_press(app: ReaderApp, library: Library) -> None:
    library.highlights.remove([found.id for found in library.highlights.of(LEDGER)])
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "g", "h")
        assert screen_of(app).empty.display
        assert "No highlights yet" in str(screen_of(app).empty.query("Static").first().render())
        await press(pilot, "d", "d", "c", "<enter>", "H", "y", "x", "V", "*", "R", "X", "y", "Y", "G", "]")
        assert isinstance(app.screen, HighlightsScreen)


async def test_a_library_that_cannot_be_read_is_told(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        library.connection.execute("alter table highlight rename to gone")
        await press(pilot, "g", "h")
        screen = screen_of(app)
        assert screen.empty.display
        assert screen.empty.has_class("-failed")
        library.connection.execute("alter table gone rename to highlight")
        await press(pilot, "q")
        assert app.screen is library_screen(app)


async def test_it_opens_with_a_filter_or_for_one_article(app: ReaderApp, tale: ArticleId) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.push_screen(HighlightsScreen("note:began"))
        await settle(pilot)
        assert shown(app) == [WORST]
        app.push_screen(HighlightsScreen(article=LEDGER))
        await settle(pilot)
        assert shown(app) == [FROZE]


async def test_what_changes_elsewhere_is_shown(app: ReaderApp, library: Library, tale: ArticleId) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h", "3", "j")
        library.highlights.edit(one(library, tale, BEST).id, note="from elsewhere")
        app.broadcast((tale,))
        await settle(pilot)
        rows = [screen_of(app).passages.row(y).text for y in range(36)]
        assert any("from elsewhere" in row for row in rows)
        assert lit(app) == WORST


async def test_a_click_lights_a_passage_and_the_next_opens_it(app: ReaderApp, tale: ArticleId) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h")
        rows = screen_of(app).passages
        at = next(y for y in range(36) if BEST in rows.row(y).text)
        await pilot.click(rows, offset=(10, at))
        assert lit(app) == BEST
        await pilot.click(rows, offset=(10, at))
        await settle(pilot)
        assert isinstance(app.screen, ArticleScreen)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 15), (20, 6), (1, 1)])
async def test_it_can_be_painted_at_any_size(app: ReaderApp, tale: ArticleId, size: tuple[int, int]) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "g", "h")
        await pilot.resize_terminal(*size)
        await press(pilot, "j", "G", "<tab>", "<tab>", "g", "g")
        rows = screen_of(app).passages
        assert {rows.row(y).cell_length for y in range(rows.size.height)} <= {rows.size.width}


async def test_a_tag_command_without_a_query_is_about_the_passages_on_show(
    app: ReaderApp, library: Library, tale: ArticleId
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h", "/", *"was", "<enter>")
        found = shown(app)
        assert 1 < len(found) < len(screen_of(app).book)
        await press(pilot, ":", *"tag +later", "<enter>")
        assert f"Tag +later: {len(found)} passages?" in str(
            app.screen.query_one(".dialog-title", Static).content
        )
        await press(pilot, "y")
        assert [
            entry.highlight.anchor.exact for entry in screen_of(app).book if "later" in entry.highlight.tags
        ]
        tagged = [one.anchor.exact for one in library.highlights.of(tale) if "later" in one.tags]
        assert sorted(tagged) == sorted(found)
        await press(pilot, "u", "x", ":", *"tag +one", "<enter>")
        assert sum("one" in one.tags for one in library.highlights.of(tale)) == 1
        assert not any("later" in one.tags for one in library.highlights.of(tale))


async def test_the_detail_shows_the_passage_in_full(app: ReaderApp, tale: ArticleId) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h", "3", "j")
        detail = screen_of(app).detail
        rows = [detail.row(y).text.strip() for y in range(20)]
        assert rows[0] == "A Tale of Two Texts"
        assert "how it began" in rows
        assert any(row.startswith("green · ") for row in rows)
        await pilot.resize_terminal(90, 30)
        assert not detail.display


async def test_presses_wait_for_the_book(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for key in ("g", "h", "d", "d"):
            app.presses.take(Key(key, key))
        await settle(pilot)
        assert library.highlights.of(LEDGER) == []


async def test_the_footer_teaches_what_can_be_done_here(app: ReaderApp, tale: ArticleId) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h")
        footer = app.screen.query_one(CommandFooter)
        assert footer.keys[0] == ("R", "Accept")
        await press(pilot, "j")
        assert footer.keys[0] == ("R", "Attach by hand")
        await press(pilot, "2", "j")
        assert footer.keys == ()
        await press(pilot, "x")
        assert ("dd", "Delete") in footer.keys
        await press(pilot, "<escape>", "/", *"age")
        assert footer.keys[0] == ("Enter", "Keep")
        await press(pilot, "<enter>")
        assert footer.keys[0] == ("R", "Accept")


async def test_a_key_that_waits_for_a_colour_says_what_colours_mean(app: ReaderApp, tale: ArticleId) -> None:
    app.config = replace(app.config, meanings={"yellow": "claim"})
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h", "3", "j", "H")
        assert status(app).message.startswith("y yellow: claim · g green · b blue")
        await press(pilot, "<escape>")
        assert status(app).message == ""
        await press(pilot, "j", "<enter>", "H")
        assert status(app).message.startswith("y yellow: claim · g green · b blue")


async def test_changes_that_come_quickly_one_after_the_other_are_all_shown(
    app: ReaderApp, library: Library, tale: ArticleId
) -> None:
    """The second once ended the reading that the first had asked for."""
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h")
        library.highlights.edit(one(library, tale, BEST).id, note="from elsewhere")
        library.highlights.edit(one(library, LEDGER, FROZE).id, note="from afar")
        app.broadcast((tale,))
        app.broadcast((LEDGER,))
        await settle(pilot)
        assert {entry.highlight.note for entry in screen_of(app).book} >= {"from elsewhere", "from afar"}
        rows = [screen_of(app).passages.row(y).text for y in range(36)]
        assert any("from elsewhere" in row for row in rows)
        assert any("from afar" in row for row in rows)


async def test_a_key_done_while_the_book_is_read_again_is_not_lost(
    app: ReaderApp, library: Library, tale: ArticleId
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "h", "3", "j", "H", "b", "G")
        for token in ("u", "H", "p", "k", "H", "p"):
            app.screen.press(token)  # type: ignore[attr-defined]
        await settle(pilot)
        stored = {entry.highlight.id: entry.highlight.colour for entry in screen_of(app).book}
        assert stored == {
            found.id: found.colour for number in (tale, LEDGER) for found in library.highlights.of(number)
        }
        shown = {entry.highlight.id: entry.highlight.colour for entry in screen_of(app).passages.entries()}
        assert shown == stored


@pytest.mark.parametrize(
    ("key", "view"), [("i", "Inbox"), ("s", "Starred"), ("a", "Archive"), ("r", "Recent")]
)
async def test_g_goes_to_the_views_of_the_library(app: ReaderApp, key: str, view: str) -> None:
    """They were no commands here, though ``gh`` had led here from any view."""
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "g", "h", "g", key)
        assert library_screen(app) is app.screen
        assert status(app).place.startswith(view)


async def test_g_chooses_a_tag_too(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "g", "h", "g", "t")
        assert type(app.screen).__name__ == "Picking"
