"""Records as bytes, for the way from the child that reads an export to its parent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from reader.domain.record import Marked, Record
from reader.domain.span import Span
from reader.ingest.wire import from_wire, to_wire

_MARKED = ("exact", "note", "colour", "prefix", "suffix", "origin")
_RECORD = ("state", "starred", "archived", "progress", "note", "origin")


def record_to_wire(record: Record) -> bytes:
    """Two lines of JSON: the draft, and what its reader did with it."""
    row: dict[str, Any] = {name: getattr(record, name) for name in _RECORD}
    row |= {"added": _stamp(record.added), "highlights": [_marked_row(one) for one in record.highlights]}
    return to_wire(record.draft) + b"\n" + json.dumps(row).encode()


def record_from_wire(data: bytes) -> Record:
    """The record in *data*. Raises ValueError if it is of another form."""
    draft, _, rest = data.partition(b"\n")
    try:
        row = json.loads(rest)
        return Record(
            draft=from_wire(draft),
            added=_moment(row["added"]),
            highlights=tuple(map(_marked, row["highlights"])),
            **{name: row[name] for name in _RECORD},
        )
    except (KeyError, TypeError) as error:
        raise ValueError("not a record") from error


def _marked_row(marked: Marked) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(marked, name) for name in _MARKED}
    span = [marked.span.start, marked.span.end] if marked.span is not None else None
    return row | {
        "tags": list(marked.tags), "made": _stamp(marked.made), "span": span, "extra": dict(marked.extra),
    }  # fmt: skip


def _marked(row: Mapping[str, Any]) -> Marked:
    return Marked(
        tags=tuple(row["tags"]),
        made=_moment(row["made"]),
        span=Span(*row["span"]) if row["span"] else None,
        extra=row["extra"],
        **{name: row[name] for name in _MARKED},
    )


def _stamp(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
