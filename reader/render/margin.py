"""What stands in the margin beside highlighted lines, so that highlights can be told without colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reader.domain.colours import LETTERS, Colour
from reader.domain.span import Span
from reader.render.layers import Layer
from reader.render.lines import Line

GUTTER = 3
_BAR, _NOTED = "▎", "◆"
_REVIEW, _REMOVED = "┊", "✗"
_KINDS = ("removed", "review", "highlight")


class MarginMarks(NamedTuple):
    """The two cells of the gutter, and their colour's name."""

    letter: str
    sign: str
    colour: Colour


def margin_marks(line: Line, over: Sequence[Layer]) -> MarginMarks | None:
    """What the gutter says of the highlights over *line*: the letter of one that begins here, a bar along it, or
    a diamond if one that begins here has a note; the newest decides.

    Beside a passage that has to be reviewed stands a dotted line, and a question mark where it begins; where one
    was taken out, a cross. These come before what is certain: they want to be looked at.
    """
    parts = [Span(piece.start, piece.end) for piece in line.pieces if piece.start is not None]
    marks = [
        layer
        for layer in sorted(over, key=lambda layer: layer.age)
        if layer.kind in _KINDS and any(part.overlaps(Span(layer.start, layer.end)) for part in parts)
    ]
    if not marks:
        return None
    begun = [layer for layer in marks if any(part.contains(layer.start) for part in parts)]
    if doubtful := next((layer for layer in reversed(marks) if layer.kind != "highlight"), None):
        return _doubtful(doubtful, begins=doubtful in begun)
    newest = (begun or marks)[-1]
    letter = LETTERS[newest.colour] if begun else " "
    return MarginMarks(letter, _NOTED if any(layer.noted for layer in begun) else _BAR, newest.colour)


def _doubtful(layer: Layer, *, begins: bool) -> MarginMarks:
    if layer.kind == "removed":
        return MarginMarks(LETTERS[layer.colour], _REMOVED, layer.colour)
    return MarginMarks("?" if begins else " ", _REVIEW, layer.colour)
