"""Presses, one after the other: each is done before the next is looked at, however fast they come.

Textual hands a press to what has the focus when the press arrives, and each widget has a queue of its own. So keys
typed ahead would reach a list as commands while the prompt that they are meant for is still opening, and could
even overtake one another.
"""

from __future__ import annotations

import asyncio
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import Screen
from textual.widget import Widget

from reader.tui.background import start
from reader.tui.tokens import behind_escape, token_of

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

Result = TypeVar("Result")
ROUNDS = 3  # a prompt's message, what its screen sends a menu, what the menu answers
URGENT = frozenset(["<c-c>", "<c-q>"])


class PressedScreen(Screen[Result]):
    """A screen that is told of its presses by :class:`Presses`. It leaves once, however often it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.is_ready = False
        self._expected: set[str] = set()

    @property
    def reader(self) -> ReaderApp:
        return self.app  # type: ignore[return-value]

    @property
    def is_typing(self) -> bool:
        """Whether presses belong to the focused widget: one whose class says ``takes_typing = True``."""
        widget = self.focused
        return bool(getattr(widget, "takes_typing", False)) and not getattr(widget, "read_only", False)

    def press(self, token: str) -> None:
        """Take one press that no widget types."""
        raise NotImplementedError

    # -- what presses wait for -------------------------------------------------------------------------
    @property
    def takes_presses(self) -> bool:
        return self.is_ready and not self._expected

    def expects(self, what: str) -> bool:
        return what in self._expected

    def expect(self, what: str) -> None:
        """*what* is coming: what is pressed from now on is meant for it."""
        self._expected.add(what)

    def came(self, what: str) -> None:
        """*what* is there, or will not come."""
        self._expected.discard(what)
        self.reader.presses.go_on()

    def on_screen_resume(self) -> None:
        self.call_next(self._be_ready)

    def _be_ready(self) -> None:
        """Now the prompt of a new screen has the focus."""
        self.is_ready = True
        self.reader.presses.go_on()

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave, if this screen is on top: Textual would take away whatever is."""
        if self.app.screen is self:
            return super().dismiss(result)
        return AwaitComplete.nothing()  # type: ignore[no-untyped-call,no-any-return]


class Presses:
    """The presses that wait for their turn. ``^c`` and ``^q`` do not wait: they drop those that do."""

    def __init__(self, app: ReaderApp) -> None:
        self._app = app
        self._waiting: deque[events.Key] = deque()
        self._is_settling = False

    def take(self, key: events.Key) -> None:
        if token_of(key) in URGENT and self._waiting:
            self._waiting.clear()
            self._hand_over(key)
        else:
            self._waiting.append(key)
            self.go_on()

    def go_on(self) -> None:
        """Hand over what waits, as far as what is on screen is ready for it."""
        while self._waiting and not self._is_settling and getattr(self._app.screen, "takes_presses", True):
            self._hand_over(self._waiting.popleft())

    def _hand_over(self, key: events.Key) -> None:
        screen, token = self._app.screen, token_of(key)
        in_note = getattr(screen.focused, "alt_moves", False)
        if not in_note and (character := behind_escape(key)) and not self._is_key(token):
            self._waiting.appendleft(events.Key(character, character))
            key, token = events.Key("escape", "\x1b"), "<escape>"
        if isinstance(screen, PressedScreen) and not screen.is_typing:
            with screen._context():
                screen.press(token)
            return
        target = screen.focused or screen
        target._forward_event(key)
        if len(token) > 1 and token != "<space>":  # characters only make the text longer
            self._is_settling = True
            start(self._app, partial(self._settle, target), group="presses")

    def _is_key(self, token: str) -> bool:
        """Whether a command has *token* among its keys."""
        return any(token in keys for command in self._app.commands for keys in command.sequences)

    async def _settle(self, widget: Widget) -> None:
        """Until everything that a press in *widget* set going has reached the screen."""
        try:
            for _ in range(ROUNDS):
                for node in widget.ancestors_with_self:
                    if isinstance(node, Widget):
                        await _caught_up(node)
        finally:
            self._is_settling = False
            self.go_on()


async def _caught_up(widget: Widget) -> None:
    """Until *widget* has handled the messages that it has now, or is gone."""
    done = asyncio.Event()
    if widget.call_later(done.set):
        while widget.is_running and not done.is_set():
            await asyncio.sleep(0)
