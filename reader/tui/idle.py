"""Work for when nobody presses anything: exact counts, the vocabulary. A slice at a time, so that no key waits."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from textual.timer import Timer

from reader.storage.connection import LibraryError
from reader.tui.background import start

if TYPE_CHECKING:
    from reader.storage.library import Library
    from reader.tui.app import ReaderApp

Slice = Callable[[], Awaitable[bool]]
"""Some milliseconds' worth of work; whether there is more."""

REST = 2.0  # seconds without a press after which work begins
IN_USE = 1.0  # seconds after a press during which another one is likely
BREATH = 0.02  # seconds between two slices: other programs and the battery count too
TEND = "vocabulary"


class Idle:
    """Each piece of work has a name; a new one of the same name takes its place.

    Nothing runs where nothing is to be done: there is one timer, set while something waits. A piece that fails
    is dropped: whoever needs what it makes meets the error himself.
    """

    rest = REST

    def __init__(self, app: ReaderApp) -> None:
        self._app = app
        self._work: dict[str, Slice] = {}
        self._pressed = monotonic()
        self._last_press = 0.0
        self._timer: Timer | None = None
        self._runs = False
        self._is_over = False

    @property
    def is_waiting(self) -> bool:
        """Whether there is anything left to do."""
        return bool(self._work)

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing runs, and nothing will by itself."""
        return self._timer is None and not self._runs

    # -- what others say -------------------------------------------------------------------------------
    def do(self, name: str, work: Slice) -> None:
        """From the next rest on, call *work* until it says that there is no more."""
        if not self._is_over:
            self._work[name] = work
            self._wait()

    def drop(self, name: str) -> None:
        self._work.pop(name, None)

    def tend(self) -> None:
        """Bring the vocabulary up to date, if texts or notes have come."""
        self.do(TEND, self._tend)

    def pressed(self) -> None:
        """Somebody is at the keys: what is under way stops after its slice."""
        self._pressed = self._last_press = monotonic()

    @property
    def is_in_use(self) -> bool:
        """Whether somebody pressed something a moment ago."""
        return monotonic() - self._last_press < IN_USE

    def stop(self) -> None:
        """Nothing more, for good."""
        self._is_over = True
        self._work.clear()
        if self._timer is not None:
            self._timer.stop()

    # -- inside ----------------------------------------------------------------------------------------
    @property
    def _to_wait(self) -> float:
        """Seconds until the keys have rested long enough."""
        return self._pressed + self.rest - monotonic()

    def _wait(self) -> None:
        if self._timer is None and not self._runs and self._app.is_running:
            self._timer = self._app.set_timer(max(self._to_wait, BREATH), self._go)

    def _go(self) -> None:
        self._timer = None
        if self._app.busy:  # articles are being added: both would want to write
            self._pressed = monotonic()
        if self._to_wait > 0:
            self._wait()
        elif self._work:
            self._runs = True
            start(self._app, self._run, group="idle")

    async def _run(self) -> None:
        try:
            while self._work and self._to_wait <= 0:
                name, work = next(iter(self._work.items()))
                is_more = False
                with suppress(LibraryError):
                    is_more = await work()
                if self._work.get(name) is work:
                    del self._work[name]
                    if is_more:  # behind the others, so that what is short need not wait for what is long
                        self._work[name] = work
                await asyncio.sleep(BREATH)
        finally:
            self._runs = False
            if self._work:
                self._wait()

    async def _tend(self) -> bool:
        return await self._app.lane.write(_tended)


def _tended(library: Library) -> bool:
    return library.terms.tend()
