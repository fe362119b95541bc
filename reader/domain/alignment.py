"""What two long sequences have in common, in order: the ground of a difference.

Ends that are equal come first. What is left is exact (a longest common subsequence) while it is short; longer
sequences are cut at items that occur once in both (as in Cohen's patience diff), and where there are none they are
gone through in windows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reader.domain.loading import load_rapidfuzz

EXACT = 4_000 * 4_000  # pairs of items up to which the exact answer takes milliseconds
WINDOW = 4_000


class Common(NamedTuple):
    """``size`` items from ``old`` on are those from ``new`` on."""

    old: int
    new: int
    size: int


def common(old: Sequence[int], new: Sequence[int]) -> list[Common]:
    """The parts that *old* and *new* share, in order, neither overlapping nor touching on both sides.

    Items are numbers, since they are compared very often.
    """
    return list(_joined(_parts(old, new)))


def _joined(parts: Iterator[Common]) -> Iterator[Common]:
    held: Common | None = None
    for part in parts:
        if held is not None and (held.old + held.size, held.new + held.size) == part[:2]:
            held = held._replace(size=held.size + part.size)
            continue
        if held is not None:
            yield held
        held = part
    if held is not None:
        yield held


def _parts(old: Sequence[int], new: Sequence[int]) -> Iterator[Common]:
    """Depth first by a stack of its own: thousands of cuts would be too deep for Python's."""
    waiting = [(0, len(old), 0, len(new), True)]
    while waiting:
        first, last, start, end, may_cut = waiting.pop()
        if may_cut is False and first == last:
            yield Common(first, start, end - start)  # a part found before, whose turn it is now
            continue
        head = _equal_ahead(old, new, first, last, start, end)
        if head:
            yield Common(first, start, head)
            first, start = first + head, start + head
        tail = _equal_behind(old, new, first, last, start, end)
        last, end = last - tail, end - tail
        if tail:
            waiting.append((last, last, end, end + tail, False))
        if first == last or start == end:
            continue
        anchors = (
            [] if (last - first) * (end - start) <= EXACT else _unique(old, new, first, last, start, end)
        )
        if not anchors:
            yield from _windowed(old, new, first, last, start, end)
            continue
        for place, other in reversed(anchors):
            waiting.append((place, last, other, end, True))
            last, end = place, other
        waiting.append((first, last, start, end, True))


def _equal_ahead(old: Sequence[int], new: Sequence[int], first: int, last: int, start: int, end: int) -> int:
    size, most = 0, min(last - first, end - start)
    while size < most and old[first + size] == new[start + size]:
        size += 1
    return size


def _equal_behind(old: Sequence[int], new: Sequence[int], first: int, last: int, start: int, end: int) -> int:
    size, most = 0, min(last - first, end - start)
    while size < most and old[last - 1 - size] == new[end - 1 - size]:
        size += 1
    return size


def _unique(
    old: Sequence[int], new: Sequence[int], first: int, last: int, start: int, end: int
) -> list[tuple[int, int]]:
    """The places of items that occur once in both, as many as stand in the same order in both."""
    there = _once(new, start, end)
    pairs = [(place, there[item]) for item, place in _once(old, first, last).items() if item in there]
    return _longest_rise(pairs)


def _once(items: Sequence[int], first: int, last: int) -> dict[int, int]:
    """Where each item is that occurs once, in the order of the places."""
    places: dict[int, int] = {}
    for place in range(first, last):
        item = items[place]
        places[item] = -1 if item in places else place
    return {item: place for item, place in places.items() if place >= 0}


def _longest_rise(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of *pairs*, which rise in the first number, that rise in the second one too."""
    ends: list[int] = []  # the least second number with which a rise of each length ends
    tails: list[int] = []  # the pair that it belongs to
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(tails[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            tails.append(index)
        else:
            ends[length], tails[length] = place, index
    found: list[tuple[int, int]] = []
    index = tails[-1] if tails else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]


def _windowed(
    old: Sequence[int], new: Sequence[int], first: int, last: int, start: int, end: int
) -> Iterator[Common]:
    """Exact within each window; a window ends where its last equal items do, so that the next one is in step."""
    load_rapidfuzz()
    from rapidfuzz.distance import Indel  # loads a library: only what differs needs it

    while first < last and start < end:
        whole = (last - first) * (end - start) <= EXACT
        size = max(last - first, end - start) if whole else WINDOW
        here, there = old[first : min(last, first + size)], new[start : min(end, start + size)]
        found = [
            Common(first + part.src_start, start + part.dest_start, part.src_end - part.src_start)
            for part in Indel.opcodes(here, there)
            if part.tag == "equal"
        ]
        if not whole and len(found) > 1:
            found = [part for part in found if part.old - first < WINDOW // 2] or found[:1]
        yield from found
        if whole:
            return
        if found:
            first, start = found[-1].old + found[-1].size, found[-1].new + found[-1].size
        else:
            first, start = first + len(here), start + len(there)
