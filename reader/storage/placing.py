"""Finding the highlights of an article again in the text that it has now."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from sqlite3 import Row
from typing import Any, NamedTuple

from reader.domain.anchor import anchor_of
from reader.domain.document import Document, Span
from reader.domain.highlight import Anchor, Placement
from reader.storage.connection import Connection
from reader.storage.highlight_rows import anchor_in, placement_in
from reader.storage.locating import Locating, current_document, version_document

# Code points by which the place of reading is known again in another version: fewer where not all are there.
WORDS_THERE = (64, 24)


def carry_position(connection: Connection, article: int, old: int) -> None:
    """Let reading go on at the same words in the current version as in the version *old*, and count as read what
    was read there."""
    row = connection.one("select position, progress from article where id = :article", article=article)
    if row is None or not (row["position"] or 0 < row["progress"] < 1):
        return
    before, now = version_document(connection, article, old), current_document(connection, article)
    length = len(now.text)
    position, progress = row["position"], row["progress"]
    here, furthest = _reading_in(now, before, article, row, Locating(connection))
    if position:
        position = min(here.start if here else position, length)
    if 0 < progress < 1:
        progress = furthest.end / length if furthest and length else progress
    connection.execute(
        "update article set position = :position, progress = max(:progress, :reached) where id = :article",
        position=position,
        progress=progress,
        reached=position / length if length else 0.0,
        article=article,
    )


def _reading_in(
    now: Document, before: Document, article: int, row: Row, locating: Locating
) -> tuple[Span | None, Span | None]:
    """Where the words are in *now* at which reading stands in *before*, and those that it had come to."""

    def found(spans: Iterable[Span]) -> Span | None:
        """The first of *spans* whose words can be found again."""
        for span in spans:
            words = anchor_of(before, span)
            if words is not None and (place := locating.place(now, article, words).span):
                return place
        return None

    position, progress = row["position"], row["progress"]
    furthest = round(progress * len(before.text))
    return (
        found(Span(position, position + size) for size in WORDS_THERE) if position else None,
        found(Span(furthest - size, furthest) for size in WORDS_THERE) if 0 < progress < 1 else None,
    )


def look_ahead(connection: Connection, article: int, document: Document) -> None:
    """Look for all that a write is about to look for which makes *document* the text of *article*: the highlights
    and the place of reading. Before the write, since that may take seconds, and keeps all others from writing.

    What is changed by someone else in between is then looked for during the write.
    """
    now = current_document(connection, article)
    if now.hash == document.hash:
        return
    locating = Locating(connection, ahead=True)
    row = connection.one("select position, progress from article where id = :article", article=article)
    if row is not None:
        _reading_in(document, now, article, row, locating)
    for fields in connection.rows("select * from highlight where article = :article", article=article):
        place_fields(document, fields, locating)


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
        document, locating = current_document(connection, article), Locating(connection)
        connection.many(
            """
            update highlight
            set status = :status, place_start = :place_start, place_end = :place_end, score = :score, how = :how,
                quote = :quote, context = :context, margin = :margin, placed_hash = :placed_hash
            where id = :id
            """,
            [{"id": row["id"], **place_fields(document, row, locating)} for row in rows],
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


def place_fields(
    document: Document, fields: Row | Mapping[str, Any], locating: Locating
) -> dict[str, object]:
    """The columns that say where the highlight of *fields*, its selector, is in *document*."""
    if fields["refused_hash"] == document.hash:
        placement = Placement("orphan", None, 0.0, "refused", 0.0)
    else:
        placement = _found(document, fields["article"], anchor_in(fields), locating)
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


def _found(document: Document, article: int, anchor: Anchor, locating: Locating) -> Placement:
    """Words that came without the text they were marked in may be Markdown still. Without neighbours besides they
    must be there for certain: nobody is asked about one of several places."""
    placement = locating.place(document, article, anchor)
    if anchor.text_hash or (placement.status == "anchored" and placement.how == "exact"):
        return placement
    from reader.domain.unmarked import without_markdown

    bare = without_markdown(anchor.exact)
    if bare != anchor.exact:
        as_text = locating.place(document, article, replace(anchor, exact=bare))
        if as_text.status == "anchored":
            return as_text
    if placement.status == "review" and not (anchor.prefix or anchor.suffix):
        return replace(placement, status="orphan", span=None)
    return placement
