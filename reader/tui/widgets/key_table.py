"""A table of keys, painted line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import wrap

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip

from reader.tui.widgets.bar import clipped
from reader.tui.widgets.line_view import LineView

KEYS = 15
TITLE = 19
NARROW = 56


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One command, or with only a title the heading of a section; with only a help the rest of the one above; a gap
    when empty."""

    title: str = ""
    keys: str = ""
    help: str = ""


class KeyTable(LineView, can_focus=True):
    lines: reactive[tuple[KeyLine, ...]] = reactive(())

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[KeyLine] = []

    def watch_lines(self, lines: Sequence[KeyLine]) -> None:
        self._fit()
        self.scroll_home(animate=False, force=True)

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """Break what is too long for the width into lines of its own."""
        width = self.size.width
        self._shown = [part for line in self.lines for part in broken(line, width)]
        self.virtual_size = Size(width, len(self._shown))
        self.refresh()

    def scroll_lines(self, lines: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True)

    def scroll_pages(self, pages: float) -> None:
        self.scroll_lines(round(pages * max(1, self.size.height - 1)))

    def paint(self, line: int) -> Strip:
        width, ground = self.size.width, self.inks.on("panel")
        entry = self._shown[line] if line < len(self._shown) else KeyLine()
        if entry == KeyLine():
            return Strip.blank(width, ground)
        if not entry.keys and not entry.help:
            heading = Segment(entry.title, self.inks.on("panel", "accent", bold=True))
            return Strip([heading]).adjust_cell_length(width, ground)
        keys, title, help_ = self._columns(entry, width)
        return Strip(
            [
                Segment(keys, self.inks.on("panel", "second")),
                Segment(" " * (KEYS - cell_len(keys)), ground),
                Segment(title, ground),
                Segment(" " * max(0, TITLE - cell_len(title)), ground),
                Segment(help_, self.inks.on("panel", "muted")),
            ]
        ).adjust_cell_length(width, ground)

    def _columns(self, line: KeyLine, width: int) -> tuple[str, str, str]:
        keys = clipped(line.keys, KEYS - 1)
        if width < NARROW:  # no room for the sentence
            return keys, clipped(line.title, max(0, width - KEYS)), ""
        return keys, clipped(line.title, TITLE - 1), clipped(line.help, max(0, width - KEYS - TITLE))


def broken(line: KeyLine, width: int) -> list[KeyLine]:
    """*line*, and below it what of its help does not fit beside keys and title."""
    room = width - KEYS - TITLE
    if width < NARROW or cell_len(line.help) <= room:
        return [line]
    first, *rest = wrap(line.help, room)
    return [replace(line, help=first), *(KeyLine(help=part) for part in rest)]
