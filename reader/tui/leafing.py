"""Moving the cursor among the passages of the commonplace book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.keys import Pressed

if TYPE_CHECKING:
    from reader.tui.screens.highlights import HighlightsScreen


class Leafing:
    """A number before ``gg`` and ``G`` names a passage, before others it multiplies."""

    def __init__(self, screen: HighlightsScreen) -> None:
        self._screen = screen

    def do_highlights_down(self, press: Pressed) -> None:
        self._done(self._screen.passages.move(press.count or 1), forward=True)

    def do_highlights_up(self, press: Pressed) -> None:
        self._done(self._screen.passages.move(-(press.count or 1)), forward=False)

    def do_highlights_half_down(self, press: Pressed) -> None:
        self._pages(0.5 * (press.count or 1))

    def do_highlights_half_up(self, press: Pressed) -> None:
        self._pages(-0.5 * (press.count or 1))

    def do_highlights_page_down(self, press: Pressed) -> None:
        self._pages(press.count or 1)

    def do_highlights_page_up(self, press: Pressed) -> None:
        self._pages(-(press.count or 1))

    def do_highlights_top(self, press: Pressed) -> None:
        self._done(self._screen.passages.move_to((press.count or 1) - 1), forward=False)

    def do_highlights_end(self, press: Pressed) -> None:
        rows = self._screen.passages
        self._done(rows.move_to((press.count or rows.count) - 1), forward=True)

    def do_highlights_next_group(self, press: Pressed) -> None:
        if not self._screen.passages.to_group(press.count or 1):
            self._screen.say("The last group")

    def do_highlights_previous_group(self, press: Pressed) -> None:
        if not self._screen.passages.to_group(-(press.count or 1)):
            self._screen.say("The first group")

    def _pages(self, pages: float) -> None:
        self._done(self._screen.passages.page(pages), forward=pages > 0)

    def _done(self, moved: bool, *, forward: bool) -> None:
        """Every key is answered: at an end by saying so."""
        if not moved and self._screen.passages.count:
            self._screen.say("The last one" if forward else "The first one")
