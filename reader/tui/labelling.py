"""Choosing one of several places on the page by its label."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from reader.commands import spelled
from reader.domain.document import Span
from reader.tui.labels import ALPHABET, labels

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen


class Labelling:
    """While labels are shown, presses are letters of them before they are anything else."""

    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen
        self._places: Mapping[str, Span] = {}
        self._typed = ""
        self._chosen: Callable[[Span], None] | None = None
        self._passes = False
        self._anew: Callable[[], None] | None = None
        self.described = ""
        """What the mode line says while labels are shown, else nothing."""

    @property
    def is_asking(self) -> bool:
        return self._chosen is not None

    def ask(
        self,
        spans: Sequence[Span],
        chosen: Callable[[Span], None],
        *,
        said: str,
        passes: bool = False,
        anew: Callable[[], None] | None = None,
    ) -> None:
        """Label *spans* and call *chosen* with the one whose label is pressed.

        *said* is what the mode line shows until then. A key that is no label is told so, or, if labels *passes*
        it on, ends them and does what it else does. Of more spans than there are labels the last have none. *anew*
        asks again when other places have come on screen.
        """
        ordered = sorted(spans)
        self._places = dict(zip(labels(len(ordered)), ordered, strict=False))
        self._typed, self._chosen, self._passes, self.described = "", chosen, passes, said
        self._anew = anew
        self._show()

    def cancel(self) -> bool:
        """Take the labels away; whether there were any."""
        was_asking = self.is_asking
        self._places, self._typed, self._chosen, self._anew, self.described = {}, "", None, None, ""
        if was_asking:
            self._show()
        return was_asking

    def renew(self) -> None:
        """The lines are others: label what is on screen now."""
        anew = self._anew
        if anew is not None:
            self.cancel()
            anew()

    def takes(self, token: str) -> bool:
        """Take one press, if labels are shown and it is meant for them."""
        if not self.is_asking:
            return False
        if token == "<escape>":
            self.cancel()
        elif token in ALPHABET:
            self._take(token)
        elif self._passes:
            self.cancel()
            return False
        else:
            self._screen.say(f"{spelled([token])} is no label · Esc cancels")
        return True

    def _take(self, letter: str) -> None:
        typed = self._typed + letter
        span, chosen = self._places.get(typed), self._chosen
        if span is not None and chosen is not None:
            self.cancel()
            chosen(span)
        elif any(label.startswith(typed) for label in self._places):
            self._typed = typed
            self._show()
        else:
            self._screen.say(f"{typed} is no label · Esc cancels")
            self._typed = ""
            self._show()

    def _show(self) -> None:
        """The labels that what was typed may still become."""
        self._screen.page.show_labels(
            {label: span for label, span in self._places.items() if label.startswith(self._typed)}
        )
        self._screen.status.pending = self._typed
