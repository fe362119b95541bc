"""A link that turns out to be an article which is here already."""

from __future__ import annotations

import json
from typing import Any

from reader.domain.identity import similarity
from reader.domain.summary import ArticleId
from reader.storage.connection import Connection
from reader.storage.effects import carry_out, present_articles
from reader.storage.meeting import SAME_FILE, Arrival
from reader.storage.steps import TAG_MARK, Step, article_step


def same_elsewhere(connection: Connection, article: ArticleId, arrival: Arrival) -> ArticleId | None:
    """The article outside the trash that *arrival*, the text of the link *article*, is too.

    The same text says so for sure. An address that both lead to does not: it may be a login page, or the front page
    that stands in for what is gone. So the texts must have much in common. A link with passages of its own stays:
    they belong to its text.
    """
    if connection.value("select highlights from article where id = :article", article=article):
        return None
    keys = list(arrival.certain)
    rows = connection.rows(
        """
        select article_key.key, article_key.article, article_sketch.sketch
        from article_key
        join article on article.id = article_key.article
        left join article_sketch on article_sketch.article = article.id
        where article_key.key in (select value from json_each(:keys))
            and article.id <> :article and article.trashed = 0 and article.unfetched is null
        """,
        keys=json.dumps(keys),
        article=article,
    )
    for row in sorted(rows, key=lambda row: keys.index(row["key"])):
        is_address = row["key"].startswith("url:")
        if not is_address or similarity(row["sketch"] or b"", arrival.sketch) >= SAME_FILE:
            return ArticleId(row["article"])
    return None


def take_over(connection: Connection, kept: ArticleId, link: ArticleId, stamp: int) -> list[Step]:
    """Give the article *kept* what the reader has made of *link*, which goes into the trash; the steps, carried out.
    Inside a ``write``."""
    present = present_articles(connection, [kept, link])
    now, gone = present[kept], present[link]
    tags = {field: True for field in gone if field.startswith(TAG_MARK) and field not in now}
    after: dict[str, Any] = dict(tags)
    if gone["starred"] and not now["starred"]:
        after["starred"] = 1
    if gone["note"] and gone["note"] not in now["note"]:
        after["note"] = "\n\n".join(filter(None, (now["note"], gone["note"])))
    before = {field: now.get(field, False if field.startswith(TAG_MARK) else None) for field in after}
    steps = [article_step(kept, before, after)] if after else []
    steps.append(article_step(link, {"trashed": 0}, {"trashed": 1}))
    carry_out(connection, steps, stamp)
    connection.execute("update article_key set article = :kept where article = :link", kept=kept, link=link)
    connection.execute(
        "update article set unfetched = :reason where id = :link",
        reason=f"the same as {kept}",
        link=link,
    )
    connection.execute("update fetch set due = null where article = :link", link=link)
    return steps
