"""The ends of a passage, moved by words: never past each other, never out of the text."""

from __future__ import annotations

from reader.domain.motions import Motions
from reader.domain.span import Span


def moved_end(motions: Motions, span: Span, words: int) -> Span:
    """*span* with its end so many words on, or back; its first word stays."""
    text = motions.document.text
    end = span.end
    for _ in range(abs(words)):
        last = motions.left_edge(end - 1)
        if words > 0:
            reached = motions.right_edge(_word_end(motions, last))
        else:
            reached = len(text[span.start : motions.word_at(last).start].rstrip()) + span.start
        if reached <= span.start or reached == end:
            break
        end = reached
    return Span(span.start, end)


def moved_start(motions: Motions, span: Span, words: int) -> Span:
    """*span* with its start so many words on, or back; its last word stays."""
    start = span.start
    for _ in range(abs(words)):
        reached = _next_word(motions, start) if words > 0 else _word_back(motions, start)
        if reached >= span.end or reached == start:
            break
        start = reached
    return Span(start, span.end)


class _NoLines:
    """Words ask for no screen lines."""

    def line(self, offset: int) -> Span:
        return Span(offset, offset)

    def vertical(self, offset: int, lines: int) -> int:
        return offset


def _word_end(motions: Motions, offset: int) -> int:
    return motions.move("e", offset, 1, _NoLines())


def _word_back(motions: Motions, offset: int) -> int:
    return motions.move("b", offset, 1, _NoLines())


def _next_word(motions: Motions, offset: int) -> int:
    return motions.move("w", offset, 1, _NoLines())
