"""Drafts as JSON, for the way from the child to its parent."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import replace

from reader.domain.article import Draft
from reader.domain.document import Document

_FIELDS = ("title", "url", "author", "site", "published", "language", "media_type")


def to_wire(draft: Draft) -> bytes:
    """Everything of *draft*, in one line. Bytes it came from go along if it has any of its own: those of the whole
    file the parent has."""
    row = {name: getattr(draft, name) for name in _FIELDS}
    row |= {"text": draft.document.text, "blocks": draft.document.blocks_json(), "extra": dict(draft.extra)}
    row |= {"tags": list(draft.tags), "keys": list(draft.keys)}
    if draft.original:
        row["original"] = b64encode(draft.original).decode("ascii")
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")


def from_wire(data: bytes) -> Draft:
    """The draft in *data*. Raises ValueError if it is of another form."""
    try:
        row = json.loads(data)
        draft = Draft(
            title=row["title"],
            document=Document.from_json(row["text"], row["blocks"]),
            tags=tuple(row["tags"]),
            keys=tuple(row["keys"]),
            extra=row["extra"],
            original=b64decode(row.get("original", "")),
        )
        return replace(draft, **{name: row[name] for name in _FIELDS})
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("not a draft") from error


def all_to_wire(drafts: Iterable[Draft]) -> bytes:
    """One draft a line."""
    return b"\n".join(map(to_wire, drafts))


def all_from_wire(data: bytes) -> list[Draft]:
    """The drafts in *data*. Raises ValueError if one is of another form, or there is none."""
    return [from_wire(line) for line in data.split(b"\n")]
