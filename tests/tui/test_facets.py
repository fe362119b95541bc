"""Narrowing a list by the tags, sites, authors and years that its articles have."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from reader.domain.article import ArticleId
from reader.domain.facets import term_of
from reader.domain.query import as_typed, parse
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.faceting import left_out, narrowed_by
from reader.tui.screens.facets import FacetsDialog
from reader.tui.widgets.facet_list import FacetList, Group
from tests.tui.conftest import SIZES
from tests.tui.driving import library_screen, press, status, titles

LEDGER, CITY = ArticleId(6), ArticleId(2)


def lines(app: ReaderApp) -> list[tuple[str, str]]:
    return [(choice.title, choice.key) for choice in app.screen.query_one(FacetList).choices]


def lit_term(app: ReaderApp) -> str:
    chosen = app.screen.query_one(FacetList).chosen
    return chosen.id if chosen else ""


@pytest.mark.parametrize("size", SIZES.values())
async def test_f_shows_what_the_articles_of_the_list_have_and_how_many(
    app: ReaderApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await press(pilot, "f")
        assert isinstance(app.screen, FacetsDialog)
        assert lines(app)[:4] == [("Tags", ""), ("cities", "1"), ("sea", "1"), ("work", "1")]
        assert ("The Harbour", "1") in lines(app)
        assert ("Ann Bell", "1") in lines(app)
        assert ("2024", "5") in lines(app)
        assert "6 articles" in str(app.screen.query_one(".dialog-title", Static).content)
        assert lit_term(app) == "tag:cities"


async def test_enter_narrows_by_it_and_escape_takes_that_back(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f", "j", "<enter>")
        assert titles(app) == ["The Lighthouse Keeper's Ledger"]
        assert [chip.text for chip in status(app).chips] == ["tag:sea"]
        await press(pilot, "<escape>")
        assert len(titles(app)) == 6


async def test_behind_a_facet_typing_begins_with_a_new_word(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f", "j", "<enter>", "/", *"cit")
        assert library_screen(app).filtering.text == "tag:sea cit"
        await press(pilot, "<escape>")
        assert titles(app) == ["The Lighthouse Keeper's Ledger"]


async def test_minus_leaves_out_what_has_it(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f", "<tab>", "<tab>", "<tab>", "-")
        assert len(titles(app)) == 1
        assert titles(app) == ["The Lighthouse Keeper's Ledger"]
        await press(pilot, "f")
        assert ("2024", "5") not in lines(app)


async def test_typing_looks_for_a_facet(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f", "/", *"har")
        assert lines(app) == [("Sites", ""), ("The Harbour", "1")]
        await press(pilot, "<enter>")
        assert titles(app) == ["The Lighthouse Keeper's Ledger"]


async def test_escape_shows_all_facets_again_and_then_closes(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f", "/", *"zzz")
        assert lines(app) == []
        await press(pilot, "<escape>")
        assert ("cities", "1") in lines(app)
        await press(pilot, "<escape>")
        assert app.screen is library_screen(app)
        assert len(titles(app)) == 6


async def test_facets_are_those_of_what_the_filter_lets_through(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "/", *"lighth", "<enter>", "f")
        assert [title for title, _ in lines(app)][:3] == ["Tags", "sea", "work"]
        await press(pilot, "<enter>")
        assert titles(app) == ["The Lighthouse Keeper's Ledger"]
        assert library_screen(app).filtering.text == "tag:sea lighth"


async def test_an_empty_list_has_nothing_to_narrow(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "g", "a", "f")
        assert app.screen is library_screen(app)
        assert "nothing here to narrow" in status(app).message


async def test_many_articles_are_counted_slice_by_slice(
    app: ReaderApp, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.storage.slices.FACETS_AT_ONCE", 2)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f")
        assert ("2024", "5") in lines(app)
        assert "6 articles" in str(app.screen.query_one(".dialog-title", Static).content)


async def test_the_cursor_stays_on_the_first_while_more_is_counted_and_on_a_term_that_was_chosen(
    app: ReaderApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f")
        facets = app.screen.query_one(FacetList)
        counted = (("tag:tech", "tech", "4"), ("tag:cities", "cities", "1"))
        facets.show([Group("Tags", counted)])
        assert lit_term(app) == "tag:tech"
        facets.move(1)
        facets.show([Group("Tags", (("tag:a", "a", "9"), *counted))])
        assert lit_term(app) == "tag:cities"


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("", 'tag:"x"'),
        ("lighth", 'tag:"x" lighth*'),
        ("a b", 'tag:"x" a b*'),
        ("a OR b", 'tag:"x" (a OR b*)'),
        ("a OR b sort:title", 'tag:"x" (a OR b) sort:title'),
        ('tag:"x" a', 'tag:"x" a*'),
        ('-tag:"x" a', 'tag:"x" -tag:"x" a*'),
        ('"half a phrase', 'tag:"x" "half a phrase"'),
        ('tag:"x"', 'tag:"x"'),
    ],
)
def test_a_term_is_asked_for_besides_whatever_the_filter_says(text: str, means: str) -> None:
    asked = parse(narrowed_by(text, 'tag:"x"'))
    assert str(as_typed(asked)).replace('phrase"*', 'phrase"') == str(parse(means))


def test_a_facet_s_term_has_quotes_where_it_needs_them() -> None:
    names = ["sea", "x y", "a,b", "-x", "x*", "Ann Bell", "2024", "日本"]
    terms = [term_of("tag", name) for name in names]
    assert terms[:2] == ["tag:sea", 'tag:"x y"']
    for name, term in zip(names, terms, strict=True):
        (value,) = parse(narrowed_by("", term)).root.values
        assert (value.text, value.prefix, value.negated) == (name, False, False)
        assert as_typed(parse(narrowed_by("", term))) == parse(term)
    assert narrowed_by("tag:sea", "tag:sea") == "tag:sea "


def test_a_year_is_left_out_whole() -> None:
    assert left_out("after:2019 before:2020") == "-(after:2019 before:2020)"
    assert left_out('site:"Bee World"') == '-site:"Bee World"'
