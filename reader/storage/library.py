"""The library: opens, closes and holds the rest together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from reader.storage.connection import Connection
from reader.storage.opening import open_connection
from reader.storage.stamps import Clock, now

if TYPE_CHECKING:
    from reader.storage.articles import Articles
    from reader.storage.care import Care
    from reader.storage.counters import Counters
    from reader.storage.duplicates import Duplicates
    from reader.storage.fetching import Fetching
    from reader.storage.highlights import Highlights
    from reader.storage.history import History
    from reader.storage.journal import Journal
    from reader.storage.records import Records
    from reader.storage.search import Search
    from reader.storage.settings import Settings
    from reader.storage.tags import Tags
    from reader.storage.terms import Terms
    from reader.storage.versions import Versions
    from reader.storage.views import Views
    from reader.storage.wholes import Wholes


class Library:
    """One connection, for the thread that opened it.

    ``session`` names one run of the program: its actions are undone apart from those of other runs.
    A part is imported when it is asked for: each command needs one or two, and a shell waits for all that it loads.
    """

    def __init__(self, connection: Connection, *, session: str, clock: Clock, keep_originals: bool) -> None:
        self.connection = connection
        self.path = connection.path
        self.session = session
        self._clock = clock
        self._keep_originals = keep_originals

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        write: bool = True,
        create: bool = True,
        clock: Clock = now,
        session: str | None = None,
        keep_originals: bool = True,
    ) -> Self:
        """Open the library at *path*, and make it if there is none and *create* is set.

        Without *write* nothing can be changed through it, and a library in a read-only folder opens too. Raises
        LibraryError with code 3, and the file untouched, for what is not a sound library of this version.
        """
        connection = open_connection(path, write=write, create=create)
        return cls(connection, session=session or uuid4().hex, clock=clock, keep_originals=keep_originals)

    @cached_property
    def articles(self) -> Articles:
        from reader.storage.articles import Articles

        return Articles(
            self.connection, lambda: self._journal, clock=self._clock, keep_originals=self._keep_originals
        )

    @cached_property
    def tags(self) -> Tags:
        from reader.storage.tags import Tags

        return Tags(self.connection, self._journal)

    @cached_property
    def fetching(self) -> Fetching:
        from reader.storage.fetching import Fetching

        return Fetching(self.connection, lambda: self._journal, keep_originals=self._keep_originals)

    @cached_property
    def highlights(self) -> Highlights:
        from reader.storage.highlights import Highlights

        return Highlights(self.connection, self._journal)

    @cached_property
    def versions(self) -> Versions:
        from reader.storage.versions import Versions

        return Versions(self.connection, self._journal)

    @cached_property
    def duplicates(self) -> Duplicates:
        from reader.storage.duplicates import Duplicates

        return Duplicates(self.connection, self._journal)

    @cached_property
    def search(self) -> Search:
        from reader.storage.search import Search

        return Search(self.connection, clock=self._clock)

    @cached_property
    def counters(self) -> Counters:
        from reader.storage.counters import Counters

        return Counters(self.connection)

    @cached_property
    def history(self) -> History:
        from reader.storage.history import History

        return History(self.connection, self._journal)

    @cached_property
    def care(self) -> Care:
        from reader.storage.care import Care

        return Care(self.connection)

    @cached_property
    def settings(self) -> Settings:
        from reader.storage.settings import Settings

        return Settings(self.connection)

    @cached_property
    def views(self) -> Views:
        from reader.storage.views import Views

        return Views(self.connection, lambda: self._journal)

    @cached_property
    def records(self) -> Records:
        from reader.storage.records import Records

        return Records(self.connection, self._journal, keep_originals=self._keep_originals)

    @cached_property
    def wholes(self) -> Wholes:
        from reader.storage.wholes import Wholes

        return Wholes(self.connection)

    @cached_property
    def terms(self) -> Terms:
        from reader.storage.terms import Terms

        return Terms(self.connection)

    @cached_property
    def _journal(self) -> Journal:
        from reader.storage.journal import Journal

        return Journal(self.connection, self.session, self._clock)

    def stop_when(self, asks: Callable[[], bool] | None) -> None:
        """End a statement with Abandoned soon after *asks* has become true; for reads only."""
        self.connection.stop_when(asks)

    @contextmanager
    def watched(self, tell: Callable[[int, int], None]) -> Iterator[None]:
        """Let *tell* know how many articles an action has changed so far, and of how many: in this thread, and before
        the commit. It must not use the library."""
        self.connection.progress = tell
        try:
            yield
        finally:
            self.connection.progress = None

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
