"""Lines of text that know where in the document they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reader.render.wrap import Cluster, cells, clusters, is_simple

TAB_STOP = 4


class Piece(NamedTuple):
    """A run of text in one role.

    With a ``start`` it is the document's ``[start, end)``, code point for code point, but that a TAB is shown as
    spaces: one space, or in code a piece of its own that is longer than its source. Without, it is
    decoration: a bullet, a bar, a border.
    ``role`` names a look (``text``, ``h2``, ``quote``), with inline styles behind it: ``text+em+link``.
    """

    text: str
    start: int | None
    end: int
    role: str


class Line(NamedTuple):
    """One screen line. ``start`` and ``end`` enclose all its source, hanging white space included; both are -1
    on a line that is decoration only. An empty line between two of a block has the ``end`` where the lower begins."""

    pieces: tuple[Piece, ...]
    start: int = -1
    end: int = -1

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def cells(self) -> int:
        return sum(cells(piece.text) for piece in self.pieces)

    @property
    def has_source(self) -> bool:
        return self.start >= 0


BLANK = Line(())


def ornament(text: str, role: str) -> Piece:
    """A piece that is not in the document."""
    return Piece(text, None, 0, role)


def cell_of(line: Line, offset: int) -> int | None:
    """The cell where *offset* is shown, or where the text before it ends if it hangs unseen.

    ``None`` if the line shows none of the source at or before it.
    """
    column = 0
    found: int | None = None
    for piece in line.pieces:
        size = cells(piece.text)
        if piece.start is not None and piece.start <= offset:
            if offset < piece.end:
                return column + _cells_before(piece, offset)
            found = column + size
        column += size
    return found


def offset_at(line: Line, column: int) -> int | None:
    """The code point shown in cell *column*: the start of its cluster.

    Left of the text it is the first, right of it the last one of the line; ``None`` if the line shows no source.
    """
    at = 0
    nearest: tuple[int, int] | None = None
    for piece in line.pieces:
        size = cells(piece.text)
        if piece.start is not None and piece.end > piece.start:
            if at <= column < at + size:
                return _offset_in(piece, column - at)
            edge = (at - column, piece.start) if column < at else (column - at - size + 1, last_of(piece))
            if nearest is None or edge[0] < nearest[0]:
                nearest = edge
        at += size
    return nearest[1] if nearest else (line.start if line.has_source else None)


def last_of(piece: Piece) -> int:
    """The offset of the last cluster of a piece with a source."""
    assert piece.start is not None
    if len(piece.text) != piece.end - piece.start:
        return piece.start
    if is_simple(piece.text):
        return piece.end - 1
    return piece.start + clusters(piece.text)[-1].start


def sources(lines: Iterable[Line]) -> Iterator[Piece]:
    """The pieces of *lines* that come from the document."""
    return (piece for line in lines for piece in line.pieces if piece.start is not None)


def _cells_before(piece: Piece, offset: int) -> int:
    assert piece.start is not None
    if len(piece.text) != piece.end - piece.start:
        return 0
    return _cells_left(piece.text, offset - piece.start)


def _cells_left(text: str, index: int) -> int:
    if is_simple(text):
        return index
    return sum(cluster.cells for cluster in clusters(text) if cluster.end <= index)


def _offset_in(piece: Piece, column: int) -> int:
    assert piece.start is not None
    if len(piece.text) != piece.end - piece.start:
        return piece.start
    if is_simple(piece.text):
        return piece.start + column
    at = 0
    cluster: Cluster | None = None
    for cluster in clusters(piece.text):
        if column < at + cluster.cells:
            break
        at += cluster.cells
    return piece.start + (cluster.start if cluster else 0)
