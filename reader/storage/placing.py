"""Finding the highlights of an article again in the text that it has now."""

from __future__ import annotations

from reader.domain.anchor import anchor_of, locate
from reader.domain.document import Document, Span
from reader.domain.highlight import Placement
from reader.storage.connection import Connection
from reader.storage.highlight_rows import anchor_in

# Code points by which the place of reading is known again in another version.
WORDS_THERE = 64


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
    """Let reading go on at the same words in the current version as in the version *old*."""
    position = int(connection.value("select position from article where id = :article", article=article) or 0)
    if position == 0:
        return
    document = current_document(connection, article)
    words = anchor_of(version_document(connection, article, old), Span(position, position + WORDS_THERE))
    place = locate(document, words).span if words else None
    connection.execute(
        "update article set position = :position where id = :article",
        position=min(place.start if place else position, len(document.text)),
        article=article,
    )


def place_again(connection: Connection, article: int) -> tuple[int, int]:
    """Place every highlight of *article* from its selector; how many are certain, and how many are not."""
    rows = connection.rows("select * from highlight where article = :article", article=article)
    if not rows:
        return 0, 0
    document = current_document(connection, article)
    placed = [(row["id"], locate(document, anchor_in(row))) for row in rows]
    connection.many(
        """
        update highlight
        set status = :status, place_start = :start, place_end = :end, score = :score, placed_hash = :hash
        where id = :id
        """,
        [{"id": id, "hash": document.hash, **place_fields(placement)} for id, placement in placed],
    )
    sure = sum(placement.status == "anchored" for _, placement in placed)
    return sure, len(placed) - sure


def place_fields(placement: Placement) -> dict[str, object]:
    start, end = placement.span or (None, None)
    return {"status": placement.status, "start": start, "end": end, "score": placement.score}
