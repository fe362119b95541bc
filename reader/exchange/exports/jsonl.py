"""Native JSON Lines, from which another library can be made that is the same.

A header; the tags, saved views and what was purged; then each article followed by the versions of its text and its
highlights. Keys stand in a fixed order, what is empty is left out, times are ISO 8601 in UTC to the microsecond.
Nothing hangs on when or where it is written. What stays behind: history, paths of files, the original bytes.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from reader.domain.highlight import Placement
from reader.domain.whole import Purged, Whole, WholeHighlight, WholeText, WholeView

FORMAT = "reader-jsonl"
VERSION = 1
WITHOUT_TEXT = "text"


def header(*, texts: bool = True) -> str:
    return _line({"format": FORMAT, "version": VERSION, "without": [] if texts else [WITHOUT_TEXT]})


def tag(name: str) -> str:
    return _line({"t": "tag", "name": name})


def view(whole: WholeView) -> str:
    saved = whole.view
    return _line(
        {
            "t": "view", "name": saved.name, "query": saved.query, "sort": saved.sort, "key": saved.key,
            "place": whole.place, "made": _time(whole.made),
        }
    )  # fmt: skip


def purged(one: Purged) -> str:
    return _line({"t": "purged", "uid": one.uid, "at": _time(one.at)})


def lines(whole: Whole) -> Iterator[str]:
    """The lines of one article."""
    yield _line(_article(whole))
    for text in whole.texts:
        yield _line(_text(text, whole.uid))
    for highlight in whole.highlights:
        yield _line(_highlight(highlight, whole.uid))


def _article(whole: Whole) -> dict[str, Any]:
    return {
        "t": "article", "uid": whole.uid, "url": whole.url, "title": whole.title, "author": whole.author,
        "site": whole.site, "published": whole.published, "added": _time(whole.added), "place": whole.place,
        "changed": _time(whole.changed), "opened": _time(whole.opened), "finished": _time(whole.finished),
        "language": whole.language, "tags": list(whole.tags), "state": whole.state, "starred": whole.starred,
        "archived": whole.archived, "trashed": whole.trashed, "progress": whole.progress,
        "position": whole.position, "note": whole.note, "origin": whole.origin,
        # Waiting for its text, or why that could not be had.
        "unfetched": True if whole.unfetched == "" else whole.unfetched,
        "version": whole.version, "chosen": whole.chosen, "keys": list(whole.keys or ()),
        "keyless": whole.keys == (),
    }  # fmt: skip


def _text(text: WholeText, article: str) -> dict[str, Any]:
    return {
        "t": "text", "article": article, "version": text.version, "made": _time(text.made), "rules": text.rules,
        "head": {key: value for key, value in text.head.items() if value not in (None, "", [])},
        "extra": dict(text.extra), "words": text.words, "text_hash": f"sha256:{text.hash}", "text": text.text,
        "blocks": json.loads(text.blocks), "sketch": b64encode(text.sketch).decode(),
    }  # fmt: skip


def _highlight(highlight: WholeHighlight, article: str) -> dict[str, Any]:
    anchor = highlight.anchor
    return {
        "t": "highlight", "uid": highlight.uid, "article": article, "exact": anchor.exact, "prefix": anchor.prefix,
        "suffix": anchor.suffix, "start": anchor.span.start, "end": anchor.span.end,
        "text_hash": _hash(anchor.text_hash), "placement": _placement(highlight.placement),
        "refused": _hash(highlight.refused), "note": highlight.note, "colour": highlight.colour,
        "tags": list(highlight.tags), "made": _time(highlight.made), "changed": _time(highlight.changed),
        "origin": highlight.origin, "extra": dict(highlight.extra),
    }  # fmt: skip


def _placement(placement: Placement | None) -> dict[str, Any] | None:
    if placement is None:
        return None
    start, end = placement.span or (None, None)
    return _said(
        {
            "status": placement.status, "start": start, "end": end, "score": placement.score,
            "how": placement.how, "by": "user" if placement.by == "user" else None, "quote": placement.quote,
            "context": placement.context, "margin": placement.margin,
        }
    )  # fmt: skip


def _line(record: dict[str, Any]) -> str:
    return json.dumps(_said(record), ensure_ascii=False, separators=(",", ":"))


def _said(record: dict[str, Any]) -> dict[str, Any]:
    """*record* without what says nothing; a number says something, also when it is 0."""
    return {
        key: value for key, value in record.items() if value not in (None, "", [], {}) and value is not False
    }


def _hash(value: str) -> str:
    return f"sha256:{value}" if value else ""


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
