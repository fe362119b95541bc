"""What many articles have in common, as far as an action on all of them has to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from reader.domain.summary import Summary


@dataclass(frozen=True, slots=True)
class Standing:
    """Of ``articles`` articles so many are read, starred, archived, in the trash, and bear each of the ``tags``."""

    articles: int
    read: int
    starred: int
    archived: int
    trashed: int
    tags: Mapping[str, int]

    @classmethod
    def of(cls, summaries: Collection[Summary]) -> Standing:
        return cls(
            articles=len(summaries),
            read=sum(article.state == "read" for article in summaries),
            starred=sum(article.starred for article in summaries),
            archived=sum(article.archived for article in summaries),
            trashed=sum(article.trashed for article in summaries),
            tags=Counter(tag for article in summaries for tag in article.tags),
        )
