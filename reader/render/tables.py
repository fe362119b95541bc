"""Tables that fit: columns shrink and wrap, and where they cannot, each row becomes a small record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from reader.domain.document import Block, Document, Span
from reader.render.lines import BLANK, Line, Piece, ornament
from reader.render.runs import Run, pieces_of
from reader.render.wrap import Extent, cells, wrap

_BETWEEN = 2
_NARROWEST = 6
_NUMBER = re.compile(r"[-+−±~<>≈]?\s?[$€£¥]?\d[\d.,'’ \u202f]*\s?(%|‰|[A-Za-zµ°]{1,3})?")
_EMPTY = frozenset(("", "-", "–", "—", "n/a"))

Row = list[Span]


def table_lines(document: Document, block: Block, width: int, runs: Sequence[Run]) -> list[Line]:
    """The table *block* in at most *width* cells; every cell's text is a piece of the document."""
    rows = _rows(document, block.span)
    columns = max(len(row) for row in rows)
    natural = [
        max(1, *(cells(document.slice(row[column])) for row in rows if column < len(row)))
        for column in range(columns)
    ]
    widths = _fit(natural, width - _BETWEEN * (columns - 1))
    if widths is None:
        return _records(document, rows, block.head, width, runs)
    return _grid(document, rows, block.head, widths, runs)


def _rows(document: Document, span: Span) -> list[Row]:
    rows = []
    start = span.start
    for line in document.slice(span).split("\n"):
        row = []
        for cell in line.split("\t"):
            row.append(Span(start, start + len(cell)))
            start += len(cell) + 1
        rows.append(row)
    return rows


def _fit(natural: list[int], room: int) -> list[int] | None:
    """Widths that fill at most *room*: wide columns give first, none under six cells unless it needs no more."""
    if sum(natural) <= room:
        return natural
    left, widths = room, [0] * len(natural)
    for place, column in enumerate(sorted(range(len(natural)), key=lambda column: natural[column])):
        share = left // (len(natural) - place)
        widths[column] = max(1, min(natural[column], share))
        left -= widths[column]
        if widths[column] < min(natural[column], _NARROWEST):
            return None
    return widths


def _grid(
    document: Document, rows: list[Row], head: int, widths: list[int], runs: Sequence[Run]
) -> list[Line]:
    right = {column for column in range(len(widths)) if _is_numeric(document, rows[head:], column)}
    total = sum(widths) + _BETWEEN * (len(widths) - 1)
    lines: list[Line] = []
    wrapped = any(
        cells(document.slice(cell)) > width
        for row in rows[head:]
        for cell, width in zip(row, widths, strict=False)
    )
    for number, row in enumerate(rows):
        if number > head and wrapped:
            lines.append(Line((ornament("┈" * total, "hairline"),)))
        lines += _row_lines(document, row, widths, right, runs, heading=number < head)
        if number == head - 1:
            lines.append(Line((ornament("─" * total, "table.rule"),)))
    return lines


def _row_lines(
    document: Document, row: Row, widths: list[int], right: set[int], runs: Sequence[Run], *, heading: bool
) -> list[Line]:
    text = document.text
    columns = [
        wrap(text, width, *cell) if cell.start < cell.end else []
        for cell, width in zip(row, widths, strict=False)
    ]
    lines = []
    for extents in zip_longest(*columns):
        pieces: list[Piece] = []
        owed = 0  # spaces before the next text; none behind the last one
        for column, extent in enumerate(extents):
            size = 0
            if extent is not None and extent.start < extent.end:
                size = cells(text[extent.start : extent.end])
                lead = owed + (widths[column] - size if column in right else 0)
                if lead:
                    pieces.append(ornament(" " * lead, "text"))
                pieces += _heads(text, extent, runs) if heading else pieces_of(text, extent, runs)
                owed = 0 if column in right else widths[column] - size
            else:
                owed += widths[column]
            owed += _BETWEEN
        lines.append(Line(tuple(pieces), row[0].start, row[-1].end))
    return lines or [Line((), row[0].start, row[-1].end)]


def _heads(text: str, extent: Extent, runs: Sequence[Run]) -> list[Piece]:
    """The pieces of a heading cell."""
    return [
        piece._replace(role=piece.role.replace("text", "table.head", 1))
        for piece in pieces_of(text, extent, runs)
    ]


def _is_numeric(document: Document, rows: list[Row], column: int) -> bool:
    filled = [
        text for row in rows if column < len(row) and (text := document.slice(row[column])) not in _EMPTY
    ]
    return bool(filled) and sum(_NUMBER.fullmatch(text) is not None for text in filled) > 0.7 * len(filled)


def _records(document: Document, rows: list[Row], head: int, width: int, runs: Sequence[Run]) -> list[Line]:
    """Each row as lines of ``name  value``. The names are the document's own at the first row, copies later."""
    names = rows[head - 1] if head else []
    lines: list[Line] = []
    for row in rows[: max(0, head - 1)]:
        lines += _stack(document, row, width, runs)
    for number, row in enumerate(rows[head:]):
        if lines:
            lines.append(BLANK)
        lines += _record(document, row, names, width, runs, own=number == 0)
    return lines or _stack(document, names, width, runs)


def _record(
    document: Document, row: Row, names: Row, width: int, runs: Sequence[Run], *, own: bool
) -> list[Line]:
    text = document.text
    lines: list[Line] = []
    for name, cell in zip_longest(names, row):
        if name is not None and name.start < name.end:
            for extent in wrap(text, width, *name):
                pieces = _heads(text, extent, runs)
                if not own:
                    pieces = [ornament(piece.text, piece.role) for piece in pieces]
                source = extent if own else (-1, -1)
                lines.append(Line(tuple(pieces), *source))
        if cell is not None and cell.start < cell.end:
            for extent in wrap(text, width - 2, *cell):
                lead = ornament("  ", "text")
                lines.append(Line((lead, *pieces_of(text, extent, runs)), *extent))
    return lines


def _stack(document: Document, row: Row, width: int, runs: Sequence[Run]) -> list[Line]:
    return [
        Line(tuple(_heads(document.text, extent, runs)), *extent)
        for cell in row
        if cell.start < cell.end
        for extent in wrap(document.text, width, *cell)
    ]
