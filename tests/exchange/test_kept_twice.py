"""From an export to the library: what every format's records become there, once and again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from reader.domain.record import Kept, Record
from reader.exchange.imports.detection import items_of
from reader.exchange.imports.item import Item
from reader.ingest.html import walk_extracted
from reader.jobs.item_records import record_of
from reader.storage.library import Library
from tests.exchange import samples
from tests.exchange.exports_of import export_of

EXPORTS = [(app, make) for made in (samples.SAMPLES, samples.TABLES) for app, make in made.items()]


def record(item: Item, app: str) -> Record:
    """As in the import's child, whose limits a test cannot bear."""
    made, _ = record_of(item, app, "none")
    if item.body is None or item.body.kind != "extracted":
        return made
    return replace(made, draft=replace(made.draft, document=walk_extracted(item.body.data, item.url)))


def brought(library: Library, app: str, data: bytes) -> list[Kept]:
    items = [thing for thing in items_of(app)(export_of(data)) if isinstance(thing, Item)]
    kept = library.records.store([record(item, app) for item in items], run="test")
    assert all(isinstance(one, Kept) for one in kept)
    return kept


@pytest.mark.parametrize(("app", "make"), EXPORTS, ids=[f"{app}-{make.__name__}" for app, make in EXPORTS])
def test_a_second_import_of_the_same_file_changes_nothing(tmp_path: Path, app, make):
    with Library.open(tmp_path / "library.db") as library:
        first = brought(library, app, make())
        again = brought(library, app, make())
        assert {one.outcome.status for one in first} == {"added"}
        assert {one.outcome.status for one in again} == {"known"}
        assert Counter(one.highlights_added for one in again) == {0: len(again)}
        assert sum(one.highlights_known for one in again) == sum(one.highlights_added for one in first)


def test_quotes_of_wallabag_and_readeck_are_placed_on_the_words_that_were_marked(tmp_path: Path):
    for app, placed in (
        ("wallabag", ["anchored", "anchored", "orphan"]),
        ("readeck", ["anchored", "anchored"]),
    ):
        with Library.open(tmp_path / f"{app}.db") as library:
            article = brought(library, app, samples.SAMPLES[app]())[0].outcome.id
            text = library.articles.get(article).document.text
            found = library.highlights.of(article)
            assert sorted(one.placement.status for one in found) == placed
            second = next(one for one in found if one.anchor.exact == "light is out")
            assert second.placement.span is not None
            assert second.placement.span.start == text.rindex("light is out")


def test_no_token_of_readeck_is_anywhere_in_the_library(tmp_path: Path):
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        brought(library, "readeck", samples.readeck())
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"Harbour bridge delayed" in written
    assert samples.TOKEN.encode() not in written
    assert b"jane@e.org" not in written


def test_of_clippings_that_have_grown_the_new_ones_come_and_a_later_note_joins_its_highlight(tmp_path: Path):
    entry = "Slow (A)\n- Your {} on Location {} | Added on Monday, January 1, 2024 10:00:0{} AM\n\n{}\n==========\n"
    text = entry.format("Highlight", "10-30", 1, "all of it at length")
    grown = (
        text
        + entry.format("Note", "30", 2, "a note")
        + entry.format("Highlight", "40-41", 3, "something else")
    )
    with Library.open(tmp_path / "library.db") as library:
        (first,) = brought(library, "kindle", text.encode())
        (second,) = brought(library, "kindle", grown.encode())
        assert (second.outcome.id, second.highlights_added, second.highlights_known) == (
            first.outcome.id,
            1,
            1,
        )
        found = [(one.anchor.exact, one.note) for one in library.highlights.of(first.outcome.id)]
    assert sorted(found) == [("all of it at length", "a note"), ("something else", "")]
