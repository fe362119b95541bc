"""Entering the new articles of one ``write`` into full text together.

Row by row, a trigger does that. FTS5 then writes out what it holds before each row, since a statement with a trigger
could still be taken back: an index of its own for every article, merged with the others later. A row of ``values``
has no such statement around it, so all that came together become one index, in less than half the time.
"""

from __future__ import annotations

import json

from reader.domain.article import ArticleId
from reader.storage.connection import Connection
from reader.storage.schema import HEAD_COLUMNS, TEXT_COLUMNS

UNENTERED = {"entered": 0}
"""The columns of a row of ``article`` that waits: the triggers leave it alone, whatever is changed of it."""


class Entering:
    """Which articles wait. Whoever stores them calls :meth:`finish` at the end of the ``write``: what is searched for
    before that does not find them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: list[ArticleId] = []

    def add(self, article: ArticleId) -> None:
        """*article* was inserted with the columns of :data:`UNENTERED`; it may be taken back again before the end."""
        self._waiting.append(article)

    def finish(self) -> None:
        """Enter those that wait, as they are now."""
        if not self._waiting:
            return
        ids = json.dumps(self._waiting)
        self._waiting.clear()
        self._connection.execute(
            "update article set entered = 1 where entered = 0 and id in (select value from json_each(:ids))",
            ids=ids,
        )
        # In the order of their rows: FTS5 writes out what it holds when one comes before the last.
        rows = self._connection.rows(
            f"""
            select {TEXT_COLUMNS}
            from articles
            where id in (select value from json_each(:ids))
            order by rowid
            """,
            ids=ids,
        )
        entries = [dict(row) for row in rows]
        for table, columns in (("articles_fts", TEXT_COLUMNS), ("heads_fts", HEAD_COLUMNS)):
            values = ", ".join(f":{column}" for column in columns.split(", "))
            self._connection.many(f"insert into {table} ({columns}) values ({values})", entries)
