"""Articles as lists know them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

ArticleId = NewType("ArticleId", int)

State = Literal["unread", "reading", "read"]
WORDS_A_MINUTE = 230


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
