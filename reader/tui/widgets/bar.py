"""A line of styled pieces, some kept to the left and some to the right: the status line and the footer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from reader.tui.inks import Ground, Ink, inks_of


class Tone(NamedTuple):
    """How a piece looks; without a ground it stands on the bar's own."""

    ink: Ink = "ink"
    ground: Ground | None = None
    bold: bool = False
    italic: bool = False


Piece = tuple[str, Tone]
PLAIN = Tone()


class Bar(Widget):
    """One line high. Subclasses give the pieces; what is on the right goes before what is on the left."""

    @property
    def ground(self) -> Ground:
        return "bar"

    def left(self) -> Sequence[Piece]:
        return ()

    def right(self) -> Sequence[Piece]:
        return ()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y or not width:
            return Strip.blank(width, self._style(PLAIN))
        right = fitted(self.right(), width, from_end=True)
        taken = sum(cell_len(text) for text, _ in right)
        left = fitted(self.left(), width - taken)
        gap = width - taken - sum(cell_len(text) for text, _ in left)
        pieces = [*left, (" " * gap, PLAIN), *right]
        return Strip([Segment(text, self._style(tone)) for text, tone in pieces if text], width)

    def _style(self, tone: Tone) -> Style:
        ground = tone.ground or self.ground
        return inks_of(self.app).on(ground, tone.ink, bold=tone.bold, italic=tone.italic)


def fitted(pieces: Sequence[Piece], width: int, *, from_end: bool = False) -> list[Piece]:
    """As much of *pieces* as *width* cells hold; the first that does not fit is cut with an ellipsis.

    ``from_end`` keeps the last pieces and drops the first ones whole.
    """
    kept: list[Piece] = []
    room = width
    for text, tone in reversed(pieces) if from_end else pieces:
        cells = cell_len(text)
        if cells > room:
            if not from_end and room > 1:
                kept.append((clipped(text, room), tone))
            break
        kept.append((text, tone))
        room -= cells
    return kept[::-1] if from_end else kept


def clipped(text: str, width: int) -> str:
    """*text* in at most *width* cells, with an ellipsis if something was cut."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    if text.replace("…", "").isascii():  # a cell a character: a tenth of the work
        return text[: width - 1].rstrip() + "…"
    return set_cell_size(text, width - 1).rstrip() + "…"
