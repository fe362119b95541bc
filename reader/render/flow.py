"""A whole article as one column of lines, of which only what was looked at is laid out exactly.

Sections count from 0: the header, each block of the document, the ending. A row counts from the top of the
column; while blocks are not laid out its number is an estimate, so places are kept as (section, line).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from reader.domain.document import Document
from reader.render.heights import Heights
from reader.render.layout import Layout
from reader.render.lines import Line, cell_of, offset_at


class Place(NamedTuple):
    """A line of the column: ``line`` counts inside its section."""

    section: int
    line: int


class Flow:
    """The lines of *document* at *width*, between the lines of a header and of an ending."""

    def __init__(
        self,
        document: Document,
        width: int,
        head: Sequence[Line],
        foot: Sequence[Line],
        *,
        spaced: bool = False,
    ) -> None:
        self.document = document
        self.layout = Layout(document, width, spaced=spaced)
        self._head = tuple(head)
        self._foot = tuple(foot)
        self._next = 0
        self._heights = Heights([len(head), *self.layout.heights(), len(foot)])

    @property
    def width(self) -> int:
        return self.layout.width

    @property
    def is_spaced(self) -> bool:
        return self.layout.is_spaced

    @property
    def height(self) -> int:
        """All rows; an estimate until :meth:`is_exact`."""
        return self._heights.total

    @property
    def last(self) -> int:
        """The section of the ending."""
        return len(self._heights) - 1

    @property
    def is_exact(self) -> bool:
        return self._next >= len(self.layout)

    def resize(self, width: int, head: Sequence[Line], foot: Sequence[Line], *, spaced: bool = False) -> None:
        """Lay out anew at another width or spacing; nothing is wrapped yet."""
        self.layout.resize(width, spaced=spaced)
        self._head, self._foot = tuple(head), tuple(foot)
        self._next = 0
        self._heights.replace([len(head), *self.layout.heights(), len(foot)])

    def frame(self, head: Sequence[Line], foot: Sequence[Line]) -> None:
        """Give the header and the ending other lines."""
        self._head, self._foot = tuple(head), tuple(foot)
        self._heights.set(0, len(head))
        self._heights.set(self.last, len(foot))

    def lines(self, section: int) -> tuple[Line, ...]:
        """The lines of *section*, laid out if they were not: its height is then exact."""
        if section == 0:
            return self._head
        if section == self.last:
            return self._foot
        lines = self.layout.lines(section - 1)
        self._heights.set(section, len(lines))
        return lines

    def line(self, place: Place) -> Line:
        return self.lines(place.section)[place.line]

    def at(self, row: int) -> Place:
        """The place at *row*, made to fit the section's lines; past the end it is the last line."""
        section, index = self._heights.at(max(0, row))
        if section > self.last:
            section, index = self.last, len(self._foot)
        return Place(section, max(0, min(index, len(self.lines(section)) - 1)))

    def row(self, place: Place) -> int:
        return self._heights.before(place.section) + place.line

    def walk(self, place: Place, rows: int) -> Place:
        """The place *rows* lines further down, or up; it stops at both ends."""
        section, line = place[0], place[1] + rows
        while line < 0 and section > 0:
            section -= 1
            line += len(self.lines(section))
        while line >= (size := len(self.lines(section))) and section < self.last:
            section += 1
            line -= size
        return Place(section, max(0, min(line, len(self.lines(section)) - 1)))

    def distance(self, start: Place, end: Place) -> int:
        """Rows from *start* down to *end*. Exact if what lies between is laid out."""
        return self.row(end) - self.row(start)

    def place(self, offset: int) -> Place:
        """Where the code point *offset* is shown, or would be if it were not white space between lines."""
        if not self.document.blocks:
            return Place(0, 0)
        index = self.document.block_at(offset)
        lines = self.lines(index + 1)
        if self.document.blocks[index].kind == "table":
            return Place(index + 1, _in_table(lines, offset))
        first = _first_with_source(lines)
        last = len(lines) - 1
        while last > first and not lines[last].has_source:
            last -= 1
        found = bisect_right(lines, offset, first, last + 1, key=_start) - 1
        return Place(index + 1, max(first, found))

    def cell(self, offset: int) -> int:
        """The cell of *offset* in its line."""
        return cell_of(self.line(self.place(offset)), offset) or 0

    def offset(self, place: Place, cell: int) -> int | None:
        """The code point at *cell* of a line; ``None`` where the line shows none of the text."""
        return offset_at(self.line(place), cell)

    def first_offset(self, place: Place, rows: int) -> int | None:
        """The first code point that starts in *rows* lines from *place* on."""
        for _, line in self.window(place, rows):
            if line.has_source:
                return line.start
        return None

    def window(self, place: Place, rows: int) -> list[tuple[Place, Line]]:
        """Up to *rows* lines from *place* on."""
        found: list[tuple[Place, Line]] = []
        section, first = place
        while section <= self.last and len(found) < rows:
            lines = self.lines(section)
            for index in range(first, min(len(lines), first + rows - len(found))):
                found.append((Place(section, index), lines[index]))
            section, first = section + 1, 0
        return found

    def source_line(self, place: Place, step: int) -> Place | None:
        """The next line above (-1) or below (1) that shows text of the document."""
        section, index = place
        while True:
            index += step
            while index < 0 or index >= len(self.lines(section)):
                section += step
                if not 0 <= section <= self.last:
                    return None
                index = 0 if step > 0 else len(self.lines(section)) - 1
                if index < 0:
                    continue
            if any(piece.start is not None for piece in self.lines(section)[index].pieces):
                return Place(section, index)

    def measure(self, may_go_on: Callable[[], bool]) -> bool:
        """Wrap blocks nobody looked at yet while *may_go_on* says so; true when none is left.

        Rows do not move until :meth:`commit`.
        """
        while self._next < len(self.layout):
            self.layout.lines(self._next)
            self._next += 1
            if not may_go_on():
                break
        return self._next >= len(self.layout)

    def commit(self) -> None:
        """Let the heights that :meth:`measure` found take effect, all at once."""
        self._heights.replace([len(self._head), *self.layout.heights(), len(self._foot)])


def _start(line: Line) -> int:
    """Lines are sorted by this, empty ones between them like the one below."""
    return line.start if line.start >= 0 else line.end


def _first_with_source(lines: Sequence[Line]) -> int:
    return next((index for index, line in enumerate(lines) if line.has_source), 0)


def _in_table(lines: Sequence[Line], offset: int) -> int:
    """A table's lines hold cells side by side: the one that shows *offset*, or what comes nearest before it."""
    nearest, found = -1, _first_with_source(lines)
    for index, line in enumerate(lines):
        for piece in line.pieces:
            if piece.start is None:
                continue
            if piece.start <= offset < piece.end:
                return index
            if nearest < piece.start <= offset:
                nearest, found = piece.start, index
    return found
