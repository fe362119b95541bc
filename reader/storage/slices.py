"""Going through everything that a query finds a slice at a time, newest first: exact counts, and facets.

A slice looks at so many articles, found or not, and so costs about the same wherever it is in the library.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from sqlite3 import Row
from typing import Any

from reader.domain.facets import Facets, Kind
from reader.domain.passage import Tally
from reader.domain.text import clean_line
from reader.storage.conditions import Condition
from reader.storage.connection import Connection
from reader.storage.plan import Plan
from reader.storage.rows import names_of

COUNTED_AT_ONCE = 10_000
FACETS_AT_ONCE = 2_000

Source = Plan | Condition


def count_on(connection: Connection, source: Source, tally: Tally) -> Tally:
    if tally.below is None:
        return tally
    low = _low(connection, tally.below, COUNTED_AT_ONCE)
    sql = f"select count(*) from ({_found(source)})"
    found = connection.value(sql, low=low or 0, below=tally.below, **source.parameters)
    return Tally(tally.found + found, low)


def facets_on(connection: Connection, source: Source, facets: Facets) -> Facets:
    if facets.below is None:
        return facets
    low = _low(connection, facets.below, FACETS_AT_ONCE)
    rows = connection.each(
        f"""
        select
            article.tags, article.site, article.author,
            coalesce(substr(article.published, 1, 4), strftime('%Y', article.added / 1000000, 'unixepoch')) as year
        from article
        where article.seq in ({_found(source)})
        """,
        low=low or 0,
        below=facets.below,
        **source.parameters,
    )
    return facets.with_more(_named(rows), low)


def _low(connection: Connection, below: int, most: int) -> int | None:
    """Where a slice of *most* articles under *below* ends; ``None`` if it is the last one."""
    found: int | None = connection.value(
        "select seq from article where seq < :below order by seq desc limit 1 offset :last",
        below=below,
        last=most - 1,
    )
    return found


def _found(source: Source) -> str:
    """The ``seq`` of what is found from ``:low`` up to, but without, ``:below``."""
    if isinstance(source, Condition):
        return f"""
            select article.seq from article
            where article.seq >= :low and article.seq < :below and {source.sql}
        """
    return f"""
        select found.rowid {source.texts} and found.rowid >= :low and found.rowid < :below
        union
        select article.seq {source.every_passage} and article.seq >= :low and article.seq < :below
    """


def _named(rows: Iterator[Row]) -> Iterator[Mapping[Kind, Any]]:
    for row in rows:
        yield {
            "tag": names_of(row["tags"]),
            "site": _one(row["site"]),
            "author": _one(row["author"]),
            "year": _one(row["year"]),
        }


def _one(text: str | None) -> tuple[str, ...]:
    return (clean_line(text),) if text else ()
