"""Looking for passages in a text that may be another than they were marked in, before a change or during it."""

from __future__ import annotations

from reader.domain.anchor import locate
from reader.domain.document import Document
from reader.domain.highlight import Anchor, Placement
from reader.storage.connection import Connection


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


class Locating:
    """Finds passages, and takes what was found for the same one before the lock on the library was taken.

    *ahead* is for that time before: what is found is kept on the connection until its next write ends. It hangs on
    the two texts and the selector alone, so what changed in between is not met with an answer to something else.
    """

    def __init__(self, connection: Connection, *, ahead: bool = False) -> None:
        self._connection = connection
        self._ahead = ahead
        self._origins: dict[tuple[int, str], Document | None] = {}

    def place(self, document: Document, article: int, anchor: Anchor) -> Placement:
        """Where the passage of *anchor*, made on some version of *article*, is in *document*."""
        before = None if anchor.text_hash == document.hash else self._origin(article, anchor.text_hash)
        key = document.hash, anchor, before is not None
        known = self._connection.prepared.get(key)
        if isinstance(known, Placement):
            return known
        placement = locate(document, anchor, before)
        if self._ahead:
            self._connection.prepared[key] = placement
        return placement

    def _origin(self, article: int, text_hash: str) -> Document | None:
        """The text that a selector was made on, read once; ``None`` if no version of *article* has it."""
        key = article, text_hash
        if key not in self._origins:
            text = self._connection.value(
                "select text from body where article = :article and text_hash = :hash",
                article=article,
                hash=text_hash,
            )
            self._origins[key] = None if text is None else Document(text, ())
        return self._origins[key]
