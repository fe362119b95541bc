"""Short names of highlights: the ends of their uids, whose first digits are the time and alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from reader.domain.highlight import Highlight, HighlightId

if TYPE_CHECKING:
    from reader.storage.connection import Connection


def references(connection: Connection, highlights: Collection[Highlight]) -> Mapping[HighlightId, str]:
    """A short name for each, that no other highlight of the library answers to: ``Highlight.reference``, or, where
    several share it, as much more of the uid as tells them apart."""
    rows = connection.rows(
        """
        select replace(uid, '-', '') as uid
        from highlight
        where substr(uid, -8) in (
            select substr(uid, -8)
            from highlight
            group by 1
            having count(*) > 1
        )
        """
    )
    shared = [row["uid"] for row in rows]
    return {one.id: _name(one, shared) for one in highlights}


def named(connection: Connection, reference: str) -> list[HighlightId]:
    """The highlights whose uids end in *reference*, without dashes and in small letters; two if there are more."""
    rows = connection.rows(
        "select id from highlight where replace(uid, '-', '') like '%' || :reference limit 2",
        reference=reference,
    )
    return [HighlightId(row["id"]) for row in rows]


def _name(highlight: Highlight, shared: Collection[str]) -> str:
    uid, short = highlight.uid.replace("-", ""), highlight.reference
    rivals = [other for other in shared if other != uid and other.endswith(short)]
    while any(other.endswith(short) for other in rivals) and len(short) < len(uid):
        short = uid[-len(short) - 1 :]
    return short
