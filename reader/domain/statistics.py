"""A library in figures."""

from __future__ import annotations

from dataclasses import dataclass

from reader.domain.counts import Counts


@dataclass(frozen=True, slots=True)
class Month:
    """``name`` is ``2024-05``, in local time; ``finished`` counts articles read to their end."""

    name: str
    added: int
    finished: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """``articles``, ``words``, ``minutes`` and the states are of all outside the trash, the archive included;
    ``words_read`` weighs each article by how far it was read. ``months`` are the last ones, the latest first."""

    counts: Counts
    articles: int
    unread: int
    reading: int
    read: int
    words: int
    words_read: int
    minutes: int
    highlights: int
    notes: int
    tags: int
    months: tuple[Month, ...]
    top_tags: tuple[tuple[str, int], ...]
    top_sites: tuple[tuple[str, int], ...]
    top_authors: tuple[tuple[str, int], ...]
