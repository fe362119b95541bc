"""Counting who the articles are from."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.domain.article import Draft
from reader.domain.document import Document
from reader.storage import sources
from reader.storage.library import Library
from reader.storage.sources import NOTHING, sources_on


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.open(tmp_path / "library.db")
    for number in range(7):
        library.articles.add(
            Draft(
                f"Title {number}",
                Document.plain(f"text {number}"),
                author=f"A{number % 2}",
                site="x\x1b[1m.org",
            )
        )
    return library


def test_authors_are_counted_in_slices(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "SLICE", 3)
    known, slices = NOTHING, 0
    while not known.is_complete:
        known, slices = sources_on(library, "author", known), slices + 1
    assert slices == 3
    assert known.counts == {"A0": 4, "A1": 3}


def test_what_was_added_since_is_taken_in_and_the_trash_left_out(library: Library) -> None:
    known = sources_on(library, "author")
    added = library.articles.add(Draft("New", Document.plain("new"), author="B"))
    trashed = library.articles.add(Draft("Gone", Document.plain("gone"), author="C"))
    library.articles.trash([trashed.id])
    assert known.is_complete
    assert sources_on(library, "author", known).counts == {"A0": 4, "A1": 3, "B": 1}
    assert added.id > 0


def test_names_are_clean(library: Library) -> None:
    assert set(sources_on(library, "site").counts) == {"x[1m.org"}


def test_an_empty_library_has_none(tmp_path: Path) -> None:
    with Library.open(tmp_path / "empty.db") as library:
        assert sources_on(library, "lang").is_complete
