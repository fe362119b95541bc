"""What a search found: articles, and the places in them that hold the words."""

from __future__ import annotations

from typing import Literal, NamedTuple

from reader.domain.span import Span
from reader.domain.summary import ArticleId, Summary

LAST_SEQ = 2**62
Source = Literal["text", "highlight", "note"]


class Passage(NamedTuple):
    """A place where words of a query stand.

    ``span`` is where to go in the article's text; an article's own note, and a highlight that lost its place,
    have none. ``snippet`` is one clean line, ``marks`` are the found words in it.
    """

    article: ArticleId
    span: Span | None
    source: Source
    snippet: str
    marks: tuple[Span, ...] = ()


class Match(NamedTuple):
    """Where found words are in an article's text, and whether the text, a highlight or its note holds them."""

    start: int
    end: int
    source: Source


class Hit(NamedTuple):
    """An article that a search found. A higher ``rank`` is a better match; 0 where the order is of time."""

    article: Summary
    passages: tuple[Passage, ...] = ()
    rank: float = 0.0


class Hits(list[Hit]):
    """What a search found. ``newest`` is ``None``, or how many were looked at: the newest ones, where very many
    articles hold the words and judging them all would be felt. ``newest_passages`` says the same of highlights."""

    newest: int | None = None
    newest_passages: int | None = None


class Tally(NamedTuple):
    """An exact count under way: ``found`` so far, of the articles from ``below`` on; ``None`` at the end."""

    found: int = 0
    below: int | None = LAST_SEQ

    @property
    def is_complete(self) -> bool:
        return self.below is None


class Offer(NamedTuple):
    """A query to ask instead of one that found nothing: ``text`` without the word ``changed``, or with ``instead``
    for it. ``found`` is how many articles that finds, up to a cap."""

    text: str
    changed: str
    instead: str | None
    found: int
