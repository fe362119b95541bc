"""CSV: a row an article, or a row a passage, for spreadsheets.

Not lossless: texts are left out, tags are joined by ``;``, and a cell that a spreadsheet would take for a formula has
an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from reader.domain.summary import Summary
from reader.domain.whole import Whole, WholeHighlight

LOSS = "csv leaves out texts and marks what looks like a formula by an apostrophe; jsonl holds everything"

ARTICLES = (
    "id", "uid", "title", "author", "site", "url", "published", "added", "words", "minutes", "state", "starred",
    "archived", "trashed", "progress", "tags", "highlights", "note", "language", "unfetched", "origin",
)  # fmt: skip
PASSAGES = (
    "uid", "article", "title", "author", "url", "exact", "prefix", "suffix", "start", "end", "status", "colour",
    "note", "tags", "made", "changed",
)  # fmt: skip

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def header(columns: Sequence[str]) -> str:
    return row(columns)


def article(summary: Summary, whole: Whole) -> str:
    known = {name: getattr(summary, name) for name in ARTICLES if hasattr(summary, name)}
    known |= {"progress": round(summary.progress, 4), "note": whole.note, "origin": whole.origin}
    return _row(ARTICLES, known | {"highlights": len(whole.highlights)})


def passage(whole: Whole, one: WholeHighlight) -> str:
    """Places are those in the current text; what has none there has empty cells."""
    placement = one.placement
    span = placement.span if placement and placement.status == "anchored" else None
    known = {
        "uid": one.uid, "article": whole.uid, "title": whole.title, "author": whole.author, "url": whole.url,
        "exact": one.anchor.exact, "prefix": one.anchor.prefix, "suffix": one.anchor.suffix,
        "start": span.start if span else None, "end": span.end if span else None,
        "status": placement.status if placement else "orphan", "colour": one.colour, "note": one.note,
        "tags": one.tags, "made": one.made, "changed": one.changed,
    }  # fmt: skip
    return _row(PASSAGES, known)


def row(cells: Sequence[str]) -> str:
    """*cells* as a line; a quotation mark in one is doubled, never escaped by a backslash."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _row(columns: Sequence[str], known: Mapping[str, Any]) -> str:
    return row([_cell(known[name]) for name in columns])


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return moment(value)
        case tuple():
            return _inert(";".join(value))
    return _inert(str(value)) if isinstance(value, str) else str(value)


def _inert(text: str) -> str:
    """What a spreadsheet shows as *text*, and does not calculate."""
    return f"'{text}" if text.startswith(_FORMULAS) else text
