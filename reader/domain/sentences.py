"""Where sentences begin and end: the units of the sentence cursor and of the motions ``(`` and ``)``."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from reader.domain import stops
from reader.domain.document import Document, Span


class Sentences:
    """The sentences of a document, block by block, found when first asked for.

    Every block that has text has at least one; a heading, a code block and a caption are one each, a table has
    one a row. Together they hold all the text but white space between them.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._found: dict[int, tuple[Span, ...]] = {}

    def of_block(self, index: int) -> tuple[Span, ...]:
        found = self._found.get(index)
        if found is None:
            found = self._found[index] = self._split(index)
        return found

    def at(self, offset: int) -> Span | None:
        """The sentence at *offset*, or the one before it; the first one if there is none before."""
        index = self._document.block_at(offset) if self._document.blocks else 0
        spans = self._with_text(index, -1) or self._with_text(index, 1)
        if not spans:
            return None
        return spans[max(0, bisect_right(spans, offset, key=_start) - 1)]

    def next(self, sentence: Span) -> Span | None:
        """The sentence behind *sentence*."""
        index = self._document.block_at(sentence.start)
        spans = self._with_text(index, -1)
        place = bisect_right(spans, sentence.start, key=_start)
        if place < len(spans):
            return spans[place]
        later = self._with_text(index + 1, 1)
        return later[0] if later else None

    def previous(self, sentence: Span) -> Span | None:
        """The sentence before *sentence*."""
        index = self._document.block_at(sentence.start)
        spans = self.of_block(index) if self._document.blocks else ()
        place = bisect_left(spans, sentence.start, key=_start) - 1
        if place >= 0:
            return spans[place]
        earlier = self._with_text(index - 1, -1)
        return earlier[-1] if earlier else None

    def _with_text(self, index: int, step: int) -> tuple[Span, ...]:
        while 0 <= index < len(self._document.blocks):
            if spans := self.of_block(index):
                return spans
            index += step
        return ()

    def _split(self, index: int) -> tuple[Span, ...]:
        block = self._document.blocks[index]
        start, end = block.span
        if start == end:
            return ()
        match block.kind:
            case "heading" | "code" | "figure":
                return (block.span,)
            case "table":
                return tuple(_rows(self._document.text, block.span)) or (block.span,)
            case _:
                return tuple(split(self._document.text, start, end))


def split(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of ``text[start:end]``, without the white space between them."""
    final = len(text) if end is None else end
    found: list[Span] = []
    for stop in stops.ends(text, start, final):
        found.append(Span(start, stop))
        start = _skip(text, stop, final)
    while final > start and text[final - 1].isspace():
        final -= 1
    if start < final:
        found.append(Span(start, final))
    return found


def _start(span: Span) -> int:
    return span.start


def _rows(text: str, span: Span) -> list[Span]:
    rows = []
    start = span.start
    for line in text[span.start : span.end].split("\n"):
        if line.strip():
            rows.append(Span(start, start + len(line)))
        start += len(line) + 1
    return rows


def _skip(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at
