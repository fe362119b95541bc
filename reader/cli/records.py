"""Articles and highlights as JSON, in the words of the command line's contract."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.domain.highlight import Highlight
    from reader.domain.summary import Summary

ARTICLE_KEYS = (
    "id", "uid", "title", "author", "site", "url", "published", "added", "words", "minutes", "state", "starred",
    "archived", "trashed", "progress", "tags", "highlights", "note", "language",
    "unfetched", "similar",
)  # fmt: skip


def article_record(summary: Summary, note: str) -> dict[str, Any]:
    similar = summary.similar
    own = {
        "note": note,
        "added": iso(summary.added),
        "tags": list(summary.tags),
        "similar": {"id": similar.article, "score": round(similar.share, 3)} if similar else None,
    }
    return {key: own[key] if key in own else getattr(summary, key) for key in ARTICLE_KEYS}


def highlight_record(highlight: Highlight) -> dict[str, Any]:
    """``start`` and ``end`` say where the passage is in the text as it is now, for one to ``review`` where it may be;
    null if it is nowhere. They are equal where an ``orphan`` was taken out of the text."""
    span = highlight.placement.span
    return {
        "id": highlight.id,
        "uid": highlight.uid,
        "article": highlight.article,
        "exact": highlight.anchor.exact,
        "prefix": highlight.anchor.prefix,
        "suffix": highlight.anchor.suffix,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "status": highlight.placement.status,
        "colour": highlight.colour,
        "note": highlight.note,
        "tags": list(highlight.tags),
        "made": iso(highlight.made) if highlight.made else None,
    }


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
