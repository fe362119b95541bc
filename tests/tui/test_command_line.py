"""The command line: names, words, scopes."""

from __future__ import annotations

import pytest
from textual import events

from reader.domain.article import ArticleId
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.commanding import Commanding
from reader.tui.deeds import DEEDS
from reader.tui.screens.article import ArticleScreen
from reader.tui.screens.command_line import CommandLine
from reader.tui.screens.confirm import Confirm
from reader.tui.screens.explain import ExplainDialog
from reader.tui.screens.output import OutputDialog
from reader.tui.screens.search import SearchScreen
from reader.tui.widgets.completions import Completions
from reader.tui.widgets.prompt import Prompt
from tests.tui.driving import library_screen, press, status, titles
from tests.tui.opened import reading

SIZES = [(120, 40), (40, 15)]
OLDEST, CITY, JAPANESE, HOSTILE, SLOW, LEDGER = (ArticleId(number) for number in range(1, 7))


def line(app: ReaderApp) -> Completions:
    return app.screen.query_one(Completions)


def prompt(app: ReaderApp) -> Prompt:
    return app.screen.query_one(Prompt)


def test_every_deed_is_done_by_a_method() -> None:
    assert all(hasattr(Commanding, f"do_{deed.name}") for deed in DEEDS)
    assert all(deed.help for deed in DEEDS)


