"""Articles as lists know them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple, NewType

if TYPE_CHECKING:
    from reader.domain.alike import Similar

ArticleId = NewType("ArticleId", int)

State = Literal["unread", "reading", "read"]
WORDS_A_MINUTE = 230


class Summary(NamedTuple):
    """One row of a list: what is known of an article without its text.

    ``added`` is in UTC; ``progress`` is the furthest seen place as a share of the text, 0–1; ``highlights``
    counts passages; ``noted`` says whether the article has a note of its own. ``unfetched`` is ``None`` for what has
    its text; a link whose text is still to come has ``""``, or why it could not be fetched. ``similar`` is the article
    that it resembles most, as long as the reader has not said what they think of that.
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
    unfetched: str | None = None
    similar: Similar | None = None

    @property
    def minutes(self) -> int:
        """Reading time, at least one minute for any text."""
        return max(1, round(self.words / WORDS_A_MINUTE)) if self.words else 0
