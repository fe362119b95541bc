"""The units that the sentence cursor goes by: sentence, quotation, clause, paragraph, section."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import Literal

from reader.domain.clauses import clauses
from reader.domain.document import Document, Span
from reader.domain.quotations import Quotations
from reader.domain.sentences import Sentences

Unit = Literal["sentence", "quotation", "clause", "paragraph", "section"]
UNITS: tuple[Unit, ...] = ("sentence", "quotation", "clause", "paragraph", "section")

_LOWEST = 99


class Units:
    """The pieces of a document by unit; of each unit they are met in the order in which they begin.

    A quotation is what stands between the marks. A section is a heading with all below it up to the next heading
    of its level or a higher one; what is before the first heading is one too. The sections below a heading lie
    inside its own, so going on from a chapter leads to its first part.
    """

    def __init__(self, document: Document, sentences: Sentences) -> None:
        self.document = document
        self.sentences = sentences
        self.quotations = Quotations(document)
        self._clauses: tuple[Span, list[Span]] | None = None

    def at(self, unit: Unit, offset: int) -> Span | None:
        """The piece that holds *offset*, or the one before it where none does.

        Of quotations the innermost one around, else the first one in the sentence there, else none.
        """
        match unit:
            case "sentence":
                return self.sentences.at(offset)
            case "quotation":
                return self._quotation(offset)
            case "clause":
                return self._clause(offset)
            case _:
                return _at(self._pieces(unit), offset)

    def next(self, unit: Unit, span: Span) -> Span | None:
        """The first piece that begins behind the start of *span*."""
        match unit:
            case "sentence":
                return self.sentences.next(span)
            case "quotation":
                found = self.quotations.behind(span.start)
                return found.inside if found else None
            case "clause":
                return self._next_clause(span)
            case _:
                pieces = self._pieces(unit)
                place = bisect_right(pieces, span.start, key=_start)
                return pieces[place] if place < len(pieces) else None

    def previous(self, unit: Unit, span: Span) -> Span | None:
        """The last piece that begins before the start of *span*."""
        match unit:
            case "sentence":
                return self.sentences.previous(span)
            case "quotation":
                found = self.quotations.before(span.start)
                return found.inside if found else None
            case "clause":
                return self._previous_clause(span)
            case _:
                pieces = self._pieces(unit)
                place = bisect_left(pieces, span.start, key=_start) - 1
                return pieces[place] if place >= 0 else None

    def _quotation(self, offset: int) -> Span | None:
        around = self.quotations.around(offset)
        if around:
            return around[0].inside
        sentence = self.sentences.at(offset)
        found = self.quotations.within(sentence) if sentence else None
        return found.inside if found else None

    def _clause(self, offset: int) -> Span | None:
        sentence = self.sentences.at(offset)
        return _at(self._clauses_of(sentence), offset) if sentence else None

    def _next_clause(self, span: Span) -> Span | None:
        sentence = self.sentences.at(span.start)
        while sentence is not None:
            pieces = self._clauses_of(sentence)
            place = bisect_right(pieces, span.start, key=_start)
            if place < len(pieces):
                return pieces[place]
            sentence = self.sentences.next(sentence)
        return None

    def _previous_clause(self, span: Span) -> Span | None:
        sentence = self.sentences.at(span.start)
        while sentence is not None:
            pieces = self._clauses_of(sentence)
            place = bisect_left(pieces, span.start, key=_start) - 1
            if place >= 0:
                return pieces[place]
            sentence = self.sentences.previous(sentence)
        return None

    def _clauses_of(self, sentence: Span) -> list[Span]:
        """Of code the lines, of a table's row the cells, else the clauses."""
        if self._clauses is None or self._clauses[0] != sentence:
            kind = self.document.blocks[self.document.block_at(sentence.start)].kind
            sign = {"code": "\n", "table": "\t"}.get(kind)
            text = self.document.text
            found = clauses(text, sentence) if sign is None else _divided(text, sentence, sign)
            self._clauses = (sentence, found)
        return self._clauses[1]

    def _pieces(self, unit: Unit) -> list[Span]:
        return self._paragraphs if unit == "paragraph" else self._sections

    @cached_property
    def _paragraphs(self) -> list[Span]:
        return [block.span for block in self.document.blocks if block.span.start < block.span.end]

    @cached_property
    def _sections(self) -> list[Span]:
        paragraphs = self._paragraphs
        if not paragraphs:
            return []
        starts: list[int] = []
        ends: list[int] = []
        open_ones: list[tuple[int, int]] = []  # the level and the place of the sections around
        end = paragraphs[0].start
        for block in self.document.blocks:
            if block.span.start == block.span.end:
                continue
            if block.kind == "heading":
                while open_ones and open_ones[-1][0] >= block.level:
                    ends[open_ones.pop()[1]] = end
            if block.kind == "heading" or not starts:
                # What is before the first heading ends at any heading.
                level = block.level if block.kind == "heading" else _LOWEST
                open_ones.append((level, len(starts)))
                starts.append(block.span.start)
                ends.append(block.span.end)
            end = block.span.end
        for _, place in open_ones:
            ends[place] = end
        return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


def _start(span: Span) -> int:
    return span.start


def _at(pieces: list[Span], offset: int) -> Span | None:
    return pieces[max(0, bisect_right(pieces, offset, key=_start) - 1)] if pieces else None


def _divided(text: str, span: Span, sign: str) -> list[Span]:
    found = []
    start = span.start
    for part in text[span.start : span.end].split(sign):
        if part.strip():
            lead = len(part) - len(part.lstrip())
            found.append(Span(start + lead, start + len(part.rstrip())))
        start += len(part) + 1
    return found or [span]
