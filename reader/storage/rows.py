"""Rows become values here, and nowhere else. Text is cleaned a second time: rows may be old, or edited by others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from sqlite3 import Row
from typing import Any, get_args

from reader.domain.article import Article, ArticleId, Summary
from reader.domain.document import BlockKind, Document, MarkKind, Span
from reader.domain.highlight import COLOURS, Anchor, Highlight, HighlightId, Placement
from reader.domain.text import LINE_LIMIT, clean, clean_line
from reader.storage.stamps import moment

TAG_SEPARATOR = ", "
URL_LIMIT = 2048

SUMMARY_COLUMNS = """
    article.id, article.uid, article.title, article.author, article.site, article.url, article.published,
    article.added, article.words, article.language, article.state, article.starred, article.archived,
    article.trashed, article.progress, article.tags, article.highlights, article.note <> '' as noted
"""

_BLOCK_KINDS = frozenset(get_args(BlockKind))
_MARK_KINDS = frozenset(get_args(MarkKind))


def summary_of(row: Row) -> Summary:
    """A row of :data:`SUMMARY_COLUMNS`."""
    return Summary(
        id=ArticleId(row["id"]),
        uid=row["uid"],
        title=clean_line(row["title"]),
        author=_line(row["author"]),
        site=_line(row["site"]),
        url=_line(row["url"], limit=URL_LIMIT),
        published=_line(row["published"]),
        added=moment(row["added"]),
        words=row["words"],
        language=_line(row["language"]),
        state=row["state"],
        starred=bool(row["starred"]),
        archived=bool(row["archived"]),
        trashed=bool(row["trashed"]),
        progress=row["progress"],
        tags=names_of(row["tags"]),
        highlights=row["highlights"],
        noted=bool(row["noted"]),
    )


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


def highlight_of(row: Row) -> Highlight:
    """A row of the table highlight."""
    start, end = row["place_start"], row["place_end"]
    return Highlight(
        id=HighlightId(row["id"]),
        uid=row["uid"],
        article=ArticleId(row["article"]),
        anchor=anchor_in(row),
        placement=Placement(row["status"], None if start is None else Span(start, end), row["score"]),
        colour=row["colour"] if row["colour"] in COLOURS else COLOURS[0],
        note=clean(row["note"]),
        tags=names_of(row["tags"]),
        made=moment(row["made"]),
        changed=moment(row["changed"]),
    )


def anchor_in(row: Row | Mapping[str, Any]) -> Anchor:
    return Anchor(
        Span(row["start"], row["end"]),
        clean(row["exact"]),
        clean(row["prefix"]),
        clean(row["suffix"]),
        row["text_hash"],
    )


def document_of(text: str, blocks: str) -> Document:
    """The stored document; as plain paragraphs if its blocks do not fit its text, which only damage can bring about."""
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


def names_of(copy: str) -> tuple[str, ...]:
    """The tags whose names were joined in *copy*."""
    return tuple(name for tag in copy.split(TAG_SEPARATOR) if (name := clean_line(tag)))


def mapping_of(text: str) -> Mapping[str, Any]:
    """A stored JSON object; empty if it is none."""
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _line(text: str | None, limit: int = LINE_LIMIT) -> str | None:
    return clean_line(text, limit=limit) if text else None
