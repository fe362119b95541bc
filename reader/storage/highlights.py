"""Highlights: passages of articles with what the reader thought of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from sqlite3 import Row

from reader.domain.article import ArticleId
from reader.domain.change import Change
from reader.domain.highlight import Anchor, Colour, Highlight, HighlightId
from reader.domain.text import clean_body, clean_line
from reader.domain.unchanged import UNCHANGED, Unchanged
from reader.storage.connection import Connection, LibraryError
from reader.storage.effects import present_highlights
from reader.storage.highlight_rows import highlight_of, rows_by_place
from reader.storage.highlight_steps import checked_colour, edit_step, fields_of, next_id, selector
from reader.storage.journal import Journal
from reader.storage.placing import proposals
from reader.storage.steps import Fields, Step, tag_fields
from reader.storage.tagging import spelled
from reader.storage.uids import highlight_uid

SHORTEST_REFERENCE = 4


class Highlights:
    """What a user does here can be undone."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    # --- reading ---

    def of(self, article: ArticleId) -> list[Highlight]:
        """By their place in the text, those without one at the end."""
        return [highlight_of(row) for row in rows_by_place(self._connection, article)]

    def get(self, reference: int | str) -> Highlight:
        """By its number, or by the end of its uid, at least four characters of it."""
        text = str(reference).strip()
        rows = self._by_number(text) or self._by_tail(text.replace("-", "").lower())
        if not rows:
            raise LibraryError(f"no highlight {clean_line(text)}")
        if len(rows) > 1:
            raise LibraryError(
                f"{clean_line(text)} is the end of {len(rows)} highlights' ids: write more of it"
            )
        return highlight_of(rows[0])

    def _by_number(self, text: str) -> list[Row]:
        # With a 0 in front, or longer than any number that we gave, it is the end of a uid that happens to hold
        # digits alone.
        if not text.isdecimal() or text.startswith("0") or len(text) > 12:
            return []
        return self._connection.rows("select * from highlight where id = :id", id=int(text))

    def _by_tail(self, tail: str) -> list[Row]:
        if len(tail) < SHORTEST_REFERENCE or not all(character in "0123456789abcdef" for character in tail):
            return []
        return self._connection.rows(
            "select * from highlight where replace(uid, '-', '') like '%' || :tail limit 9", tail=tail
        )

    # --- changing ---

    def add(
        self,
        article: ArticleId,
        anchor: Anchor,
        *,
        colour: Colour = "yellow",
        note: str = "",
        tags: Sequence[str] = (),
    ) -> Highlight:
        """Mark a passage. If that very range is marked already, its highlight takes the colour, the tags and, when
        there is one, the note."""
        with self._connection.write():
            if self._connection.value("select 1 from article where id = :id", id=article) is None:
                raise LibraryError(f"no article {article}")
            if same := self._at(article, anchor):
                return self.edit(same, colour=colour, note=note or UNCHANGED, tags_add=tags)
            id = next_id(self._connection)
            stamp = self._journal.stamp()
            after = {
                "uid": highlight_uid(stamp),
                "article": article,
                **selector(anchor, by="auto"),
                "colour": checked_colour(colour),
                "note": clean_body(note).strip(),
                "made": stamp,
                **tag_fields(spelled(self._connection, tags)),
            }
            self._journal.act("highlighted", [Step("highlight", id, article, None, after)])
            return self.get(id)

    def edit(
        self,
        id: HighlightId,
        *,
        colour: Colour | Unchanged = UNCHANGED,
        note: str | Unchanged | None = UNCHANGED,
        tags_add: Sequence[str] = (),
        tags_remove: Sequence[str] = (),
        anchor: Anchor | Unchanged = UNCHANGED,
    ) -> Highlight:
        """Change a highlight; an *anchor* attaches it to another passage, its old one is kept in the history."""
        with self._connection.write():
            after = fields_of(
                self._connection,
                colour=colour,
                note=note,
                tags_add=tags_add,
                tags_remove=tags_remove,
                anchor=anchor,
            )
            return self._change("highlight edited", id, after)

    def edit_all(
        self,
        ids: Collection[HighlightId],
        *,
        colour: Colour | Unchanged = UNCHANGED,
        tags_add: Sequence[str] = (),
        tags_remove: Sequence[str] = (),
    ) -> Change:
        """Change many at once, as one action."""
        with self._connection.write():
            after = fields_of(self._connection, colour=colour, tags_add=tags_add, tags_remove=tags_remove)
            found = present_highlights(self._connection, ids)
            steps = [edit_step(id, now, after) for id, now in found.items()]
            return self._act("edited", steps, skipped=_missing(ids, found))

    def attach(self, id: HighlightId, anchor: Anchor) -> Highlight:
        """Let a highlight stand on the passage that a hand has chosen; its old one is kept in the history."""
        with self._connection.write():
            return self._change("highlight re-attached", id, fields_of(self._connection, anchor=anchor))

    def accept(self, ids: Collection[HighlightId]) -> Change:
        """Yes, there: the place that is proposed for each becomes its passage, as if attached by hand.

        One that has no place to be reviewed is left alone and named.
        """
        with self._connection.write():
            rows = self._rows(ids)
            asked = [row for row in rows.values() if row["status"] == "review"]
            now = present_highlights(self._connection, [row["id"] for row in asked])
            steps = [
                edit_step(row["id"], now[row["id"]], selector(anchor, by="user"))
                for row, anchor in proposals(self._connection, asked)
            ]
            skipped = [
                f"highlight {row['id']} has no place to review"
                for row in rows.values()
                if row["status"] != "review"
            ]
            return self._act("accepted", steps, skipped=[*_missing(ids, rows), *skipped])

    def refuse(self, ids: Collection[HighlightId]) -> Change:
        """No, not there: none of them is placed in this version of its text; in another one it is looked for again.

        One that stands where it was made, or is nowhere anyway, is left alone and named.
        """
        with self._connection.write():
            rows = self._rows(ids)
            found = {
                id: row for id, row in rows.items() if row["status"] != "orphan" and row["how"] != "position"
            }
            now = present_highlights(self._connection, found)
            steps = [
                edit_step(id, now[id], {"refused_hash": row["placed_hash"]}) for id, row in found.items()
            ]
            skipped = [
                f"highlight {id} {'is nowhere' if row['status'] == 'orphan' else 'stands where it was made'}"
                for id, row in rows.items()
                if id not in found
            ]
            return self._act("refused", steps, skipped=[*_missing(ids, rows), *skipped])

    def remove(self, ids: Collection[HighlightId]) -> Change:
        with self._connection.write():
            found = present_highlights(self._connection, ids)
            steps = [Step("highlight", id, now["article"], now, None) for id, now in found.items()]
            return self._act("removed", steps, skipped=_missing(ids, found))

    def _change(self, action: str, id: HighlightId, after: Fields) -> Highlight:
        now = present_highlights(self._connection, [id]).get(id)
        if now is None:
            raise LibraryError(f"no highlight {id}")
        self._journal.act(action, [edit_step(id, now, after)])
        return self.get(id)

    def _act(self, done: str, steps: Sequence[Step], *, skipped: Sequence[str]) -> Change:
        count = sum(step.changes for step in steps)
        return self._journal.act(
            f"{'highlight' if count == 1 else 'highlights'} {done}", steps, skipped=skipped
        )

    def _rows(self, ids: Collection[HighlightId]) -> dict[int, Row]:
        rows = self._connection.rows(
            "select * from highlight where id in (select value from json_each(:ids)) order by article, id",
            ids=json.dumps(list(ids)),
        )
        return {row["id"]: row for row in rows}

    def _at(self, article: ArticleId, anchor: Anchor) -> HighlightId | None:
        """The highlight of the very range of *anchor*, if the anchor was made on the text that is there now."""
        id: int | None = self._connection.value(
            """
            select id
            from highlight
            where article = :article
                and status = 'anchored'
                and placed_hash = :hash
                and place_start = :start
                and place_end = :end
            """,
            article=article,
            hash=anchor.text_hash,
            start=anchor.span.start,
            end=anchor.span.end,
        )
        return None if id is None else HighlightId(id)


def _missing(ids: Collection[HighlightId], found: Mapping[int, object]) -> list[str]:
    return [f"no highlight {id}" for id in ids if id not in found]
