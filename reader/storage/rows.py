"""Rows become values here, and for articles and highlights in the two modules beside this one; nowhere else.

Text is cleaned a second time: rows may be old, or edited by others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from sqlite3 import Row
from typing import Any

from reader.domain.alike import Similar
from reader.domain.summary import ArticleId, Summary
from reader.domain.text import LINE_LIMIT, clean_line
from reader.storage.stamps import moment

TAG_SEPARATOR = ", "
URL_LIMIT = 2048

SUMMARY_COLUMNS = """
    article.id, article.uid, article.title, article.author, article.site, article.url, article.published,
    article.added, article.words, article.language, article.state, article.starred, article.archived,
    article.trashed, article.progress, article.tags, article.highlights, article.note <> '' as noted,
    article.unfetched,
    (
        select json_array(peer.id, likeness.share, peer.title)
        from likeness
        join article as peer on peer.id = likeness.other
        where likeness.article = article.id and likeness.standing = 'open'
            and peer.trashed = 0 and article.trashed = 0
        order by likeness.share desc, peer.id
        limit 1
    ) as similar
"""


def summary_of(row: Row) -> Summary:
    """A row that begins with :data:`SUMMARY_COLUMNS`. A key of the list makes hundreds, so no column is looked up by
    its name."""
    (
        id, uid, title, author, site, url, published, added, words, language, state, starred, archived, trashed,
        progress, tags, highlights, noted, unfetched, similar, *_,
    ) = row  # fmt: skip
    return Summary(
        ArticleId(id),
        uid,
        clean_line(title),
        clean_line(author) if author else None,
        clean_line(site) if site else None,
        clean_line(url, URL_LIMIT) if url else None,
        clean_line(published) if published else None,
        moment(added),
        words,
        clean_line(language) if language else None,
        state,
        bool(starred),
        bool(archived),
        bool(trashed),
        progress,
        names_of(tags) if tags else (),
        highlights,
        bool(noted),
        unfetched if unfetched is None else clean_line(unfetched),
        _similar(similar) if similar else None,
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


def _similar(told: str) -> Similar:
    other, share, title = json.loads(told)
    return Similar(ArticleId(other), share, clean_line(title))


def _line(text: str | None, limit: int = LINE_LIMIT) -> str | None:
    return clean_line(text, limit=limit) if text else None
