"""What a place says when there is nothing to show in it: what is the matter, and what to press."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.content import Content
from textual.widgets import Static

from reader.tui.widgets.menu import Choice, Menu


class Empty(Vertical):
    """A headline and a line of advice in the middle of its place, and perhaps a menu of ways on; hidden while it has
    nothing to say."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.display = False
        self._headline = Static(classes="empty-headline", markup=False)
        self._advice = Static(classes="empty-advice", markup=False)
        self._said = ""
        self.menu = Menu(ground="page")
        self.menu.display = False

    def compose(self) -> ComposeResult:
        yield self._headline
        yield self._advice
        with Center():
            yield self.menu

    def say(self, headline: str, advice: str = "", *, failed: bool = False) -> None:
        """Show this; an empty *headline* hides it."""
        if not headline and not self.display:  # nothing to lay out anew
            return
        self.display = bool(headline)
        self.set_class(failed, "-failed")
        self._headline.update(Content(headline))
        self._said = advice
        if not self.menu.display:
            self._advice.update(Content(advice))

    def offer(self, choices: Sequence[Choice], advice: str) -> None:
        """Show *choices* below what is said, and *advice* instead of the other one; none take the menu away."""
        if not choices and not self.menu.display:
            return
        self.menu.choices = tuple(choices)
        self.menu.cursor = 0
        self.menu.display = bool(choices)
        self._advice.update(Content(advice if choices else self._said))
