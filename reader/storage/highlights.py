"""Highlights: passages of articles with what the reader thought of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from sqlite3 import Row
from typing import TYPE_CHECKING, Any

from reader.domain.article import ArticleId
from reader.domain.change import Change
from reader.domain.highlight import COLOURS, Anchor, Colour, Highlight, HighlightId
from reader.domain.text import clean_body, clean_line
from reader.domain.unchanged import UNCHANGED, Unchanged
from reader.storage.connection import Connection, LibraryError
from reader.storage.effects import present_highlights
from reader.storage.highlight_rows import highlight_of
from reader.storage.journal import Journal
from reader.storage.steps import TAG_MARK, Fields, Step, tag_fields
from reader.storage.tagging import spelled
from reader.storage.uids import highlight_uid

if TYPE_CHECKING:
    from reader.domain.query import Query
    from reader.storage.search import Search

SHORTEST_REFERENCE = 4


class Highlights:
    """What a user does here can be undone."""

    def __init__(self, connection: Connection, journal: Journal, search: Callable[[], Search]) -> None:
        self._connection = connection
        self._journal = journal
        self._search = search

    # --- reading ---

    def of(self, article: ArticleId) -> list[Highlight]:
        """By their place in the text, those without one at the end."""
        rows = self._connection.rows(
            """
            select *
            from highlight
            where article = :article
            order by place_start is null, place_start, place_end, id
            """,
            article=article,
        )
        return [highlight_of(row) for row in rows]

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

    def find(self, query: Query) -> list[Highlight]:
        """Those of the articles that *query* finds, the archive included, newest article first; where it says
        ``note:``, ``hl:`` or ``colour:``, only the highlights that are so."""
        from reader.domain.meant import is_meant  # with all that lights words, for this one question

        query = self._search().spelled_out(query)
        where = self._search().where(query, scope="all")
        rows = self._connection.rows(
            f"""
            select highlight.*
            from article
            join highlight on highlight.article = article.id
            where {where.sql}
            order by article.seq desc, place_start is null, place_start, place_end, highlight.id
            """,
            **where.parameters,
        )
        return [highlight for highlight in map(highlight_of, rows) if is_meant(query, highlight)]

    def _by_number(self, text: str) -> list[Row]:
        # Longer than any number that we gave, it is the end of a uid that happens to hold digits alone.
        if not text.isdecimal() or len(text) > 12:
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
            id = self._next_id()
            stamp = self._journal.stamp()
            after = {
                "uid": highlight_uid(stamp),
                "article": article,
                **_selector(anchor),
                "colour": _colour(colour),
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
            now = present_highlights(self._connection, [id]).get(id)
            if now is None:
                raise LibraryError(f"no highlight {id}")
            after: dict[str, Any] = {}
            if colour is not UNCHANGED:
                after["colour"] = _colour(colour)
            if note is not UNCHANGED:
                after["note"] = clean_body(note or "").strip()
            if anchor is not UNCHANGED:
                after |= _selector(anchor)
            after |= {TAG_MARK + name: False for name in spelled(self._connection, tags_remove)}
            after |= tag_fields(spelled(self._connection, tags_add))
            self._journal.act("highlight edited", [_edit(id, now, after)])
            return self.get(id)

    def remove(self, ids: Collection[HighlightId]) -> Change:
        with self._connection.write():
            found = present_highlights(self._connection, ids)
            steps = [Step("highlight", id, now["article"], now, None) for id, now in found.items()]
            skipped = [f"no highlight {id}" for id in ids if id not in found]
            return self._journal.act(
                "highlight removed" if len(steps) == 1 else "highlights removed", steps, skipped=skipped
            )

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

    def _next_id(self) -> int:
        """A number that was never given, also not to a highlight that is gone now."""
        return int(
            self._connection.value(
                """
                select 1 + max(
                    coalesce((select seq from sqlite_sequence where name = 'highlight'), 0),
                    coalesce((select max(id) from highlight), 0)
                )
                """
            )
        )


def _edit(id: HighlightId, now: Fields, after: Fields) -> Step:
    before = {field: now.get(field, False) for field in after}
    changed = [field for field in after if before[field] != after[field]]
    if any(field in _SELECTOR_FIELDS for field in changed):
        # The selector is one thing: it is replaced, and taken back, as a whole.
        changed = [field for field in after if field in changed or field in _SELECTOR_FIELDS]
    return Step(
        "highlight",
        id,
        now["article"],
        {field: before[field] for field in changed},
        {field: after[field] for field in changed},
    )


_SELECTOR_FIELDS = ("exact", "prefix", "suffix", "start", "end", "text_hash")


def _selector(anchor: Anchor) -> dict[str, Any]:
    values = (anchor.exact, anchor.prefix, anchor.suffix, *anchor.span, anchor.text_hash)
    return dict(zip(_SELECTOR_FIELDS, values, strict=True))


def _colour(colour: str) -> str:
    if colour not in COLOURS:
        raise LibraryError(f"{clean_line(colour)} is not a colour: {', '.join(COLOURS)}")
    return colour
