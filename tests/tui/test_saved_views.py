"""Queries with names beside the list: saving, showing, counting, changing them."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document
from reader.domain.view import SavedView
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.idle import Idle
from reader.tui.screens.saving import ViewDialog
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.prompt import Prompt
from reader.tui.widgets.sidebar import Sidebar
from tests.tui.driving import library_screen, lit, press, settle, status, titles

LEDGER, SLOW, CITY, OLDEST = (ArticleId(number) for number in (6, 5, 2, 1))


@pytest.fixture
def views(library: Library) -> list[str]:
    """Three saved views, in this order; two of them have keys."""
    library.views.save("Sea", "tag:sea", key="s")
    library.views.save("Unread", "is:unread sort:title")
    library.views.save("Long", "words:100..", key="l")
    library.connection.execute("delete from history")
    return ["Sea", "Unread", "Long"]


def beside(app: ReaderApp) -> list[tuple[str, str, str]]:
    """Title, count and key of the saved views in the sidebar."""
    entries = library_screen(app).query_one(Sidebar).entries
    return [(entry.title, entry.told, entry.key) for entry in entries if entry.kind == "saved"]


def problem(app: ReaderApp) -> str:
    return str(app.screen.query_one("#view-problem", Static).content)


TO_SAVED = ("<tab>", "g", "g", "7", "j")  # the first saved view in the sidebar


# -- saving ---------------------------------------------------------------------------------------------
async def test_ampersand_saves_the_filter_as_a_view_with_a_name_and_a_key(
    app: ReaderApp, library: Library
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "/", *"tag:sea", "<enter>", "&")
        assert isinstance(app.screen, ViewDialog)
        assert problem(app) == "1 article now"
        await press(pilot, *"By the sea", "<tab>", "b", "<enter>")
        assert library.views.all() == [SavedView("By the sea", "tag:sea", None, "b")]
        assert "Saved as By the sea · u undo" in status(app).message
        assert beside(app) == [("By the sea", "1", "b")]
        await press(pilot, "<escape>", "'", "b")
        assert status(app).place == "By the sea"
        assert titles(app) == ["The Lighthouse Keeper's Ledger"]


async def test_saving_is_undone_and_done_again(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "/", *"tag:sea", "<enter>", "&", *"Sea", "<enter>", "u")
        assert library.views.all() == []
        assert beside(app) == []
        await press(pilot, "<c-r>")
        assert beside(app) == [("Sea", "1", "")]


async def test_without_a_name_the_words_of_the_query_are_its_name(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "/", *"tag:sea -is:read", "<enter>", "&", "<enter>")
        assert [view.name for view in library.views.all()] == ["Sea read"]


async def test_a_word_that_is_not_finished_is_saved_as_a_beginning(app: ReaderApp, library: Library) -> None:
    """What was on screen is what the view shows: ``lighth`` alone finds nothing."""
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "/", *"lighth", "<enter>", "&", *"Light", "<enter>")
        assert library.views.get("Light").query == "lighth*"
        await press(pilot, "<escape>", "/", *"lighthouse", "<enter>", "&", *"House", "<enter>")
        assert library.views.get("House").query == "lighthouse"


async def test_the_view_one_is_in_is_part_of_what_is_saved_and_so_is_its_order(
    app: ReaderApp, library: Library
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "g", "s", "S", "j", "j", "j", "j", "<enter>")
        await press(pilot, "/", *"slow OR wind", "<enter>", "&", *"Both", "<enter>")
        saved = library.views.get("Both")
        assert saved == SavedView("Both", "is:starred (slow OR wind)", "title", None)


async def test_the_whole_inbox_is_nothing_to_save(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "&")
        assert app.screen is library_screen(app)
        assert "no query to save" in status(app).message


async def test_a_name_that_is_taken_is_replaced_by_a_second_enter(
    app: ReaderApp, library: Library, views: list[str]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "/", *"tag:work", "<enter>", "&", *"sea", "<enter>")
        assert problem(app) == "Sea is “tag:sea” now: Enter again replaces it"
        assert library.views.get("Sea").query == "tag:sea"
        await press(pilot, "<enter>")
        assert library.views.get("Sea") == SavedView("Sea", "tag:work", None, "s")
        await press(pilot, "u")
        assert library.views.get("Sea").query == "tag:sea"


async def test_another_name_typed_after_the_question_replaces_nothing(
    app: ReaderApp, library: Library, views: list[str]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "/", *"tag:work", "<enter>", "&", *"sea", "<enter>", *"side", "<enter>")
        assert library.views.get("Sea").query == "tag:sea"
        assert library.views.get("Seaside").query == "tag:work"


@pytest.mark.parametrize(
    ("key", "said"), [("s", "s is the key of Sea"), ("sx", "A key is one letter, digit or sign")]
)
async def test_a_key_that_cannot_be_is_refused_where_it_is_typed(
    app: ReaderApp, library: Library, views: list[str], key: str, said: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "/", *"tag:work", "<enter>", "&", *"Work", "<tab>", *key, "<enter>")
        assert problem(app) == said
        assert app.screen.focused is app.screen.query_one("#view-key", Prompt)
        await press(pilot, "<escape>")
        assert [view.name for view in library.views.all()] == views


# -- showing --------------------------------------------------------------------------------------------
async def test_saved_views_stand_beside_the_list_with_their_counts_and_keys(
    app: ReaderApp, views: list[str]
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert beside(app) == [("Sea", "1", "s"), ("Unread", "5", ""), ("Long", "1", "l")]
        await press(pilot, "a")
        assert beside(app) == [("Sea", "", "s"), ("Unread", "4", ""), ("Long", "1", "l")]
        await press(pilot, "u")
        assert beside(app) == [("Sea", "1", "s"), ("Unread", "5", ""), ("Long", "1", "l")]


async def test_enter_in_the_sidebar_shows_the_view_and_back_leads_where_one_came_from(
    app: ReaderApp, views: list[str]
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, *TO_SAVED, "j", "<enter>")
        assert status(app).place == "Unread"
        assert titles(app)[0] == "A City Tied Down"  # by title, as the view says
        await press(pilot, "<escape>")
        assert status(app).place == "Inbox"


async def test_the_waiting_quote_says_what_keys_there_are(app: ReaderApp, views: list[str]) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "'")
        assert status(app).message == "s Sea · l Long"
        await press(pilot, "x")
        assert "No saved view has the key x" in status(app).message


async def test_a_view_is_filtered_like_any_other(app: ReaderApp, views: list[str]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "'", "s", "/", *"zebra", "<enter>")
        assert titles(app) == []
        await press(pilot, "<escape>")
        assert len(titles(app)) == 1


async def test_the_view_on_show_is_there_again_after_a_restart(
    app: ReaderApp, library: Library, views: list[str]
) -> None:
    from reader.tui.opening import read_opening

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "'", "s", "<c-q>")
    opening = read_opening(library)
    assert opening.view.title == "Sea"
    assert opening.order == (LEDGER,)
    library.views.delete("Sea")
    assert read_opening(library).view.title == "Inbox"


async def test_another_order_is_the_views_own_and_can_be_undone(
    app: ReaderApp, library: Library, views: list[str]
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, *TO_SAVED, "j", "<enter>", "S", "g", "k", "k", "k", "k", "k", "<enter>")
        assert library.views.get("Unread").sort == "added"
        assert library.views.get("Unread").query == "is:unread"
        assert lit(app) == "A City Tied Down"
        assert titles(app)[0] == "The Lighthouse Keeper's Ledger"
        await press(pilot, "g", "i", "'", "s", "<escape>", "<escape>")
        await press(pilot, "u")
        assert library.views.get("Unread") == SavedView("Unread", "is:unread sort:title", None, None)


# -- changing -------------------------------------------------------------------------------------------
async def test_a_view_gets_another_name_key_and_query_in_one_action(
    app: ReaderApp, library: Library, views: list[str]
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, *TO_SAVED, "<enter>", *TO_SAVED, "e")
        app.screen.query_one("#view-name", Prompt).value = "Work"
        app.screen.query_one("#view-key", Prompt).value = "w"
        app.screen.query_one("#view-query", Prompt).value = "tag:cities"
        await press(pilot, "<enter>")
        assert library.views.get("Work") == SavedView("Work", "tag:cities", None, "w")
        assert beside(app)[0] == ("Work", "1", "w")
        assert status(app).place == "Work"  # it was on show
        assert titles(app) == ["A City Tied Down"]
        await press(pilot, "u")
        assert library.views.get("Sea") == SavedView("Sea", "tag:sea", None, "s")


async def test_renaming_does_not_take_the_name_of_another(
    app: ReaderApp, library: Library, views: list[str]
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, *TO_SAVED, "e")
        app.screen.query_one("#view-name", Prompt).value = "long"
        await press(pilot, "<enter>")
        assert problem(app) == "There is a view Long already"


async def test_dd_deletes_the_view_and_undo_brings_it_back_in_its_place(
    app: ReaderApp, library: Library, views: list[str]
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, *TO_SAVED, "d", "d")
        assert [view.name for view in library.views.all()] == ["Unread", "Long"]
        assert library_screen(app).sidebar.active
        assert library_screen(app).sidebar.lit.title == "Unread"
        await press(pilot, "u")
        assert [view.name for view in library.views.all()] == views
        assert beside(app)[0] == ("Sea", "1", "s")


async def test_a_view_that_is_deleted_while_on_show_gives_way_to_the_inbox(
    app: ReaderApp, library: Library, views: list[str]
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "'", "s", "<tab>", "d", "d")
        assert status(app).place == "Inbox"
        assert len(titles(app)) == 6


async def test_views_are_put_in_another_order(app: ReaderApp, library: Library, views: list[str]) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, *TO_SAVED, "J", "J", "K")
        assert [view.name for view in library.views.all()] == ["Unread", "Sea", "Long"]
        assert library_screen(app).sidebar.lit.title == "Sea"
        await press(pilot, "u", "u", "u")
        assert [view.name for view in library.views.all()] == views
        await press(pilot, "K")
        assert [view.name for view in library.views.all()] == views


async def test_the_inbox_can_neither_be_changed_nor_deleted(
    app: ReaderApp, library: Library, views: list[str]
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for keys in (("e",), ("d", "d"), ("J",)):
            await press(pilot, "<tab>", "g", "g", *keys)
            assert "works on saved views" in status(app).message
            await press(pilot, "<tab>")
        assert [view.name for view in library.views.all()] == views


async def test_the_footer_teaches_the_keys_of_what_is_lit(app: ReaderApp, views: list[str]) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "<tab>")
        footer = app.screen.query_one(CommandFooter)
        assert ("dd", "Delete") not in footer.keys
        await press(pilot, "7", "j")
        assert ("dd", "Delete") in footer.keys
        await press(pilot, "<tab>")
        assert not footer.keys


async def test_what_is_no_matter_of_one_article_works_from_the_sidebar_too(app: ReaderApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "<tab>", "g", "s")
        assert status(app).place == "Starred"
        assert not library_screen(app).sidebar.active
        await press(pilot, "<tab>", "/", *"zebra", "<enter>")
        assert titles(app) == []


# -- counts -----------------------------------------------------------------------------------------------
async def test_counts_above_a_thousand_are_completed_when_nothing_is_pressed(
    app: ReaderApp, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.storage.slices.COUNTED_AT_ONCE", 2)
    monkeypatch.setattr("reader.tui.beside.MANY", 3)
    monkeypatch.setattr("reader.tui.counting.MANY", 3)
    library.views.save("All", "words:1..")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert beside(app) == [("All", "3+", "")]
        monkeypatch.setattr(Idle, "rest", 0.0)
        app.idle.tend()
        await press(pilot, "j")
        from tests.tui.test_idle import until_idle

        await until_idle(app)
        assert beside(app) == [("All", "6", "")]


async def test_the_counts_beside_the_list_are_those_of_the_library(app: ReaderApp, library: Library) -> None:
    library.articles.add(Draft("Seven", Document.plain("More of the sea."), tags=("sea",)))
    library.articles.reached(SLOW, position=20, progress=0.4)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        counts = {entry.id: entry.told for entry in library_screen(app).sidebar.entries if entry.count}
        assert counts["inbox"] == "7"
        assert counts["continue"] == "1"
        assert counts["tag:sea"] == "2"


# -- from the search --------------------------------------------------------------------------------------
async def test_a_search_is_saved_as_a_view_and_shown_from_there(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "\\", *"froze")
        await press(pilot, "<tab>", "&", *"Cold", "<tab>", "c", "<enter>")
        assert library.views.all() == [SavedView("Cold", "froze", None, "c")]
        await press(pilot, "'", "c")
        assert app.screen is library_screen(app)
        assert status(app).place == "Cold"
        assert titles(app) == ["The Lighthouse Keeper's Ledger"]


async def test_what_a_view_leaves_out_of_a_search_is_said(app: ReaderApp, library: Library) -> None:
    library.articles.mark([LEDGER], "archived")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "\\", *"froze")
        await press(pilot, "<tab>", "&")
        assert problem(app) == "0 articles now · without the archived ones"


async def test_the_results_of_a_search_are_narrowed_by_a_facet(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "\\", *"the")
        before = len(titles(app))
        await press(pilot, "<tab>", "f", "/", *"harb", "<enter>")
        assert before > 1
        assert titles(app) == ["The Lighthouse Keeper's Ledger"]


async def test_the_commands_of_views_do_something_in_every_list(app: ReaderApp) -> None:
    from reader.tui.screens.base import CommandScreen

    mine = {"list.facets", "list.save_view", "list.view", "list.go_recent", "list.sort", "list.go_tags"}
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for keys in ((), ("\\", "t", "h", "e", "<tab>")):
            await press(pilot, *keys)
            screen = app.screen
            assert isinstance(screen, CommandScreen)
            known = {command.id for command in screen.commands if screen.handler_of(command) is not None}
            assert mine <= known


async def test_every_command_of_the_views_has_its_handler(app: ReaderApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "<tab>")
        screen = library_screen(app)
        assert screen.mode == "views"
        assert [command.id for command in screen.commands if screen.handler_of(command) is None] == []


@pytest.mark.parametrize("first", [2, 3, 4, 256])
async def test_a_limit_holds_however_the_list_is_read(
    app: ReaderApp, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    """Each further piece brought as many as the limit again."""
    monkeypatch.setattr("reader.tui.loading.FIRST", first)
    monkeypatch.setattr("reader.tui.loading.CHUNK", 1)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "/", *"limit:3", "<enter>")
        assert len(titles(app)) == 3
        await press(pilot, "<escape>")
        assert len(titles(app)) == 6
