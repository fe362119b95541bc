"""Saved views: kept, changed, undone, and spoken of by queries."""

from __future__ import annotations

import pytest

from reader.domain.query import parse
from reader.domain.view import SavedView
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from tests.storage.samples import draft


@pytest.fixture
def shelf(library: Library) -> Library:
    library.articles.add_all([draft("One", "bees"), draft("Two", "bees and birds"), draft("Three", "birds")])
    library.articles.mark([3], "starred")
    return library


def names(library: Library) -> list[str]:
    return [view.name for view in library.views.all()]


def found(library: Library, text: str) -> list[str]:
    listed = library.articles.summaries(library.articles.order(parse(text)))
    titles = [summary.title for summary in listed]
    assert sorted(hit.article.title for hit in library.search.ranked(parse(text))) == sorted(titles)
    assert library.articles.count(parse(text)) == len(titles)
    return titles


def test_a_view_is_kept_and_saving_it_again_changes_its_query(library: Library) -> None:
    library.views.save("Later", "tag:later", sort="title", key="l")
    library.views.save("LATER", "tag:later -is:read")
    assert library.views.all() == [SavedView("Later", "tag:later -is:read", "title", "l")]
    library.views.save("later", "tag:later", sort=None)
    assert library.views.get("later") == SavedView("Later", "tag:later", None, "l")


def test_views_stand_in_the_order_they_were_put_in(library: Library) -> None:
    for name in ("a", "b", "c"):
        library.views.save(name, name)
    library.views.order(["c", "a"])
    assert names(library) == ["c", "a", "b"]
    library.history.undo()
    assert names(library) == ["a", "b", "c"]


def test_saving_renaming_and_deleting_are_undone_and_redone(library: Library) -> None:
    library.views.save("Later", "tag:later", key="l")
    library.views.rename("later", "Soon")
    library.views.delete("Soon")
    assert names(library) == []
    library.history.undo()
    assert library.views.all() == [SavedView("Soon", "tag:later", None, "l")]
    library.history.undo()
    assert names(library) == ["Later"]
    library.history.undo()
    assert names(library) == []
    for expected in (["Later"], ["Soon"], []):
        library.history.redo()
        assert names(library) == expected
    assert [entry.summary for entry in library.history.entries()] == [
        "view deleted: Soon",
        "view renamed: Soon",
        "view saved: Later",
    ]


def test_name_query_and_key_are_changed_as_one_action(library: Library) -> None:
    library.views.save("Later", "tag:later", sort="title", key="l")
    library.views.change("later", new_name="Soon", query="tag:soon", key="s")
    assert library.views.all() == [SavedView("Soon", "tag:soon", "title", "s")]
    library.history.undo()
    assert library.views.all() == [SavedView("Later", "tag:later", "title", "l")]
    library.views.change("Later", new_name="later", query="tag:later", key=None)
    assert library.views.all() == [SavedView("later", "tag:later", "title", None)]


def test_a_changed_view_takes_neither_name_nor_key_of_another(library: Library) -> None:
    library.views.save("Later", "tag:later", key="l")
    library.views.save("Soon", "tag:soon")
    with pytest.raises(LibraryError, match="there is a view Later already"):
        library.views.change("Soon", new_name="LATER", query="x", key=None)
    with pytest.raises(LibraryError, match="l is the key of the view Later"):
        library.views.change("Soon", new_name="Soon", query="x", key="l")


def test_what_something_else_changed_since_is_left_alone_by_undo(library: Library) -> None:
    library.views.save("Later", "tag:later")
    with Library.open(library.path, session="other") as other:
        other.views.save("Later", "tag:soon")
    undone = library.history.undo(session="mine")
    assert undone is not None
    assert undone.skipped == ("view Later was changed since",)
    assert library.views.get("Later").query == "tag:soon"


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda views: views.save('"', "x"), "not a name"),
        (lambda views: views.save("b", "x", key="a"), "the key of the view A"),
        (lambda views: views.save("b", "x", key="ab"), "one letter"),
        (lambda views: views.save("b", "x", sort="size"), "sorted by"),
        (lambda views: views.rename("c", "d"), "no view is named c"),
        (lambda views: views.rename("b", "a"), "already"),
        (lambda views: views.delete("c"), "no view is named c"),
    ],
)
def test_what_cannot_be_is_refused_in_words(library: Library, act, message: str) -> None:
    library.views.save("A", "x", key="a")
    library.views.save("B", "y")
    with pytest.raises(LibraryError, match=message):
        act(library.views)
    assert names(library) == ["A", "B"]


def test_a_query_speaks_of_views(shelf: Library) -> None:
    shelf.views.save("Bees", "bees sort:title limit:1")
    shelf.views.save("Bird book", "birds")
    shelf.views.save("All", "")
    assert found(shelf, "query:bees") == ["Two", "One"]
    assert found(shelf, 'query:"bird book" -is:starred') == ["Two"]
    assert found(shelf, 'query:bees,"bird book"') == ["Three", "Two", "One"]
    assert found(shelf, "-query:bees") == ["Three"]
    assert found(shelf, "query:-bees") == ["Three"]
    assert found(shelf, "query:all -query:bees") == ["Three"]
    assert found(shelf, "-query:all") == []
    shelf.views.save("Both", 'query:bees query:"Bird Book"')
    assert found(shelf, "query:both") == ["Two"]


def test_a_view_of_the_archive_shows_the_archive(shelf: Library) -> None:
    shelf.articles.mark([1], "archived")
    shelf.views.save("Old", "is:archived")
    assert found(shelf, "query:old") == ["One"]


@pytest.mark.parametrize(
    "text", ["query:missing", "-query:missing", "bees OR query:missing", "-query:self", "query:a"]
)
def test_a_view_that_cannot_be_put_in_finds_nothing_and_says_why(shelf: Library, text: str) -> None:
    shelf.views.save("self", "bees OR query:self")
    shelf.views.save("a", "-query:b")
    shelf.views.save("b", "-query:a")
    assert found(shelf, text) == []
    (problem,) = shelf.search.spelled_out(parse(text)).problems
    assert "view" in problem.reason


def test_views_that_multiply_one_another_are_refused(shelf: Library) -> None:
    shelf.views.save("v0", "bees")
    for number in range(1, 9):
        shelf.views.save(f"v{number}", f"query:v{number - 1} OR (birds query:v{number - 1})")
    assert found(shelf, "query:v2") == ["Two", "One"]
    assert found(shelf, "query:v8") == []
    shelf.views.save("deep", "(a OR (b " * 45)
    assert found(shelf, "query:deep") == []
