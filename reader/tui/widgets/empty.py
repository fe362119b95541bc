"""What a place says when there is nothing to show in it: what is the matter, and what to press."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static


class Empty(Vertical):
    """A headline and a line of advice in the middle of its place; hidden while it has nothing to say."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.display = False
        self._headline = Static(classes="empty-headline", markup=False)
        self._advice = Static(classes="empty-advice", markup=False)

    def compose(self) -> ComposeResult:
        yield self._headline
        yield self._advice

    def say(self, headline: str, advice: str = "", *, failed: bool = False) -> None:
        """Show this; an empty *headline* hides it."""
        self.display = bool(headline)
        self.set_class(failed, "-failed")
        self._headline.update(Content(headline))
        self._advice.update(Content(advice))
