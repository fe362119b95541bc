"""Articles on their way in (Draft) and as the library knows them (Summary, Article)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NewType

if TYPE_CHECKING:
    from reader.domain.document import Document

ArticleId = NewType("ArticleId", int)

State = Literal["unread", "reading", "read"]
WORDS_A_MINUTE = 230


@dataclass(frozen=True, slots=True)
class Draft:
    """An article read from outside, not stored yet. Every text is clean.

    ``published`` is ``2021-03-03`` or full ISO 8601, or ``None``; ``original`` the bytes it came from;
    ``keys`` what identifies it beside its text: ``url:…`` and ``file:…`` keys, most telling first.
    ``extra`` holds ``tail``, the boilerplate set aside below the end, and what has no field of its own.
    """

    title: str
    document: Document
    url: str | None = None
    author: str | None = None
    site: str | None = None
    published: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    original: bytes = b""
    media_type: str = "text/plain"
    keys: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Summary:
    """One row of a list: what is known of an article without its text.

    ``added`` is in UTC; ``progress`` is the furthest seen place as a share of the text, 0–1; ``highlights``
    counts passages; ``noted`` says whether the article has a note of its own.
    """

    id: ArticleId
    uid: str
    title: str
    author: str | None
    site: str | None
    url: str | None
    published: str | None
    added: datetime
    words: int
    language: str | None
    state: State
    starred: bool
    archived: bool
    trashed: bool
    progress: float
    tags: tuple[str, ...]
    highlights: int
    noted: bool

    @property
    def minutes(self) -> int:
        """Reading time, at least one minute for any text."""
        return max(1, round(self.words / WORDS_A_MINUTE)) if self.words else 0


@dataclass(frozen=True, slots=True)
class Article:
    """A whole article. ``position`` is the code point where reading stopped; ``version`` counts from 1."""

    summary: Summary
    document: Document
    position: int = 0
    version: int = 1
    note: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
