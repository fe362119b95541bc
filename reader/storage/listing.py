"""Lists of articles: ids in an order, page by page."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from reader.domain.summary import ArticleId
from reader.storage.connection import Connection

ALL = -1
LISTED = "article.archived = 0 and article.trashed = 0"

# When an article was last opened or read to its end; null if never.
_LAST_READ = "nullif(max(coalesce(article.finished, 0), coalesce(article.opened, 0)), 0)"

# What an order is by, which way it goes, and what makes an article come last whatever the way: the unknown.
_ORDERS: dict[str, tuple[str, str, str | None]] = {
    "added": ("article.seq", "desc", None),
    "published": ("article.published", "desc", "article.published"),
    "title": ("article.title collate nocase", "asc", None),
    "author": ("article.author collate nocase", "asc", "article.author"),
    "words": ("article.words", "asc", None),
    "progress": ("article.progress", "desc", None),
    "read": (_LAST_READ, "desc", _LAST_READ),
}
SORTS = tuple(_ORDERS)


def ordered(
    connection: Connection,
    condition: str,
    parameters: Mapping[str, Any],
    *,
    sort: str = "added",
    after: ArticleId | None = None,
    limit: int = ALL,
    sticky: Collection[ArticleId] = (),
) -> list[ArticleId]:
    """The ids of the articles that meet *condition*, and of the *sticky* ones, sorted.

    By ``added`` the page that follows the article *after* costs the same at any depth, since it begins at its
    place in the index; by anything else the whole list is made.
    """
    values = dict(parameters)
    if sticky:
        condition = f"(({condition}) or article.id in (select value from json_each(:sticky)))"
        values["sticky"] = json.dumps(list(sticky))
    key = sort.removeprefix("-")
    if after is None or key not in _ORDERS or key == "added":
        return _page(connection, condition, values, sort, after, limit)
    ids = _page(connection, condition, values, sort, None, ALL)
    start = ids.index(after) + 1 if after in ids else 0
    return ids[start:] if limit == ALL else ids[start : start + limit]


def _page(
    connection: Connection,
    condition: str,
    values: dict[str, Any],
    sort: str,
    after: ArticleId | None,
    limit: int,
) -> list[ArticleId]:
    if after is not None:
        beyond = ">" if sort.startswith("-") else "<"
        condition = f"({condition}) and article.seq {beyond} (select seq from article where id = :after)"
        values = {**values, "after": after}
    return connection.column(
        f"""
        select article.id
        from article
        where {condition}
        order by {_order_by(sort)}
        limit :most
        """,
        most=limit,
        **values,
    )


def _order_by(sort: str) -> str:
    expression, way, unknown = _ORDERS.get(sort.removeprefix("-"), _ORDERS["added"])
    if sort.startswith("-"):
        way = "asc" if way == "desc" else "desc"
    terms = [f"{unknown} is null"] if unknown else []
    terms.append(f"{expression} {way}")
    if expression != "article.seq":
        terms.append("article.seq desc")
    return ", ".join(terms)
