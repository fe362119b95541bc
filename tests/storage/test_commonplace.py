"""Every highlight with its article, and those that a query speaks of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from reader.domain.article import ArticleId, Draft
from reader.domain.commonplace import Entry
from reader.domain.document import Document
from reader.domain.query import parse
from reader.domain.terms import Field
from reader.storage import commonplace
from reader.storage.library import Library
from tests.storage.samples import draft, essay, passage
from tests.tui.changed import AGE, add_changed, highlight


def test_all_come_newest_article_first_by_place_with_the_words_that_are_offered(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        tale = add_changed(library)
        other = library.articles.add(Draft("Another", Document.plain("A line. The words here."))).id
        highlight(library, other, "The words")
        found = commonplace.entries(library)
        assert [one.article.id for one in found] == [other] + [tale] * 6
        assert {one.proposed for one in found if one.highlight.anchor.exact == AGE} == {
            "it was the age of wisdom"
        }
        assert {one.proposed for one in found if one.highlight.anchor.exact != AGE} == {""}
        assert [one.article.title for one in commonplace.entries(library, [other])] == ["Another"]
        assert commonplace.count(library) == 7


def test_those_of_articles_in_the_trash_are_left_out_and_archived_ones_are_not(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        tale = add_changed(library)
        library.articles.mark([tale], "archived")
        assert len(commonplace.entries(library)) == 6
        library.articles.trash([tale])
        assert commonplace.entries(library) == []
        assert commonplace.count(library) == 0


def test_a_field_gives_its_articles(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        tale = add_changed(library)
        field = parse("author:d").root
        assert isinstance(field, Field)
        assert commonplace.articles_of(library, field) == {ArticleId(tale)}
        nothing = parse("is:starred").root
        assert isinstance(nothing, Field)
        assert commonplace.articles_of(library, nothing) == frozenset()


def asked(library: Library, query: str) -> list[Entry]:
    return commonplace.found(library, parse(query), date(2024, 5, 1))


def test_highlights_of_what_a_query_finds(library: Library) -> None:
    library.articles.add_all([essay(1), essay(2), essay(3)])
    for id in (1, 2, 3):
        library.highlights.add(id, passage(library, id, f"begin{id}"))
    library.tags.apply([1, 3], ["x"])
    library.articles.mark([1], "archived")
    library.articles.trash([2])
    assert [entry.article.id for entry in asked(library, "tag:x")] == [3, 1]
    assert [entry.article.id for entry in asked(library, "")] == [3, 1]


def test_a_query_about_notes_finds_only_the_highlights_with_such_notes(library: Library) -> None:
    """`highlights note:why` listed every highlight of the article that had one with that note."""
    article = library.articles.add(draft("One", "First words here. Second words here. Third words here.")).id
    for words, colour, note in (
        ("First words", "yellow", "why this"),
        ("Second words", "green", ""),
        ("Third words", "green", "Wherefore"),
    ):
        library.highlights.add(article, passage(library, article, words), colour=colour, note=note)

    def found(text: str) -> list[str]:
        return [entry.highlight.anchor.exact for entry in asked(library, text)]

    assert found("note:why") == ["First words"]
    assert found("note:wh*") == ["First words", "Third words"]
    assert found("colour:green") == ["Second words", "Third words"]
    assert found("colour:green hl:third") == ["Third words"]
    assert found("title:one") == ["First words", "Second words", "Third words"]
