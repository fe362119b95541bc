"""A document at one width: each block becomes lines, wrapped when first asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from reader.domain.document import Block, Document
from reader.domain.text import clean_line
from reader.render.code import Token
from reader.render.direction import RIGHT_TO_LEFT, runs_left
from reader.render.frames import Frame, bars_of, frames
from reader.render.lines import BLANK, TAB_STOP, Line, Piece, ornament
from reader.render.runs import Run, cut_at_marks, pieces_of, whole_clusters
from reader.render.tables import table_lines
from reader.render.wrap import Extent, cells, clusters, is_simple, wrap

MINIMUM = 8
_BAR = "▎ "
_FILL = 0.93  # a line holds this share of its width on average: for the height of what was not wrapped yet


class Layout:
    """The lines of *document*, block by block, none wider than *width* cells (at least 8).

    Blocks are laid out on demand and kept. Code is uncoloured until :meth:`colour` gives its tokens, so that
    nobody waits for pygments. With *spaced* an empty line stands between the lines of running text, and one more
    between blocks.
    """

    def __init__(self, document: Document, width: int, *, spaced: bool = False) -> None:
        self.document = document
        self.width = max(MINIMUM, width)
        self.is_spaced = spaced
        self._frames = frames(document)
        self._laid: list[tuple[Line, ...] | None] = [None] * len(document.blocks)
        self._tokens: dict[int, Sequence[Token]] = {}
        self._mark_starts = [mark.span.start for mark in document.marks]

    def __len__(self) -> int:
        return len(self._laid)

    def resize(self, width: int, *, spaced: bool = False) -> None:
        """Forget every line, but not the tokens of code."""
        self.width = max(MINIMUM, width)
        self.is_spaced = spaced
        self._laid = [None] * len(self.document.blocks)

    def lines(self, index: int) -> tuple[Line, ...]:
        """The lines of block *index*, with the empty ones above it."""
        laid = self._laid[index]
        if laid is None:
            laid = self._laid[index] = self._lay(index)
        return laid

    def heights(self) -> list[int]:
        """The height of each block: exact where it is laid out, else an estimate."""
        found = []
        for block, frame, laid in zip(self.document.blocks, self._frames, self._laid, strict=True):
            if laid is not None:
                found.append(len(laid))
                continue
            size = block.span.end - block.span.start
            if block.kind in ("code", "table"):
                rows = self.document.text.count("\n", block.span.start, block.span.end) + 3
            else:
                rows = int(size / (max(MINIMUM, self.width - frame.indent) * _FILL)) + 1
                rows += (rows - 1) * self.is_spaced
            found.append(rows + self._gap(block, frame))
        return found

    def colour(self, index: int, tokens: Sequence[Token]) -> None:
        """Give the code block *index* its colours; its height stays."""
        self._tokens[index] = tokens
        self._laid[index] = None

    def _lay(self, index: int) -> tuple[Line, ...]:
        block, frame = self.document.blocks[index], self._frames[index]
        body = self._body(index, block, frame)
        if self.is_spaced and block.kind not in ("code", "table"):
            body = list(_spaced(body))
        gap = [self._gap_line(frame)] * self._gap(block, frame)
        return (*gap, *body)

    def _gap(self, block: Block, frame: Frame) -> int:
        """The empty lines above *block*; none above the first one."""
        is_first = block is self.document.blocks[0]
        return frame.gap + (self.is_spaced and not is_first)

    def _gap_line(self, frame: Frame) -> Line:
        return Line((ornament((_BAR * frame.gap_bars).rstrip(), "bar"),)) if frame.gap_bars else BLANK

    def _body(self, index: int, block: Block, frame: Frame) -> list[Line]:
        prefix, width = self._prefix(block, frame)
        match block.kind:
            case "code":
                return self._code(index, block, prefix, width)
            case "table":
                runs = self._runs(index, "text")
                return [_behind(prefix, line) for line in table_lines(self.document, block, width, runs)]
            case "rule":
                return [_behind(prefix, _rule(width))]
            case "figure":
                return [_behind(prefix, line) for line in self._figure(index, block, width)]
            case "heading":
                return [_behind(prefix, line) for line in self._heading(index, block, width)]
            case "item":
                return self._item(index, block, frame, prefix, width)
            case _:
                role = "quote" if bars_of(block) else "text"
                return self._prose(index, block, prefix, prefix, width, role)

    def _prefix(self, block: Block, frame: Frame) -> tuple[tuple[Piece, ...], int]:
        """What stands left of each line, and the cells that are left for it. Deep nesting stops at half."""
        room = self.width // 2
        bars = min(frame.bars, room // 2)
        indent = min(frame.indent, room - 2 * bars)
        pieces = []
        if bars:
            pieces.append(ornament(_BAR * bars, "bar"))
        if indent:
            pieces.append(ornament(" " * indent, "text"))
        return tuple(pieces), self.width - 2 * bars - indent

    def _prose(
        self,
        index: int,
        block: Block,
        first: tuple[Piece, ...],
        rest: tuple[Piece, ...],
        width: int,
        role: str,
    ) -> list[Line]:
        runs = self._runs(index, role)
        lines: list[Line] = []
        if width > 2 * cells(RIGHT_TO_LEFT) and runs_left(self.document.text, *block.span):
            first, rest = (*first, ornament(RIGHT_TO_LEFT, "marker")), (*rest, ornament("  ", "text"))
            width -= cells(RIGHT_TO_LEFT)
        for extent, after in _with_next(wrap(self.document.text, width, *block.span), block.span.end):
            prefix = rest if lines else first
            lines.append(Line((*prefix, *pieces_of(self.document.text, extent, runs)), extent.start, after))
        return lines

    def _item(
        self, index: int, block: Block, frame: Frame, prefix: tuple[Piece, ...], width: int
    ) -> list[Line]:
        indent = len(prefix[-1].text) if prefix and prefix[-1].role == "text" else 0
        hang = min(frame.hang, indent)
        marker = f"{frame.marker:>{max(0, frame.hang - 1)}} "
        first = prefix
        if frame.marker and cells(marker) <= hang:
            lead = (ornament(" " * (indent - hang), "text"),) if indent > hang else ()
            first = (*prefix[:-1], *lead, ornament(marker, "marker"))
        return self._prose(index, block, first, prefix, width, "quote" if bars_of(block) else "text")

    def _heading(self, index: int, block: Block, width: int) -> list[Line]:
        level = min(6, max(1, block.level))
        lines = self._prose(index, block, (), (), width, f"h{level}")
        if level == 1:
            lines.append(Line((ornament("─" * width, "hairline"),)))
        return lines

    def _figure(self, index: int, block: Block, width: int) -> list[Line]:
        icon, blank = ornament("▣ ", "figure"), ornament("  ", "figure")
        caption = self.document.slice(block.span)
        alt = clean_line(block.alt) or ("" if caption else "image")
        lines = []
        if caption:
            lines = self._prose(index, block, (icon,), (blank,), width - 2, "caption")
        if alt and alt != caption:
            for extent in wrap(alt, width - 2):
                lead = blank if lines else icon
                lines.append(Line((lead, ornament(alt[extent.start : extent.end], "alt"))))
        return lines

    def _code(self, index: int, block: Block, prefix: tuple[Piece, ...], width: int) -> list[Line]:
        """A panel: half-height edges, one cell of padding, long lines wrapped and told by an arrow."""
        runs = self._token_runs(index, block)
        lines = [Line((*prefix, ornament("▄" * width, "panel.top")))]
        start = block.span.start
        for row in self.document.slice(block.span).split("\n"):
            end = start + len(row)
            lines += self._code_row(start, end, prefix, width - 2, runs, min(end + 1, block.span.end))
            start = end + 1
        lines[1] = _labelled(lines[1], clean_line(block.lang))
        lines.append(Line((*prefix, ornament("▀" * width, "panel.bottom"))))
        return lines

    def _code_row(
        self, start: int, end: int, prefix: tuple[Piece, ...], inside: int, runs: Sequence[Run], after: int
    ) -> list[Line]:
        lines: list[Line] = []
        parts = _code_parts(self.document.text, start, end, inside, runs)
        for number, part in enumerate(parts):
            used = sum(cells(piece.text) for piece in part)
            pad = ornament("↪" if number else " ", "panel.left")
            fill = ornament(" " * (inside - used + 1), "panel")
            first = part[0].start if part and part[0].start is not None else start
            last = after if number == len(parts) - 1 else part[-1].end
            lines.append(Line((*prefix, pad, *part, fill), first, last))
        return lines

    def _runs(self, index: int, role: str) -> Sequence[Run]:
        """The block cut where an inline mark begins or ends, in order and without holes."""
        span = self.document.blocks[index].span
        first = bisect_left(self._mark_starts, span.start)
        last = bisect_left(self._mark_starts, span.end, first)
        if first == last:
            return (Run(span.start, span.end, role),)
        return cut_at_marks(self.document.text, span.start, span.end, role, self.document.marks[first:last])

    def _token_runs(self, index: int, block: Block) -> Sequence[Run]:
        whole = whole_clusters(self.document.text, *block.span)
        runs: list[Run] = []
        at = block.span.start
        for token in self._tokens.get(index, ()):
            start, end = whole(block.span.start + token.start), whole(block.span.start + token.end)
            if start > at:
                runs.append(Run(at, start, "code"))
            if end > start:
                runs.append(Run(start, end, token.role))
            at = end
        if at < block.span.end or not runs:
            runs.append(Run(at, block.span.end, "code"))
        return runs


def _with_next(extents: list[Extent], end: int) -> list[tuple[Extent, int]]:
    """Each extent with the offset where the next one begins."""
    return list(zip(extents, [*(extent.start for extent in extents[1:]), end], strict=True))


def _behind(prefix: tuple[Piece, ...], line: Line) -> Line:
    return Line((*prefix, *line.pieces), line.start, line.end) if prefix else line


def _spaced(lines: Sequence[Line]) -> Iterator[Line]:
    """*lines* with an empty one between any two that show text; bars of quotations go through it."""
    for line, below in zip(lines, [*lines[1:], BLANK], strict=True):
        yield line
        if line.has_source and below.has_source:
            yield Line(tuple(piece for piece in below.pieces if piece.role == "bar"), end=below.start)


def _rule(width: int) -> Line:
    sign = "·  ·  ·" if width >= 7 else "·"
    return Line((ornament(" " * ((width - len(sign)) // 2), "text"), ornament(sign, "rule")))


def _labelled(row: Line, label: str) -> Line:
    """The first row of a code panel with its language at the right, if there is room."""
    *pieces, fill = row.pieces
    room = len(fill.text) - cells(label) - 1
    if not label or room < 2:
        return row
    return row._replace(pieces=(*pieces, ornament(" " * room, "panel"), ornament(f"{label} ", "panel.label")))


def _code_parts(text: str, start: int, end: int, width: int, runs: Sequence[Run]) -> list[list[Piece]]:
    """A row of code as the pieces of its one or more lines; TABs go to the next multiple of four."""
    if end - start <= width and "\t" not in text[start:end] and is_simple(text[start:end]):
        return [pieces_of(text, Extent(start, end), runs)]
    return [_code_pieces(text, extent, width, runs) for extent in _code_extents(text, start, end, width)]


def _code_extents(text: str, start: int, end: int, width: int) -> list[Extent]:
    """Where a row of code breaks: behind a space in the second half of the line, else where it is full."""
    extents: list[Extent] = []
    units = clusters(text, start, end)
    first = number = used = 0
    soft = 0  # the unit that may begin the next line
    while number < len(units):
        unit = units[number]
        size = _tab(used, width) if text[unit.start] == "\t" else unit.cells
        if used + size > width and number > first:
            number = soft if soft > first else number
            extents.append(Extent(units[first].start, units[number].start))
            first, used, soft = number, 0, 0
            continue
        used += size
        number += 1
        if text[unit.start] == " " and used > width // 2:
            soft = number
    return [*extents, Extent(units[first].start if units else start, end)]


def _code_pieces(text: str, extent: Extent, width: int, runs: Sequence[Run]) -> list[Piece]:
    """The pieces of one line of code; a TAB is a piece of its own."""
    pieces: list[Piece] = []
    used = 0
    for run in pieces_of(text, extent, runs):
        assert run.start is not None
        held = run.start
        while (tab := text.find("\t", held, run.end)) >= 0:
            used += _hold(pieces, text, held, tab, run.role)
            size = _tab(used, width)
            pieces.append(Piece(" " * size, tab, tab + 1, run.role))
            used += size
            held = tab + 1
        used += _hold(pieces, text, held, run.end, run.role)
    return pieces


def _tab(used: int, width: int) -> int:
    return min(width, TAB_STOP - used % TAB_STOP)


def _hold(pieces: list[Piece], text: str, start: int, end: int, role: str) -> int:
    if start == end:
        return 0
    pieces.append(Piece(text[start:end], start, end, role))
    return cells(text[start:end])
