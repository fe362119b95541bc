"""The table of terms: what it adds to searches, and that searches are right without it."""

from __future__ import annotations

from datetime import date

import pytest

from reader.domain.query import as_typed, parse
from reader.storage import terms, vocabulary
from reader.storage.commonplace import found
from reader.storage.library import Library
from tests.storage.samples import draft, essay, passage


def tend(library: Library) -> int:
    """Until all is done; in how many slices."""
    slices = 1
    while library.terms.tend():
        slices += 1
        assert slices < 10_000
    return slices


def titles(library: Library, text: str) -> set[str]:
    found = {hit.article.title for hit in library.search.ranked(parse(text))}
    listed = library.articles.summaries(library.articles.order(parse(text)))
    assert found == {summary.title for summary in listed}
    assert library.search.count(parse(text)) == len(found)
    return found


def known(library: Library) -> dict[str, int]:
    rows = library.connection.rows("select term, max(df) as df from term group by term")
    return {row["term"]: row["df"] for row in rows}


@pytest.fixture
def walked(library: Library) -> Library:
    library.articles.add_all(
        [
            draft("Doing", "She annotates every page. A café keeps its annotations."),
            draft("Done", "It was annotated long ago by running readers."),
            draft("Other", "Nothing of the kind, but it runs."),
        ]
    )
    tend(library)
    return library


def test_a_word_finds_its_inflections(walked: Library) -> None:
    assert titles(walked, "annotate") == {"Doing", "Done"}
    assert titles(walked, "annotation -annotating") == set()
    assert titles(walked, "run") == {"Done", "Other"}
    assert titles(walked, "body:kinds title:others") == {"Other"}


def test_a_quoted_word_finds_itself_alone(walked: Library) -> None:
    assert titles(walked, '"annotated"') == {"Done"}
    assert titles(walked, '"annotate"') == set()
    assert titles(walked, 'body:"annotated"') == {"Done"}


def test_what_is_typed_finds_inflections_of_a_whole_word_and_beginnings(walked: Library) -> None:
    live = {hit.article.title for hit in walked.search.live(parse("annotations"))}
    assert live == {"Doing", "Done"}
    assert {hit.article.title for hit in walked.search.live(parse("anno"))} == {"Doing", "Done"}


def test_passages_light_the_inflections(walked: Library) -> None:
    (place,) = walked.search.passages(1, parse("annotate"), limit=1)
    assert [place.snippet[mark.start : mark.end] for mark in place.marks] == ["annotates", "annotations"]


def test_a_note_is_found_by_an_inflection_of_its_words(walked: Library) -> None:
    walked.highlights.add(3, passage(walked, 3, "of the kind"), note="lighthouses")
    tend(walked)
    assert titles(walked, "lighthouse") == {"Other"}
    (entry,) = found(walked, parse("note:lighthouse"), date(2024, 5, 1))
    assert entry.highlight.note == "lighthouses"


def test_before_the_table_is_filled_words_and_beginnings_are_found(library: Library) -> None:
    library.articles.add(draft("New", "quokkas everywhere"))
    assert known(library) == {}
    assert titles(library, "quokkas") == {"New"}
    assert titles(library, "quok*") == {"New"}
    assert [hit.article.title for hit in library.search.live(parse("quo"))] == ["New"]


def test_a_word_that_came_after_the_table_was_filled_is_found(walked: Library) -> None:
    walked.articles.add(draft("New", "quokkas"))
    assert titles(walked, "quokkas") == {"New"}
    assert titles(walked, "quokka") == set()
    tend(walked)
    assert titles(walked, "quokka") == {"New"}


@pytest.mark.parametrize("few", [0, 1_000])
def test_read_word_by_word_or_along_the_vocabulary_it_is_the_same(
    library: Library, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(terms, "FEW_TEXTS", few)
    library.articles.add(draft("Straße", "naïve Ångström don't C++ 2024 東京に", author="José"), tags=["x/y"])
    library.articles.add(draft("Two", "naive", site="Site"))
    tend(library)
    assert known(library) == {
        **dict.fromkeys(["straße", "angstrom", "don", "t", "c", "2024", "jose", "x", "y", "two", "site"], 1),
        "naive": 2,
    }


def test_it_goes_in_slices_and_goes_on_where_it_stopped(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.articles.add_all([essay(number) for number in range(50)])
    monkeypatch.setattr(terms, "SLICE_SECONDS", 0)
    assert library.terms.tend()
    with Library.open(library.path) as other:
        assert tend(other) > 20
    assert not library.terms.tend()
    assert len(known(library)) > 50 * 60


def test_words_that_are_gone_are_forgotten_by_the_next_walk(library: Library) -> None:
    library.articles.add_all([essay(number) for number in range(3)])
    tend(library)
    library.articles.purge([2])
    library.articles.add_all([essay(number) for number in range(10, 60)])
    tend(library)
    assert "begin1" not in known(library)
    assert "begin30" in known(library)


def test_after_the_newest_was_purged_the_next_one_is_read(library: Library) -> None:
    library.articles.add_all([draft("One", "first words"), draft("Two", "second words")])
    tend(library)
    library.articles.purge([2])
    tend(library)
    library.articles.add(draft("Three", "walking"))
    tend(library)
    assert titles(library, "walks") == {"Three"}


def test_a_language_that_comes_to_the_library_is_stemmed(library: Library) -> None:
    library.articles.add(draft("English", "houses", language="en"))
    tend(library)
    library.articles.add(draft("Deutsch", "Die Zeitungen der Katzen", language="de-AT"))
    tend(library)
    assert titles(library, "Zeitung") == {"Deutsch"}
    assert titles(library, "katze") == {"Deutsch"}
    assert titles(library, "house") == {"English"}


def test_of_a_beginning_that_very_many_hold_the_commonest_words_are_looked_for(
    walked: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "WIDE", 1)
    monkeypatch.setattr(vocabulary, "MOST_BEGUN", 2)
    walked.articles.add_all([draft(f"More {n}", f"running number{n}") for n in range(3)])
    tend(walked)
    live = [hit.article.title for hit in walked.search.live(parse("run"))]
    assert live == ["More 2", "More 1", "More 0", "Other", "Done"]
    asked = as_typed(parse('"every pa'))
    assert [hit.article.title for hit in walked.search.live(asked)] == ["Doing"]


def test_the_table_can_be_made_anew(walked: Library) -> None:
    before = known(walked)
    walked.terms.forget()
    assert known(walked) == {}
    tend(walked)
    assert known(walked) == before


def test_of_a_letter_the_commonest_words_are_looked_for(
    walked: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each once, whatever stems it has, the commonest first; of ties any."""
    monkeypatch.setattr(vocabulary, "FEW_BEGUN", 2)
    walked.connection.many(
        "insert or replace into term (term, stem, df) values (:term, :stem, :df)",
        [
            {"term": term, "stem": stem, "df": df}
            for term, stems, df in (("zebra", "ab", 70), ("zinc", "a", 90), ("zoo", "a", 64), ("zy", "a", 63))
            for stem in stems
        ],
    )
    assert vocabulary._begun(walked.connection, "z") == ("zinc", "zebra")
    monkeypatch.setattr(vocabulary, "FEW_BEGUN", 4)
    monkeypatch.setattr(vocabulary, "WIDE", 1)
    assert vocabulary._begun(walked.connection, "z") == ("zinc", "zebra", "zoo", "zy")
    assert vocabulary._begun(walked.connection, "ü") == ()
