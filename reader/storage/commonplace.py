"""Every highlight with its article, and those of them that a query speaks of."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.commonplace import Entry, meant
from reader.domain.query import Query
from reader.domain.summary import ArticleId
from reader.domain.terms import Field
from reader.domain.text import clean
from reader.storage.highlight_rows import highlight_of

if TYPE_CHECKING:
    from reader.storage.library import Library


def entries(library: Library, articles: Collection[ArticleId] | None = None) -> list[Entry]:
    """The highlights of *articles*, or of all that are not in the trash: the newest article first, in each by place.

    For a passage to review the words at the offered place come along.
    """
    rows = library.connection.rows(
        """
        select
            highlight.*,
            case
                when highlight.status = 'review'
                then substr(body.text, place_start + 1, place_end - place_start)
            end as proposed
        from article
        join highlight on highlight.article = article.id
        left join body
            on highlight.status = 'review'
            and body.article = article.id
            and body.version = article.version
        where article.trashed = 0
            and (:articles is null or article.id in (select value from json_each(:articles)))
        order by article.seq desc, place_start is null, place_start, place_end, highlight.id
        """,
        articles=None if articles is None else json.dumps(list(articles)),
    )
    wanted = list(dict.fromkeys(ArticleId(row["article"]) for row in rows))
    summaries = {summary.id: summary for summary in library.articles.summaries(wanted)}
    return [
        Entry(highlight_of(row), summaries[row["article"]], clean(row["proposed"] or ""))
        for row in rows
        if row["article"] in summaries
    ]


def found(library: Library, query: Query, today: date) -> list[Entry]:
    """Those of all :func:`entries` that *query* speaks of."""
    return meant(entries(library), library.search.spelled_out(query), partial(articles_of, library), today)


def articles_of(library: Library, field: Field) -> frozenset[ArticleId]:
    """The articles, also archived ones, that *field* of a query asks for."""
    where = library.search.where(replace(Query(), root=field), scope="all")
    return frozenset(
        ArticleId(article)
        for article in library.connection.column(
            f"select article.id from article where {where.sql}", **where.parameters
        )
    )


def count(library: Library) -> int:
    """How many highlights there are, those of articles in the trash left out. Looks at highlights and the trash
    alone, not at every article."""
    return int(
        library.connection.value(
            """
            select
                (select count(*) from highlight)
                - (select ifnull(sum(highlights), 0) from article indexed by article_trashed where trashed = 1)
            """
        )
        or 0
    )
