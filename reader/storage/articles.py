"""The articles: arriving, read, listed, edited, marked, thrown away."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Literal

from reader.domain.summary import ArticleId, State, Summary
from reader.domain.text import LINE_LIMIT, clean, clean_body, clean_line
from reader.domain.unchanged import UNCHANGED, Unchanged
from reader.storage.connection import Connection, LibraryError
from reader.storage.listing import ALL, LISTED, ordered
from reader.storage.rows import SUMMARY_COLUMNS, URL_LIMIT, summary_of
from reader.storage.stamps import Clock, microseconds

if TYPE_CHECKING:
    from reader.domain.article import Article, Draft
    from reader.domain.change import Change, Marking, Outcome
    from reader.domain.query import Query
    from reader.storage.conditions import Condition
    from reader.storage.journal import Journal

# What stores, changes or opens an article is imported where that is done: a list waits for none of it.

Scope = Literal["list", "all", "trash"]

_MARKS: dict[Marking, tuple[str, dict[str, Any]]] = {
    "read": ("marked read", {"state": "read"}),
    "unread": ("marked unread", {"state": "unread", "finished": None}),
    "starred": ("starred", {"starred": 1}),
    "unstarred": ("unstarred", {"starred": 0}),
    "archived": ("archived", {"archived": 1}),
    "unarchived": ("unarchived", {"archived": 0}),
}


class Articles:
    """What a user does here can be undone, unless it says otherwise.

    *journal* is asked for when something is changed; days in queries are those of *clock*.
    """

    def __init__(
        self,
        connection: Connection,
        journal: Callable[[], Journal],
        *,
        clock: Clock,
        keep_originals: bool,
    ) -> None:
        self._connection = connection
        self._journal = journal
        self._clock = clock
        self._keep_originals = keep_originals

    # --- arriving ---

    def add(self, draft: Draft, *, tags: Sequence[str] = (), run: str | None = None) -> Outcome:
        return self.add_all([draft], tags=tags, run=run)[0]

    def add_all(
        self,
        drafts: Sequence[Draft],
        *,
        tags: Sequence[str] = (),
        run: str | None = None,
        added: Sequence[datetime | None] = (),
    ) -> list[Outcome]:
        """Store *drafts* all together, or none: a batch of 20 to 50 costs the disk little and holds no one up.

        Batches of one *run* are undone together. *added* says of each, as far as it goes, when it came to where it was
        kept before; those that are new here take their places in time.
        """
        from reader.storage.arrivals import Arrivals, arriving
        from reader.storage.entering import Entering

        ready = [arriving(self._connection, draft) for draft in drafts]
        with self._connection.write():
            stamp = self._journal().stamp()
            entering = Entering(self._connection)
            arrivals = Arrivals(
                self._connection, stamp, keep_originals=self._keep_originals, entering=entering
            )
            stamps = [microseconds(moment) if moment else None for moment in added]
            stored = [
                arrivals.store(arrival, tags, then)
                for arrival, then in zip_longest(ready, stamps[: len(ready)])
            ]
            entering.finish()
            steps = [step for one in stored for step in one.steps]
            if steps:
                self._journal().record(_arrival([one.outcome for one in stored]), steps, stamp, run=run)
        return [one.outcome for one in stored]

    # --- reading ---

    def get(self, id: ArticleId) -> Article:
        from reader.storage.article_rows import article_of

        row = self._connection.one(
            f"""
            select
                {SUMMARY_COLUMNS}, article.position, article.version, article.note as note,
                coalesce(body.text, '') as text, coalesce(body.blocks, '[]') as blocks,
                coalesce(body.extra, '{{}}') as extra
            from article
            left join body on body.article = article.id and body.version = article.version
            where article.id = :id
            """,
            id=id,
        )
        if row is None:
            raise LibraryError(f"no article {id}")
        return article_of(row)

    def summary(self, id: ArticleId) -> Summary:
        found = self.summaries([id])
        if not found:
            raise LibraryError(f"no article {id}")
        return found[0]

    def summaries(self, ids: Sequence[ArticleId]) -> list[Summary]:
        """In the order given; one that is not there is left out."""
        rows = self._connection.rows(
            f"select {SUMMARY_COLUMNS} from article where article.id in (select value from json_each(:ids))",
            ids=json.dumps(ids),
        )
        found = {row["id"]: summary_of(row) for row in rows}
        return [found[id] for id in ids if id in found]

    def at_address(self, url: str) -> Summary | None:
        """The article that *url* is an address of, by whatever of its addresses; none that is in the trash."""
        from reader.domain.identity import url_key

        key = url_key(url)
        found = key and self._connection.value(
            """
            select article.id
            from article_key
            join article on article.id = article_key.article
            where article_key.key = :key
                and article.trashed = 0
            """,
            key=f"url:{key}",
        )
        return self.summary(ArticleId(found)) if found else None

    def notes(self, ids: Collection[ArticleId]) -> dict[ArticleId, str]:
        """The articles' own notes; those without one are left out."""
        rows = self._connection.rows(
            """
            select id, note
            from article
            where note <> '' and id in (select value from json_each(:ids))
            """,
            ids=json.dumps(list(ids)),
        )
        return {ArticleId(row["id"]): clean(row["note"]) for row in rows}

    def original(self, id: ArticleId) -> tuple[bytes, str] | None:
        """The bytes that the current text was made of, with their media type; ``None`` if they were not kept."""
        import zlib

        row = self._connection.one(
            """
            select original.data, original.media_type
            from article
            join original on original.article = article.id and original.version = article.version
            where article.id = :id
            """,
            id=id,
        )
        if row is None:
            return None
        try:
            return zlib.decompress(row["data"]), clean_line(row["media_type"])
        except zlib.error as error:
            raise LibraryError(f"the original of article {id} is damaged: go back to a backup") from error

    # --- lists ---

    def order(
        self,
        query: Query | None = None,
        *,
        sort: str = "added",
        after: ArticleId | None = None,
        limit: int | None = None,
        sticky: Collection[ArticleId] = (),
    ) -> list[ArticleId]:
        """The ids of a list: those that *query* finds, and *sticky* ones besides, sorted by one of ``SORTS``.

        ``-`` before the name reverses. The query's own order and limit win; no query is an empty one.
        """
        limits = (limit, query.limit if query else None)
        most = min((one for one in limits if one is not None), default=ALL)
        sort = (query.sort if query else None) or sort
        if query is not None and sort == "added" and most != ALL and not sticky:
            ids = self._newest_headed(query, after, most)
            if ids is not None:
                return ids
        condition, parameters = (LISTED, {}) if query is None else self._where(query, "list")
        return ordered(
            self._connection,
            condition,
            parameters,
            sort=sort,
            after=after,
            limit=most,
            sticky=sticky,
        )

    def _newest_headed(self, query: Query, after: ArticleId | None, limit: int) -> list[ArticleId] | None:
        """The first page of a list that is narrowed by tags, titles or days; ``None`` if it is not."""
        from reader.domain.fields import DAY_FIELDS

        if not any(map(query.mentions, ("tag", "title", "author", "query", *DAY_FIELDS))):
            return None
        from reader.storage.plan import headed
        from reader.storage.spelling import spelled_out

        found = headed(spelled_out(self._connection, query), "list", self._clock())
        if found is None:
            return None
        before = "" if after is None else "and found.rowid < (select seq from article where id = :after)"
        return self._connection.column(
            f"select article.id {found.sql} {before} order by found.rowid desc limit :most",
            most=limit,
            **({} if after is None else {"after": after}),
            **found.parameters,
        )

    def among(
        self, ids: Collection[ArticleId], query: Query | None = None, *, sticky: Collection[ArticleId] = ()
    ) -> set[ArticleId]:
        """Those of *ids* that are in the list of *query*, see :meth:`order`."""
        condition, parameters = (LISTED, {}) if query is None else self._where(query, "list")
        return {
            ArticleId(id)
            for id in self._connection.column(
                f"""
                select article.id
                from article
                where article.id in (select value from json_each(:among))
                    and (({condition}) or article.id in (select value from json_each(:sticky)))
                """,
                among=json.dumps(list(ids)),
                sticky=json.dumps(list(sticky)),
                **parameters,
            )
        }

    def find(self, query: Query, *, scope: Scope = "list") -> list[ArticleId]:
        """What a command that is given *query* acts on, newest first unless the query says otherwise."""
        where = self._where(query, scope)
        limit = ALL if query.limit is None else query.limit
        return ordered(self._connection, where.sql, where.parameters, sort=query.sort or "added", limit=limit)

    def count(self, query: Query, *, scope: Scope = "list") -> int:
        where = self._where(query, scope)
        return int(
            self._connection.value(f"select count(*) from article where {where.sql}", **where.parameters)
        )

    def _where(self, query: Query, scope: Scope) -> Condition:
        from reader.storage.conditions import where
        from reader.storage.spelling import spelled_out

        return where(spelled_out(self._connection, query), scope, self._clock())

    # --- changing ---

    def edit(
        self,
        id: ArticleId,
        *,
        title: str | Unchanged | None = UNCHANGED,
        author: str | Unchanged | None = UNCHANGED,
        site: str | Unchanged | None = UNCHANGED,
        url: str | Unchanged | None = UNCHANGED,
        published: str | Unchanged | None = UNCHANGED,
        note: str | Unchanged | None = UNCHANGED,
    ) -> Change:
        """Change what is said of an article; ``None`` clears a field."""
        from reader.storage.arrivals import UNTITLED
        from reader.storage.meeting import learn_url

        lines = {"title": title, "author": author, "site": site, "url": url, "published": published}
        after: dict[str, Any] = {
            field: clean_line(value or "", limit=URL_LIMIT if field == "url" else LINE_LIMIT) or None
            for field, value in lines.items()
            if value is not UNCHANGED
        }
        if "title" in after:
            after["title"] = after["title"] or UNTITLED
        if note is not UNCHANGED:
            after["note"] = clean_body(note or "").strip()
        _check_published(after.get("published"))
        with self._connection.write():
            self.summary(id)
            learn_url(self._connection, id, after.get("url"))
            return self._change("edited", [id], after)

    def mark(self, ids: Collection[ArticleId], state: Marking) -> Change:
        action, after = _MARKS[state]
        with self._connection.write():
            if state == "read":
                after = {**after, "finished": self._journal().stamp()}
            return self._change(action, ids, after)

    def trash(self, ids: Collection[ArticleId]) -> Change:
        with self._connection.write():
            return self._change("trashed", ids, {"trashed": 1})

    def restore(self, ids: Collection[ArticleId]) -> Change:
        """Take articles out of the trash."""
        with self._connection.write():
            return self._change("restored", ids, {"trashed": 0})

    def _change(self, action: str, ids: Collection[ArticleId], after: Mapping[str, Any]) -> Change:
        """Give each of *ids* the values *after*."""
        from reader.storage.steps import article_step

        columns = ", ".join(("id", *after))
        rows = self._connection.rows(
            f"select {columns} from article where id in (select value from json_each(:ids))",
            ids=json.dumps(list(ids)),
        )
        found = {row["id"]: {field: row[field] for field in after} for row in rows}
        ids = tuple(dict.fromkeys(ids))
        steps = [
            article_step(id, found[id], after) for id in ids if id in found and _differs(found[id], after)
        ]
        return self._journal().act(
            action, steps, skipped=[f"no article {id}" for id in ids if id not in found]
        )

    def purge(self, ids: Collection[ArticleId]) -> Change:
        """Forget articles for good, with their texts, highlights and notes. This cannot be undone.

        A tombstone keeps the number and the uid, so that neither is given again; the same source met again is
        added anew.
        """
        from reader.domain.change import Change
        from reader.storage.purging import forget

        with self._connection.write():
            found = self._connection.column(
                "select id from article where id in (select value from json_each(:ids))",
                ids=json.dumps(list(ids)),
            )
            skipped = tuple(f"no article {id}" for id in ids if id not in set(found))
            if not found:
                return Change("purged", skipped=skipped)
            stamp = self._journal().stamp()
            forget(self._connection, found, stamp)
            action = f"purged {len(found)} article{'s' * (len(found) > 1)}"
            history = self._journal().record(action, (), stamp, final=True)
            return Change("purged", tuple(found), history, skipped)

    def reached(self, id: ArticleId, *, position: int, progress: float, state: State | None = None) -> None:
        """Reading has come to *position*; not in the history.

        Progress never falls, and the state only goes forward, from unread over reading to read.
        """
        with self._connection.write():
            self._connection.execute(
                """
                update article
                set
                    position = :position,
                    progress = max(progress, :progress),
                    opened = :stamp,
                    finished = case when :state = 'read' and state <> 'read' then :stamp else finished end,
                    state = case
                        when :state = 'read' or (:state = 'reading' and state = 'unread') then :state
                        else state
                    end
                where id = :id
                """,
                id=id,
                position=max(0, position),
                progress=min(max(0.0, progress), 1.0),
                state=state,
                stamp=self._journal().stamp(),
            )


def _arrival(outcomes: Sequence[Outcome]) -> str:
    """What to call the arrival of these, at least one of which changed something."""
    statuses = {outcome.status for outcome in outcomes}
    return next((status for status in ("added", "updated") if status in statuses), "tagged")


def _differs(now: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether *after* says anything new; an article that has been read already keeps the time of that."""
    return any(now[field] != value for field, value in after.items() if field != "finished")


def _check_published(published: str | None) -> None:
    if published is None:
        return
    try:
        datetime.fromisoformat(published)
    except ValueError as error:
        raise LibraryError(f"{published} is not a date: write it like 2021-03-03") from error
