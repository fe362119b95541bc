"""Who and what the articles are from, and in which language: the names that a query may ask for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from reader.domain.text import clean_line

if TYPE_CHECKING:
    from reader.storage.library import Library

Source = Literal["author", "site", "lang"]
SLICE = 2_000
_COLUMNS: dict[str, str] = {"author": "author", "site": "site", "lang": "language"}


class Sources(NamedTuple):
    """The names of the articles up to number ``last``, each with how many articles have it."""

    counts: Counter[str]
    last: int
    is_complete: bool


NOTHING = Sources(Counter(), 0, False)


def sources_on(library: Library, source: Source, so_far: Sources = NOTHING) -> Sources:
    """Go on counting, for some milliseconds. One that was complete takes in the articles added since."""
    counts, last, _ = so_far
    column = _COLUMNS[source]
    rows = library.connection.rows(
        f"""
        select {column} as name, count(*) as number
        from article
        where id > :last and id <= :last + {SLICE} and {column} is not null and trashed = 0
        group by {column}
        """,
        last=last,
    )
    counts = counts + Counter({name: row["number"] for row in rows if (name := clean_line(row["name"]))})
    newest = library.connection.value("select max(id) from article") or 0
    return Sources(counts, min(last + SLICE, max(newest, last)), last + SLICE >= newest)
