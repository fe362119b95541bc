"""Two threads that own the database, so that the screen never waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event
from typing import TypeVar
from uuid import uuid4

from reader.storage.connection import Abandoned
from reader.storage.library import Library
from reader.storage.stamps import Clock, now

T = TypeVar("T")


class Lane:
    """Reads go through one thread and connection, changes through another, each one at a time.

    A read whose caller is cancelled is abandoned, even half-way through a statement; a change never is. The
    library is opened at the first use of each thread, and a failure to open is raised by every use.
    """

    def __init__(
        self, path: Path, *, session: str | None = None, clock: Clock = now, keep_originals: bool = True
    ) -> None:
        self.path = path
        self.session = session or uuid4().hex
        open_library = partial(
            Library.open, path, clock=clock, session=self.session, keep_originals=keep_originals
        )
        self._reader = _Thread("reader-reads", partial(open_library, write=False))
        self._writer = _Thread("reader-writes", open_library)

    async def read(self, ask: Callable[[Library], T]) -> T:
        abandoned = Event()
        answer = self._reader.submit(ask, abandoned)
        try:
            return await asyncio.shield(answer)
        except asyncio.CancelledError:
            abandoned.set()
            raise

    async def write(self, change: Callable[[Library], T]) -> T:
        return await asyncio.shield(self._writer.submit(change, Event()))

    async def close(self) -> None:
        """Close both connections, after every change that was asked for is done."""
        # The writer last: the last one to close folds the log into the library, which a reader may not.
        await self._reader.close()
        await self._writer.close()


class _Thread:
    """A thread with a library of its own."""

    def __init__(self, name: str, open_library: Callable[[], Library]) -> None:
        self._open = open_library
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._library: Library | None = None
        self._abandoned = Event()

    def submit(self, job: Callable[[Library], T], abandoned: Event) -> asyncio.Future[T]:
        work = asyncio.get_running_loop().run_in_executor(self._pool, self._run, job, abandoned)
        # Whoever asked may be gone, and an error that nobody fetches would be printed at exit.
        work.add_done_callback(_fetch_error)
        return work

    async def close(self) -> None:
        await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._pool, self._close))
        self._pool.shutdown(wait=False)

    def _run(self, job: Callable[[Library], T], abandoned: Event) -> T:
        if abandoned.is_set():
            raise Abandoned("the question was withdrawn")
        self._abandoned = abandoned
        if self._library is None:
            self._library = self._open()
            self._library.stop_when(self._is_abandoned)
        return job(self._library)

    def _is_abandoned(self) -> bool:
        return self._abandoned.is_set()

    def _close(self) -> None:
        if self._library is not None:
            self._library.close()
            self._library = None


def _fetch_error(work: asyncio.Future[T]) -> None:
    if not work.cancelled():
        work.exception()
