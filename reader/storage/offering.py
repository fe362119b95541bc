"""What an import offers to an article that is here already: it fills in and adds, and overwrites nothing unasked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reader.domain.article import ArticleId
from reader.domain.folding import normalise
from reader.storage.arrivals import UNTITLED
from reader.storage.connection import Connection
from reader.storage.effects import carry_out, present_articles, present_highlights
from reader.storage.highlight_steps import edit_step, next_id
from reader.storage.rows import mapping_of
from reader.storage.steps import Fields, Step, article_step, tag_fields
from reader.storage.tagging import spelled
from reader.storage.uids import highlight_uid

DELETED = 0  # the number of no highlight


@dataclass(frozen=True, slots=True)
class Passage:
    """A highlight on its way in: ``fields`` are its columns, but for article and place; without ``uid`` it is given
    one."""

    fields: Mapping[str, Any]
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """``head`` is title, author, site, url, published and language. ``says_state`` is false where the other program
    tells nothing of reading, so that there is nothing to overwrite with."""

    head: Mapping[str, Any]
    note: str
    state: str
    starred: bool
    archived: bool
    progress: float
    tags: Sequence[str]
    passages: Sequence[Passage]
    says_state: bool = True


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken of an offer. ``changed`` also tells of what has no step, as progress."""

    steps: tuple[Step, ...]
    changed: bool
    added: int
    known: int
    unplaced: int


def take(
    connection: Connection, article: ArticleId, offer: Offer, stamp: int, *, overwrite: bool = False
) -> Taken:
    """Give *article* what it lacks of *offer*; with *overwrite* also another title, note and state. Inside a
    ``write``."""
    now = present_articles(connection, [article])[article]
    after = {**_filled(now, offer), **(_overwritten(now, offer) if overwrite else {})}
    after |= {
        field: True for field in tag_fields(spelled(connection, offer.tags)) if not now.get(field, False)
    }
    before = {field: now.get(field, False) for field in after}
    steps = [article_step(article, before, after)] if after else []
    carry_out(connection, steps, stamp)
    further = connection.execute(
        "update article set progress = :progress where id = :article and progress < :progress",
        article=article,
        progress=offer.progress,
    )
    marked = mark(connection, article, offer.passages, stamp, overwrite=overwrite)
    return Taken(
        (*steps, *marked.steps),
        bool(steps or marked.steps or further),
        marked.added,
        marked.known,
        marked.unplaced,
    )


def _filled(now: Fields, offer: Offer) -> dict[str, Any]:
    filled = {field: value for field, value in offer.head.items() if value and not now[field]}
    # A link is called by its address until somebody knows better.
    if now["title"] in (UNTITLED, now["url"]) and offer.head["title"] not in ("", UNTITLED, now["title"]):
        filled["title"] = offer.head["title"]
    if offer.note and not now["note"]:
        filled["note"] = offer.note
    if offer.starred and not now["starred"]:
        filled["starred"] = 1
    return filled


def _overwritten(now: Fields, offer: Offer) -> dict[str, Any]:
    wanted: dict[str, Any] = {"title": offer.head["title"], "note": offer.note}
    wanted = {field: value for field, value in wanted.items() if value and value != UNTITLED}
    if offer.says_state:
        wanted |= {"state": offer.state, "archived": int(offer.archived)}
    return {field: value for field, value in wanted.items() if now[field] != value}


# --- passages ------------------------------------------------------------------------------------------------------


def mark(
    connection: Connection,
    article: ArticleId,
    passages: Sequence[Passage],
    stamp: int,
    *,
    overwrite: bool = False,
) -> Taken:
    """Put *passages* on *article* that are not on it yet. Inside a ``write``.

    One that was deleted here counts as known: whoever imports the same growing file every month deletes it once.
    With *overwrite* it comes back.
    """
    if not passages:
        return Taken((), False, 0, 0, 0)
    here = _Here(connection, article)
    if not overwrite:
        here.enter_deleted()
    steps: list[Step] = []
    added: list[int] = []
    known = 0
    id = next_id(connection)
    for passage in passages:
        same = here.find(passage.fields)
        if same is None:
            fields = _new(connection, article, passage, stamp)
            steps.append(Step("highlight", id, article, None, fields))
            here.enter(id, fields)
            added.append(id)
            id += 1
        else:
            known += 1
            steps += [] if same in added or same == DELETED else _edited(connection, same, passage)
    carry_out(connection, steps, stamp)
    return Taken(tuple(steps), bool(steps), len(added), known, _unplaced(connection, added))


class _Here:
    """The passages of an article, by what tells them apart: a uid or a name that was given elsewhere, or quote and
    note."""

    def __init__(self, connection: Connection, article: ArticleId) -> None:
        self._connection = connection
        self._article = article
        self._known: dict[tuple[str, ...], int] = {}
        for row in connection.rows(
            "select id, uid, exact, note, origin from highlight where article = :article", article=article
        ):
            self.enter(row["id"], dict(row))

    def enter(self, id: int, fields: Mapping[str, Any]) -> None:
        for name in _names(fields):
            self._known.setdefault(name, id)

    def enter_deleted(self) -> None:
        """Those that were deleted too, as :data:`DELETED`."""
        rows = self._connection.column(
            """
            select change.before
            from history_change as change
            join history on history.id = change.history
            where change.article = :article
                and change.kind = 'highlight'
                and change.after is null
                and history.standing = 'done'
            """,
            article=self._article,
        )
        for before in rows:
            fields = mapping_of(before)
            self.enter(DELETED, {"exact": "", "note": "", **fields})

    def find(self, fields: Mapping[str, Any]) -> int | None:
        for name in _names(fields):
            if name in self._known:
                return self._known[name]
        if uid := fields.get("uid"):  # it may have moved to another article
            found: int | None = self._connection.value("select id from highlight where uid = :uid", uid=uid)
            return found
        return None


def _names(fields: Mapping[str, Any]) -> list[tuple[str, ...]]:
    quote = normalise(fields["exact"]).text
    names: list[tuple[str, ...]] = [("words", quote, " ".join(fields["note"].split()))]
    if fields.get("origin"):  # with its words: some programs give all passages of a book one name
        names.insert(0, ("origin", fields["origin"], quote))
    if fields.get("uid"):
        names.insert(0, ("uid", fields["uid"]))
    return names


def _new(connection: Connection, article: ArticleId, passage: Passage, stamp: int) -> dict[str, Any]:
    fields = {**passage.fields, "article": article}
    fields["made"] = stamp if fields["made"] is None else fields["made"]
    fields["uid"] = fields.get("uid") or highlight_uid(fields["made"])
    return fields | tag_fields(spelled(connection, passage.tags))


def _edited(connection: Connection, id: int, passage: Passage) -> list[Step]:
    """What the highlight *id*, which is *passage*, lacks of it."""
    now = present_highlights(connection, [id])[id]
    after: dict[str, Any] = {
        field: True for field in tag_fields(spelled(connection, passage.tags)) if not now.get(field, False)
    }
    if passage.fields["note"] and not now["note"]:
        after["note"] = passage.fields["note"]
    return [edit_step(id, now, after)] if after else []


def _unplaced(connection: Connection, ids: Sequence[int]) -> int:
    from json import dumps

    return int(
        connection.value(
            """
            select count(*)
            from highlight
            where status = 'orphan' and id in (select value from json_each(:ids))
            """,
            ids=dumps(ids),
        )
    )
