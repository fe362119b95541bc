"""Links: stored at once, fetched later, and what is known of the fetching in between."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from sqlite3 import Row
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from reader.domain.article import Draft
from reader.domain.change import Outcome
from reader.domain.document import Document
from reader.domain.summary import ArticleId
from reader.domain.text import clean_body, clean_line
from reader.domain.wanted import Wanted
from reader.storage.arrivals import Arrivals, arriving
from reader.storage.connection import Connection, LibraryError
from reader.storage.merging import same_elsewhere, take_over
from reader.storage.queue import arrived, enqueue
from reader.storage.rows import URL_LIMIT
from reader.storage.stamps import microseconds, moment
from reader.storage.steps import article_step

if TYPE_CHECKING:
    from reader.storage.journal import Journal

DESCRIPTION = "description"
"""What ``extra`` of a link calls the words that came with it."""

_COLUMNS = """
    article.id, article.url, article.title, coalesce(fetch.tries, 0) as tries, fetch.due,
    case when article.unfetched is null and fetch.url = article.url then fetch.etag end as etag,
    case when article.unfetched is null and fetch.url = article.url then fetch.modified end as modified
"""

_WAITING = "article.unfetched is not null and article.url is not null and article.trashed = 0"


class Fetching:
    """The queue is no part of the history: what a link becomes is not undone, only that it came."""

    def __init__(
        self, connection: Connection, journal: Callable[[], Journal], *, keep_originals: bool
    ) -> None:
        self._connection = connection
        self._journal = journal
        self._keep_originals = keep_originals

    # --- in ---

    def capture(
        self,
        url: str,
        title: str = "",
        description: str = "",
        site: str = "",
        *,
        tags: Sequence[str] = (),
        run: str | None = None,
    ) -> Outcome:
        """Store the link *url*, to be fetched as soon as may be; ``known`` if its article is here. Raises LibraryError
        for what is no web address."""
        return self.keep(link(url, title, description, site), tags=tags, run=run)

    def keep(self, draft: Draft, *, tags: Sequence[str] = (), run: str | None = None) -> Outcome:
        """The same for what is said of a link in *draft*, see :func:`link`."""
        arrival = arriving(self._connection, draft)
        if draft.url is None or not arrival.urls:
            raise LibraryError(f"{clean_line(draft.url or draft.title)}: no http or https address")
        with self._connection.write():
            stamp = self._journal().stamp()
            stored = self._arrivals(stamp).store(arrival, tags)
            if stored.steps:
                action = "added" if stored.outcome.status == "added" else "tagged"
                self._journal().record(action, stored.steps, stamp, run=run)
            if self._waits(stored.outcome.id):
                enqueue(self._connection, stored.outcome.id, draft.url, stamp=stamp, due=stamp)
        return stored.outcome

    def ask(self, ids: Sequence[ArticleId]) -> list[Wanted]:
        """Fetch the links among *ids* as soon as may be, whatever came of it before; they stay asked for."""
        with self._connection.write():
            stamp = self._journal().stamp()
            self._connection.execute(
                """
                insert into fetch (article, url, asked, due)
                select id, url, :stamp, :stamp
                from article
                where id in (select value from json_each(:ids)) and unfetched is not null and url is not null
                on conflict (article) do update set due = excluded.due, asked = excluded.asked, tries = 0
                """,
                ids=json.dumps(list(ids)),
                stamp=stamp,
            )
        return [one for one in self.wanted(ids) if one.due is not None]

    # --- what there is to do ---

    def due(self, now: datetime, limit: int = -1) -> list[Wanted]:
        """Links outside the trash whose time has come, those first that wait longest."""
        return [
            _wanted(row)
            for row in self._connection.rows(
                f"""
                select {_COLUMNS}
                from fetch
                join article on article.id = fetch.article
                where fetch.due <= :now and {_WAITING}
                order by fetch.due, fetch.article
                limit :limit
                """,
                now=microseconds(now),
                limit=limit,
            )
        ]

    def next_due(self) -> datetime | None:
        """When the next link is to be fetched; ``None`` if none is, by itself."""
        due = self._connection.value(
            f"""
            select fetch.due
            from fetch
            join article on article.id = fetch.article
            where fetch.due is not null and {_WAITING}
            order by fetch.due
            limit 1
            """
        )
        return None if due is None else moment(due)

    def hosts(self) -> frozenset[str]:
        """The hosts that were asked for something at some time."""
        asked = self._connection.column("select distinct url from fetch where checked is not null")
        return frozenset(urlsplit(url).hostname or "" for url in asked)

    def wanted(self, ids: Sequence[ArticleId]) -> list[Wanted]:
        """The articles of *ids* that have an address, in that order, with what is known of their fetching."""
        rows = self._connection.rows(
            f"""
            select {_COLUMNS}
            from article
            left join fetch on fetch.article = article.id
            where article.id in (select value from json_each(:ids)) and article.url is not null
            """,
            ids=json.dumps(list(ids)),
        )
        found = {row["id"]: _wanted(row) for row in rows}
        return [found[id] for id in dict.fromkeys(ids) if id in found]

    # --- out ---

    def came(
        self, article: ArticleId, draft: Draft, *, etag: str = "", modified: str = "", run: str | None = None
    ) -> Outcome:
        """*draft* is what is at the address of *article*: its first text, or perhaps a new one.

        A link whose text turns out to be that of another article gives it tags, note and star and goes to the trash:
        the outcome is that of the other one, ``known`` or ``updated``.
        """
        into = article
        arrival = arriving(self._connection, draft, article)
        with self._connection.write():
            stamp = self._journal().stamp()
            arrivals = self._arrivals(stamp)
            other = same_elsewhere(self._connection, article, arrival) if self._waits(article) else None
            if other is not None:
                into = other
                run = run or f"fetch {article}"
            stored = arrivals.store(arrival, (), into=into)
            steps = list(stored.steps)
            if other is not None:
                steps += take_over(self._connection, other, article, stamp)
            if steps:
                action = "updated" if other is None else "found a link to be the same as another article"
                self._journal().record(action, steps, stamp, run=run)
            self._checked(into, draft.url, stamp, etag=etag, modified=modified)
        return stored.outcome

    def came_apart(self, article: ArticleId, number: int) -> None:
        """What is at the address of the link *article* was not one text but *number* of them, which were stored as
        articles of their own: the link has done its work and goes to the trash."""
        with self._connection.write():
            step = article_step(article, {"trashed": 0}, {"trashed": 1})
            self._journal().act("found a link to be a feed", [step])
            self._connection.execute(
                "update article set unfetched = :reason where id = :article",
                reason=f"a feed of {number} article{'s' * (number != 1)}",
                article=article,
            )
            self._connection.execute("update fetch set due = null where article = :article", article=article)

    def unchanged(self, article: ArticleId) -> None:
        """The server says that the text is what it was."""
        with self._connection.write():
            self._connection.execute(
                "update fetch set checked = :stamp, tries = 0, due = null where article = :article",
                stamp=self._journal().stamp(),
                article=article,
            )

    def failed(self, article: ArticleId, reason: str, due: datetime | None, *, counts: bool = True) -> None:
        """The text did not come, for *reason*; the next try is *due*, or none is. *counts* says whether it was one."""
        with self._connection.write():
            self._connection.execute(
                "update article set unfetched = :reason where id = :article and unfetched is not null",
                reason=clean_line(reason),
                article=article,
            )
            self._connection.execute(
                """
                update fetch
                set due = :due, tries = tries + :counts, checked = :stamp
                where article in (select id from article where id = :article and unfetched is not null)
                """,
                due=None if due is None else microseconds(due),
                counts=int(counts),
                stamp=self._journal().stamp(),
                article=article,
            )

    # --- inside ---

    def _arrivals(self, stamp: int) -> Arrivals:
        return Arrivals(self._connection, stamp, keep_originals=self._keep_originals)

    def _waits(self, article: ArticleId) -> bool:
        return bool(
            self._connection.value(
                "select unfetched is not null from article where id = :article", article=article
            )
        )

    def _checked(self, article: ArticleId, url: str | None, stamp: int, *, etag: str, modified: str) -> None:
        """What the server said of the text, to be asked for another one with."""
        arrived(self._connection, article)
        self._connection.execute(
            """
            insert into fetch (article, url, asked, checked, etag, modified)
            select id, coalesce(url, :url, ''), :stamp, :stamp, :etag, :modified
            from article
            where id = :article
            on conflict (article) do update set
                url = excluded.url, checked = excluded.checked, etag = excluded.etag,
                modified = excluded.modified
            """,
            article=article,
            url=url,
            stamp=stamp,
            etag=etag or None,
            modified=modified or None,
        )


def link(url: str, title: str = "", description: str = "", site: str = "") -> Draft:
    """An article of which only the address is here; what is not known of it is taken from its page later."""
    said: Mapping[str, Any] = {DESCRIPTION: words} if (words := clean_body(description).strip()) else {}
    return replace(
        Draft(clean_line(title) or clean_line(url, limit=URL_LIMIT), Document("", ())),
        url=url,
        site=clean_line(site) or None,
        media_type="text/html",
        extra=said,
    )


def _wanted(row: Row) -> Wanted:
    return Wanted(
        ArticleId(row["id"]),
        row["url"],
        clean_line(row["title"]),
        row["tries"],
        None if row["due"] is None else moment(row["due"]),
        row["etag"] or "",
        row["modified"] or "",
    )
