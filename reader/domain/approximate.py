"""Finding words in a text that may be misspelled, edited or cut there: approximate search.

Errors are edits of one code point (Levenshtein). The search is Myers' bit-parallel one (1999) with Python's whole
numbers as bit vectors of any length: some microseconds a code point of the text, whatever the pattern's length.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

MOST = 20


class Match(NamedTuple):
    """A stretch ``[start, end)`` of a text that becomes the pattern by ``errors`` edits."""

    start: int
    end: int
    errors: int


def matches(text: str, pattern: str, limit: int) -> list[Match]:
    """Where *pattern* stands in *text* with at most *limit* errors, fewest errors first; at most 20 places.

    Not only the best place: the best of every stretch without a break, so that context can choose among them.
    """
    best: list[tuple[int, int]] = []
    previous = -1
    for end, errors in _ends(text, pattern, limit):
        if end != previous + 1 or not best:
            best.append((end, errors))
        elif errors < best[-1][1]:
            best[-1] = (end, errors)
        previous = end
    best.sort(key=lambda found: found[1])
    return [Match(_start(text, pattern, end, errors), end, errors) for end, errors in best[:MOST]]


def similarity(text: str, pattern: str) -> float:
    """1 where *pattern* is in *text*, else one less its fewest errors there, by its length."""
    if pattern in text:
        return 1.0
    if not text:
        return 0.0
    fewest = min((errors for _, errors in _ends(text, pattern, len(pattern))), default=len(pattern))
    return 1 - fewest / len(pattern)


def _start(text: str, pattern: str, end: int, errors: int) -> int:
    """Where the match begins that ends at *end*: the same search backward, the nearest to the pattern's length."""
    first = max(0, end - len(pattern) - errors)
    backward = text[first:end][::-1]
    lengths = list(_ends(backward, pattern[::-1], errors, anywhere=False))
    if not lengths:
        return first
    length, _ = min(lengths, key=lambda found: (found[1], abs(found[0] - len(pattern))))
    return end - length


def _ends(text: str, pattern: str, limit: int, *, anywhere: bool = True) -> Iterator[tuple[int, int]]:
    """Each end in *text* of a stretch that is *pattern* but for at most *limit* errors, with the fewest errors.

    The stretch may begin *anywhere*, or only where the text does.
    """
    places: dict[str, int] = {}
    for bit, character in enumerate(pattern):
        places[character] = places.get(character, 0) | 1 << bit
    everything = (1 << len(pattern)) - 1
    last = 1 << len(pattern) - 1
    first = 0 if anywhere else 1  # what it costs to leave out a code point of the text before the match
    # Bit i says whether the errors of pattern[: i + 1] are one more (or less) than those of pattern[:i].
    more, less, errors = everything, 0, len(pattern)
    for end, character in enumerate(text, 1):
        equal = places.get(character, 0)
        vertical = equal | less
        horizontal = (((equal & more) + more) ^ more) | equal
        rises = less | (everything & ~(horizontal | more))
        falls = more & horizontal
        if rises & last:
            errors += 1
        elif falls & last:
            errors -= 1
        rises = (rises << 1 | first) & everything
        falls = (falls << 1) & everything
        more = falls | (everything & ~(vertical | rises))
        less = rises & vertical
        if errors <= limit:
            yield end, errors
