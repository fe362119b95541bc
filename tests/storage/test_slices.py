"""Exact counts and facets, a slice at a time."""

from __future__ import annotations

import pytest

from reader.domain.facets import Facets
from reader.domain.passage import Tally
from reader.domain.query import parse
from reader.storage import slices
from reader.storage.library import Library
from tests.storage.samples import draft, passage


@pytest.fixture
def shelf(library: Library) -> Library:
    library.articles.add_all(
        [
            draft(
                f"Number {number}",
                f"bees number{number}" + " and birds" * (number % 2),
                author=("Ann Lee", 'Bo "B" Ray')[number % 2],
                site="Bee World" if number < 6 else None,
                published=f"20{10 + number}-05",
                tags=("even", "x, y") if number % 2 == 0 else (),
            )
            for number in range(1, 11)
        ]
    )
    library.highlights.add(4, passage(library, 4, "number4"), note="birds of passage")
    library.articles.trash([10])
    return library


def counted(library: Library, text: str) -> tuple[int, int]:
    tally, steps = Tally(), 0
    while not tally.is_complete:
        tally, steps = library.search.tally(parse(text), tally), steps + 1
    return tally.found, steps


def sorted_out(library: Library, text: str) -> Facets:
    facets = library.search.facets(parse(text))
    while not facets.is_complete:
        facets = library.search.facets(parse(text), facets)
    return facets


@pytest.mark.parametrize("at_once", [1, 3, 1000])
@pytest.mark.parametrize(
    "text", ["birds", "bees", "tag:even", "bees OR tag:even", "-birds", "", "birds tag:even", "none"]
)
def test_a_tally_ends_with_what_the_search_finds(
    shelf: Library, monkeypatch: pytest.MonkeyPatch, text: str, at_once: int
) -> None:
    monkeypatch.setattr(slices, "COUNTED_AT_ONCE", at_once)
    found, steps = counted(shelf, text)
    assert found == len(shelf.search.ranked(parse(text)))
    assert steps == (1 if at_once == 1000 else 10 // at_once + 1)


def test_a_tally_that_is_complete_stays_as_it_is(shelf: Library) -> None:
    done = Tally(7, None)
    assert shelf.search.tally(parse("bees"), done) is done


@pytest.mark.parametrize("at_once", [2, 1000])
def test_facets_count_tags_sites_authors_and_years_of_what_is_found(
    shelf: Library, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(slices, "FACETS_AT_ONCE", at_once)
    facets = sorted_out(shelf, "birds")
    assert facets.of == 6
    assert [(facet.name, facet.found) for facet in facets.top("tag")] == [("even", 1), ("x y", 1)]
    assert [(facet.name, facet.found) for facet in facets.top("site")] == [("Bee World", 4)]
    assert [(facet.name, facet.found) for facet in facets.top("author")] == [
        ('Bo "B" Ray', 5),
        ("Ann Lee", 1),
    ]
    assert [(facet.name, facet.found) for facet in facets.top("year", 2)] == [("2019", 1), ("2017", 1)]


def test_a_facet_s_term_narrows_to_its_articles(shelf: Library) -> None:
    facets = sorted_out(shelf, "bees")
    for kind in ("tag", "site", "author", "year"):
        for facet in facets.top(kind):
            assert counted(shelf, f"bees {facet.term}")[0] == facet.found
