"""The tag picker: what is typed, what is lit, and what comes out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.article import Draft
from reader.domain.change import Tag
from reader.domain.document import Document
from reader.domain.query import parse
from reader.domain.suggestion import Suggestion
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.opening import read_opening
from reader.tui.screens.tags import TagChange, TagPicker, changes_in, matching
from reader.tui.suggesting import fitting_most
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.menu import Menu
from reader.tui.widgets.prompt import Prompt
from tests.tui.driving import library_screen, press
from tests.tui.opened import CITY, LEDGER, SLOW, reading


@pytest.mark.parametrize(
    ("text", "add", "remove"),
    [
        ("+sea", ("sea",), ()),
        ("+sea -todo", ("sea",), ("todo",)),
        ("-machine learning +two words", ("two words",), ("machine learning",)),
        ("sea, history , -old", ("sea", "history"), ("old",)),
        ("+c++ -x-ray", ("c++",), ("x-ray",)),
        ("+sea +sea", ("sea",), ()),
        ("  +  ", (), ()),
        ("", (), ()),
    ],
)
def test_what_is_written_out_puts_tags_on_and_takes_them_off(
    text: str, add: tuple[str, ...], remove: tuple[str, ...]
) -> None:
    assert changes_in(text) == TagChange(add, remove)


@given(st.text())
def test_any_text_gives_clean_tags_or_none(text: str) -> None:
    change = changes_in(text)
    for tag in (*change.add, *change.remove):
        assert tag
        assert tag == tag.strip()
        assert not set(tag) & set(',\n"')


def test_tags_that_begin_with_the_letters_come_first() -> None:
    tags = [Tag("sealed", 1), Tag("overseas", 9), Tag("north/sea", 2), Tag("Sea", 3), Tag("land", 4)]
    assert [tag.name for tag in matching(tags, "sea")] == ["Sea", "sealed", "north/sea", "overseas"]


async def test_the_first_letters_and_enter_put_a_tag_on(app: ReaderApp, library: Library) -> None:
    async with reading(app, SLOW) as (pilot, _):
        await press(pilot, "t", *"ci", "<enter>")
        assert library.articles.summary(SLOW).tags == ("cities",)


async def test_a_tag_that_is_there_is_taken_off(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "t", "<down>", "<enter>")
        assert library.articles.summary(LEDGER).tags == ("work",)
        await press(pilot, "u")
        assert library.articles.summary(LEDGER).tags == ("sea", "work")


async def test_enter_with_nothing_typed_or_lit_changes_nothing(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "t", "<enter>")
        assert app.screen is screen
        assert library.articles.summary(LEDGER).tags == ("sea", "work")


async def test_a_new_tag_is_made(app: ReaderApp, library: Library) -> None:
    async with reading(app, SLOW) as (pilot, _):
        await press(pilot, "t", *"night trains", "<enter>")
        assert library.articles.summary(SLOW).tags == ("night trains",)


async def test_signs_are_taken_as_written_and_repeated_by_a_dot(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "t", *"+se -work", "<enter>")
        assert library.articles.summary(LEDGER).tags == ("se", "sea")
        await press(pilot, "J", ".")
        assert library.articles.summary(SLOW).tags == ("se",)


async def test_tab_marks_and_goes_on(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "t", *"cit", "<tab>", *"wor", "<tab>", "<enter>")
        assert library.articles.summary(LEDGER).tags == ("cities", "sea")


async def test_tab_completes_what_is_written_out(app: ReaderApp) -> None:
    async with reading(app, SLOW) as (pilot, _):
        await press(pilot, "t", *"+cit", "<tab>")
        assert app.screen.query_one(Prompt).value == "+cities "


async def test_a_highlight_is_tagged_and_stays_lit(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "]", "h", "#", *"+cold, ice", "<enter>")
        assert library.highlights.of(LEDGER)[0].tags == ("cold", "ice")
        assert screen.passages.placed[0].tags == ("cold", "ice")
        assert screen.page.lit is not None
        await press(pilot, "#", *"-ice", "<enter>")
        assert library.highlights.of(LEDGER)[0].tags == ("cold",)


async def test_several_articles_are_tagged_at_once(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "x", "x", "t", *"sea", "<enter>")
        assert library.articles.summary(SLOW).tags == ("sea",)
        assert library.articles.summary(LEDGER).tags == ("sea", "work")


# -- suggestions ----------------------------------------------------------------------------------------------


def choices(app: ReaderApp) -> list[tuple[str, str]]:
    return [(choice.title, choice.detail) for choice in app.screen.query_one(Menu).choices]


async def test_tags_that_the_text_names_are_suggested_and_one_key_takes_the_first(
    app: ReaderApp, library: Library
) -> None:
    harbour = library.articles.add(Draft("Harbours", Document.plain("The sea at work, all by the sea."))).id
    async with reading(app, harbour, trail=(harbour,)) as (pilot, _):
        await press(pilot, "t")
        assert choices(app)[:2] == [("✦ sea", "in the text"), ("✦ work", "in the text")]
        assert ("^y", "Take ✦") in app.screen.query_one(CommandFooter).keys
        await press(pilot, "<c-y>")
        assert choices(app)[0] == ("+ sea", "in the text")
        assert library.articles.summary(harbour).tags == ()
        await press(pilot, "<c-y>", "<enter>")
        assert library.articles.summary(harbour).tags == ("sea", "work")
        await press(pilot, "u")
        assert library.articles.summary(harbour).tags == ()


async def test_suggestions_stand_below_what_the_article_bears(app: ReaderApp, library: Library) -> None:
    library.tags.apply([CITY], ["keeper"])
    async with reading(app) as (pilot, _):
        await press(pilot, "t")
        assert [title for title, _ in choices(app)[:3]] == ["✓ sea", "✓ work", "✦ keeper"]


async def test_suggestions_give_way_to_what_is_typed(app: ReaderApp, library: Library) -> None:
    harbour = library.articles.add(Draft("Harbours", Document.plain("The sea at work."))).id
    async with reading(app, harbour, trail=(harbour,)) as (pilot, _):
        await press(pilot, "t", *"cit")
        assert [title.strip() for title, _ in choices(app)] == ["cities", "cit"]
        await press(pilot, "backspace", "backspace", "backspace")
        assert choices(app)[0][0] == "✦ sea"


async def test_of_a_selection_only_what_fits_most_is_suggested(app: ReaderApp, library: Library) -> None:
    for text in ("The sea at work.", "The sea alone.", "By the sea."):
        library.articles.add(Draft(text, Document.plain(text * 2)))
    with Library.open(library.path) as fresh:
        app.opening = read_opening(fresh)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "g", "i", "g", "g", "3", "x", "t")
        assert [title for title, _ in choices(app) if title.startswith("✦")] == ["✦ sea"]
        await press(pilot, "<c-y>", "<enter>")
        assert len(library.articles.find(parse("tag:sea"))) == 4


def test_what_fits_most_comes_most_frequent_first() -> None:
    first = [Suggestion("a", "text"), Suggestion("b", "name")]
    second = [Suggestion("b", "text"), Suggestion("c", "word")]
    third = [Suggestion("b", "text"), Suggestion("a", "related")]
    assert fitting_most([first, second, third]) == [Suggestion("b", "name"), Suggestion("a", "text")]


def test_large_numbers_are_written_as_everywhere() -> None:
    picker = TagPicker("12,000 articles", {"a": 1_234}, 12_000, [Tag("a", 23_456), Tag("b", 7_890)])
    assert [picker._detail(tag) for tag in picker._known] == ["on 1,234 of 12,000", "7,890"]


async def test_suggestions_that_come_after_the_picker_was_closed_are_let_go(app: ReaderApp) -> None:
    """A quick Enter on a busy machine: the picker's widgets were gone, and the program ended with NoMatches."""

    async def suggest() -> tuple[Suggestion, ...]:
        return (Suggestion("late", why="name"),)

    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "t")
        picker = app.screen
        assert isinstance(picker, TagPicker)
        await press(pilot, "<escape>")
        picker._suggest = suggest
        await picker._look_for_suggestions()
        assert app.screen is library_screen(app)
