"""An article's text and the ranges over it: the model that everything else hangs on."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from reader.domain.span import Span as Span  # what every document is made of, so it is found here too
from reader.domain.text import clean_body, text_hash

BlockKind = Literal["heading", "para", "item", "quote", "code", "table", "figure", "rule"]
MarkKind = Literal["em", "strong", "code", "strike", "link", "target"]

SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True)
class Block:
    """One structural piece of a document.

    ``level`` is a heading's 1–6; ``depth`` an item's or quote's nesting from 0; ``marker`` what stands before
    an item (``•`` or ``3.``); ``head`` the number of a table's heading rows; ``lang`` a code block's language;
    ``src`` a figure's address. ``quote`` counts the quotations a block stands in, ``list`` the depth of the list
    item it continues (0 = none). A table's rows are lines, its cells divided by TAB.
    """

    kind: BlockKind
    span: Span
    level: int = 0
    depth: int = 0
    marker: str = ""
    head: int = 0
    lang: str = ""
    src: str = ""
    alt: str = ""
    quote: int = 0
    list: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """Inline style over a range. A mark never leaves its block.

    A link's ``href`` is an address, or ``#name`` for a place in this document; the words at that place have a
    ``target`` with the same ``href``, which is not shown. Other marks have none.
    """

    kind: MarkKind
    span: Span
    href: str = ""


@dataclass(frozen=True)
class Document:
    """Canonical text with its blocks and marks, immutable.

    ``text`` is the texts of the blocks joined by a blank line; a block without text has ``start == end`` and
    adds no separator. Blocks are sorted and do not overlap. Marks are sorted by start.
    """

    text: str
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...] = field(default=())

    @classmethod
    def plain(cls, text: str) -> Document:
        """*text* as paragraphs divided by blank lines. Total: any string gives a document."""
        builder = DocumentBuilder()
        for paragraph in clean_body(text).split("\n\n"):
            builder.add("para", paragraph)
        return builder.build()

    @cached_property
    def hash(self) -> str:
        return text_hash(self.text)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The start of each block, for bisection."""
        return tuple(block.span.start for block in self.blocks)

    def marks_over(self, span: Span) -> Iterator[Mark]:
        """The marks of one block that share something with *span*, a part of it."""
        block = self.blocks[self.block_at(span.start)] if self.blocks else None
        first = bisect_left(self._mark_starts, block.span.start) if block else 0
        for mark in self.marks[first : bisect_left(self._mark_starts, span.end)]:
            if mark.span.overlaps(span):
                yield mark

    @cached_property
    def _mark_starts(self) -> tuple[int, ...]:
        return tuple(mark.span.start for mark in self.marks)

    @cached_property
    def targets(self) -> Mapping[str, Span]:
        """The places that links within the document lead to, by the links' ``href``."""
        return {mark.href: mark.span for mark in reversed(self.marks) if mark.kind == "target"}

    def block_at(self, offset: int) -> int:
        """The index of the block that holds *offset*, or of the one before a separator; 0 if there is none."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def slice(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def blocks_json(self) -> str:
        """Blocks and marks as compact JSON, marks inside their block with absolute offsets."""
        rows: list[dict[str, Any]] = []
        marks = iter(self.marks)
        mark = next(marks, None)
        for block in self.blocks:
            row: dict[str, Any] = {"k": block.kind, "s": block.span.start, "e": block.span.end}
            row |= {key: value for key, name in _BLOCK_KEYS.items() if (value := getattr(block, name))}
            inside: list[list[Any]] = []
            while mark is not None and mark.span.start < block.span.end:
                inside.append(
                    [mark.span.start, mark.span.end, mark.kind, *([mark.href] if mark.href else [])]
                )
                mark = next(marks, None)
            if inside:
                row["m"] = inside
            rows.append(row)
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str, blocks: str) -> Document:
        """The document whose :meth:`blocks_json` was *blocks*; raises ValueError if it is not of that form."""
        made: list[Block] = []
        marks: list[Mark] = []
        try:
            for row in json.loads(blocks):
                extra = {name: row[key] for key, name in _BLOCK_KEYS.items() if key in row}
                made.append(Block(row["k"], Span(row["s"], row["e"]), **extra))
                for start, end, kind, *href in row.get("m", ()):
                    marks.append(Mark(kind, Span(start, end), *href))
        except (KeyError, TypeError, RecursionError) as error:
            raise ValueError("blocks are not of the stored form") from error
        return cls(text, tuple(made), tuple(marks))


_BLOCK_KEYS = {
    "level": "level", "depth": "depth", "marker": "marker", "head": "head", "lang": "lang",
    "src": "src", "alt": "alt", "q": "quote", "in": "list",
}  # fmt: skip


class DocumentBuilder:
    """Puts a document together block by block and keeps its invariants."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._marks: list[Mark] = []
        self._end = 0
        self._waiting: list[
            int
        ] = []  # blocks without text, which stand at the start of the next one with text

    def add(self, kind: BlockKind, text: str = "", marks: Iterable[Mark] = (), **attributes: Any) -> None:
        """Append a block. *text* is clean; *marks* have offsets inside it.

        White space at both ends is dropped (only blank lines and trailing space for code) and the marks move
        along; a table keeps the TABs that stand for empty cells. A block left without text is dropped, unless
        it is a figure or a rule.
        """
        body = text.strip("\n").rstrip() if kind == "code" else text.strip()
        if kind == "table" and body:
            body = text.strip("\n ")
        if kind == "rule":
            body = ""
        if body:
            self._add_text(kind, body, attributes)
            self._add_marks(marks, text.index(body), len(body))
        elif kind in ("figure", "rule"):
            self._waiting.append(len(self._blocks))
            self._blocks.append(Block(kind, Span(self._end, self._end), **attributes))

    def _add_text(self, kind: BlockKind, body: str, attributes: dict[str, Any]) -> None:
        start = self._end + (len(SEPARATOR) if self._parts else 0)
        self._end = start + len(body)
        self._parts.append(body)
        for index in self._waiting:
            self._blocks[index] = replace(self._blocks[index], span=Span(start, start))
        self._waiting.clear()
        self._blocks.append(Block(kind, Span(start, self._end), **attributes))

    def _add_marks(self, marks: Iterable[Mark], lead: int, length: int) -> None:
        offset = self._end - length
        for mark in sorted(marks, key=lambda mark: mark.span):
            start, end = max(0, mark.span.start - lead), min(length, mark.span.end - lead)
            if start < end:
                self._marks.append(Mark(mark.kind, Span(offset + start, offset + end), mark.href))

    def build(self) -> Document:
        return Document(SEPARATOR.join(self._parts), tuple(self._blocks), tuple(self._marks))
