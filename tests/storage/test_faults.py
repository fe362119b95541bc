"""The Nth statement of every action fails: the action happened whole or not at all, and the next one works."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reader.domain.query import parse
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from tests.storage.samples import Ticking, assert_sound, draft, essay, passage, state_of

ERRORS = {
    "SQLITE_IOERR": "disk I/O error",
    "SQLITE_FULL": "database or disk is full",
    "SQLITE_BUSY": "database is locked",
}

ACTIONS: dict[str, Callable[[Library], object]] = {
    "add": lambda library: library.articles.add_all([essay(3), essay(4)], tags=["new"]),
    "update": lambda library: library.articles.add(replace(essay(2), url="https://e.org/1")),
    "edit": lambda library: library.articles.edit(1, title="New", note="note"),
    "mark": lambda library: library.articles.mark([1, 2], "read"),
    "tag": lambda library: library.tags.apply([1, 2], ["new"], ["x"]),
    "rename": lambda library: library.tags.rename("x", "y"),
    "highlight": lambda library: library.highlights.add(1, passage(library, 1, "begin1"), tags=["z"]),
    "recolour": lambda library: library.highlights.edit(1, colour="pink", tags_add=["z"]),
    "remove": lambda library: library.highlights.remove([1]),
    "purge": lambda library: library.articles.purge([1]),
    "use": lambda library: library.versions.use(1, 1),
    "undo": lambda library: library.history.undo(),
    "progress": lambda library: library.articles.reached(1, position=3, progress=0.5, state="reading"),
}


class FaultStore:
    """The connection itself, but for the *nth* statement or commit, which fails with *error*."""

    def __init__(self, raw: sqlite3.Connection, nth: int, error: str) -> None:
        self._raw = raw
        self._left = nth
        self._error = error
        self.fired = False

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        self._count(sql)
        return self._raw.execute(sql, *parameters)

    def executemany(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        self._count(sql)
        return self._raw.executemany(sql, *parameters)

    def _count(self, sql: str) -> None:
        if sql == "rollback":
            return
        self._left -= 1
        if self._left == 0:
            self.fired = True
            if self._error == "SQLITE_FULL" and self._raw.in_transaction:
                self._raw.execute("rollback")  # as SQLite itself does
            error = sqlite3.OperationalError(ERRORS[self._error])
            error.sqlite_errorname = self._error
            raise error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)


@pytest.fixture
def two(path: Path) -> Path:
    with Library.open(path, clock=Ticking()) as library:
        library.articles.add_all([replace(essay(1), url="https://e.org/1"), essay(2)], tags=["x"])
        library.highlights.add(1, passage(library, 1, "word1x5"), note="n", tags=["h"])
        text = f"Preface. {essay(1).document.text}"
        library.articles.add(draft("Essay 1", text, url="https://e.org/1"))
    return path


def refusal_of(library: Library, name: str) -> LibraryError | None:
    try:
        ACTIONS[name](library)
    except LibraryError as error:
        return error
    return None


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_that_fails_anywhere_has_not_happened(two: Path, name: str, error: str) -> None:
    with Library.open(two, clock=Ticking()) as library:
        before = state_of(library), library.history.entries()
        raw = library.connection.raw
        for nth in range(1, 500):
            fault = FaultStore(raw, nth, error)
            library.connection._raw = fault  # type: ignore[assignment]
            refused = refusal_of(library, name)
            library.connection._raw = raw
            assert (refused is not None) == fault.fired
            if refused is None:
                break
            assert "\n" not in str(refused)
            assert (state_of(library), library.history.entries()) == before
            assert_sound(library)
        assert nth > 2
        assert name == "progress" or (state_of(library), library.history.entries()) != before
        assert_sound(library)


@pytest.mark.parametrize("name", ["_refuse_other_files", "_check", "sync"])
def test_a_backup_that_fails_anywhere_leaves_the_old_one(
    two: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with Library.open(two) as library:
        target = two.with_name("copy.db")
        library.care.backup(target)
        content = target.read_bytes()
        library.articles.add(essay(5))
        with monkeypatch.context() as broken:
            broken.setattr(f"reader.storage.copies.{name}", fail)
            with pytest.raises(LibraryError, match="No space left"):
                library.care.backup(target)
        assert target.read_bytes() == content
        assert sorted(name.name for name in two.parent.iterdir() if "-" not in name.name) == [
            "copy.db",
            "library.db",
        ]


def test_a_full_disk_is_one_sentence_and_reading_goes_on(two: Path) -> None:
    with Library.open(two) as library:
        pages = library.connection.value("pragma page_count")
        library.connection.execute(f"pragma max_page_count = {pages}")
        with pytest.raises(LibraryError, match="disk is full") as caught:
            library.articles.add_all([essay(number) for number in range(10, 100)])
        assert caught.value.code == 1
        assert library.articles.count(parse("")) == 2
        library.connection.execute("pragma max_page_count = 100000")
        assert library.articles.add(essay(10)).status == "added"
        assert_sound(library)
