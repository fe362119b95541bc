"""Writing to the library from the interface: painted at once, told when it is done, never lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from textual.worker import Worker, WorkerError

from reader.domain.article import ArticleId
from reader.domain.change import Change, Outcome, Undone
from reader.domain.highlight import Highlight
from reader.storage.connection import LibraryError
from reader.tui.background import start

if TYPE_CHECKING:
    from reader.storage.library import Library
    from reader.tui.app import ReaderApp
    from reader.tui.screens.base import CommandScreen

T = TypeVar("T")
FRAME = 0.012  # seconds: a little longer than a frame


@dataclass(frozen=True, slots=True)
class Writing(Generic[T]):
    """One write; see :meth:`ReaderApp.change`."""

    label: str
    write: Callable[[Library], T]
    done: Callable[[T], None] | None
    failed: Callable[[], None] | None
    painted_by: CommandScreen | None


class Changing:
    """The writes under way."""

    def __init__(self, app: ReaderApp) -> None:
        self._app = app
        self._writes: set[Worker[None]] = set()

    def start(self, writing: Writing[T]) -> None:
        self._app.saving += 1
        self._writes = {worker for worker in self._writes if not worker.is_finished}
        self._writes.add(start(self._app, partial(self._write, writing), group="writes", exclusive=False))

    async def settle(self) -> None:
        """Until everything that was asked for is written, or has failed."""
        for worker in tuple(self._writes):
            try:
                await worker.wait()
            except WorkerError:
                pass

    async def _write(self, writing: Writing[T]) -> None:
        app = self._app
        # First the frame that shows what was done: the writer would take turns with it at Python's lock. Every
        # write waits as long, so they stay in order.
        await asyncio.sleep(FRAME)
        try:
            result = await app.lane.write(writing.write)
        except LibraryError as error:
            app.fail(error)
            if writing.failed is not None:
                writing.failed()
        else:
            self._tell(writing, result)
            if writing.done is not None:
                writing.done(result)
            if touched := _touched(result):
                app.broadcast(touched, painted_by=writing.painted_by)
        finally:
            app.saving -= 1

    def _tell(self, writing: Writing[T], result: T) -> None:
        """Say what was done. A change that found nothing to change, since another program was there before,
        takes back what was painted."""
        if isinstance(result, Change) and not result.articles:
            self._app.say("Nothing was changed")
            if writing.failed is not None:
                writing.failed()
        elif writing.label:
            undoable = isinstance(result, Change) and result.history
            self._app.say(f"{writing.label} · u undo" if undoable else writing.label)


def _touched(result: object) -> tuple[ArticleId, ...]:
    """The articles that a write with this *result* changed, as far as it says."""
    match result:
        case Change() | Undone():
            return result.articles
        case Highlight():
            return (result.article,)
        case Outcome():
            return (result.id,)
        case _:
            return ()
