"""Screen lines as the caret's motions see them."""

from __future__ import annotations

from reader.domain.document import Span
from reader.render.flow import Flow
from reader.render.lines import cell_of, offset_at


class FlowLines:
    """The lines of *flow* for :class:`reader.domain.motions.Motions`; remembers the column that the caret came
    from while it goes up and down."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._column: int | None = None

    def forget_column(self) -> None:
        """The caret moved sideways."""
        self._column = None

    def line(self, offset: int) -> Span:
        shown = self._flow.line(self._flow.place(offset))
        pieces = [piece for piece in shown.pieces if piece.start is not None]
        if not pieces:
            return Span(shown.start, shown.start) if shown.has_source else Span(offset, offset)
        return Span(min(piece.start or 0 for piece in pieces), max(piece.end for piece in pieces))

    def vertical(self, offset: int, lines: int) -> int:
        place = self._flow.place(offset)
        if self._column is None:
            self._column = cell_of(self._flow.line(place), offset) or 0
        for _ in range(abs(lines)):
            following = self._flow.source_line(place, 1 if lines > 0 else -1)
            if following is None:
                break
            place = following
        reached = offset_at(self._flow.line(place), self._column)
        return offset if reached is None else reached
