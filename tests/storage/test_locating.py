"""Passages are looked for before the lock on the library is taken, so that others may write meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.domain.anchor import locate
from reader.domain.article import ArticleId
from reader.storage import locating
from reader.storage.library import Library
from tests.storage.samples import draft, passage

URL = "https://e.org/a"
ONE = ArticleId(1)
FIRST = (
    "The keeper lit the lamp at dusk and wrote the hour down. A gull cried twice over the harbour wall. "
    "Nobody came that night, and the ledger says nothing more about the boats that were out."
)
SECOND = (
    "A new beginning. The keeper lit the lamps at dusk and wrote an hour down. A gull called twice over the "
    "harbour wall. Nobody came that night, and the ledger says nothing more on the boats that were out."
)

CHANGES: dict[str, Callable[[Library], object]] = {
    "add": lambda library: library.articles.add(draft("Ledger", SECOND, url=URL)),
    "use": lambda library: library.versions.use(ONE, 2),
    "undo": lambda library: library.history.undo(),
    "redo": lambda library: library.history.redo(),
}


class Counted:
    """The real ``locate``; ``inside`` has what it looked for while *library* was locked by a write."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.outside: list[str] = []
        self.inside: list[str] = []

    def __call__(self, document: Any, anchor: Any, before: Any = None) -> Any:
        locked = self._library.connection.raw.in_transaction
        (self.inside if locked else self.outside).append(anchor.exact)
        return locate(document, anchor, before)


@pytest.fixture
def marked(library: Library) -> Library:
    """An article that is being read, with two highlights, one in words that are about to change."""
    library.articles.add(draft("Ledger", FIRST, url=URL))
    for words in ("lit the lamp at dusk and wrote the hour down", "Nobody came that night"):
        library.highlights.add(ONE, passage(library, ONE, words))
    library.articles.reached(ONE, position=57, progress=0.6)
    return library


def ready(library: Library, name: str) -> None:
    """Bring *library* to where the change *name* turns its text to the other version."""
    if name == "add":
        return
    CHANGES["add"](library)
    if name == "use":
        library.versions.use(ONE, 1)
    if name == "redo":
        library.history.undo()


@pytest.fixture(params=CHANGES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_nothing_is_looked_for_while_others_wait(
    marked: Library, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand highlights of a long text took half a minute, and other writers gave up after ten seconds."""
    ready(marked, name)
    counted = Counted(marked)
    monkeypatch.setattr(locating, "locate", counted)
    before = marked.articles.get(ONE).document.text
    CHANGES[name](marked)
    assert marked.articles.get(ONE).document.text != before
    assert counted.inside == []
    assert len(counted.outside) >= 2
    assert marked.connection.prepared == {}


def test_what_another_program_marks_meanwhile_is_placed_too(
    marked: Library, path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(marked, name)
    execute = marked.connection.execute

    def interrupted(sql: str, /, **parameters: Any) -> int:
        if sql == "begin immediate":
            with Library.open(path, session="other") as other:
                anchor = passage(other, ONE, "twice over the harbour wall")
                other.connection.execute("delete from highlight where id = 2")
                other.highlights.add(ONE, anchor)
                # It is about the same change all the same.
                other.connection.execute("delete from history where session = 'other'")
                other.connection.execute("update history set standing = 'undone' where standing = 'gone'")
        return execute(sql, **parameters)

    counted = Counted(marked)
    monkeypatch.setattr(locating, "locate", counted)
    monkeypatch.setattr(marked.connection, "execute", interrupted)
    CHANGES[name](marked)
    assert counted.inside == ["twice over the harbour wall"]
    document = marked.articles.get(ONE).document
    found = [one.placement.span for one in marked.highlights.of(ONE)]
    assert [document.slice(span) for span in found if span][-1] == "twice over the harbour wall"
    assert len(found) == 2
    assert all(one.placement.status == "anchored" for one in marked.highlights.of(ONE))


def test_deleted_highlights_of_an_older_text_come_back_without_a_search_inside(
    marked: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    CHANGES["add"](marked)
    marked.highlights.remove([one.id for one in marked.highlights.of(ONE)])
    counted = Counted(marked)
    monkeypatch.setattr(locating, "locate", counted)
    marked.history.undo()
    assert (len(counted.outside), counted.inside) == (2, [])
    assert [one.placement.status for one in marked.highlights.of(ONE)] == ["anchored"] * 2


def test_a_text_that_is_known_is_not_searched(marked: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    CHANGES["add"](marked)
    marked.versions.use(ONE, 1)
    counted = Counted(marked)
    monkeypatch.setattr(locating, "locate", counted)
    for text in (FIRST, SECOND):  # the one is current, the other was left by hand
        assert marked.articles.add(draft("Ledger", text, url=URL)).status == "known"
    assert marked.versions.use(ONE, 1).history is None
    assert (counted.outside, counted.inside) == ([], [])
