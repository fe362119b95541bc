"""A query with a name."""

from __future__ import annotations

from dataclasses import dataclass

from reader.domain.text import clean_line

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class SavedView:
    """``query`` is text of the query language, ``sort`` one of ``fields.SORTS``; ``key`` is pressed behind ``'``."""

    name: str
    query: str
    sort: str | None = None
    key: str | None = None


def clean_name(text: str) -> str:
    """The name that *text* is for a view, so that ``query:"name"`` can say it; ``""`` if nothing is left."""
    return clean_line(text.replace('"', " "), limit=LONGEST_NAME).strip()
