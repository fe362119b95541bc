"""Carrying steps out on the rows, and telling which of them still fit what is there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from reader.domain.document import Document
from reader.domain.text import clean_line
from reader.storage.connection import Connection
from reader.storage.likeness_steps import change_likeness, likeness_fit
from reader.storage.locating import Locating, current_document, version_document
from reader.storage.placing import carry_position, look_ahead, place_again, place_fields
from reader.storage.steps import TAG_MARK, Fields, Step, tag_fields
from reader.storage.tagging import Bearer, Tagging, refresh_cjk, rename_tag, retag, tags_of
from reader.storage.view_steps import change_view, view_fit

# Articles changed between two tellings of how far an action is.
AT_ONCE = 250

_ARTICLE_FIELDS = (
    "title", "author", "site", "url", "published", "language", "note", "state", "finished", "starred", "archived",
    "trashed", "version", "progress",
)  # fmt: skip
SELECTOR = ("exact", "prefix", "suffix", "start", "end", "text_hash", "placed_by", "refused_hash")
"""What was marked, whether by hand, and the text that it is not in by someone's word: from these it is placed."""

_PLACING = frozenset(["article", *SELECTOR])
"""What places a highlight anew."""

_HIGHLIGHT_FIELDS = ("uid", "article", *SELECTOR, "colour", "note", "made", "origin", "extra")
# What the history of an older schema does not tell.
_HIGHLIGHT_DEFAULTS = {"placed_by": "auto", "refused_hash": "", "origin": "", "extra": "{}"}

# Fields whose words the bigrams of an article's or a highlight's own row are made of.
_WORDED = frozenset(["title", "author", "site", "exact", "note"])

_NAMES = {"version": "text", **dict.fromkeys(SELECTOR, "passage")}


# --- what is there -------------------------------------------------------------------------------------------


