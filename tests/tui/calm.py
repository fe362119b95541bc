"""Waiting for the app, not for the clock.

Textual's pilot sleeps 20 ms at a time until the process used hardly any processor meanwhile: three times for a press
and a look, and too short where the machine is busy with others. Here the event loop is asked instead.

The app itself rests at times, so that keys held down do not start work that nobody will see. While a loop of ours has
nothing to do but wait for such a rest to be over, its clock is put forward. It runs as usual as long as a thread works
for the loop or a program that it started is there.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable
from time import monotonic
from typing import Any
from weakref import WeakSet

import textual._time
import textual.app
import textual.pilot

ROUNDS = 3  # of the loop in which nothing is to be done
PASSING = 0.02  # seconds between two presses, three times over, as Textual's pilot has it
PATIENCE = 1.0  # seconds: a thread may be held back by the test itself


class Clock:
    """The time of the loops and of Textual."""

    def __init__(self) -> None:
        self._skipped = 0.0

    def __call__(self) -> float:
        return monotonic() + self._skipped

    def skip(self, seconds: float) -> None:
        self._skipped += seconds


clock = Clock()


class Selector(selectors.DefaultSelector):
    """Does not sleep until a timer is due, but has the clock skip the time; unless *is_awaiting*."""

    is_awaiting: Callable[[], bool] = staticmethod(lambda: True)

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or timeout <= 0 or self.is_awaiting():
            return super().select(timeout)
        if not (found := super().select(0)):
            clock.skip(timeout)
        return found


class Loop(asyncio.SelectorEventLoop):
    """An event loop that knows what it waits for."""

    def __init__(self) -> None:
        self._selector = Selector()
        super().__init__(self._selector)
        self._in_threads: WeakSet[asyncio.Future[Any]] = WeakSet()
        self._programs: WeakSet[asyncio.SubprocessTransport] = WeakSet()
        self._selector.is_awaiting = self.is_awaiting

    def time(self) -> float:
        return clock()

    @property
    def is_busy(self) -> bool:
        """Whether anything of ours is ready to be done, behind the caller."""
        return bool(self._ready)  # type: ignore[attr-defined]

    def is_awaiting(self) -> bool:
        """Whether something is under way outside of the loop, which needs real time."""
        return self.waits_for_threads or any(not program.is_closing() for program in self._programs)

    @property
    def waits_for_threads(self) -> bool:
        return any(not answer.done() for answer in self._in_threads)

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> Any:
        answer = super().run_in_executor(executor, func, *args)
        self._in_threads.add(answer)
        return answer

    async def _make_subprocess_transport(self, *args: Any, **options: Any) -> Any:
        transport = await super()._make_subprocess_transport(*args, **options)  # type: ignore[misc]
        self._programs.add(transport)
        return transport


class Policy(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        return Loop()


async def until_calm(min_sleep: float = 0, max_sleep: float = PATIENCE) -> None:
    """Until some time has passed, in which timers went off, no callback is ready, and no thread works for the loop."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, Loop)
    until = loop.time() + max_sleep
    await asyncio.sleep(PASSING)
    calm = 0
    while calm < ROUNDS and loop.time() < until:
        await asyncio.sleep(0)
        calm += 1
        if loop.is_busy:
            calm = 0
        elif loop.waits_for_threads:
            calm = 0
            await asyncio.sleep(0.001)


def be_calm() -> None:
    """Have Textual go by that clock on such loops, and its pilot wait so, in this process."""
    asyncio.set_event_loop_policy(Policy())
    textual._time.get_time = clock
    textual.app.wait_for_idle = textual.pilot.wait_for_idle = until_calm
