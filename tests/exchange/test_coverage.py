"""The table of what comes along from each program says what happens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pytest

from reader.domain.record import Marked
from reader.exchange.imports.coverage import COVERAGE, FACETS, Coverage, Facet, table
from reader.exchange.imports.detection import APPS, detect, items_of
from reader.exchange.imports.item import Item
from tests.exchange.exports_of import export_of
from tests.exchange.samples import SAMPLES, TABLES

OF_ARTICLES: Mapping[Facet, Callable[[Item], object]] = {
    "texts": lambda item: item.body, "archived": lambda item: item.archived,
    "read or unread": lambda item: item.state == "read" and not item.archived, "stars": lambda item: item.starred,
    "tags": lambda item: item.tags, "progress": lambda item: item.progress, "dates": lambda item: item.added,
    "dates of publication": lambda item: item.published, "authors": lambda item: item.author,
    "sites": lambda item: item.site, "languages": lambda item: item.language, "notes": lambda item: item.note,
    "highlights": lambda item: item.highlights,
}  # fmt: skip
OF_HIGHLIGHTS: Mapping[Facet, Callable[[Marked], object]] = {
    "their notes": lambda one: one.note, "their colours": lambda one: one.colour != "yellow",
    "their tags": lambda one: one.tags, "their dates": lambda one: one.made,
    "their surroundings": lambda one: one.prefix and one.suffix,
}  # fmt: skip


def facets(items: Iterable[Item]) -> set[Facet]:
    items = list(items)
    marked = [one for item in items for one in item.highlights]
    return {facet for facet, has in OF_ARTICLES.items() if any(map(has, items))} | {
        facet for facet, has in OF_HIGHLIGHTS.items() if any(map(has, marked))
    }


def test_every_facet_can_be_seen():
    assert {*OF_ARTICLES, *OF_HIGHLIGHTS} == set(FACETS)


@pytest.mark.parametrize("coverage", COVERAGE, ids=lambda coverage: f"{coverage.app}-{coverage.file}")
def test_from_each_file_comes_along_what_the_table_says_and_nothing_else(coverage: Coverage):
    export = export_of(
        (TABLES if coverage.file == "CSV" and coverage.app in TABLES else SAMPLES)[coverage.app]()
    )
    found = detect(export)
    assert found is not None
    assert found.app == coverage.app
    things = list(items_of(coverage.app)(export))
    assert facets(thing for thing in things if isinstance(thing, Item)) == coverage.along
    assert things == list(items_of(coverage.app)(export)), (
        "a child that is started again goes on where it was"
    )


def test_the_table_has_a_row_for_every_program_whose_articles_are_read():
    rows = table().splitlines()[2:]
    assert len(rows) == len(COVERAGE)
    assert {coverage.app for coverage in COVERAGE} == set(APPS) - {"reader", "opml"}
    assert all(row.count("|") == 6 for row in rows)
