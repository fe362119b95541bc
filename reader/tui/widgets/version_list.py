"""The versions of a text, one or two lines each."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from reader.domain.version import Version
from reader.tui.inks import Ground, Ink
from reader.tui.widgets.bar import clipped
from reader.tui.widgets.line_view import LineView

WIDE = 48  # cells from which a version needs one line only
NUMBER = 3  # cells for a version's number
# Of highlights that are placed, to review, and without a place: the signs of the passages beside the list.
_SIGNS: tuple[tuple[str, Ink], ...] = (("✎", "muted"), ("?", "star"), ("✗", "error"))


class VersionList(LineView, can_focus=False):
    """Newest first. Knows no keys; the screen around it moves the cursor. A click picks."""

    class Picked(Message):
        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._versions: tuple[Version, ...] = ()
        self._counts: dict[int, tuple[int, ...]] = {}
        self.cursor = 0

    @property
    def lit(self) -> Version | None:
        """The version under the cursor."""
        return self._versions[self.cursor] if self._versions else None

    def show(self, versions: Sequence[Version], *, lit: int) -> None:
        """*lit* is the number of the one under the cursor."""
        self._versions = tuple(versions)
        numbers = [version.number for version in versions]
        self.cursor = numbers.index(lit) if lit in numbers else 0
        self._measure()
        self.refresh(layout=True)

    def tell(self, number: int, counts: Sequence[int]) -> None:
        """How many highlights are placed in a version, how many to review there, and how many without a place."""
        self._counts[number] = tuple(counts)
        self.refresh()

    def move(self, rows: int) -> bool:
        """Whether the cursor is on another version now."""
        before = self.cursor
        self.cursor = max(0, min(len(self._versions) - 1, self.cursor + rows))
        self._show_cursor()
        self.refresh()
        return self.cursor != before

    # -- lines -----------------------------------------------------------------------------------------
    @property
    def _height(self) -> int:
        return _lines_at(self.size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(1, len(self._versions) * _lines_at(width))

    def on_resize(self) -> None:
        self._measure()

    def _measure(self) -> None:
        self.virtual_size = Size(self.size.width, len(self._versions) * self._height)
        self._show_cursor()
        self.refresh()

    def _show_cursor(self) -> None:
        first, height = self.cursor * self._height, self.size.height
        top = self.scroll_offset.y
        if height and not top <= first <= top + height - self._height:
            place = first if first < top else first - height + self._height
            self.scroll_to(y=max(0, place), animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        index = (event.y + self.scroll_offset.y) // self._height
        if index < len(self._versions):
            event.stop()
            self.post_message(self.Picked(self._versions[index].number))

    def paint(self, line: int) -> Strip:
        width = self.size.width
        index, part = divmod(line, self._height)
        if index >= len(self._versions):
            return Strip.blank(width, self.inks.on("panel"))
        version = self._versions[index]
        ground: Ground = "cursor" if index == self.cursor else "panel"
        pieces = self._head(version) if not part else [("    ", "muted"), *self._tail(version)]
        if self._height == 1:
            pieces += [("  ", "muted"), *self._tail(version)]
        mark: tuple[str, Ink] = ("▌" if index == self.cursor else " ", "accent")
        return self._line([mark, *pieces], ground, width)

    def _head(self, version: Version) -> list[tuple[str, Ink]]:
        day = version.made.astimezone().strftime("%Y-%m-%d %H:%M")
        current: tuple[str, Ink] = ("  ● current" if version.current else "", "accent")
        return [(f"{version.number:>{NUMBER}} ", "second"), (day, "ink"), current]

    def _tail(self, version: Version) -> list[tuple[str, Ink]]:
        words = f"{version.words:,} word{'s' if version.words != 1 else ''}"
        counts = zip(_SIGNS, self._counts.get(version.number, ()), strict=False)
        return [(words, "muted"), *((f"  {sign} {count}", ink) for (sign, ink), count in counts if count)]

    def _line(self, pieces: Sequence[tuple[str, Ink]], ground: Ground, width: int) -> Strip:
        segments: list[Segment] = []
        room = width
        for text, ink in pieces:
            shown = clipped(text, room)
            room -= cell_len(shown)
            segments.append(Segment(shown, self.inks.on(ground, ink, bold=ink == "accent")))
        return Strip(segments).adjust_cell_length(width, self.inks.on(ground))


def _lines_at(width: int) -> int:
    """Lines of one version in so many cells."""
    return 1 if width >= WIDE else 2
