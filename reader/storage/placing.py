"""Finding the highlights of an article again in the text that it has now."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby
from sqlite3 import Row
from typing import Any, NamedTuple

from reader.domain.anchor import anchor_of, locate
from reader.domain.document import Document, Span
from reader.domain.highlight import Anchor, Placement
from reader.storage.connection import Connection
from reader.storage.highlight_rows import anchor_in, placement_in

# Code points by which the place of reading is known again in another version: fewer where not all are there.
WORDS_THERE = (64, 24)


def current_document(connection: Connection, article: int) -> Document:
    """The current text of *article*, without its structure, which placing a passage does not need."""
    return version_document(
        connection,
        article,
        connection.value("select version from article where id = :article", article=article),
    )


def version_document(connection: Connection, article: int, version: int) -> Document:
    text = connection.value(
        "select text from body where article = :article and version = :version",
        article=article,
        version=version,
    )
    return Document(text or "", ())


def carry_position(connection: Connection, article: int, old: int) -> None:
    """Let reading go on at the same words in the current version as in the version *old*, and count as read what
    was read there."""
    row = connection.one("select position, progress from article where id = :article", article=article)
    if row is None or not (row["position"] or 0 < row["progress"] < 1):
        return
    before, now = version_document(connection, article, old), current_document(connection, article)
    length = len(now.text)
    position, progress = row["position"], row["progress"]
    if position:
        place = _place_in(now, before, [Span(position, position + size) for size in WORDS_THERE])
        position = min(place.start if place else position, length)
    if 0 < progress < 1:
        furthest = round(progress * len(before.text))
        place = _place_in(now, before, [Span(furthest - size, furthest) for size in WORDS_THERE])
        progress = place.end / length if place and length else progress
    connection.execute(
        "update article set position = :position, progress = max(:progress, :reached) where id = :article",
        position=position,
        progress=progress,
        reached=position / length if length else 0.0,
        article=article,
    )


def _place_in(document: Document, before: Document, spans: Collection[Span]) -> Span | None:
    """Where the words of the first of *spans* that can be found again are."""
    for span in spans:
        words = anchor_of(before, span)
        if words is not None and (place := locate(document, words).span):
            return place
    return None


class Places(NamedTuple):
    """How many highlights are certain, only proposed, and nowhere in the current text."""

    placed: int
    review: int
    orphan: int


def places_of(connection: Connection, article: int) -> Places:
    row = connection.one(
        """
        select
            count(*) filter (where status = 'anchored'),
            count(*) filter (where status = 'review'),
            count(*) filter (where status = 'orphan')
        from highlight
        where article = :article
        """,
        article=article,
    )
    return Places(*(row or (0, 0, 0)))


def place_again(connection: Connection, article: int, ids: Collection[int] | None = None) -> Places:
    """Place every highlight of *article*, or only *ids*, from its selector; where all of the article are now.

    May take seconds for hundreds of passages of a text that changed: no work for the thread that answers keys.
    """
    rows = connection.rows(
        """
        select *
        from highlight
        where article = :article and (:ids is null or id in (select value from json_each(:ids)))
        """,
        article=article,
        ids=None if ids is None else json.dumps(list(ids)),
    )
    if rows:
        document = current_document(connection, article)
        connection.many(
            """
            update highlight
            set status = :status, place_start = :place_start, place_end = :place_end, score = :score, how = :how,
                quote = :quote, context = :context, margin = :margin, placed_hash = :placed_hash
            where id = :id
            """,
            [{"id": row["id"], **place_fields(document, row)} for row in rows],
        )
    return places_of(connection, article)


def proposals(connection: Connection, rows: Collection[Row]) -> Iterator[tuple[Row, Anchor]]:
    """Each of *rows* of the table highlight that has a place, with the selector of what stands there now; *rows*
    come an article at a time."""
    for article, highlights in groupby(rows, key=lambda row: row["article"]):
        document = current_document(connection, article)
        for row in highlights:
            place = placement_in(row).span
            if place and (anchor := anchor_of(document, place)):
                yield row, anchor


def place_fields(document: Document, fields: Row | Mapping[str, Any]) -> dict[str, object]:
    """The columns that say where the highlight of *fields*, its selector, is in *document*."""
    if fields["refused_hash"] == document.hash:
        placement = Placement("orphan", None, 0.0, "refused", 0.0)
    else:
        placement = locate(document, anchor_in(fields))
    start, end = placement.span or (None, None)
    return {
        "status": placement.status,
        "place_start": start,
        "place_end": end,
        "score": placement.score,
        "how": placement.how,
        "quote": placement.quote,
        "context": placement.context,
        "margin": placement.margin,
        "placed_hash": document.hash,
    }
