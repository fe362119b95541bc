"""Which letters stand for which of several things on screen."""

from __future__ import annotations

ALPHABET = "asdfghjkl"
"""The home row: what the fingers need not look for."""

MOST = len(ALPHABET) ** 2


def labels(count: int) -> tuple[str, ...]:
    """*count* labels of one or two letters, MOST at most: no two alike, none the beginning of another.

    As many as possible have one letter; those come first.
    """
    count = max(0, min(count, MOST))
    size = len(ALPHABET)
    doubled = next(number for number in range(size + 1) if size - number + number * size >= count)
    singles = ALPHABET[: size - doubled]
    pairs = (first + second for first in ALPHABET[size - doubled :] for second in ALPHABET)
    return (*singles, *pairs)[:count]
