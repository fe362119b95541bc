"""The application: what all screens share, and how it starts and ends."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from textual import events
from textual.app import App
from textual.notifications import SeverityLevel
from textual.reactive import var
from textual.screen import Screen
from textual.worker import WorkerFailed

from reader.commands import Command, commands
from reader.config import Config
from reader.domain.article import ArticleId
from reader.domain.text import clean_line
from reader.resources import resource
from reader.storage.connection import LibraryError
from reader.storage.lane import Lane
from reader.storage.library import Library
from reader.tui import signals
from reader.tui.adding import Adding
from reader.tui.background import start
from reader.tui.changing import Changing, Writing
from reader.tui.colours import THEMES
from reader.tui.everywhere import Everywhere
from reader.tui.exporting import Exporting
from reader.tui.fetching import Fetching
from reader.tui.idle import Idle
from reader.tui.importing import Importing
from reader.tui.lines import ignore_replies, install_belt, outlive_terminal, tolerate_input
from reader.tui.opening import Opening, keep_setting, read_opening
from reader.tui.screens.base import CommandScreen, Dialog, stack_of
from reader.tui.tokens import token_of
from reader.tui.typeahead import Presses
from reader.tui.watching import Watching

T = TypeVar("T")

STYLES = resource("styles")
TOAST_SECONDS = 6.0
USUAL_THEME = "reader-dark"
SWITCH = 0.0005  # seconds after which a thread that works gives way to the keys: a tenth of Python's own


class ReaderApp(App[None], inherit_bindings=False):
    """Owns the lane to the library. ``again`` is what ``.`` does; ``saving`` counts writes under way."""

    TITLE = "Reader"
    ENABLE_COMMAND_PALETTE = False
    NOTIFICATION_TIMEOUT = TOAST_SECONDS
    CSS_PATH: ClassVar[Any] = [
        STYLES / "app.tcss",
        *sorted(path for path in STYLES.glob("*.tcss") if path.name != "app.tcss"),
    ]
    saving: var[int] = var(0, init=False)  # not reactive: that would paint the whole screen anew
    busy: var[str] = var("", init=False)
    progress: var[str] = var("", init=False)  # how far a long write is

    def __init__(
        self,
        lane: Lane,
        config: Config,
        opening: Opening,
        *,
        demo: bool = False,
        clock: Callable[[], datetime],
    ) -> None:
        # Without colour the terminal's own: Textual's greys would be dark patches on a light terminal.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.lane = lane
        self.config = config
        self.opening = opening
        self.demo = demo
        self.clock = clock
        self.commands: tuple[Command, ...] = commands(config.keys)
        self.again: Callable[[CommandScreen], None] | None = None
        self.searches: list[str] = []
        self.adding = Adding(self)
        self.fetching = Fetching(self)
        self.watching = Watching(self)
        self.importing = Importing(self)
        self.exporting = Exporting(self)
        self.presses = Presses(self)
        self.everywhere = Everywhere(self)
        self.failure: BaseException | None = None
        self._interrupted = False
        self._is_up = False
        self._is_ending = False
        self._ends_with: int | None = None  # a signal that came before the app was up
        self.changing = Changing(self)
        self.idle = Idle(self)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self._known_theme(config.theme or opening.theme)

    def get_default_screen(self) -> Screen[Any]:
        from reader.tui.screens.library import LibraryScreen

        return LibraryScreen(self.opening)

    def on_mount(self) -> None:
        self._is_up = True
        if not self.is_headless:
            signals.watch_pauses(self)
            self.watching.begin()
        self.idle.tend()
        self.fetching.begin()
        if self._ends_with is not None:
            self.end(self._ends_with)

    def on_app_focus(self) -> None:
        """Back in this terminal: another program may have changed the library meanwhile."""
        self.broadcast(())

    # -- keys that work everywhere ---------------------------------------------------------------------
    async def on_event(self, event: events.Event) -> None:
        """Presses come in turn; whatever else comes goes its usual way. Nothing is taken any more at the end."""
        if self._is_ending and isinstance(event, events.Key | events.Paste):
            return
        if isinstance(event, events.Key | events.Paste | events.MouseEvent):
            self.idle.pressed()
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.app_focus = True
            self.presses.take(event)
        else:
            await super().on_event(event)

    def on_key(self, event: events.Key) -> None:
        if self.unclaimed(token_of(event)):
            event.prevent_default()

    def unclaimed(self, token: str) -> bool:
        """Do what works wherever one types, if *token* asks for it; whether it did."""
        asked = next((command.id for command in self.commands if (token,) in command.sequences), "")
        if asked == "everywhere.quit_now":
            self.end()
        elif asked == "everywhere.suspend":
            self.action_suspend_process()
        elif token == "<c-c>":
            self.interrupt()
        else:
            return False
        return True

    def pressed(self) -> None:
        """A press was taken: what was said is old now."""
        self._interrupted = False
        self.say("")

    def interrupt(self) -> None:
        """``^c``: cancel what is pending; the second in a row quits."""
        if self._interrupted:
            self.end(signals.INTERRUPTED)
            return
        self._interrupted = True
        screen = self.screen
        if isinstance(screen, Dialog):
            screen.cancel()
        elif not (isinstance(screen, CommandScreen) and (screen.forget_pending() or screen.cancel())):
            self.say("^c again quits")

    # -- the library -----------------------------------------------------------------------------------
    def change(
        self,
        label: str,
        write: Callable[[Library], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[], None] | None = None,
        painted_by: CommandScreen | None = None,
    ) -> None:
        """Run *write* on the writer; *done* with its result after the commit, then every screen hears of it.

        *label* is what was done, in the past (``archived``): it is said with how to undo it. A LibraryError
        becomes a toast and *failed* is called, where the screen takes back what it painted at once. Survives
        the screen that asked.
        """
        self.changing.start(Writing(label, write, done, failed, painted_by))

    def broadcast(self, articles: tuple[ArticleId, ...], *, painted_by: CommandScreen | None = None) -> None:
        """Tell every screen that *articles* changed; () = anything may have."""
        for screen in stack_of(self):
            if screen is painted_by:
                painted_by.written(articles)
            else:
                screen.library_changed(articles)
        self.idle.tend()

    def remember(self, key: str, value: Any) -> None:
        """Keep a setting of the interface in the library, quietly."""
        self.change("", lambda library: keep_setting(library, key, value))

    def watch_saving(self) -> None:
        self._show_work()

    def watch_busy(self) -> None:
        self._show_work()

    def watch_progress(self) -> None:
        self._show_work()

    def _show_work(self) -> None:
        for screen in stack_of(self):
            if isinstance(screen, CommandScreen) and screen.is_mounted:
                screen.show_work()

    # -- messages --------------------------------------------------------------------------------------
    def say(self, message: str) -> None:
        """Show *message* in the status line of the topmost screen that has one, until the next press."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, CommandScreen):
                screen.say(message)
                return

    def fail(self, error: Exception | str) -> None:
        """Tell of something that went wrong, in one line."""
        self.notify(clean_line(str(error)), severity="error")

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Toasts hold untrusted text: never markup, whatever is asked for."""
        super().notify(clean_line(message), title=title, severity=severity, timeout=timeout, markup=False)

    # -- the end ---------------------------------------------------------------------------------------
    def end(self, code: int = 0) -> None:
        """Keep what is unsaved, wait for the writes, and leave with exit code *code*; only the first call counts."""
        if not self._is_up:
            self._ends_with = code
            return
        if self._is_ending:  # a second end would give up the writes that the first one waits for
            return
        self._is_ending = True
        self.idle.stop()
        start(self, partial(self._end, code), group="end")

    async def _end(self, code: int) -> None:
        for screen in reversed(stack_of(self)):
            screen.leave()
        self.adding.stop()
        self.fetching.stop()
        self.importing.stop()
        self.exporting.stop()
        await self.changing.settle()
        self.exit(return_code=code)

    def _handle_exception(self, error: Exception) -> None:
        """The one edge for errors: a failed read is a toast, anything else ends the app (see ``_fatal_error``)."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(error, WorkerFailed) and isinstance(cause, LibraryError):
            self.fail(cause)
            return
        if self.failure is None:
            self.failure = cause
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Leave without the traceback that Textual would print: it shows locals. ``run`` says one line."""
        self._close_messages_no_wait()

    def panic(self, *renderables: Any) -> None:
        self._close_messages_no_wait()

    def _known_theme(self, name: str | None) -> str:
        return name if name in self.available_themes else USUAL_THEME


def run(
    library_path: Path,
    *,
    config: Config,
    article: int | None = None,
    highlight: int | None = None,
    demo: bool = False,
) -> int:
    """Show the library until the user leaves, at first *article* or *highlight*; the exit code.

    The library is opened, and made or upgraded if need be, before the terminal is touched: a LibraryError that
    this raises finds it as it was.
    """
    with Library.open(library_path, create=True) as library:
        opening = read_opening(library, article=article, highlight=highlight)
    install_belt()
    tolerate_input()
    ignore_replies()
    outlive_terminal()
    sys.setswitchinterval(SWITCH)
    gc.disable()  # until the first frame: nothing of what is made until then is garbage
    app = ReaderApp(Lane(library_path), config, opening, demo=demo, clock=_now)
    try:
        asyncio.run(_run(app))
    finally:
        asyncio.run(app.lane.close())
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0


async def _run(app: ReaderApp) -> None:
    signals.listen(app)
    await app.run_async()


def _now() -> datetime:
    return datetime.now(UTC)
