"""Steps about which article a source is known as, and what the reader thinks of two that are alike."""

from __future__ import annotations

import json

from reader.storage.connection import Connection
from reader.storage.steps import Fields, Step


def keys_step(kept: int, gone: int, keys: list[str]) -> Step:
    """The *keys* of the article *gone* become those of *kept*: what is met by them again is that one."""
    return Step("keys", 0, kept, {"article": gone, "keys": keys}, {"article": kept, "keys": keys})


def settled_steps(connection: Connection, article: int, other: int) -> list[Step]:
    """That the two are alike is no question any more; none where it is not open."""
    rows = connection.rows(
        """
        select article, other
        from likeness
        where standing = 'open'
            and ((article = :article and other = :other) or (article = :other and other = :article))
        """,
        article=article,
        other=other,
    )
    return [
        Step("likeness", 0, pair["article"], {**pair, "standing": "open"}, {**pair, "standing": "settled"})
        for pair in map(dict, rows)
    ]


def likeness_fit(connection: Connection, step: Step) -> tuple[Step | None, list[str]]:
    """What is gone with an article that was purged is nothing to tell."""
    before = step.before or {}
    if step.kind == "keys":
        here = connection.value(
            "select 1 from article where id = :article", article=(step.after or {})["article"]
        )
        return (step if here else None), []
    standing = connection.value(
        "select standing from likeness where article = :article and other = :other",
        article=before["article"],
        other=before["other"],
    )
    return (step if standing == before["standing"] else None), []


def change_likeness(connection: Connection, step: Step) -> None:
    before: Fields = step.before or {}
    after: Fields = step.after or {}
    if step.kind == "keys":
        connection.execute(
            """
            update article_key
            set article = :to
            where article = :from and key in (select value from json_each(:keys))
            """,
            **{"from": before["article"], "to": after["article"], "keys": json.dumps(after["keys"])},
        )
        return
    connection.execute(
        "update likeness set standing = :standing where article = :article and other = :other", **after
    )
