"""Rows become articles with their documents."""

from __future__ import annotations

from functools import lru_cache
from sqlite3 import Row
from typing import get_args

from reader.domain.article import Article
from reader.domain.document import BlockKind, Document, MarkKind
from reader.domain.text import clean
from reader.storage.rows import mapping_of, summary_of

_BLOCK_KINDS = frozenset(get_args(BlockKind))
_MARK_KINDS = frozenset(get_args(MarkKind))


def article_of(row: Row) -> Article:
    """A row of :data:`SUMMARY_COLUMNS` with ``position version note text blocks extra``."""
    document = document_of(row["text"], row["blocks"])
    return Article(
        summary_of(row),
        document,
        position=min(max(0, row["position"]), len(document.text)),
        version=row["version"],
        note=clean(row["note"]),
        extra=mapping_of(row["extra"]),
    )


@lru_cache(maxsize=2)
def document_of(text: str, blocks: str) -> Document:
    """The stored document; as plain paragraphs if its blocks do not fit its text, which only damage can bring about.

    The last ones are kept: after each highlight the article is read again, and parsing a long one takes longer
    than all the rest.
    """
    if clean(text) != text:
        return Document.plain(text)
    try:
        document = Document.from_json(text, blocks)
    except ValueError:
        return Document.plain(text)
    return document if _fits(document) else Document.plain(text)


def _fits(document: Document) -> bool:
    if document.text and not document.blocks:
        return False
    end = 0
    for block in document.blocks:
        if block.kind not in _BLOCK_KINDS or not end <= block.span.start <= block.span.end:
            return False
        end = block.span.end
    length = len(document.text)
    return end <= length and all(
        mark.kind in _MARK_KINDS and 0 <= mark.span.start <= mark.span.end <= length
        for mark in document.marks
    )
