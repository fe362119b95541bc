"""The versions of an article's text: each time its source said something else, one more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Version:
    """``number`` counts from 1 in the order of arrival; ``made`` is when it arrived, in UTC; ``title`` is what its
    source called it. One of an article's versions is ``current``: the one that is read, searched and marked."""

    number: int
    made: datetime
    words: int
    title: str
    current: bool


def in_words(placed: int, review: int, orphan: int) -> str:
    """``2 placed, 1 to review``: what became of an article's highlights in a version; empty if there are none."""
    parts = ((placed, "placed"), (review, "to review"), (orphan, "without a place"))
    return ", ".join(f"{count} {words}" for count, words in parts if count)


def highlights_in_words(placed: int, review: int, orphan: int) -> str:
    """``3 highlights: 2 placed, 1 to review``; empty if there are none."""
    total = placed + review + orphan
    return f"{total} highlight{'s' * (total != 1)}: {in_words(placed, review, orphan)}" if total else ""
