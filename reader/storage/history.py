"""What was done, taking it back, and doing it again."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from sqlite3 import Row

from reader.domain.article import ArticleId
from reader.domain.change import Entry, Undone
from reader.domain.text import clean_line
from reader.storage.connection import Connection
from reader.storage.effects import carry_out, fitting, foresee
from reader.storage.journal import Journal, articles_of
from reader.storage.stamps import moment
from reader.storage.steps import Step, loaded, merged

_ENTRIES = """
    select
        history.id, history.at, history.session, history.action, history.standing,
        (
            select group_concat(article)
            from (select distinct article from history_change where history = history.id and article is not null)
        ) as articles
    from history
"""


class History:
    """``session`` narrows to the actions of one run of the program; ``None`` means of any."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def undo(self, *, session: str | None = None, entry: int | None = None) -> Undone | None:
        """Take the last action back, or only the *entry* that somebody has agreed to; ``None`` if there is none.

        A field that something else has changed since is left alone and named.
        """
        self._foresee("done", session, entry)
        with self._connection.write():
            row = self._row("done", session, entry)
            return None if row is None else self._carry_out(row, self._turning(row, "done"), "undone")

    def redo(self, *, session: str | None = None, entry: int | None = None) -> Undone | None:
        """Do again what was undone last, or only that *entry*; ``None`` if there is nothing, or something else was
        done since."""
        self._foresee("undone", session, entry)
        with self._connection.write():
            row = self._row("undone", session, entry)
            return None if row is None else self._carry_out(row, self._turning(row, "undone"), "done")

    def last(self, session: str | None = None) -> Entry | None:
        """What :meth:`undo` would take back."""
        return self._entry("done", session)

    def next(self, session: str | None = None) -> Entry | None:
        """What :meth:`redo` would do again."""
        return self._entry("undone", session)

    def entries(self, limit: int = 50) -> list[Entry]:
        """The latest actions, newest first."""
        rows = self._connection.rows(f"{_ENTRIES} order by history.id desc limit :limit", limit=limit)
        return [self._entry_of(row) for row in rows]

    def sessions(self, names: Collection[str]) -> dict[str, datetime]:
        """When each of the sessions *names* did its first action."""
        rows = self._connection.rows(
            """
            select session, min(at) as first
            from history
            where session in (select value from json_each(:names))
            group by session
            """,
            names=json.dumps(sorted(set(names))),
        )
        return {row["session"]: moment(row["first"]) for row in rows}

    def _foresee(self, standing: str, session: str | None, entry: int | None) -> None:
        """Do before the lock is taken what takes long."""
        row = self._row(standing, session, entry)
        if row is not None:
            foresee(self._connection, self._turning(row, standing))

    def _turning(self, row: Row, standing: str) -> list[Step]:
        """The steps that take the entry *row* back, or do it again, whichever it waits for."""
        steps = merged(self._steps(row["id"]))
        return [step.backward for step in reversed(steps)] if standing == "done" else steps

    def _carry_out(self, row: Row, steps: list[Step], standing: str) -> Undone:
        fits, skipped = fitting(self._connection, steps)
        stamp = self._journal.stamp()
        carry_out(self._connection, fits, stamp)
        self._connection.execute(
            "update history set standing = :standing, turned = :stamp where id = :id",
            standing=standing,
            stamp=stamp,
            id=row["id"],
        )
        return Undone(row["action"], articles_of(fits), tuple(skipped), changed=bool(fits))

    def _row(self, standing: str, session: str | None, entry: int | None = None) -> Row | None:
        # What was undone last is redone first; undoing goes backward, so that is the oldest of one moment.
        order = "history.id desc" if standing == "done" else "history.turned desc, history.id"
        return self._connection.one(
            f"""
            {_ENTRIES}
            where history.standing = :standing
                and (:session is null or history.session = :session)
                and (:entry is null or history.id = :entry)
            order by {order}
            limit 1
            """,
            standing=standing,
            session=session,
            entry=entry,
        )

    def _entry(self, standing: str, session: str | None) -> Entry | None:
        row = self._row(standing, session)
        return None if row is None else self._entry_of(row)

    def _steps(self, history: int) -> list[Step]:
        rows = self._connection.rows(
            """
            select kind, target, article, before, after
            from history_change
            where history = :history
            order by number
            """,
            history=history,
        )
        return [
            Step(row["kind"], row["target"], row["article"], loaded(row["before"]), loaded(row["after"]))
            for row in rows
        ]

    def _entry_of(self, row: Row) -> Entry:
        articles = tuple(ArticleId(int(id)) for id in (row["articles"] or "").split(",") if id)
        return Entry(
            id=row["id"],
            at=moment(row["at"]),
            session=row["session"],
            action=row["action"],
            summary=self._summary(row["action"], articles),
            articles=articles,
            standing=row["standing"],
        )

    def _summary(self, action: str, articles: tuple[ArticleId, ...]) -> str:
        if len(articles) != 1:
            return f"{action}: {len(articles)} articles" if articles else action
        # Looked up now, not kept: a purged title must not live on here.
        title = self._connection.value("select title from article where id = :id", id=articles[0])
        return f"{action}: {articles[0]} {clean_line(title)}" if title else f"{action}: {articles[0]}"
