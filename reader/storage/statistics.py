"""Counting the whole library; it reads every row of the list, and no text."""

from __future__ import annotations

from reader.domain.statistics import Month, Statistics
from reader.domain.summary import WORDS_A_MINUTE
from reader.domain.text import clean_line
from reader.storage.connection import Connection
from reader.storage.counters import Counters

MONTHS = 12
TOP = 10


def statistics(connection: Connection) -> Statistics:
    with connection.snapshot():
        counters = Counters(connection)
        total = connection.one(
            """
            select
                count(*) as articles,
                count(*) filter (where state = 'unread') as unread,
                count(*) filter (where state = 'reading') as reading,
                count(*) filter (where state = 'read') as read,
                coalesce(sum(words), 0) as words,
                coalesce(sum(words * case when state = 'read' then 1.0 else progress end), 0) as words_read,
                coalesce(sum(highlights), 0) as highlights,
                count(*) filter (where note <> '') as article_notes
            from article
            where trashed = 0
            """
        )
        assert total is not None  # an aggregate has always a row
        notes = connection.value("select count(*) from highlight where note <> ''")
        return Statistics(
            counts=counters.counts(),
            articles=total["articles"],
            unread=total["unread"],
            reading=total["reading"],
            read=total["read"],
            words=total["words"],
            words_read=round(total["words_read"]),
            minutes=round(total["words"] / WORDS_A_MINUTE),
            highlights=total["highlights"],
            notes=total["article_notes"] + notes,
            tags=connection.value("select count(*) from tag where used > 0"),
            months=_months(connection),
            top_tags=tuple((tag.name, tag.count) for tag in counters.top_tags(TOP)),
            top_sites=_top(connection, "site"),
            top_authors=_top(connection, "author"),
        )


def _months(connection: Connection) -> tuple[Month, ...]:
    rows = connection.rows(
        """
        select month, sum(added) as added, sum(finished) as finished
        from (
            select strftime('%Y-%m', added / 1000000, 'unixepoch', 'localtime') as month, 1 as added, 0 as finished
            from article
            where trashed = 0
            union all
            select strftime('%Y-%m', finished / 1000000, 'unixepoch', 'localtime'), 0, 1
            from article
            where finished is not null and trashed = 0
        )
        group by month
        order by month desc
        limit :most
        """,
        most=MONTHS,
    )
    return tuple(Month(row["month"], row["added"], row["finished"]) for row in rows)


def _top(connection: Connection, column: str) -> tuple[tuple[str, int], ...]:
    rows = connection.rows(
        f"""
        select {column} as name, count(*) as number
        from article
        where {column} is not null and trashed = 0
        group by {column}
        order by number desc, name
        limit :most
        """,
        most=TOP,
    )
    return tuple((clean_line(row["name"]), row["number"]) for row in rows)
