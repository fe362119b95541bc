"""A table of keys, painted line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip

from reader.tui.widgets.bar import clipped
from reader.tui.widgets.line_view import LineView

KEYS = 15
TITLE = 20
NARROW = 56


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One command, or with only a title the heading of a section; a gap when empty."""

    title: str = ""
    keys: str = ""
    help: str = ""


class KeyTable(LineView, can_focus=True):
    lines: reactive[tuple[KeyLine, ...]] = reactive(())

    def watch_lines(self, lines: Sequence[KeyLine]) -> None:
        self.virtual_size = Size(self.size.width, len(lines))
        self.scroll_home(animate=False, force=True)
        self.refresh()

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.lines))

    def scroll_lines(self, lines: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True)

    def scroll_pages(self, pages: float) -> None:
        self.scroll_lines(round(pages * max(1, self.size.height - 1)))

    def paint(self, line: int) -> Strip:
        width, ground = self.size.width, self.inks.on("panel")
        if line >= len(self.lines) or not self.lines[line].title:
            return Strip.blank(width, ground)
        entry = self.lines[line]
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
        if width < NARROW:  # the sentence says more than the name
            return keys, clipped(line.title, max(0, width - KEYS)), ""
        return keys, clipped(line.title, TITLE - 1), clipped(line.help, max(0, width - KEYS - TITLE))
