"""What was changed between two versions of a text, on screen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from textual.theme import Theme

from reader.domain.document import Document, Span
from reader.render.difference import DifferencePainter, Merged
from reader.render.flow import Flow, Place
from reader.render.lines import Line
from reader.render.palette import PagePalette
from reader.tui.colours import palette_of
from reader.tui.widgets.column import Column

Head = Callable[[int], Sequence[Line]]  # the lines above the text, at so many cells

_NOTHING = Merged(Document.plain(""), ())


class DifferenceColumn(Column, can_focus=False):
    """Shows a text with what was removed and added, and lights one change at a time."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._merged = _NOTHING
        self._head: Head = lambda width: ()
        self._lit: int | None = None
        self._painter = DifferencePainter(self._painter.palette)
        self._flow = Flow(self._merged.document, self.text_width, (), ())

    def show(self, shown: Merged, head: Head) -> None:
        """From the top, with no change lit."""
        self._merged, self._head = shown, head
        self._flow = Flow(shown.document, self.text_width, (), ())
        self._strips.clear()
        self._top, self._held = Place(0, 0), -1
        self._light(None)
        self._reframe()
        self._relay()

    @property
    def changes(self) -> tuple[Span, ...]:
        return self._merged.changes

    @property
    def lit(self) -> int | None:
        """The number of the change that is lit, from 0."""
        return self._lit

    def step(self, steps: int) -> bool:
        """Light the next change, or an earlier one; false if there is none.

        With none lit, or the lit one scrolled away, it goes on from what is on screen.
        """
        places = self._merged.changes
        number = self._from_here(steps) if self._lit is None else self._lit + steps
        if not 0 <= number < len(places):
            return False
        self._light(number)
        self._bring(places[number])
        return True

    def _from_here(self, steps: int) -> int:
        visible = self.visible_span
        if steps > 0:
            return bisect_left(self.changes, visible.start, key=_start) + steps - 1
        return bisect_right(self.changes, visible.start, key=_start) + steps

    def _bring(self, place: Span) -> None:
        """On screen as a whole, as far as it fits, with what stands before it."""
        if self._flow is None:
            return
        first, last = self._flow.place(place.start), self._flow.place(max(place.start, place.end - 1))
        rows = self.visible_lines
        if rows and rows[0][0] <= first and last <= rows[-1][0]:
            return
        self.go(self._flow.walk(first, -(self.size.height // 3)))

    def _light(self, number: int | None) -> None:
        self._lit = number
        self._layers.set_span("lit", None if number is None else self._merged.changes[number])
        self.repaint()

    def moved(self) -> None:
        if self._lit is not None and not self._merged.changes[self._lit].overlaps(self.visible_span):
            self._light(None)

    # What the column asks for

    def head_lines(self, width: int) -> Sequence[Line]:
        return self._head(width)

    def foot_lines(self, width: int) -> Sequence[Line]:
        return ()

    def set_palette(self, palette: PagePalette) -> None:
        super().set_palette(palette)
        self._painter = DifferencePainter(palette)
        self._strips.clear()

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._take_theme)
        self._take_theme(self.app.current_theme)

    def _take_theme(self, theme: Theme) -> None:
        self.set_palette(palette_of(theme, no_colour=self.app.no_color))


def _start(span: Span) -> int:
    return span.start
