"""Driving the app in tests: press, let everything settle, look."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, TypeVar

from textual.pilot import Pilot
from textual.worker import WorkerCancelled, WorkerFailed

from reader.tui.app import ReaderApp
from reader.tui.widgets.status import StatusLine

T = TypeVar("T")


async def settle(pilot: Pilot[None]) -> None:
    """Until no worker runs and every message is handled."""
    for _ in range(3):
        # One gave way to a newer one; or failed, which the app tells of, or ends with, by itself.
        with suppress(WorkerCancelled, WorkerFailed):
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press *keys*, in the notation of ``reader.commands`` (``j``, ``<enter>``), on the screen that is on."""
    for token in keys:
        await pilot.press(_KEYS.get(token, token))
    await settle(pilot)


_KEYS = {
    "<enter>": "enter", "<escape>": "escape", "<tab>": "tab", "<s-tab>": "shift+tab", "<space>": "space",
    "<c-d>": "ctrl+d", "<c-u>": "ctrl+u", "<c-r>": "ctrl+r", "<c-q>": "ctrl+q", "<c-c>": "ctrl+c", "<c-p>": "ctrl+p",
    "<c-y>": "ctrl+y",
    "<down>": "down", "<up>": "up", "<pagedown>": "pagedown", "<pageup>": "pageup", "<c-o>": "ctrl+o",
    "<a-left>": "alt+left", "<a-right>": "alt+right",
}  # fmt: skip


def status(app: ReaderApp) -> StatusLine:
    return app.screen.query_one(StatusLine)


def library_screen(app: ReaderApp) -> Any:
    from reader.tui.screens.library import LibraryScreen

    screen = app.screen_stack[0]
    assert isinstance(screen, LibraryScreen)
    return screen


def titles(app: ReaderApp) -> list[str]:
    """The titles in the list, from the top."""
    rows = app.screen.articles  # type: ignore[attr-defined]
    return [known.title if (known := rows.known(article)) else "?" for article in rows.order]


def lit(app: ReaderApp) -> str:
    """The title under the cursor."""
    summary = app.screen.articles.summary  # type: ignore[attr-defined]
    return summary.title if summary else ""
