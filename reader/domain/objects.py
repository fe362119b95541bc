"""Text objects: what ``iw``, ``as`` or ``i(`` takes around the caret, as vim's users know them."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain import brackets
from reader.domain.document import Document, Span
from reader.domain.sentences import Sentences
from reader.domain.units import Units
from reader.domain.words import Words

OBJECTS = ("iw", "aw", "is", "as", "ip", "ap", 'i"', 'a"', "i(", "a(", "ih")


class Objects:
    """The text objects of one document."""

    def __init__(self, document: Document, sentences: Sentences, units: Units) -> None:
        self._document = document
        self._sentences = sentences
        self._units = units
        self._words = Words(document)

    def find(self, name: str, offset: int, count: int = 1, highlights: Sequence[Span] = ()) -> Span | None:
        """What the object *name* takes at *offset*; ``None`` where there is no such thing. Never empty.

        It holds *offset*, unless that is between sentences or the next quotation of the paragraph is taken because
        none is around. A count takes more words (as in vim, ``iw`` counts the white space between them too),
        sentences or paragraphs, which there are as many as remain; of brackets and quotations that far out.
        *highlights* are for ``ih``. An unknown name raises ValueError.
        """
        if name not in OBJECTS:
            raise ValueError(f"unknown text object: {name}")
        if not self._document.text:
            return None
        count = max(1, count)
        around = name[0] == "a"
        match name[1]:
            case "w":
                return self._words_at(offset, count, around)
            case "s":
                return self._sentences_at(offset, count, around)
            case "p":
                return self._paragraphs_at(offset, count, around)
            case '"':
                return self._quotation(offset, count, around)
            case "(":
                return self._brackets(offset, count, around)
            case _:
                return _innermost(highlights, offset)

    def _block(self, offset: int) -> Span:
        return self._units.at("paragraph", offset) or Span(0, len(self._document.text))

    def _words_at(self, offset: int, count: int, around: bool) -> Span:
        block = self._block(offset)
        text = self._document.text
        start, end = self._piece(block, max(block.start, min(offset, block.end - 1)))
        on_space = text[start].isspace()
        for turn in range(count):
            if turn and end < block.end:
                end = self._piece(block, end).end
            alike = text[end - 1].isspace() == on_space
            if around and alike and end < block.end and text[end].isspace() != on_space:
                end = self._piece(block, end).end
        if around and not on_space and not text[end - 1].isspace():
            start = self._space_before(start, block.start)
        return Span(start, end)

    def _piece(self, block: Span, at: int) -> Span:
        """The word or the white space that holds *at*."""
        if self._document.text[at].isspace():
            return Span(self._space_before(at, block.start), self._space_behind(at, block.end))
        return self._words.at(block, at) or Span(at, at + 1)

    def _sentences_at(self, offset: int, count: int, around: bool) -> Span | None:
        first = last = self._sentences.at(offset)
        for _ in range(count - 1):
            last = (self._sentences.next(last) if last else None) or last
        if first is None or last is None:
            return None
        if not around:
            return Span(first.start, last.end)
        end = self._space_behind(last.end, self._block(last.start).end)
        at_start = self._block(first.start).start
        return Span(first.start if end > last.end else self._space_before(first.start, at_start), end)

    def _paragraphs_at(self, offset: int, count: int, around: bool) -> Span | None:
        first = last = self._units.at("paragraph", offset)
        for _ in range(count - 1):
            last = (self._units.next("paragraph", last) if last else None) or last
        if first is None or last is None:
            return None
        if not around:
            return Span(first.start, last.end)
        end = self._space_behind(last.end, len(self._document.text))
        return Span(first.start if end > last.end else self._space_before(first.start, 0), end)

    def _quotation(self, offset: int, count: int, around: bool) -> Span | None:
        found = self._units.quotations.around(offset)
        if found:
            quotation = found[min(count, len(found)) - 1]
        else:
            following = self._units.quotations.behind(offset)
            if following is None or following.whole.start >= self._block(offset).end:
                return None
            quotation = following
        return quotation.whole if around else quotation.inside

    def _brackets(self, offset: int, count: int, around: bool) -> Span | None:
        pairs = brackets.around(self._document.text, self._block(offset), offset)
        if len(pairs) < count:
            return None
        pair = pairs[count - 1]
        if around:
            return pair
        return Span(pair.start + 1, pair.end - 1) if pair.end - pair.start > 2 else None

    def _space_behind(self, at: int, end: int) -> int:
        while at < end and self._document.text[at].isspace():
            at += 1
        return at

    def _space_before(self, at: int, start: int) -> int:
        while at > start and self._document.text[at - 1].isspace():
            at -= 1
        return at


def _innermost(spans: Sequence[Span], offset: int) -> Span | None:
    around = [span for span in spans if span.contains(offset)]
    return min(around, key=lambda span: (span.end - span.start, -span.start)) if around else None