@pytest.mark.parametrize("size", SIZES)
async def test_the_line_stands_below_the_list(app: ReaderApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        rows = app.screen.query_one("#articles")
        await press(pilot, ":")
        assert isinstance(app.screen, CommandLine)
        region = app.screen.query_one("#command-line").region
        assert (region.y, region.height, region.width) == (size[1] - 2, 2, size[0])
        assert rows.region.bottom <= region.y
        await press(pilot, "<escape>")
        assert app.screen is library_screen(app)


@pytest.mark.parametrize("size", SIZES)
async def test_names_are_completed(app: ReaderApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await press(pilot, ":")
        assert line(app).offered[:2] == ("tag", "mark")
        await press(pilot, *"exp", "<tab>")
        assert prompt(app).value == "explain "
        assert "explain [QUERY]" in line(app).hint


async def test_any_command_of_the_screen_can_be_typed(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, ":", *"half-d", "<tab>", "<enter>")
        assert library_screen(app).articles.cursor == 5
        await press(pilot, ":", *"go-star", "<enter>")
        assert library_screen(app).view.id == "starred"


async def test_an_unknown_command_is_told_with_the_nearest_name(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, ":", *"trahs", "<enter>")
        assert isinstance(app.screen, CommandLine)
        assert line(app).warning == "there is no command trahs · did you mean trash?"
        await press(pilot, "<escape>", ":", *"[/b]x", "<enter>")
        assert line(app).warning == "there is no command [/b]x"


async def test_a_beginning_that_only_one_command_has_is_enough(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, ":", *"s", "<enter>")
        assert isinstance(app.screen, CommandLine), "sort, search, star and select begin so"
        await press(pilot, "<escape>", ":", *"expl is:unread", "<enter>")
        assert isinstance(app.screen, ExplainDialog)


async def test_tags_go_to_what_is_lit(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, ":", *"tag +later -sea", "<enter>")
        assert set(library.articles.summary(LEDGER).tags) == {"later", "work"}
        await press(pilot, "u")
        assert set(library.articles.summary(LEDGER).tags) == {"sea", "work"}


async def test_tags_go_to_the_selection_and_dot_does_it_again(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "x", "x", ":", *"tag +later", "<enter>")
        assert [id for id in (LEDGER, SLOW, HOSTILE) if "later" in library.articles.summary(id).tags] == [
            LEDGER,
            SLOW,
        ]
        await press(pilot, ".")
        assert "later" in library.articles.summary(HOSTILE).tags


@pytest.mark.parametrize("size", SIZES)
async def test_a_query_of_several_articles_is_asked_about_and_undone_at_once(
    app: ReaderApp, library: Library, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await press(pilot, ":", *"tag +later -sea the", "<enter>")
        assert isinstance(app.screen, Confirm)
        found = library.articles.find(query("the"), scope="all")
        assert len(found) > 1
        await press(pilot, "y")
        assert library.articles.find(query("tag:later"), scope="all") == found
        await press(pilot, "u")
        assert library.articles.find(query("tag:later"), scope="all") == []
        assert "sea" in library.articles.summary(LEDGER).tags


async def test_no_means_nothing_was_changed(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, ":", *"mark starred the", "<enter>", "n")
        assert status(app).message == "Nothing was changed"
        assert library.articles.find(query("is:starred")) == [SLOW]


async def test_one_article_is_not_asked_about(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, ":", *"mark starred tag:sea", "<enter>")
        assert library.articles.summary(LEDGER).starred
        await press(pilot, ":", *"archive 3", "<enter>")
        assert library.articles.summary(JAPANESE).archived
        await press(pilot, ":", *"trash author:bell", "<enter>")
        assert library.articles.summary(SLOW).trashed
        await press(pilot, ":", *"restore author:bell", "<enter>")
        assert not library.articles.summary(SLOW).trashed


async def test_without_a_query_it_is_no_toggle(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, ":", *"mark starred", "<enter>", "g", "g", ":", *"mark starred", "<enter>")
        assert library.articles.summary(LEDGER).starred


async def test_an_empty_query_and_one_that_is_not_understood_change_nothing_unasked(
    app: ReaderApp, library: Library
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, ":", *"trash ***", "<enter>")
        assert "empty" in status(app).message
        await press(pilot, ":", *"trash colour:mauve", "<enter>")
        assert "No article" in status(app).message or "colour" in status(app).message
        await press(pilot, ":", *"trash query:none", "<enter>")
        assert "none" in status(app).message
        await press(pilot, ":", *"trash 99", "<enter>")
        assert status(app).message == "no article 99"
        assert library.articles.find(query("is:trashed")) == []


async def test_what_is_not_understood_in_a_query_is_told_while_one_types(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, ":", *"archive is:purple ")
        assert line(app).warning.startswith("is:purple")


async def test_the_parts_of_a_query_are_completed(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, ":", *"mark st", "<tab>", *"au", "<tab>", *"an", "<tab>")
        assert prompt(app).value == 'mark starred author:"Ann Bell" '


async def test_tags_to_change_are_completed(app: ReaderApp, library: Library) -> None:
    library.tags.apply([OLDEST], ["read later"])
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, ":", *"tag -se", "<tab>", *"+rea", "<tab>")
        assert prompt(app).value == "tag -sea +read\\ later "
        await press(pilot, "<enter>")
        assert set(library.articles.summary(LEDGER).tags) == {"read later", "work"}


async def test_a_tag_first_is_asked_for(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, ":", *"tag later", "<enter>")
        assert "name a tag" in status(app).message


async def test_hostile_tags_are_completed_as_text(app: ReaderApp, library: Library) -> None:
    library.tags.apply([OLDEST], ["[red]x[/]", "\x1b[31mtag"])
    async with app.run_test(size=(40, 15)) as pilot:
        await press(pilot, ":", *"tag +[")
        assert set(line(app).offered) == {"[red]x[/]", "[31mtag"}
        assert "[red]x[/]" in "".join(segment.text for segment in line(app).render_line(0))
        await press(pilot, "<tab>", "<enter>")
        assert set(library.articles.summary(LEDGER).tags) & {"[red]x[/]", "[31mtag"}


async def test_what_is_pasted_behind_a_command_is_a_phrase(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, ":", *"search ")
        prompt(app).post_message(events.Paste("tag:sea -x"))
        await press(pilot)
        assert prompt(app).value == 'search "tag:sea -x"'


async def test_up_brings_back_what_was_typed(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, ":", *"sort title", "<enter>", ":", "<up>")
        assert prompt(app).value == "sort title"


async def test_sort_and_filter_and_search(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, ":", *"sort -added", "<enter>")
        assert titles(app)[0] == "The Oldest of All"
        await press(pilot, ":", *"sort weight", "<enter>")
        assert "sort: knows" in status(app).message
        await press(pilot, ":", *"filter tag:sea", "<enter>")
        assert titles(app) == ["The Lighthouse Keeper's Ledger"]
        await press(pilot, ":", *"search slow", "<enter>")
        assert isinstance(app.screen, SearchScreen)
        assert titles(app) == ["Slow Software"]
        await press(pilot, "<tab>", ":", *"sort title", "<enter>")
        assert prompt(app).value == "slow sort:title"


async def test_a_view_is_saved_and_gone_to(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, ":", *'view "By the sea" tag:sea', "<enter>")
        assert [(view.name, view.query) for view in library.views.all()] == [("By the sea", "tag:sea")]
        await press(pilot, "<enter>")
        assert isinstance(app.screen, ArticleScreen)
        await press(pilot, ":", *"view by", "<tab>", "<enter>")
        assert app.screen is library_screen(app)
        assert titles(app) == ["The Lighthouse Keeper's Ledger"]
        assert status(app).place == "By the sea"
        await press(pilot, ":", *"view trash", "<enter>")
        assert library_screen(app).view.id == "trash"


async def test_a_view_whose_name_has_blanks_is_gone_to_without_quotes(
    app: ReaderApp, library: Library
) -> None:
    """``:view By the sea`` saved another view, ``By``, of the query ``the sea``."""
    library.views.save("By the sea", "tag:sea")
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, ":", *"view by the Sea", "<enter>")
        assert status(app).place == "By the sea"
        await press(pilot, ":", *"view By tag:cities", "<enter>")
        assert [view.name for view in library.views.all()] == ["By the sea", "By"]


async def test_the_query_in_force_is_saved_under_a_new_name(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, ":", *"view new", "<enter>")
        assert "no view is named new" in status(app).message
        await press(pilot, "/", *"tag:sea", "<enter>", ":", *"view new", "<enter>")
        assert [view.name for view in library.views.all()] == ["new"]


@pytest.mark.parametrize("size", SIZES)
async def test_explain_shows_how_a_query_is_read_and_scrolls(app: ReaderApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await press(pilot, ":", *"explain sea [b]", "<enter>")
        assert isinstance(app.screen, ExplainDialog)
        assert "read as" in app.screen.text
        assert "[b]" in str(app.screen.query_one("#output-text").render())
        view = app.screen.query_one("#output-view")
        await press(pilot, "G")
        assert view.scroll_offset.y == view.max_scroll_y
        await press(pilot, "q")
        assert app.screen is library_screen(app)


async def test_explain_without_words_takes_the_query_in_force(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "/", *"tag:sea", "<enter>", ":", *"explain", "<enter>")
        assert isinstance(app.screen, ExplainDialog)
        assert "tag:" in app.screen.text


async def test_open_and_history(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "s", ":", *"history", "<enter>")
        assert isinstance(app.screen, OutputDialog)
        assert "starred" in app.screen.text
        await press(pilot, "<escape>", ":", *"open 5", "<enter>")
        assert isinstance(app.screen, ArticleScreen)
        assert app.screen.article_id == SLOW
        await press(pilot, ":", *"open two", "<enter>")
        assert "number" in status(app).message


async def test_in_an_article_it_acts_on_the_open_one(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _screen):
        await press(pilot, ":", *"mark starred", "<enter>", ":", *"tag +here", "<enter>")
        summary = library.articles.summary(LEDGER)
        assert summary.starred
        assert "here" in summary.tags
        await press(pilot, ":", *"tag +other tag:cities", "<enter>")
        assert "other" in library.articles.summary(CITY).tags
        await press(pilot, ":", *"q", "<enter>")
        assert app.screen is library_screen(app)


async def test_where_there_are_no_articles_a_query_is_asked_for(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "g", "h", ":", *"mark starred", "<enter>")
        assert "query" in status(app).message


def query(text: str):  # type: ignore[no-untyped-def]
    from reader.domain.query import parse

    return parse(text)
