"""The ground that our lists stand on: lines painted by hand, only those that are on screen."""

from __future__ import annotations

from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.tui.inks import Inks, inks_of
from reader.tui.lines import DirectLines


class LineView(DirectLines, ScrollView):
    """Subclasses paint the lines of the whole content; ``line`` counts from its first."""

    @property
    def inks(self) -> Inks:
        return inks_of(self.app)

    def paint(self, line: int) -> Strip:
        """Line number *line* of the content, as wide as the widget."""
        raise NotImplementedError

    def row(self, y: int) -> Strip:
        return self.paint(y + self.scroll_offset.y)
