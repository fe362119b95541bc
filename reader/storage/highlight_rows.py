"""Rows become highlights."""

from __future__ import annotations

from collections.abc import Mapping
from sqlite3 import Row
from typing import Any

from reader.domain.article import ArticleId
from reader.domain.highlight import COLOURS, Anchor, Highlight, HighlightId, Placement
from reader.domain.span import Span
from reader.domain.text import clean
from reader.storage.connection import Connection
from reader.storage.rows import names_of
from reader.storage.stamps import moment


def rows_by_place(connection: Connection, article: ArticleId) -> list[Row]:
    """The highlights of *article* by their place in the text, those without one at the end."""
    return connection.rows(
        """
        select *
        from highlight
        where article = :article
        order by place_start is null, place_start, place_end, id
        """,
        article=article,
    )


def highlight_of(row: Row) -> Highlight:
    """A row of the table highlight."""
    return Highlight(
        id=HighlightId(row["id"]),
        uid=row["uid"],
        article=ArticleId(row["article"]),
        anchor=anchor_in(row),
        placement=placement_in(row),
        colour=row["colour"] if row["colour"] in COLOURS else COLOURS[0],
        note=clean(row["note"]),
        tags=names_of(row["tags"]),
        made=moment(row["made"]),
        changed=moment(row["changed"]),
    )


def placement_in(row: Row | Mapping[str, Any]) -> Placement:
    start, end = row["place_start"], row["place_end"]
    return Placement(
        row["status"],
        None if start is None else Span(start, end),
        row["score"],
        row["how"],
        row["quote"],
        row["context"],
        row["margin"],
        row["placed_by"],
    )


def anchor_in(row: Row | Mapping[str, Any]) -> Anchor:
    return Anchor(
        Span(row["start"], row["end"]),
        clean(row["exact"]),
        clean(row["prefix"]),
        clean(row["suffix"]),
        row["text_hash"],
    )
