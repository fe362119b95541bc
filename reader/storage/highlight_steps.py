"""The steps that change highlights: what is asked of them, against what they are now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reader.domain.colours import COLOURS, Colour
from reader.domain.highlight import Anchor
from reader.domain.text import clean_body, clean_line
from reader.domain.unchanged import UNCHANGED, Unchanged
from reader.storage.connection import Connection, LibraryError
from reader.storage.effects import SELECTOR
from reader.storage.steps import TAG_MARK, Fields, Step, tag_fields
from reader.storage.tagging import spelled


def fields_of(
    connection: Connection,
    *,
    colour: Colour | Unchanged = UNCHANGED,
    note: str | Unchanged | None = UNCHANGED,
    tags_add: Sequence[str] = (),
    tags_remove: Sequence[str] = (),
    anchor: Anchor | Unchanged = UNCHANGED,
) -> Fields:
    """What a highlight has after such an edit; an *anchor* is one that a hand has chosen."""
    after: dict[str, Any] = {}
    if colour is not UNCHANGED:
        after["colour"] = checked_colour(colour)
    if note is not UNCHANGED:
        after["note"] = clean_body(note or "").strip()
    if anchor is not UNCHANGED:
        after |= selector(anchor, by="user")
    after |= {TAG_MARK + name: False for name in spelled(connection, tags_remove)}
    return after | tag_fields(spelled(connection, tags_add))


def edit_step(id: int, now: Fields, after: Fields) -> Step:
    """The step of highlight *id* from what it is *now* to *after*, with the fields only that really change."""
    before = {field: now.get(field, False) for field in after}
    changed = [field for field in after if before[field] != after[field]]
    if any(field in SELECTOR for field in changed):
        # The selector is one thing: it is replaced, and taken back, as a whole.
        changed = [field for field in after if field in changed or field in SELECTOR]
    return Step(
        "highlight",
        id,
        now["article"],
        {field: before[field] for field in changed},
        {field: after[field] for field in changed},
    )


def selector(anchor: Anchor, *, by: str) -> dict[str, Any]:
    values = (anchor.exact, anchor.prefix, anchor.suffix, *anchor.span, anchor.text_hash, by, "")
    return dict(zip(SELECTOR, values, strict=True))


def checked_colour(colour: str) -> str:
    if colour not in COLOURS:
        raise LibraryError(f"{clean_line(colour)} is not a colour: {', '.join(COLOURS)}")
    return colour


def next_id(connection: Connection) -> int:
    """A number that was never given, also not to a highlight that is gone now."""
    return int(
        connection.value(
            """
            select 1 + max(
                coalesce((select seq from sqlite_sequence where name = 'highlight'), 0),
                coalesce((select max(id) from highlight), 0)
            )
            """
        )
    )
