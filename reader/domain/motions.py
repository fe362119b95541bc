"""Where the caret goes: motions over a document, as vim's users know them.

A caret stands on the first code point of a grapheme cluster that belongs to a block, never on the blank line
between blocks. What depends on screen lines is asked of a :class:`ScreenLines`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import Protocol

import regex

from reader.domain import characters
from reader.domain.document import Document, Span
from reader.domain.sentences import Sentences
from reader.domain.words import Words

MOTIONS = ("h", "j", "k", "l", "w", "b", "e", "W", "B", "E", "0", "^", "$", "(", ")", "{", "}", "gg", "G")

_CLUSTER = regex.compile(r"\X")
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
        self._words = Words(document)
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
                return self.left_edge(screen.vertical(offset, times))
            case "k":
                return self.left_edge(screen.vertical(offset, -times))
            case "0":
                return self.left_edge(screen.line(offset).start)
            case "^":
                return self.left_edge(self._first_visible(screen.line(offset)))
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

    def find_character(
        self, offset: int, character: str, count: int = 1, *, back: bool = False, till: bool = False,
        again: bool = False,
    ) -> int | None:  # fmt: skip
        """Where ``f`` takes the caret, or ``F`` (*back*), ``t`` (*till*), ``T``; ``None`` if it is not there.

        It is looked for in the paragraph. *again* is for ``;`` and ``,``: a character right beside the caret, where
        ``t`` stopped before, is passed over.
        """
        if not self._filled or not character:
            return None
        block = self._block(offset)
        behind = self.right_edge(offset)
        span = Span(block.start, offset) if back else Span(behind, block.end)
        beside = self.left_edge(offset - 1) if back and offset > block.start else behind
        times = max(1, count)
        for place in characters.places(self.document.text, span, character, back=back):
            if self.left_edge(place) != place or (again and till and times == 1 and place == beside):
                continue
            times -= 1
            if not times:
                return place if not till else self.right_edge(place) if back else self.left_edge(place - 1)
        return None

    def target(self, motion: str, offset: int, count: int | None, screen: ScreenLines) -> Span | None:
        """What an operator takes for *motion* from *offset*: text without white space at its end; ``None`` if nothing.

        As in vim ``e $ f t`` include where they lead and the others do not, and ``j k`` take whole screen lines.
        ``G`` and ``gg`` take the text from or up to the caret; with a count the paragraph of that number is the last.
        *motion* is one of ``MOTIONS``, or ``f F t T`` with its character, as in ``fx``.
        """
        if not self._filled:
            return None
        if len(motion) > 1 and motion[0] in "fFtT":
            back, till = motion[0] in "FT", motion[0] in "tT"
            found = self.find_character(offset, motion[1:], count or 1, back=back, till=till)
            if found is None:
                return None
            return self._bare(found, offset) if back else self._bare(offset, self.right_edge(found))
        match motion:
            case "j" | "k":
                first, last = sorted((offset, self.move(motion, offset, count, screen)))
                return self._bare(screen.line(first).start, screen.line(last).end) if first < last else None
            case "gg" | "G":
                return self._up_to_paragraph(motion, offset, count)
            case "e" | "E" | "$":
                return self._bare(offset, self.right_edge(self.move(motion, offset, count, screen)))
            case "l" | "w" | "W" | ")" | "}":
                return self._bare(offset, self._behind(motion, offset, 1 if count is None else max(1, count)))
        return self._bare(self.move(motion, offset, count, screen), offset)

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
        return self._words.at(self._block(offset), offset) or Span(offset, self.right_edge(offset))

    def _steps(self) -> dict[str, Callable[[int], int]]:
        return {
            "h": self._left, "l": self._right, "w": self._word, "b": self._word_back, "e": self._word_end,
            "W": self._long_word, "B": self._long_word_back, "E": self._long_word_end,
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

    def _word(self, offset: int, long: bool = False) -> int:
        block = self._block(offset)
        for word in self._words.onward(block, offset, long=long):
            if word.start > offset and self.left_edge(word.start) == word.start:  # signs may join letters
                return word.start
        following = self._neighbour(offset, 1)
        return following.start if following else self.left_edge(block.end - 1)

    def _word_back(self, offset: int, long: bool = False) -> int:
        block = self._block(offset)
        if offset <= block.start:
            before = self._neighbour(offset, -1)
            if before is None:
                return offset
            block, offset = before, before.end
        found = self._words.behind(block, offset, long=long)
        return self.left_edge(found.start) if found else block.start

    def _word_end(self, offset: int, long: bool = False) -> int:
        for block in (self._block(offset), self._neighbour(offset, 1)):
            if block is None:
                break
            for word in self._words.onward(block, offset, long=long):
                last = self.left_edge(word.end - 1)
                if last > offset:
                    return last
        return self.left_edge(self._block(offset).end - 1)

    def _long_word(self, offset: int) -> int:
        return self._word(offset, long=True)

    def _long_word_back(self, offset: int) -> int:
        return self._word_back(offset, long=True)

    def _long_word_end(self, offset: int) -> int:
        return self._word_end(offset, long=True)

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

    def _up_to_paragraph(self, motion: str, offset: int, count: int | None) -> Span | None:
        there = self._block(self._paragraph(motion, count))
        if count is None:
            return self._bare(offset, there.end) if motion == "G" else self._bare(there.start, offset)
        return self._bare(min(offset, there.start), max(offset, there.end) if there.end > offset else offset)

    def _behind(self, motion: str, offset: int, times: int) -> int:
        """Where a motion forward leads, and the end of the text when it has nowhere to go to."""
        step = self._steps()[motion]
        last = self.left_edge(self._filled[-1].end - 1)
        for _ in range(times):
            reached = step(offset)
            if reached == offset or (reached == last and not self._begins(motion, reached)):
                return self._filled[-1].end
            offset = reached
        return offset

    def _begins(self, motion: str, offset: int) -> bool:
        """Whether what *motion* goes to begins at *offset*."""
        match motion:
            case "w" | "W":
                word = self._words.at(self._block(offset), offset, long=motion == "W")
                return word is not None and word.start == offset
            case ")":
                sentence = self.sentences.at(offset)
                return sentence is not None and sentence.start == offset
            case "}":
                return self._block(offset).start == offset
        return True

    def _bare(self, start: int, end: int) -> Span | None:
        while end > start and self.document.text[end - 1].isspace():
            end -= 1
        return Span(start, end) if start < end else None

    def _first_visible(self, line: Span) -> int:
        offset = line.start
        while offset < line.end - 1 and self.document.text[offset].isspace():
            offset += 1
        return offset


def _start(span: Span) -> int:
    return span.start
