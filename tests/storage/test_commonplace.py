"""Every highlight with its article, for the screen that shows them all."""

from __future__ import annotations

from pathlib import Path

from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document
from reader.domain.query import parse
from reader.domain.terms import Field
from reader.storage import commonplace
from reader.storage.library import Library
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
