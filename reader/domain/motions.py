"""Where the caret goes: motions over a document, as vim's users know them.

A caret stands on the first code point of a grapheme cluster that belongs to a block, never on the blank line
between blocks. What depends on screen lines is asked of a :class:`ScreenLines`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import Protocol

import regex

from reader.domain.document import Document, Span
from reader.domain.sentences import Sentences

MOTIONS = ("h", "j", "k", "l", "w", "b", "e", "0", "^", "$", "(", ")", "{", "}", "gg", "G")

_CLUSTER = regex.compile(r"\X")
_WORD = re.compile(r"[^\W_](?:[\w’'-]*\w)?|\w+|[^\w\s]+")
_REACH = 64  # a cluster longer than this many code points is cut: no script needs more


class ScreenLines(Protocol):
    """The lines of the page, as the caret's motions need them."""

    def line(self, offset: int) -> Span:
        """What the line of *offset* shows, hanging white space left out; not empty unless the line is."""

    def vertical(self, offset: int, lines: int) -> int:
        """The offset so many lines below (or above) *offset* that show text, in the column the caret came from."""


class Motions:
    """The motions of one document."""

    def __init__(self, document: Document, sentences: Sentences) -> None:
        self.document = document
        self.sentences = sentences
        self._filled = [block.span for block in document.blocks if block.span.start < block.span.end]

    def move(
        self, motion: str, offset: int, count: int | None, screen: ScreenLines, *, selecting: bool = False
    ) -> int:
        """Where *motion*, *count* times, takes the caret from *offset*.

        While *selecting*, ``)`` and ``}`` stop on the last character of a sentence or paragraph: there is no
        blank line to stop on, and the first letter of what follows is not meant. ``gg`` and ``G`` with a count
        go to that paragraph. An unknown motion raises ValueError.
        """
        if not self._filled:
            return 0
        times = 1 if count is None else max(1, count)
        match motion:
            case "j":
                return screen.vertical(offset, times)
            case "k":
                return screen.vertical(offset, -times)
            case "0":
                return screen.line(offset).start
            case "^":
                return self._first_visible(screen.line(offset))
            case "$":
                line = screen.line(screen.vertical(offset, times - 1) if times > 1 else offset)
                return self.left_edge(max(line.start, line.end - 1))
            case "gg" | "G":
                return self._paragraph(motion, count)
        step = self._ends().get(motion) if selecting else None
        step = step or self._steps().get(motion)
        if step is None:
            raise ValueError(f"unknown motion: {motion}")
        for _ in range(times):
            reached = step(offset)
            if reached == offset:
                break
            offset = reached
        return offset

    def left_edge(self, offset: int) -> int:
        """The start of the cluster at *offset*, moved into the nearest block before it."""
        block = self._block(offset)
        offset = max(block.start, min(offset, block.end - 1))
        low = max(block.start, offset - _REACH)
        found = low
        for cluster in _CLUSTER.finditer(self.document.text, low, block.end):
            if cluster.start() > offset:
                break
            found = cluster.start()
        return found

    def right_edge(self, offset: int) -> int:
        """The end of the cluster that begins at *offset*."""
        block = self._block(offset)
        cluster = _CLUSTER.match(self.document.text, offset, max(block.end, offset))
        return min(cluster.end(), offset + _REACH) if cluster else min(offset + 1, block.end)

    def word_at(self, offset: int) -> Span:
        """The word or run of signs at *offset*; the cluster there if it stands on white space."""
        block = self._block(offset)
        for word in _WORD.finditer(self.document.text, *block):
            if word.end() > offset:
                if word.start() <= offset:
                    return Span(*word.span())
                break
        return Span(offset, self.right_edge(offset))

    def _steps(self) -> dict[str, Callable[[int], int]]:
        return {
            "h": self._left, "l": self._right, "w": self._word, "b": self._word_back, "e": self._word_end,
            ")": self._sentence, "(": self._sentence_back, "}": self._block_on, "{": self._block_back,
        }  # fmt: skip

    def _ends(self) -> dict[str, Callable[[int], int]]:
        return {")": self._sentence_end, "}": self._block_end}

    def _index(self, offset: int) -> int:
        return max(0, bisect_right(self._filled, offset, key=_start) - 1)

    def _block(self, offset: int) -> Span:
        return self._filled[self._index(offset)]

    def _neighbour(self, offset: int, step: int) -> Span | None:
        index = self._index(offset) + step
        return self._filled[index] if 0 <= index < len(self._filled) else None

    def _left(self, offset: int) -> int:
        if offset > self._block(offset).start:
            return self.left_edge(offset - 1)
        before = self._neighbour(offset, -1)
        return self.left_edge(before.end - 1) if before else offset

    def _right(self, offset: int) -> int:
        after = self.right_edge(offset)
        if after < self._block(offset).end:
            return after
        following = self._neighbour(offset, 1)
        return following.start if following else offset

    def _word(self, offset: int) -> int:
        for word in _WORD.finditer(self.document.text, offset, self._block(offset).end):
            if word.start() > offset and not self._splits(word.start()):
                # The search began inside a word if it found one right here.
                return word.start()
        following = self._neighbour(offset, 1)
        return following.start if following else self.left_edge(self._block(offset).end - 1)

    def _splits(self, start: int) -> bool:
        """Whether *start* is inside a cluster: signs may join letters."""
        return self.left_edge(start) != start

    def _word_back(self, offset: int) -> int:
        span = self._block(offset)
        if offset <= span.start:
            before = self._neighbour(offset, -1)
            if before is None:
                return offset
            span, offset = before, before.end
        found = span.start
        for word in _WORD.finditer(
            self.document.text, max(span.start, self._before_words(span, offset)), offset
        ):
            found = word.start()
        return self.left_edge(found)

    def _before_words(self, span: Span, offset: int) -> int:
        """A place well before *offset* where a word begins, so that long paragraphs are not read from the top."""
        low = max(span.start, offset - 1024)
        space = self.document.text.find(" ", low, offset)
        return low if low == span.start or space < 0 else space

    def _word_end(self, offset: int) -> int:
        for span in (self._block(offset), self._neighbour(offset, 1)):
            if span is None:
                break
            start = max(span.start, offset)
            for word in _WORD.finditer(self.document.text, start, span.end):
                last = self.left_edge(word.end() - 1)
                if last > offset:
                    return last
        return self.left_edge(self._block(offset).end - 1)

    def _sentence(self, offset: int) -> int:
        here = self.sentences.at(offset)
        following = self.sentences.next(here) if here else None
        return following.start if following else self.left_edge(self._filled[-1].end - 1)

    def _sentence_back(self, offset: int) -> int:
        here = self.sentences.at(offset)
        if here is None:
            return offset
        if offset > here.start:
            return here.start
        before = self.sentences.previous(here)
        return before.start if before else here.start

    def _sentence_end(self, offset: int) -> int:
        here = self.sentences.at(offset)
        if here is not None and self.left_edge(here.end - 1) <= offset:
            here = self.sentences.next(here)
        return self.left_edge(here.end - 1) if here else offset

    def _block_end(self, offset: int) -> int:
        here: Span | None = self._block(offset)
        if here is not None and self.left_edge(here.end - 1) <= offset:
            here = self._neighbour(offset, 1)
        return self.left_edge(here.end - 1) if here else offset

    def _block_on(self, offset: int) -> int:
        following = self._neighbour(offset, 1)
        return following.start if following else self.left_edge(self._block(offset).end - 1)

    def _block_back(self, offset: int) -> int:
        block = self._block(offset)
        if offset > block.start:
            return block.start
        before = self._neighbour(offset, -1)
        return before.start if before else block.start

    def _paragraph(self, motion: str, count: int | None) -> int:
        if count is not None:
            return self._filled[min(len(self._filled), max(1, count)) - 1].start
        return self._filled[0].start if motion == "gg" else self.left_edge(self._filled[-1].end - 1)

    def _first_visible(self, line: Span) -> int:
        offset = line.start
        while offset < line.end - 1 and self.document.text[offset].isspace():
            offset += 1
        return offset


def _start(span: Span) -> int:
    return span.start
