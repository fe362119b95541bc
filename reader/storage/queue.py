"""The queue of links whose text is to be fetched: what stores articles puts them in and takes them out again."""

from __future__ import annotations

from reader.domain.summary import ArticleId
from reader.storage.connection import Connection


def enqueue(
    connection: Connection, article: ArticleId, url: str, *, stamp: int, due: int | None = None
) -> None:
    """*article* is a link: its text is at *url*, to be fetched when it is *due*, or when somebody asks. Inside a
    ``write``; a link that is in the queue already can only become due earlier."""
    connection.execute("update article set unfetched = coalesce(unfetched, '') where id = :id", id=article)
    connection.execute(
        """
        insert into fetch (article, url, asked, due)
        values (:article, :url, :stamp, :due)
        on conflict (article) do update set
            asked = excluded.asked,
            due = coalesce(min(due, excluded.due), excluded.due, due)
        """,
        article=article,
        url=url,
        stamp=stamp,
        due=due,
    )


def arrived(connection: Connection, article: ArticleId) -> None:
    """*article* has its text: nothing of it is to be fetched any more. Inside a ``write``."""
    connection.execute(
        "update article set unfetched = null where id = :id and unfetched is not null", id=article
    )
    connection.execute("update fetch set due = null, tries = 0 where article = :id", id=article)
