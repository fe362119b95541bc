"""One SQLite connection: plain SQL in, rows out, and every error as a sentence that a reader can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

from reader.domain.text import clean_line

# What SQLite's statements raise: of a damaged file it tells in words that are no UTF-8, which Python cannot take.
ERRORS = (sqlite3.Error, UnicodeError)

# How many SQLite instructions run between two looks at whether a read is still wanted: some 50 µs.
STEPS_BETWEEN_LOOKS = 2000


class LibraryError(Exception):
    """Something in the library failed; the message says what and what to do.

    ``code`` is the exit code it leads to: 1 for a failed operation, 3 for a library that cannot be opened.
    """

    def __init__(self, message: str, *, code: int = 1) -> None:
        super().__init__(clean_line(message, limit=600))
        self.code = code


class Abandoned(LibraryError):  # noqa: N818  (nothing went wrong)
    """A read stopped half-way, because nobody waits for its answer any more."""


class Connection:
    """A connection in the one thread that opened it. Rows stay inside the storage room.

    Parameters are bound by name: ``rows("select … where id = :id", id=12)``. Many ids are one parameter, a JSON
    array read by ``json_each(:ids)``, so no statement has a limit on them.
    """

    def __init__(self, raw: sqlite3.Connection, path: Path, *, writable: bool) -> None:
        self.path = path
        self.writable = writable
        self.prepared: dict[object, object] = {}
        """What was worked out for the next write before it takes its lock; nothing is left when a write has ended."""
        self._raw = raw
        self._acting = False
        self.progress: Callable[[int, int], None] | None = None

    @property
    def raw(self) -> sqlite3.Connection:
        """The connection itself, for schema work; its errors are not translated."""
        return self._raw

    def rows(self, sql: str, /, **parameters: Any) -> list[sqlite3.Row]:
        try:
            return self._raw.execute(sql, parameters).fetchall()
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            self._fail(error)

    def each(self, sql: str, /, **parameters: Any) -> Iterator[sqlite3.Row]:
        """Row after row, each found when it is asked for."""
        try:
            yield from self._raw.execute(sql, parameters)
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            self._fail(error)

    def one(self, sql: str, /, **parameters: Any) -> sqlite3.Row | None:
        """The first row, or ``None``."""
        try:
            row: sqlite3.Row | None = self._raw.execute(sql, parameters).fetchone()
            return row
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            self._fail(error)

    def value(self, sql: str, /, **parameters: Any) -> Any:
        """The first column of the first row, or ``None``."""
        row = self.one(sql, **parameters)
        return None if row is None else row[0]

    def column(self, sql: str, /, **parameters: Any) -> list[Any]:
        """The first column of every row; there may be hundreds of thousands, so they do not become rows first."""
        cursor = self._raw.cursor()
        cursor.row_factory = None
        try:
            return [row[0] for row in cursor.execute(sql, parameters)]
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            self._fail(error)

    def tuples(self, sql: str, /, **parameters: Any) -> list[tuple[Any, ...]]:
        """All rows, for a few columns of thousands of them."""
        cursor = self._raw.cursor()
        cursor.row_factory = None
        try:
            return cursor.execute(sql, parameters).fetchall()
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            self._fail(error)

    def execute(self, sql: str, /, **parameters: Any) -> int:
        """Run a statement that changes something; how many rows it changed."""
        try:
            return self._raw.execute(sql, parameters).rowcount
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            self._fail(error)

    def insert(self, sql: str, /, **parameters: Any) -> int:
        """Insert one row; its id."""
        try:
            return self._raw.execute(sql, parameters).lastrowid or 0
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            self._fail(error)

    def many(self, sql: str, rows: Iterable[Mapping[str, Any]], /) -> None:
        """Run a statement that changes something once for each of *rows*."""
        try:
            self._raw.executemany(sql, rows)
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            self._fail(error)

    @contextmanager
    def write(self) -> Iterator[None]:
        """One action: all of it is on the disk when the block ends, or nothing of it.

        The lock is taken at the start: a transaction that reads first and writes later fails at once, without
        waiting, when another process wrote in between. Inside another ``write`` it is part of that action.
        """
        if self._acting:
            yield
            return
        self._roll_back()  # what an action left open whose own rollback failed
        self.execute("begin immediate")
        self._acting = True
        try:
            yield
            self.execute("commit")
        except BaseException:
            with suppress(LibraryError):  # what went wrong first is what to tell
                self._roll_back()
            raise
        finally:
            self._acting = False
            self.prepared.clear()

    def _roll_back(self) -> None:
        # A full disk has rolled back already, and a second rollback would raise.
        if self._raw.in_transaction:
            self.execute("rollback")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads that see the same state of the library."""
        if self._raw.in_transaction:
            yield
            return
        self.execute("begin")
        try:
            yield
        finally:
            self._roll_back()

    @property
    def state(self) -> tuple[int, int]:
        """Another one after every change of the library, by this connection or any other."""
        return int(self.value("pragma data_version")), self._raw.total_changes

    def tell_progress(self, done: int, total: int) -> None:
        """Say how far the action under way is, to whoever wants to know."""
        if self.progress is not None:
            self.progress(done, total)

    def stop_when(self, asks: Callable[[], bool] | None) -> None:
        """Look every few microseconds of a statement at *asks*; when it is true the statement ends in Abandoned."""
        self._raw.set_progress_handler(asks, STEPS_BETWEEN_LOOKS)

    def close(self) -> None:
        try:
            self._raw.close()
        except sqlite3.Error as error:
            self._fail(error)

    def _fail(self, error: Exception) -> NoReturn:
        raise explained(error, self.path) from error


def explained(error: Exception, path: Path) -> LibraryError:
    """What *error* means for the person whose library *path* is."""
    name = primary_code(error)
    if name == "SQLITE_INTERRUPT":
        return Abandoned("the question was withdrawn")
    damaged = "SQLITE_CORRUPT" if isinstance(error, UnicodeDecodeError) else name
    message, code = _MEANINGS.get(damaged, ("{path}: the library failed ({error})", 1))
    return LibraryError(message.format(path=path, error=clean_line(str(error))), code=code)


def primary_code(error: Exception) -> str:
    """The name of an error without its extension: ``SQLITE_IOERR`` for ``SQLITE_IOERR_FSYNC``; ``""`` if none."""
    name: str = getattr(error, "sqlite_errorname", None) or ""
    return "_".join(name.split("_")[:2])


_DAMAGED = ("{path} is damaged ({error}): go back to a backup", 3)
_MEANINGS = {
    "SQLITE_BUSY": ("{path} is being written by another program: try again in a moment", 3),
    "SQLITE_LOCKED": ("{path} is being written by another program: try again in a moment", 3),
    "SQLITE_FULL": ("{path}: the disk is full, nothing was changed: free some space and try again", 1),
    "SQLITE_READONLY": ("{path} cannot be written here: it was opened for reading only", 1),
    "SQLITE_PERM": ("{path}: access is not permitted", 3),
    "SQLITE_AUTH": ("{path}: access is not permitted", 3),
    "SQLITE_CANTOPEN": ("{path} cannot be opened: look at the permissions of the file and its folder", 3),
    "SQLITE_IOERR": ("{path}: the disk could not be read or written ({error})", 1),
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": ("{path} is not a library of Reader: name another file with --library", 3),
    "SQLITE_NOMEM": ("{path}: not enough memory for this", 1),
    "SQLITE_TOOBIG": ("{path}: this text is too large to be stored", 1),
}
