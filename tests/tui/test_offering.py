"""Ways on where a query found nothing, and what chips say of a query."""

from __future__ import annotations

import pytest

from reader.domain.article import ArticleId
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.screens.search import SearchScreen
from reader.tui.widgets.empty import Empty
from reader.tui.widgets.footer import CommandFooter
from tests.tui.driving import library_screen, press, status, titles

SIZES = [(120, 40), (40, 15)]
LEDGER, SLOW = ArticleId(6), ArticleId(5)
LEDGER_TITLE = "The Lighthouse Keeper's Ledger"


def offered(app: ReaderApp) -> list[str]:
    empty = app.screen.query_one(Empty)
    return [choice.title for choice in empty.menu.choices] if empty.menu.display else []


def learn_words(library: Library) -> None:
    while library.terms.tend():
        pass


@pytest.mark.parametrize("size", SIZES)
async def test_a_search_without_an_answer_offers_a_term_less_and_enter_takes_it(
    app: ReaderApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await press(pilot, "\\", *"froze tag:cities")
        assert titles(app) == []
        assert offered(app) == ["without froze", "without tag:cities"]
        menu = app.screen.query_one(Empty).menu
        assert app.screen.region.contains_region(menu.region)
        assert menu.size.height == 2
        await press(pilot, "<down>", "<enter>")
        assert app.screen.prompt.value == "froze"  # type: ignore[attr-defined]
        assert titles(app) == [LEDGER_TITLE]
        assert offered(app) == []


async def test_a_slip_of_the_pen_is_asked_about(app: ReaderApp, library: Library) -> None:
    learn_words(library)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"lihgthouse")
        assert offered(app) == ["did you mean lighthouse?"]
        await press(pilot, "<enter>")
        assert titles(app) == [LEDGER_TITLE]


async def test_a_slip_beside_a_term_too_many_is_put_right_without_the_term(
    app: ReaderApp, library: Library
) -> None:
    learn_words(library)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"lihgthouse tag:cities")
        assert offered(app)[0] == "did you mean lighthouse without tag:cities?"
        assert ("Tab", "Results") not in app.screen.query_one(CommandFooter).keys
        await press(pilot, "<enter>")
        assert titles(app) == [LEDGER_TITLE]
        assert ("Tab", "Results") in app.screen.query_one(CommandFooter).keys


@pytest.mark.parametrize("size", SIZES)
async def test_a_filter_offers_what_is_in_this_view(
    app: ReaderApp, library: Library, size: tuple[int, int]
) -> None:
    library.articles.mark([LEDGER], "archived")
    async with app.run_test(size=size) as pilot:
        await press(pilot, "/", *"software tag:cities")
        assert offered(app) == ["without software", "without tag:cities"]
        await press(pilot, "<enter>")
        assert library_screen(app).filtering.text == "tag:cities"
        assert titles(app) == ["A City Tied Down"]
        await press(pilot, "<enter>")
        assert not library_screen(app).filtering.prompt.display
        assert library_screen(app).filtering.text == "tag:cities"


async def test_what_is_elsewhere_is_searched_for_with_enter(app: ReaderApp, library: Library) -> None:
    library.articles.mark([LEDGER], "archived")
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "/", *"froze")
        assert offered(app) == ["search everything"]
        await press(pilot, "<enter>")
        assert isinstance(app.screen, SearchScreen)
        assert titles(app) == [LEDGER_TITLE]


async def test_enter_in_the_empty_list_takes_what_is_offered(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "/", *"software tag:cities")
        library_screen(app).filtering._close()
        await press(pilot, "<enter>")
        assert library_screen(app).filtering.text == "tag:cities"


async def test_offers_go_when_something_else_is_typed(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "/", *"froze tag:cities")
        assert offered(app)
        await press(pilot, "<escape>")
        assert offered(app) == []
        assert len(titles(app)) == 6


async def test_the_highlights_filter_offers_too(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "g", "h", "/", *"froze colour:green")
        assert offered(app) == ["without colour:green"]
        await press(pilot, "<enter>")
        assert app.screen.passages.count == 1  # type: ignore[attr-defined]


async def test_inflections_that_count_as_a_word_are_told(app: ReaderApp, library: Library) -> None:
    learn_words(library)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"ships ")
        await press(pilot, "<escape>", "/", *"write ")
        told = [chip.text for chip in status(app).chips]
        assert told[0] == "write"


@pytest.mark.parametrize("key", ["/", "\\"])
async def test_a_view_that_is_not_there_is_warned_of(app: ReaderApp, key: str) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, key, *"query:nothing")
        assert any(chip.warns and "nothing" in chip.text for chip in status(app).chips)


@pytest.mark.parametrize(
    "text", ["has:image", "has:link", "is:orphan", "query:sea", '"a b"~5', "sort:-title"]
)
async def test_the_whole_language_is_understood(app: ReaderApp, library: Library, text: str) -> None:
    library.views.save("sea", "tag:sea")
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "/", *text)
        assert not any(chip.warns for chip in status(app).chips)
        assert [chip.text for chip in status(app).chips] == [text]


async def test_a_warning_stands_first_and_says_nothing_twice(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "/", *"is:unread tag:")
        chips = status(app).chips
        assert (chips[0].text, chips[0].warns) == ("tag: needs a value", True)


async def test_a_word_that_is_offered_can_be_read_on_a_small_screen(app: ReaderApp, library: Library) -> None:
    """At 40 columns it was ``did you mean…  1 article``: everything but the word."""
    learn_words(library)
    async with app.run_test(size=(40, 15)) as pilot:
        await press(pilot, "\\", *"lihgthouse")
        assert "lighthouse?" in app.screen.query_one(Empty).menu.paint(0).text
