"""Drafts, clocks and looks into the file that the tests of the storage share."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from reader.domain.anchor import anchor_of
from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document, Span
from reader.domain.highlight import Anchor
from reader.storage import counters, schema
from reader.storage.library import Library

WORDS = "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness."


def draft(title: str = "A tale", text: str = WORDS, **fields: Any) -> Draft:
    return Draft(title, Document.plain(text), **fields)


def essay(number: int) -> Draft:
    """A text of its own, long enough to be sketched."""
    words = " ".join(f"word{number}x{position}" for position in range(60))
    return draft(f"Essay {number}", f"begin{number} {words} end{number}")


class Ticking:
    """A clock that goes on by a second at each look."""

    def __init__(self, start: datetime = datetime(2024, 5, 1, 12, tzinfo=UTC)) -> None:
        self.time = start

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


def passage(library: Library, article: ArticleId, words: str) -> Anchor:
    """The anchor of the first *words* in the current text."""
    document = library.articles.get(article).document
    start = document.text.index(words)
    anchor = anchor_of(document, Span(start, start + len(words)))
    assert anchor is not None
    return anchor


def found(library: Library, words: str, table: str = "articles_fts") -> list[int]:
    """The row ids that the full-text *table* has for *words*."""
    return library.connection.column(
        f"select rowid from {table} where {table} match :words order by rowid", words=words
    )


def titles_found(library: Library, words: str) -> list[str]:
    return library.connection.column(
        """
        select article.title
        from articles_fts
        join article on article.seq = articles_fts.rowid
        where articles_fts match :words
        order by article.seq
        """,
        words=words,
    )


def assert_sound(library: Library) -> None:
    """The index is in step with the rows, and the rows with one another."""
    raw = library.connection.raw
    assert schema.check_full_text(raw) == []
    assert raw.execute("select 1 from article where entered <> 1").fetchall() == []
    assert raw.execute("pragma foreign_key_check").fetchall() == []
    assert not raw.in_transaction
    assert counters.is_right(raw)
    wrong = raw.execute(
        """
        select id from article
        where highlights <> (select count(*) from highlight where highlight.article = article.id)
            or tags <> coalesce((
                select group_concat(name, ', ') from (
                    select tag.name as name from article_tag join tag on tag.id = article_tag.tag
                    where article_tag.article = article.id order by tag.folded
                )
            ), '')
        """
    ).fetchall()
    assert [tuple(row) for row in wrong] == []


def state_of(library: Library) -> dict[str, Sequence[Any]]:
    """All that undo gives back: what articles and highlights are, without stamps, and which tags there are."""
    rows = library.connection.rows
    return {
        "articles": [
            tuple(row)
            for row in rows(
                """
                select id, uid, seq, version, title, author, site, url, published, state, starred, archived, trashed,
                    finished, tags, cjk, note, note_cjk, words, highlights
                from article
                order by id
                """
            )
        ],
        "highlights": [
            tuple(row)
            for row in rows(
                """
                select id, uid, article, exact, prefix, suffix, start, "end", text_hash, status, place_start,
                    place_end, score, how, quote, context, margin, placed_by, refused_hash, colour, note, tags, cjk,
                    made
                from highlight
                order by id
                """
            )
        ],
        "tags": [tuple(row) for row in rows("select name from tag order by name")],
        "likeness": [
            tuple(row) for row in rows("select article, other from likeness where standing <> 'open'")
        ],
    }


def raw_open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)