def present_articles(connection: Connection, ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """The fields of each of *ids* that exists, with a field for each tag it bears."""
    return _present(connection, "article", _ARTICLE_FIELDS, ids)


def present_highlights(connection: Connection, ids: Collection[int]) -> dict[int, dict[str, Any]]:
    return _present(connection, "highlight", _HIGHLIGHT_FIELDS, ids)


def _present(
    connection: Connection, bearer: Bearer, fields: Sequence[str], ids: Collection[int]
) -> dict[int, dict[str, Any]]:
    columns = ", ".join(f'"{field}"' for field in fields)
    rows = connection.rows(
        f"select id, {columns} from {bearer} where id in (select value from json_each(:ids))",
        ids=json.dumps(list(ids)),
    )
    tags = tags_of(connection, bearer, ids)
    return {
        row["id"]: {**{field: row[field] for field in fields}, **tag_fields(tags.get(row["id"], ()))}
        for row in rows
    }


# --- what still fits -----------------------------------------------------------------------------------------


def fitting(connection: Connection, steps: Sequence[Step]) -> tuple[list[Step], list[str]]:
    """The part of *steps* whose ``before`` is what is there now, and in words what is not."""
    targets = {
        kind: [step.target for step in steps if step.kind == kind] for kind in ("article", "highlight")
    }
    articles = present_articles(connection, targets["article"])
    highlights = present_highlights(connection, targets["highlight"])
    fits: list[Step] = []
    skipped: list[str] = []
    for step in steps:
        if step.kind == "article":
            found, missed = _article_fit(step, articles.get(step.target))
        elif step.kind == "highlight":
            found, missed = _highlight_fit(connection, step, highlights.get(step.target))
        elif step.kind == "view":
            found, missed = view_fit(connection, step)
        elif step.kind in ("keys", "likeness"):
            found, missed = likeness_fit(connection, step)
        else:
            found, missed = _tag_fit(connection, step)
        fits += [found] if found else []
        skipped += missed
    return fits, skipped


def _article_fit(step: Step, now: Fields | None) -> tuple[Step | None, list[str]]:
    if now is None:
        return None, [f"article {step.target} is gone"]
    return _fields_fit(step, now, f"{step.target} {clean_line(now['title'])}")


def _highlight_fit(connection: Connection, step: Step, now: Fields | None) -> tuple[Step | None, list[str]]:
    name = f"highlight {step.target}"
    if step.before is not None and now is None:
        return None, [f"{name} is gone"]
    if step.before is None:
        owner = connection.value("select 1 from article where id = :id", id=step.article)
        if now is not None or owner is None:
            return None, [f"{name}: its article is gone" if owner is None else f"{name} is there already"]
        return step, []
    if step.after is None:
        same = now == {**_HIGHLIGHT_DEFAULTS, **step.before}
        return (step, []) if same else (None, [f"{name} was changed since"])
    if "article" in step.after and not connection.value(
        "select 1 from article where id = :id", id=step.after["article"]
    ):
        return None, [f"{name}: its article is gone"]
    return _fields_fit(step, now or {}, name)


def _fields_fit(step: Step, now: Fields, name: str) -> tuple[Step | None, list[str]]:
    before, after = step.before or {}, step.after or {}
    same = [field for field in before if _value(now, field) == before[field]]
    if any(field in SELECTOR and field not in same for field in before):
        same = [field for field in same if field not in SELECTOR]  # one thing: given back whole or not at all
    # That one has read on is no news, and no loss.
    missed = [
        f"{name}: {_in_words(field)} was changed since"
        for field in before
        if field not in same and field != "progress"
    ]
    missed = list(dict.fromkeys(missed))
    if not same:
        return None, missed
    kept = Step(
        step.kind,
        step.target,
        step.article,
        {field: before[field] for field in same},
        {field: after[field] for field in same},
    )
    return kept, missed


def _tag_fit(connection: Connection, step: Step) -> tuple[Step | None, list[str]]:
    old, new = (step.before or {})["name"], (step.after or {})["name"]
    if connection.value("select name from tag where folded = :folded", folded=old.casefold()) != old:
        return None, [f"tag {old} is gone"]
    other = connection.value("select name from tag where folded = :folded", folded=new.casefold())
    if other is not None and other != old:
        return None, [f"tag {other} is there already"]
    return step, []


def _value(now: Fields, field: str) -> Any:
    return now.get(field, False) if field.startswith(TAG_MARK) else now.get(field)


def _in_words(field: str) -> str:
    return f"tag {field[1:]}" if field.startswith(TAG_MARK) else _NAMES.get(field, field)


# --- before the lock ------------------------------------------------------------------------------------------


def foresee(connection: Connection, steps: Sequence[Step]) -> None:
    """Look for the passages that have to be placed again when *steps* are carried out, before a ``write`` does."""
    placing = [
        step
        for step in steps
        if step.kind in ("article", "highlight") and not {"version", *_PLACING}.isdisjoint(step.after or {})
    ]
    fits, _ = fitting(connection, placing)
    present = present_highlights(connection, [step.target for step in fits if step.kind == "highlight"])
    locating = Locating(connection, ahead=True)
    documents: dict[int, Document] = {}
    for step in fits:
        if step.kind == "article":
            if "version" in (step.after or {}):  # it may be what no longer fits
                document = version_document(connection, step.target, (step.after or {})["version"])
                look_ahead(connection, step.target, document)
            continue
        article = _owner_of(step)
        if article not in documents:
            documents[article] = current_document(connection, article)
        fields = {**_HIGHLIGHT_DEFAULTS, **present.get(step.target, {}), **(step.after or {})}
        place_fields(documents[article], fields, locating)


# --- doing ---------------------------------------------------------------------------------------------------


def carry_out(connection: Connection, steps: Iterable[Step], stamp: int) -> None:
    """Bring every step's thing from ``before`` to ``after``. Inside a ``write``; the steps fit."""
    by_kind: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        by_kind[step.kind].append(step)
    for step in by_kind["tag"]:
        rename_tag(connection, (step.before or {})["name"], (step.after or {})["name"])
    # Upward, since full text writes out what it holds whenever a row comes before the last one.
    steps_of_articles = sorted(by_kind["article"], key=lambda step: step.target)
    for start in range(0, len(steps_of_articles), AT_ONCE):
        _change_articles(connection, steps_of_articles[start : start + AT_ONCE], stamp)
        connection.tell_progress(min(start + AT_ONCE, len(steps_of_articles)), len(steps_of_articles))
    _change_highlights(connection, by_kind["highlight"], stamp)
    for step in by_kind["view"]:
        change_view(connection, step, stamp)
    for step in (*by_kind["keys"], *by_kind["likeness"]):
        change_likeness(connection, step)


def _change_articles(connection: Connection, steps: list[Step], stamp: int) -> None:
    _set_columns(connection, "article", steps, stamp)
    _set_tags(connection, "article", steps)
    changed = {field for step in steps for field in step.after or {}}
    ids = [step.target for step in steps]
    if changed & _WORDED:
        refresh_cjk(connection, "article", ids)
    if "note" in changed:
        connection.execute(
            """
            update article
            set note_cjk = cjk_bigrams(note)
            where id in (select value from json_each(:ids)) and note_cjk <> cjk_bigrams(note)
            """,
            ids=json.dumps(ids),
        )
    for step in steps:
        if "version" in (step.after or {}):
            _turn_to_version(connection, step.target, (step.before or {})["version"])
    # How far one has read by an action's word counts, not how far that was in another text.
    read = [step for step in steps if "progress" in (step.after or {})]
    connection.many(
        "update article set progress = :progress where id = :id",
        [{"id": step.target, "progress": (step.after or {})["progress"]} for step in read],
    )


def _turn_to_version(connection: Connection, article: int, old: int) -> None:
    """The version is set; what hangs on its text follows."""
    connection.execute(
        """
        update article
        set words = (select words from body where article = article.id and version = article.version)
        where id = :article
        """,
        article=article,
    )
    carry_position(connection, article, old)
    place_again(connection, article)


def _change_highlights(connection: Connection, steps: list[Step], stamp: int) -> None:
    documents: dict[int, Document] = {}
    locating = Locating(connection)
    for step in steps:
        if step.before is None and step.after is not None:
            article = step.after["article"]
            if article not in documents:
                documents[article] = current_document(connection, article)
            _insert_highlight(connection, step.target, step.after, documents[article], locating, stamp)
    _remove_highlights(connection, [step for step in steps if step.after is None])
    edits = [step for step in steps if step.before is not None and step.after is not None]
    _set_columns(connection, "highlight", edits, stamp)
    _recount(connection, [step for step in edits if "article" in (step.after or {})])
    _place(connection, [step for step in edits if not _PLACING.isdisjoint(step.after or {})])
    standing = [step for step in steps if step.after is not None]
    _set_tags(connection, "highlight", standing)
    refresh_cjk(connection, "highlight", [step.target for step in standing])


def _remove_highlights(connection: Connection, steps: list[Step]) -> None:
    # Its tags go first, so that those which nothing else bears are forgotten.
    _set_tags(
        connection, "highlight", [Step("highlight", s.target, s.article, None, _untagged(s)) for s in steps]
    )
    connection.execute(
        "delete from highlight where id in (select value from json_each(:ids))",
        ids=json.dumps([step.target for step in steps]),
    )


def _untagged(step: Step) -> Fields:
    return {field: False for field in step.before or {} if field.startswith(TAG_MARK)}


def _place(connection: Connection, steps: list[Step]) -> None:
    """The selectors of the highlights of *steps* are set; their places follow, a text at a time."""
    highlights: dict[int, list[int]] = defaultdict(list)
    for step in steps:
        highlights[_owner_of(step)].append(step.target)
    for article, ids in highlights.items():
        place_again(connection, article, ids)


def _recount(connection: Connection, steps: list[Step]) -> None:
    """Highlights went over to other articles."""
    articles = {fields["article"] for step in steps for fields in (step.before, step.after) if fields}
    connection.execute(
        """
        update article
        set highlights = (select count(*) from highlight where article = article.id)
        where id in (select value from json_each(:articles))
        """,
        articles=json.dumps(sorted(articles)),
    )


def _owner_of(step: Step) -> int:
    """The article that the highlight of *step* is in, once that is done."""
    owner: int = (step.after or {}).get("article") or step.article or 0
    return owner


def _insert_highlight(
    connection: Connection, id: int, fields: Fields, document: Document, locating: Locating, stamp: int
) -> None:
    fields = {**_HIGHLIGHT_DEFAULTS, **fields}
    columns = {name: value for name, value in fields.items() if not name.startswith(TAG_MARK)}
    connection.execute(
        """
        insert into highlight (
            id, uid, article, exact, prefix, suffix, start, "end", text_hash, placed_by, refused_hash, status,
            place_start, place_end, score, how, quote, context, margin, placed_hash, colour, note, made, changed,
            origin, extra
        )
        values (
            :id, :uid, :article, :exact, :prefix, :suffix, :start, :end, :text_hash, :placed_by, :refused_hash, :status,
            :place_start, :place_end, :score, :how, :quote, :context, :margin, :placed_hash, :colour, :note, :made,
            :changed, :origin, :extra
        )
        """,
        id=id,
        changed=stamp,
        **columns,
        **place_fields(document, fields, locating),
    )


def _set_columns(connection: Connection, table: Bearer, steps: Iterable[Step], stamp: int) -> None:
    """One statement for each set of fields, run once for each row."""
    rows: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for step in steps:
        columns = {name: value for name, value in (step.after or {}).items() if not name.startswith(TAG_MARK)}
        rows[tuple(sorted(columns))].append({"id": step.target, "changed": stamp, **columns})
    for names, values in rows.items():
        settings = ", ".join(f'"{name}" = :{name}' for name in ("changed", *names))
        connection.many(f"update {table} set {settings} where id = :id", values)


def _set_tags(connection: Connection, bearer: Bearer, steps: Iterable[Step]) -> None:
    retag(
        connection,
        bearer,
        [
            Tagging(step.target, field[len(TAG_MARK) :], on)
            for step in steps
            for field, on in (step.after or {}).items()
            if field.startswith(TAG_MARK)
        ],
    )
