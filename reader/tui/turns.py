"""Long work in a thread, which shares one interpreter with the keys: who presses goes first."""

from __future__ import annotations

from time import monotonic, sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.tui.idle import Idle

SHORT = 0.02  # seconds of work after which a rest is due
SHARE = 3  # times as long as the work the rest is: with that, a press took no longer than without the work
LONGEST = 0.2


class Turns:
    """:meth:`take` between two steps of the work rests a while if somebody is at the keys, and costs nothing if not."""

    def __init__(self, idle: Idle) -> None:
        self._idle = idle
        self._since = monotonic()

    def take(self) -> None:
        worked = monotonic() - self._since
        if worked < SHORT:
            return
        if self._idle.is_in_use:
            sleep(min(LONGEST, SHARE * worked))
        self._since = monotonic()
