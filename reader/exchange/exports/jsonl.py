"""Native JSON Lines: a header, then each article followed by its text and its highlights.

Keys stand in a fixed order, empty ones are left out, times are ISO 8601 in UTC as precisely as they are known.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from reader.domain.article import Article
from reader.domain.highlight import Highlight

FORMAT = "reader-jsonl"
VERSION = 1


def header() -> str:
    return _line({"format": FORMAT, "version": VERSION})


def lines(article: Article, highlights: Sequence[Highlight]) -> Iterator[str]:
    """The lines of one article, its highlights by their place and then by uid."""
    yield _line(_article(article))
    yield _line(_text(article))
    for highlight in sorted(highlights, key=lambda one: (one.anchor.span, one.uid)):
        yield _line(_highlight(highlight, article.summary.uid))


def _article(article: Article) -> dict[str, Any]:
    summary = article.summary
    return {
        "t": "article", "uid": summary.uid, "url": summary.url, "title": summary.title, "author": summary.author,
        "site": summary.site, "published": summary.published, "added": _time(summary.added),
        "language": summary.language, "tags": list(summary.tags), "state": summary.state,
        "starred": summary.starred, "archived": summary.archived, "trashed": summary.trashed,
        "progress": summary.progress, "position": article.position, "note": article.note,
        "extra": dict(article.extra),
    }  # fmt: skip


def _text(article: Article) -> dict[str, Any]:
    document = article.document
    return {
        "t": "text", "article": article.summary.uid, "version": article.version,
        "text_hash": f"sha256:{document.hash}", "text": document.text,
        "blocks": json.loads(document.blocks_json()),
    }  # fmt: skip


def _highlight(highlight: Highlight, article: str) -> dict[str, Any]:
    anchor, placement = highlight.anchor, highlight.placement
    place: dict[str, Any] = {"status": placement.status}
    if placement.span is not None:
        place |= {"start": placement.span.start, "end": placement.span.end}
    return {
        "t": "highlight", "uid": highlight.uid, "article": article, "exact": anchor.exact, "prefix": anchor.prefix,
        "suffix": anchor.suffix, "start": anchor.span.start, "end": anchor.span.end,
        "text_hash": f"sha256:{anchor.text_hash}" if anchor.text_hash else None,
        "placement": place | {"score": placement.score}, "note": highlight.note, "colour": highlight.colour,
        "tags": list(highlight.tags), "made": _time(highlight.made), "changed": _time(highlight.changed),
    }  # fmt: skip


def _line(record: dict[str, Any]) -> str:
    kept = {
        key: value for key, value in record.items() if value not in (None, "", [], {}) and value is not False
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _time(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    text = moment.astimezone(UTC).isoformat(timespec="auto")
    return text.replace("+00:00", "Z")
