"""Copies of one story from several sites, which lists show as one row."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from sqlite3 import Row
from typing import TYPE_CHECKING

from reader.domain.alike import NO_FOLDS, SAME_ARTICLE, Folds
from reader.storage.connection import Connection

if TYPE_CHECKING:
    from reader.domain.query import Query
    from reader.domain.summary import ArticleId
    from reader.storage.library import Library

MOST = 1000
"""Pairs that are looked at, the latest: this is done for each list that is shown."""

_STATES = ("unread", "reading", "read")


def folds(library: Library, query: Query | None, sticky: Collection[ArticleId] = ()) -> Folds:
    """The copies of stories in the list of *query*, see :meth:`Articles.order`.

    What is found by words, and what is so many by the query's own limit, is shown one by one.
    """
    if query is not None and (query.words or query.limit is not None):
        return NO_FOLDS
    told = stories(library.connection)
    if not told:
        return NO_FOLDS
    listed = library.articles.among([row["id"] for story in told for row in story], query, sticky=sticky)
    here = ([row["id"] for row in story if row["id"] in listed] for story in told)
    return Folds({head: tuple(copies) for head, *copies in filter(None, here) if copies})


def stories(connection: Connection) -> list[list[Row]]:
    """Articles outside the trash whose texts are nearly one and that come from several sites, by story; of each
    story first the one that is marked, starred or read most, else that came first."""
    pairs = connection.rows(
        """
        select likeness.article, likeness.other
        from likeness
        where likeness.standing = 'open' and likeness.share >= :same and likeness.article > likeness.other
        order by likeness.article desc
        limit :most
        """,
        same=SAME_ARTICLE,
        most=MOST,
    )
    if not pairs:
        return []
    ids = {id for pair in pairs for id in pair}
    rows = connection.rows(
        """
        select id, seq, url, site, starred, state, progress, highlights, note <> '' as noted
        from article
        where id in (select value from json_each(:ids)) and trashed = 0
        """,
        ids=json.dumps(sorted(ids)),
    )
    found = {row["id"]: row for row in rows}
    neighbours: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        if one in found and other in found and _are_of_two_sites(found[one], found[other]):
            neighbours[one].add(other)
            neighbours[other].add(one)
    return [sorted((found[id] for id in story), key=_standing) for story in _together(neighbours)]


def _are_of_two_sites(one: Row, other: Row) -> bool:
    sites = {_site(one), _site(other)}
    return len(sites) == 2 and "" not in sites


def _site(row: Row) -> str:
    """The host of its address, without looking whether that is one: there may be thousands."""
    host = (row["url"] or "").partition("://")[2].partition("/")[0]
    return (host or row["site"] or "").casefold().removeprefix("www.")


def _standing(row: Row) -> tuple[object, ...]:
    marked = row["highlights"] + row["noted"]
    return -marked, -row["starred"], -_STATES.index(row["state"]), -row["progress"], row["seq"]


def _together(neighbours: Mapping[int, Iterable[int]]) -> Iterator[list[int]]:
    """Those that are connected, however far about."""
    seen: set[int] = set()
    for start in neighbours:
        if start in seen:
            continue
        story, waiting = [], [start]
        seen.add(start)
        while waiting:
            one = waiting.pop()
            story.append(one)
            new = set(neighbours[one]) - seen
            seen |= new
            waiting += new
        yield story
