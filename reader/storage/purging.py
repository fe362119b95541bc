"""Forgetting articles for good."""

from __future__ import annotations

import json
from collections.abc import Sequence

from reader.storage.connection import Connection
from reader.storage.tagging import sweep


def forget(connection: Connection, articles: Sequence[int], stamp: int) -> None:
    """Delete *articles* with all that hangs on them, also what the history knows of them. Inside a ``write``.

    A tombstone keeps their numbers and uids.
    """
    ids = json.dumps(list(articles))
    tags = _tags_on(connection, ids)
    connection.execute(
        """
        insert into tombstone (article, uid, purged)
        select id, uid, :stamp
        from article
        where id in (select value from json_each(:ids))
        """,
        ids=ids,
        stamp=stamp,
    )
    _forget_in_history(connection, ids)
    connection.execute(
        """
        delete from setting
        where key in (select 'draft:' || value from json_each(:ids))
            or key in (select 'tui.marks:' || value from json_each(:ids))
            or key in (
                select 'draft:h' || id
                from highlight
                where article in (select value from json_each(:ids))
            )
        """,
        ids=ids,
    )
    connection.execute("delete from article where id in (select value from json_each(:ids))", ids=ids)
    sweep(connection, tags)


def _tags_on(connection: Connection, ids: str) -> list[int]:
    return connection.column(
        """
        select tag
        from article_tag
        where article in (select value from json_each(:ids))
        union
        select highlight_tag.tag
        from highlight
        join highlight_tag on highlight_tag.highlight = highlight.id
        where highlight.article in (select value from json_each(:ids))
        """,
        ids=ids,
    )


def _forget_in_history(connection: Connection, ids: str) -> None:
    touched = json.dumps(
        connection.column(
            "select distinct history from history_change where article in (select value from json_each(:ids))",
            ids=ids,
        )
    )
    connection.execute(
        "delete from history_change where article in (select value from json_each(:ids))", ids=ids
    )
    # Nothing is left of an action on these articles alone: there is nothing to take back.
    connection.execute(
        """
        update history
        set standing = 'final'
        where id in (select value from json_each(:touched))
            and not exists (select 1 from history_change where history_change.history = history.id)
        """,
        touched=touched,
    )
