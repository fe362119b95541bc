"""The CSV that Readwise imports highlights from: https://docs.readwise.io/readwise/docs/importing-highlights/csv.

Tags stand as words with a dot at the head of the note, which is how Readwise takes tags out of notes.
"""

from __future__ import annotations

from datetime import UTC

from reader.domain.quoting import tag_word
from reader.domain.whole import Whole, WholeHighlight
from reader.exchange.exports import tables

COLUMNS = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")
LOSS = "readwise takes passages, their notes and tags; texts, colours and states stay here"


def header() -> str:
    return tables.row(COLUMNS)


def passage(whole: Whole, one: WholeHighlight) -> str:
    tags = " ".join(f".{word}" for tag in one.tags if (word := tag_word(tag)))
    note = "\n".join(filter(None, (tags, one.note)))
    span = one.placement.span if one.placement and one.placement.span else one.anchor.span
    # As Readwise writes times itself.
    made = f"{one.made.astimezone(UTC):%Y-%m-%d %H:%M:%S}+00:00" if one.made else ""
    cells = (
        one.anchor.exact,
        whole.title,
        whole.author or "",
        whole.url or "",
        note,
        str(span.start),
        made,
    )
    return tables.row(cells)
