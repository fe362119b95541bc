"""Typing ahead: what is pressed before the thing that it is meant for is there waits for it, or is sent on to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.events import Key
from textual.screen import Screen

from reader.tui.tokens import token_of

if TYPE_CHECKING:
    from textual.app import App

LET_THROUGH = frozenset(["<c-c>", "<c-q>"])


class Holding:
    """Presses that wait until nothing is expected any more. ``^c`` and ``^q`` never wait."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._expected: set[str] = set()
        self._waiting: list[Key] = []

    def expect(self, what: str) -> None:
        """*what* is coming: presses are meant for it."""
        self._expected.add(what)

    def expects(self, what: str) -> bool:
        return what in self._expected

    def came(self, what: str) -> None:
        """*what* is there, or will not come: what was pressed goes to the screen that is on now."""
        self._expected.discard(what)
        if not self._expected:
            waiting, self._waiting = self._waiting, []
            for key in waiting:
                send_on(self._screen.app, key)

    def holds(self, key: Key) -> bool:
        """Keep *key* back if something is expected; whether it was."""
        if not self._expected or token_of(key) in LET_THROUGH:
            return False
        self._waiting.append(key)
        return True


def is_misdirected(screen: Screen[Any], key: Key) -> bool:
    """Whether *key*, which came to *screen* itself, is meant for a screen over it or for its focused prompt.

    A prompt lets no character pass: one that comes was pressed before the prompt had the focus.
    """
    if screen.app.screen is not screen:
        return True
    token = token_of(key)
    is_typed = len(token) == 1 or token in ("<space>", "<enter>", "<escape>")
    return is_typed and is_typing(screen)


def is_typing(screen: Screen[Any]) -> bool:
    """Whether presses belong to the focused widget: one whose class says ``takes_typing = True``."""
    widget = screen.focused
    return bool(getattr(widget, "takes_typing", False)) and not getattr(widget, "read_only", False)


def send_on(app: App[Any], key: Key) -> None:
    app.post_message(Key(key.key, key.character))
