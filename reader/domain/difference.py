"""What was changed between two texts, word by word, so that it can be read.

A few words that are the same by chance, amid much that is not, count as changed (the clean-up of diff-match-patch);
what was changed in neighbouring paragraphs is told paragraph by paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from reader.domain.patterns import lazy
from reader.domain.shared import Shared, shared
from reader.domain.span import Span

Kind = Literal["same", "removed", "added"]

BY_CHANCE = 24  # code points up to which a part may be the same by chance

_BREAK = lazy(r"\n+")


class Piece(NamedTuple):
    """A part of both texts. What was ``removed`` is nothing in the new text, what was ``added`` nothing in the old
    one: that span is empty and says where it would be."""

    kind: Kind
    old: Span
    new: Span


class Tally(NamedTuple):
    """How much was changed: places, and words."""

    changes: int
    removed: int
    added: int


def difference(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in order, what was removed before what was added in its place.

    The ``old`` spans of all pieces make up *old*, the ``new`` spans *new*; two pieces of one kind never touch.
    """
    parts = _not_by_chance(old, new, shared(old, new))
    parts = list(_paragraph_by_paragraph(old, new, parts))
    return list(_pieces(old, new, _whole_paragraphs(old, new, parts)))


def changes(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """The places where something was changed: what was removed, added, or both."""
    held: list[Piece] = []
    for piece in pieces:
        if piece.kind != "same":
            held.append(piece)
        elif held:
            yield tuple(held)
            held = []
    if held:
        yield tuple(held)


def tally(old: str, new: str, pieces: Sequence[Piece]) -> Tally:
    from reader.domain.text import word_count

    removed = sum(word_count(old[slice(*piece.old)]) for piece in pieces if piece.kind == "removed")
    added = sum(word_count(new[slice(*piece.new)]) for piece in pieces if piece.kind == "added")
    return Tally(sum(1 for _ in changes(pieces)), removed, added)


# --- what reads well ---------------------------------------------------------------------------------------


def _not_by_chance(old: str, new: str, parts: Iterable[Shared]) -> list[Shared]:
    """*parts* without the short ones that have more that differs on either side than they are long."""

    def apart(one: Shared, other: Shared) -> int:
        return max(_length(old, one.old.end, other.old.start), _length(new, one.new.end, other.new.start))

    def is_chance(before: Shared, part: Shared, after: Shared) -> bool:
        size = part.old.end - part.old.start
        return not part.whole and size <= min(BY_CHANCE, apart(before, part), apart(part, after))

    kept = [Shared(Span(0, 0), Span(0, 0))]
    for part in (*parts, _end_of(old, new)):
        # One that goes leaves more that differs, which may be too much for the one before it.
        while len(kept) > 1 and is_chance(kept[-2], kept[-1], part):
            kept.pop()
        kept.append(part)
    return kept[1:-1]


def _length(text: str, start: int, end: int) -> int:
    """Code points between two places, white space at both ends left out."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return end - start


def _end_of(old: str, new: str) -> Shared:
    return Shared(Span(len(old), len(old)), Span(len(new), len(new)))


def _paragraph_by_paragraph(old: str, new: str, parts: Sequence[Shared]) -> Iterator[Shared]:
    """*parts*, and the breaks between paragraphs where just as many were changed in both texts."""
    left = right = 0
    for part in (*parts, _end_of(old, new)):
        breaks = _breaks(old, left, part.old.start), _breaks(new, right, part.new.start)
        if [old[slice(*one)] for one in breaks[0]] == [new[slice(*one)] for one in breaks[1]]:
            yield from map(Shared, *breaks)
        if part.old.start < part.old.end:
            yield part
        left, right = part.old.end, part.new.end


def _breaks(text: str, start: int, end: int) -> list[Span]:
    return [Span(*match.span()) for match in _BREAK.finditer(text, start, end)]


def _whole_paragraphs(old: str, new: str, parts: Sequence[Shared]) -> Iterator[Shared]:
    """Where all words of a paragraph are others, the signs around them are others too: not its full stop alone
    stays."""
    fronts, backs = [0] * len(parts), [0] * len(parts)
    ends = Shared(Span(0, 0), Span(0, 0)), _end_of(old, new)
    for number, (before, after) in enumerate(pairwise((ends[0], *parts, ends[1]))):
        gaps = old[before.old.end : after.old.start], new[before.new.end : after.new.start]
        if not all(gaps):
            continue
        head: int | None = 0
        tail: int | None = 0
        if not all(gap[0] == "\n" for gap in gaps):
            head = _agreed(_signs_behind(old, before.old), _signs_behind(new, before.new))
        if not all(gap[-1] == "\n" for gap in gaps):
            tail = _agreed(_signs_ahead(old, after.old), _signs_ahead(new, after.new))
        if head is not None and tail is not None:
            if number > 0:
                backs[number - 1] = head
            if number < len(parts):
                fronts[number] = tail
    for part, front, back in zip(parts, fronts, backs, strict=True):
        if part.old.start + front < part.old.end - back:
            yield Shared(
                Span(part.old.start + front, part.old.end - back),
                Span(part.new.start + front, part.new.end - back),
            )


def _agreed(one: int | None, other: int | None) -> int | None:
    return one if one == other else None


def _signs_behind(text: str, span: Span) -> int | None:
    """How many code points a line begins with at the end of *span*; ``None`` if words are among them."""
    start = text.rfind("\n", *span) + 1 or span.start
    if start == span.start > 0 and text[start - 1] != "\n":
        return None
    return None if any(map(str.isalnum, text[start : span.end])) else span.end - start


def _signs_ahead(text: str, span: Span) -> int | None:
    """How many code points a line ends with at the beginning of *span*; ``None`` if words are among them."""
    feed = text.find("\n", *span)
    end = span.end if feed < 0 else feed
    if end == span.end < len(text) and text[end] != "\n":
        return None
    return None if any(map(str.isalnum, text[span.start : end])) else end - span.start


# --- pieces --------------------------------------------------------------------------------------------------


def _pieces(old: str, new: str, parts: Iterable[Shared]) -> Iterator[Piece]:
    """The pieces of *parts* and of what is between them, neighbours of one kind joined."""
    held: Piece | None = None
    for piece in _raw_pieces(old, new, parts):
        if held is not None and held.kind == piece.kind:
            held = Piece(held.kind, Span(held.old.start, piece.old.end), Span(held.new.start, piece.new.end))
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _raw_pieces(old: str, new: str, parts: Iterable[Shared]) -> Iterator[Piece]:
    left = right = 0
    for part in (*parts, _end_of(old, new)):
        yield from _between(old, Span(left, part.old.start), new, Span(right, part.new.start))
        left, right = part.old.end, part.new.end
        if part.old.start < left:
            yield Piece("same", part.old, part.new)


def _between(old: str, here: Span, new: str, there: Span) -> Iterator[Piece]:
    """What lies between two parts that are the same, without the white space that is at both ends of both."""
    head = _shared_space(old, here, new, there, 1)
    if head:
        yield Piece("same", Span(here.start, here.start + head), Span(there.start, there.start + head))
        here, there = Span(here.start + head, here.end), Span(there.start + head, there.end)
    tail = _shared_space(old, here, new, there, -1)
    here, last = Span(here.start, here.end - tail), here.end
    there, end = Span(there.start, there.end - tail), there.end
    if here.start < here.end:
        yield Piece("removed", here, Span(there.start, there.start))
    if there.start < there.end:
        yield Piece("added", Span(here.end, here.end), there)
    if tail:
        yield Piece("same", Span(here.end, last), Span(there.end, end))


def _shared_space(old: str, here: Span, new: str, there: Span, step: int) -> int:
    """How many code points of white space both begin with, or end with (-1)."""
    size, most = 0, min(here.end - here.start, there.end - there.start)
    place, other = (here.start, there.start) if step > 0 else (here.end - 1, there.end - 1)
    while size < most and old[place] == new[other] and old[place].isspace():
        size, place, other = size + 1, place + step, other + step
    return size
