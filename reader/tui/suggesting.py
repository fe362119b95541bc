"""Which tags to offer: of one article what the library suggests, of several what fits most of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.article import ArticleId
from reader.domain.suggestion import Suggestion

if TYPE_CHECKING:
    from reader.storage.lane import Lane
    from reader.storage.library import Library

ASKED = 24  # articles of a selection that are looked at
MOST = 6


async def suggestions(lane: Lane, articles: Sequence[ArticleId]) -> Sequence[Suggestion]:
    """The likeliest first. Of many articles a few, from all over the selection, speak for the rest; each is a question
    of its own, so that other ones get their turn in between."""
    asked = articles[:: max(1, -(-len(articles) // ASKED))]
    offered = [await lane.read(partial(_suggested, article)) for article in asked]
    return offered[0] if len(offered) == 1 else fitting_most(offered)


def fitting_most(offered: Sequence[Sequence[Suggestion]]) -> list[Suggestion]:
    """What is suggested for more than half of the articles, the most frequent first."""
    first = {one.tag: one for suggested in reversed(offered) for one in reversed(suggested)}
    counts = Counter(one.tag for suggested in offered for one in suggested)
    return [first[tag] for tag, number in counts.most_common(MOST) if number * 2 > len(offered)]


def _suggested(article: ArticleId, library: Library) -> list[Suggestion]:
    return library.tags.suggested(article)
