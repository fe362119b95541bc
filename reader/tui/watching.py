"""What other programs write to the library while it is open here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.storage.library import Library
from reader.tui.background import start

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

EVERY = 5.0
FIRST = 0.5  # seconds after the start, which it must not slow down


class Watching:
    """Looks now and then whether somebody else has written, and lets every screen read anew then.

    A terminal tells when it has the focus again, but many do not, and a page may be captured beside an open list.
    """

    def __init__(self, app: ReaderApp) -> None:
        self._app = app
        self._seen: int | None = None

    def begin(self) -> None:
        self._app.set_timer(FIRST, self.look)
        self._app.set_interval(EVERY, self.look)

    def look(self) -> None:
        if not self._app.busy:
            start(self._app, self._look, group="watching")

    async def _look(self) -> None:
        # Asked of the connection that writes: its number goes up with the commits of all others.
        version = await self._app.lane.write(_version)
        if self._seen not in (None, version):
            self._app.broadcast(())
        self._seen = version


def _version(library: Library) -> int:
    version: int = library.connection.value("pragma data_version")
    return version
