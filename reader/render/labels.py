"""Letters painted over the beginning of a passage, so that it can be chosen by pressing them."""

from __future__ import annotations

from collections.abc import Sequence

from reader.render.layers import Layer
from reader.render.lines import Line, Piece, ornament
from reader.render.wrap import cells, clusters


def labelled(line: Line, labels: Sequence[Layer]) -> Line:
    """*line* with the letters of those *labels* that begin on it in place of as many cells of its text.

    Nothing shifts: clusters are covered whole, and what is left of the last one is blank. Only letters that find
    no more text behind them make the line longer.
    """
    pieces = list(line.pieces)
    for label in labels:
        for index, piece in enumerate(pieces):
            if piece.start is not None and piece.start <= label.start < piece.end:
                pieces[index:] = _covered(pieces[index:], label)
                break
    return line._replace(pieces=tuple(pieces))


def _covered(pieces: list[Piece], label: Layer) -> list[Piece]:
    """*pieces*, the first of which holds the label's start, with its letters in them."""
    before, rest = _cut(pieces[0], label.start)
    rest_of = [rest, *pieces[1:]]
    wanted, room = cells(label.letters), 0
    while room < wanted and rest_of:
        first = rest_of.pop(0)
        width, rest = _without_cells(first, wanted - room)
        room += width
        if rest.text:
            rest_of.insert(0, rest)
    letters = ornament(label.letters + " " * (room - wanted), "label")
    return [*([before] if before.text else []), letters, *rest_of]


def _cut(piece: Piece, offset: int) -> tuple[Piece, Piece]:
    """The piece before *offset* and from it on; one that does not stand letter for letter is not cut."""
    assert piece.start is not None
    if len(piece.text) != piece.end - piece.start:
        return piece._replace(text="", end=piece.start), piece
    at = offset - piece.start
    return piece._replace(text=piece.text[:at], end=offset), piece._replace(
        text=piece.text[at:], start=offset
    )


def _without_cells(piece: Piece, least: int) -> tuple[int, Piece]:
    """How many cells the first clusters of *piece* take, at least *least* if it has them, and what is left."""
    width = 0
    for cluster in clusters(piece.text):
        if width >= least:
            start = None if piece.start is None else piece.start + cluster.start
            return width, piece._replace(text=piece.text[cluster.start :], start=start)
        width += cluster.cells
    return width, piece._replace(text="")
