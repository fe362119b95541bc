"""Records of other programs' libraries, and of other libraries of ours, on their way in: a batch at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TypeVar

from reader.domain.record import Kept, Record, Refused
from reader.domain.text import clean_line
from reader.domain.whole import Purged, Whole, WholeView
from reader.storage.arrivals import Arrivals
from reader.storage.connection import Connection, LibraryError, primary_code
from reader.storage.entering import Entering
from reader.storage.journal import Journal
from reader.storage.recording import prepared, recorded
from reader.storage.restoring import Restoring, sketched
from reader.storage.stamps import microseconds
from reader.storage.steps import Step

IMPORTED = "imported"

Stored = tuple[Kept, Sequence[Step]]
One = TypeVar("One")


class Records:
    """Each call is one transaction, which holds the others up for well below a second if it is of 500 records; those
    of one *run* are undone together: what was new goes to the trash, what was filled in is taken out again.

    An article that is here already, by any of its keys, is given what it lacks: empty fields, tags, passages, further
    progress. With *overwrite* it takes title, note, state and text of the record too. *dry* works everything out and
    keeps nothing.
    """

    def __init__(self, connection: Connection, journal: Journal, *, keep_originals: bool) -> None:
        self._connection = connection
        self._journal = journal
        self._keep_originals = keep_originals

    def store(
        self, records: Sequence[Record], *, run: str, overwrite: bool = False, dry: bool = False
    ) -> list[Kept | Refused]:
        """What became of each of *records*, in their order."""
        ready = [prepared(self._connection, record, overwrite=overwrite) for record in records]
        found: dict[int, Kept | Refused] = {}
        with self._batch(run, dry=dry) as batch:

            def keep(place: int) -> Stored:
                return recorded(
                    self._connection, batch.arrivals, ready[place], batch.stamp, overwrite=overwrite
                )

            for place in _oldest_first([_added(record) for record in records]):
                found[place] = batch.keep(ready[place].arrival.title, keep, place)
        return [found[place] for place in range(len(ready))]

    def restore(
        self,
        wholes: Sequence[Whole | WholeView | Purged],
        *,
        run: str,
        overwrite: bool = False,
        dry: bool = False,
    ) -> list[Kept | Refused | None]:
        """What became of each of *wholes*, in their order; ``None`` for what is no article.

        An article that is new here is stored as it was, with its uid, its dates and all versions of its text.
        """
        articles = iter(sketched(self._connection, [one for one in wholes if isinstance(one, Whole)]))
        ready = [next(articles) if isinstance(one, Whole) else one for one in wholes]
        found: dict[int, Kept | Refused | None] = {}
        with self._batch(run, dry=dry) as batch:
            restoring = Restoring(
                self._connection, batch.arrivals, batch.entering, batch.stamp, overwrite=overwrite
            )
            for place in _oldest_first([one.place if isinstance(one, Whole) else 0 for one in ready]):
                one = ready[place]
                if isinstance(one, Whole):
                    found[place] = batch.keep(one.title, restoring.article, one)
                elif isinstance(one, WholeView):
                    batch.steps += restoring.view(one)
                else:
                    restoring.purged(one)
            restoring.finish()
            # What is changed here from now on is later than all that came.
            self._connection.execute(
                "update counter set value = max(value, :latest) where name = 'changed'",
                latest=restoring.latest,
            )
        return [found.get(place) for place in range(len(ready))]

    @contextmanager
    def _batch(self, run: str, *, dry: bool) -> Iterator[_Batch]:
        with suppress(_OnlyTried), self._connection.write():
            stamp = self._journal.stamp()
            entering = Entering(self._connection)
            arrivals = Arrivals(
                self._connection, stamp, keep_originals=self._keep_originals, entering=entering
            )
            batch = _Batch(self._connection, arrivals, entering, stamp)
            yield batch
            entering.finish()
            if batch.steps:
                self._journal.record(IMPORTED, batch.steps, stamp, run=run)
            if dry:
                raise _OnlyTried


class _Batch:
    """What is stored in one transaction."""

    def __init__(self, connection: Connection, arrivals: Arrivals, entering: Entering, stamp: int) -> None:
        self._connection = connection
        self.arrivals = arrivals
        self.entering = entering
        self.stamp = stamp
        self.steps: list[Step] = []

    def keep(self, title: str, store: Callable[[One], Stored], one: One) -> Kept | Refused:
        """What *store* gives for *one*; nothing of it is done if it fails by what it was given."""
        self._connection.execute("savepoint one")
        try:
            kept, steps = store(one)
        except LibraryError as error:
            if not _is_of_what_was_given(error) or not self._connection.raw.in_transaction:
                raise
            self._connection.execute("rollback to one")
            self._connection.execute("release one")
            return Refused(clean_line(title), str(error))
        self._connection.execute("release one")
        self.steps += steps
        return kept


class _OnlyTried(Exception):  # noqa: N818  (nothing went wrong)
    """Takes back what a dry run has stored."""


def _is_of_what_was_given(error: LibraryError) -> bool:
    """Whether the values are at fault, not the disk or the library, which would fail with any others too."""
    cause = error.__cause__
    if isinstance(
        cause,
        OverflowError | UnicodeError | sqlite3.IntegrityError | sqlite3.DataError | sqlite3.ProgrammingError,
    ):
        return True
    return isinstance(cause, Exception) and primary_code(cause) == "SQLITE_TOOBIG"


def _added(record: Record) -> int | None:
    return None if record.added is None else microseconds(record.added)


def _oldest_first(moments: Sequence[int | None]) -> list[int]:
    """Places in *moments*, what has none at the end. Full text writes out what it holds whenever a row comes before
    the last one, so a batch is stored in the order that its articles have in it."""
    return sorted(range(len(moments)), key=lambda place: (moments[place] is None, moments[place] or 0))
