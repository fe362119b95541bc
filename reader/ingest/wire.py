"""A draft as JSON, for the way from the child to its parent."""

from __future__ import annotations

import json
from dataclasses import replace

from reader.domain.article import Draft
from reader.domain.document import Document

_FIELDS = ("title", "url", "author", "site", "published", "language", "media_type")


def to_wire(draft: Draft) -> bytes:
    """Everything of *draft* but the bytes it came from, which the parent has."""
    row = {name: getattr(draft, name) for name in _FIELDS}
    row |= {"text": draft.document.text, "blocks": draft.document.blocks_json(), "extra": dict(draft.extra)}
    row |= {"tags": list(draft.tags), "keys": list(draft.keys)}
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
        )
        return replace(draft, **{name: row[name] for name in _FIELDS})
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("not a draft") from error
