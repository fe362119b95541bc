"""Two texts as one: what was removed stands struck out before what was added in its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from rich.segment import Segment
from rich.style import Style

from reader.domain.difference import Kind, Piece
from reader.domain.document import Block, BlockKind, Document, Mark, MarkKind, Span
from reader.domain.patterns import lazy
from reader.render.layers import Layer
from reader.render.lines import Line
from reader.render.margin import GUTTER
from reader.render.paint import Painter
from reader.render.palette import blend, legible

# The inline styles that stand for what was changed: the texts' own are left out, since they would be taken for it.
_MARKS: dict[Kind, MarkKind] = {"removed": "strike", "added": "strong"}
_ROLES = {"removed": "+strike", "added": "+strong"}
_SIGNS = {(True, False): "-", (False, True): "+", (True, True): "±"}
_SHOWN_AS_THEY_ARE: frozenset[BlockKind] = frozenset(["heading", "item", "quote"])
_PILCROW = "¶"
_PARAGRAPH = lazy(r"[^\n]+(?:\n[^\n]+)*")
_GROUND, _LIT_GROUND = 0.16, 0.38


@dataclass(frozen=True, slots=True)
class Merged:
    """``changes`` are the places in the document's text where something was removed or added."""

    document: Document
    changes: tuple[Span, ...]


def merged(old: Document, new: Document, pieces: Sequence[Piece]) -> Merged:
    """One document of *pieces*, the difference of the texts of *old* and *new*."""
    shown = list(_shown(old, new, pieces))
    text = "".join(lead + words for lead, words in shown)
    ends = list(accumulate(len(lead) + len(words) for lead, words in shown))
    spans = [Span(end - len(words), end) for end, (_, words) in zip(ends, shown, strict=True)]
    blocks: list[Block] = []
    for match in _PARAGRAPH.finditer(text):
        number = bisect_right(ends, match.start())
        here = match.start() - spans[number].start
        blocks.append(_block(old, new, pieces[number], here, Span(*match.span())))
    marks = tuple(_marks(blocks, zip(pieces, spans, strict=True)))
    return Merged(Document(text, tuple(blocks), marks), tuple(_changes(pieces, spans)))


def _shown(old: Document, new: Document, pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """The words of each piece, and what is put in front of them: what was removed and what was added in its place
    are not run together, and whole paragraphs stay paragraphs."""
    before = ""
    for piece in pieces:
        text = old.slice(piece.old) if piece.kind == "removed" else new.slice(piece.new)
        if piece.kind != "same" and not text.strip() and "\n" in text:
            # Only a break between paragraphs came or went: a sign stands for it.
            text = _PILCROW + (text if piece.kind == "added" else "")
        lead = ""
        if piece.kind == "added" and before and not (before[-1].isspace() or text[0].isspace()):
            lead = "\n\n" if _is_whole(old, piece.old.start - len(before), piece.old.start) else " "
        yield lead, text
        before = text if piece.kind == "removed" else ""


def _is_whole(document: Document, start: int, end: int) -> bool:
    """Whether lines begin and end at these places."""
    text = document.text
    return (start <= 0 or text[start - 1] == "\n") and (end >= len(text) or text[end] == "\n")


def _block(old: Document, new: Document, piece: Piece, here: int, span: Span) -> Block:
    """A paragraph, or what the text that it begins with begins."""
    source, start = (old, piece.old.start) if piece.kind == "removed" else (new, piece.new.start)
    plain = Block("para", span)
    if not source.blocks:
        return plain
    block = source.blocks[source.block_at(start + here)]
    begins = block.span.start == start + here or block.kind == "quote"
    return replace(block, span=span) if begins and block.kind in _SHOWN_AS_THEY_ARE else plain


def _marks(blocks: Sequence[Block], placed: Iterable[tuple[Piece, Span]]) -> Iterator[Mark]:
    """No mark leaves its block."""
    number = 0
    for piece, (start, end) in placed:
        if piece.kind == "same":
            continue
        while number < len(blocks) and blocks[number].span.end <= start:
            number += 1
        for block in blocks[number:]:
            if block.span.start >= end:
                break
            first, last = max(start, block.span.start), min(end, block.span.end)
            yield Mark(_MARKS[piece.kind], Span(first, last))


def _changes(pieces: Iterable[Piece], spans: Iterable[Span]) -> Iterator[Span]:
    held: Span | None = None
    for piece, span in zip(pieces, spans, strict=True):
        if piece.kind != "same":
            held = Span(held.start if held else span.start, span.end)
        elif held is not None:
            yield held
            held = None
    if held is not None:
        yield held


class DifferencePainter(Painter):
    """Red and struck out, green and underlined; a sign in the margin tells them apart without either. The change
    that is ``lit`` has a stronger ground and an arrow in front of its sign."""

    def line(self, line: Line, over: Sequence[Layer], *, left: int, width: int) -> list[Segment]:
        margin, *body = super().line(line, over, left=left, width=width)
        kinds = tuple(
            any(kind in piece.role for piece in line.pieces if piece.start is not None)
            for kind in _ROLES.values()
        )
        sign = _SIGNS.get((kinds[0], kinds[1]))
        if sign is None or left < GUTTER:
            return [margin, *body]
        style = self._mark("strike" if sign == "-" else "strong", "text") + Style(
            strike=False, underline=False
        )
        arrow = "▸" if any(layer.kind == "lit" for layer in over) else " "
        return [
            Segment(" " * (left - GUTTER), self.base),
            Segment(arrow, self.style("marker")),
            Segment(sign, self.base + style),
            Segment(" ", self.base),
            *body,
        ]

    def _mark(self, mark: str, name: str) -> Style:
        if not self.palette.coloured:
            return Style(strike=True, dim=True) if mark == "strike" else Style(bold=True, underline=True)
        return self._change(mark == "strike", _GROUND)

    def _change(self, removed: bool, share: float) -> Style:
        palette = self.palette
        ink = palette.code["deleted"] if removed else palette.margins["green"]
        ground = blend(palette.page, ink, share)
        return Style(color=legible(ink, ground), bgcolor=ground, strike=removed, underline=not removed)

    def _layered_style(self, role: str, looks: tuple[tuple[str, str], ...]) -> Style:
        style = self.style(role)
        if not looks or "+" not in role:
            return style
        if not self.palette.coloured:
            return style + Style(reverse=True)
        return style + self._change("+strike" in role, _LIT_GROUND)
