"""What the commonplace book shows, gathered on the thread that reads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.article import ArticleId
from reader.domain.colours import Colour
from reader.domain.commonplace import GROUPINGS, Entry, Group, Grouping, grouped, meant
from reader.domain.query import Query, as_typed, parse
from reader.storage.commonplace import articles_of, entries
from reader.tui.offering import Way, ways_of
from reader.tui.opening import setting

if TYPE_CHECKING:
    from reader.storage.library import Library


def whole(library: Library) -> tuple[list[Entry], Grouping | None]:
    """The whole book, and how it was grouped the last time."""
    kept = setting(library, "highlights")
    named = kept.get("grouping") if isinstance(kept, dict) else None
    return entries(library), next((grouping for grouping in GROUPINGS if grouping == named), None)


def renewed(book: Sequence[Entry], articles: Collection[ArticleId]) -> Callable[[Library], list[Entry]]:
    """Asks for *book* with what the library says of *articles* now."""

    def read(library: Library) -> list[Entry]:
        kept = [entry for entry in book if entry.article.id not in articles]
        return sorted([*kept, *entries(library, articles)], key=_newest_first)

    return read


def arranged(
    book: Sequence[Entry], text: str, by: Grouping, meanings: Mapping[Colour, str], today: date
) -> Callable[[Library], list[Group]]:
    """Asks for what of *book* the filter *text* lets through, in groups."""

    def read(library: Library) -> list[Group]:
        query = library.search.spelled_out(as_typed(parse(text)))
        found = meant(book, query, partial(articles_of, library), today)
        return grouped(found, by, meanings)

    return read


def offered(book: Sequence[Entry], text: str, today: date) -> Callable[[Library], list[Way]]:
    """Asks for what would let some of *book* through, where *text* lets nothing."""

    def read(library: Library) -> list[Way]:
        def count(query: Query) -> int:
            asked = library.search.spelled_out(as_typed(query))
            return len(meant(book, asked, partial(articles_of, library), today))

        return ways_of(library.search.offers(parse(text), count=count))

    return read


def _newest_first(entry: Entry) -> tuple[float, int]:
    return -entry.article.added.timestamp(), -entry.article.id
