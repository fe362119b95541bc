"""One record of another program's library: as a new article with all that its reader had done with it, or as
something to give to an article that is here."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reader.domain.anchor import CONTEXT, anchor_of
from reader.domain.article import ArticleId
from reader.domain.colours import COLOURS
from reader.domain.document import Document, Span
from reader.domain.folding import normalise
from reader.domain.highlight import Anchor
from reader.domain.record import Kept, Marked, Record
from reader.domain.text import cjk_bigrams, clean_body, clean_line
from reader.storage.arrivals import UNTITLED, Arrivals, head_of
from reader.storage.connection import Connection
from reader.storage.highlight_steps import selector
from reader.storage.locating import Locating, current_document
from reader.storage.meeting import ORIGIN, Arrival, learn, met
from reader.storage.offering import Offer, Passage, mark, take
from reader.storage.placing import look_ahead, place_fields
from reader.storage.stamps import microseconds
from reader.storage.steps import Step, dumped


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record, made ready before the ``write`` that stores it."""

    record: Record
    arrival: Arrival
    passages: tuple[Passage, ...]


def prepared(connection: Connection, record: Record, *, overwrite: bool) -> Prepared:
    """*record* with all done that takes long: its keys and its sketch made, its passages looked for."""
    draft = record.draft
    if record.origin:
        draft = replace(draft, keys=(ORIGIN + record.origin, *draft.keys))
    arrival = Arrival(draft, clean_line(draft.title) or UNTITLED)
    passages = tuple(
        _passage(marked, draft.document) for marked in record.highlights if marked.exact or marked.note
    )
    article = met(connection, arrival)
    document = draft.document
    if article is None:
        _ = arrival.sketch
    else:
        now = current_document(connection, article)
        if document.text and (overwrite or not now.text):
            look_ahead(connection, article, document)
        else:
            document = now
    locating = Locating(connection, ahead=True)
    for passage in passages:
        place_fields(document, {**passage.fields, "article": article or 0}, locating)
    return Prepared(record, arrival, passages)


def recorded(
    connection: Connection, arrivals: Arrivals, one: Prepared, stamp: int, *, overwrite: bool
) -> tuple[Kept, Sequence[Step]]:
    """Store *one*; what can be undone of that. Inside a ``write``."""
    article = met(connection, one.arrival)
    if article is None:
        return _new(connection, arrivals, one, stamp)
    return _known(connection, arrivals, article, one, stamp, overwrite=overwrite)


def _new(
    connection: Connection, arrivals: Arrivals, one: Prepared, stamp: int
) -> tuple[Kept, Sequence[Step]]:
    record = one.record
    note = clean_body(record.note).strip()
    progress = _share(record.progress)
    stored = arrivals.add(
        one.arrival,
        added=None if record.added is None else microseconds(record.added),
        more={
            "state": record.state,
            "starred": int(record.starred),
            "archived": int(record.archived),
            "progress": progress,
            "position": round(progress * len(record.draft.document.text)) if progress < 1 else 0,
            "note": note,
            "note_cjk": cjk_bigrams(note),
            "origin": record.origin or None,
        },
    )
    article = stored.outcome.id
    learn(connection, article, one.arrival)
    # Undone, the article is in the trash with its passages: they need no steps of their own.
    marked = mark(connection, article, one.passages, stamp)
    return Kept(stored.outcome, marked.added, marked.known, marked.unplaced), stored.steps


def _known(
    connection: Connection,
    arrivals: Arrivals,
    article: ArticleId,
    one: Prepared,
    stamp: int,
    *,
    overwrite: bool,
) -> tuple[Kept, Sequence[Step]]:
    stored = arrivals.meet(article, one.arrival, use=overwrite)
    learn(connection, article, one.arrival)
    taken = take(connection, article, _offer(one), stamp, overwrite=overwrite)
    connection.execute(
        "update article set origin = :origin where id = :article and origin is null",
        origin=one.record.origin or None,
        article=article,
    )
    outcome = stored.outcome
    if taken.changed:
        title = connection.value("select title from article where id = :article", article=article)
        outcome = replace(outcome, status="updated", title=clean_line(title))
    return Kept(outcome, taken.added, taken.known, taken.unplaced), (*stored.steps, *taken.steps)


def _offer(one: Prepared) -> Offer:
    record = one.record
    progress = _share(record.progress)
    return Offer(
        head=head_of(one.arrival),
        note=clean_body(record.note).strip(),
        state=record.state,
        starred=record.starred,
        archived=record.archived,
        progress=progress,
        tags=record.draft.tags,
        passages=one.passages,
        says_state=record.state != "unread" or record.archived or progress > 0,
    )


def _passage(marked: Marked, document: Document) -> Passage:
    anchor = _anchor(marked, document)
    return Passage(
        {
            **selector(anchor, by="auto"),
            "colour": marked.colour if marked.colour in COLOURS else COLOURS[0],
            "note": clean_body(marked.note).strip(),
            "made": None if marked.made is None else max(0, microseconds(marked.made)),
            "origin": clean_line(marked.origin),
            "extra": dumped(marked.extra) or "{}",
        },
        marked.tags,
    )


def _anchor(marked: Marked, document: Document) -> Anchor:
    """Where it was marked, if those words stand there; else the words alone, whose text nobody knows."""
    exact = clean_body(marked.exact).strip()
    if marked.span is not None and document.text:
        there = anchor_of(document, marked.span)
        if there is not None and normalise(there.exact).text == normalise(exact).text:
            return there
    before, behind = clean_body(marked.prefix)[-CONTEXT:], clean_body(marked.suffix)[:CONTEXT]
    span, text_hash = _told(marked.extra)
    return Anchor(span, exact, before, behind, text_hash)


def _told(extra: Mapping[str, Any]) -> tuple[Span, str]:
    """The place in a text of ours that a format tells without having the text: right only where that is found."""
    start, end, text_hash = extra.get("start"), extra.get("end"), extra.get("text_hash")
    if not (isinstance(start, int) and isinstance(end, int) and isinstance(text_hash, str)):
        return Span(0, 0), ""
    return (
        (Span(start, end), clean_line(text_hash.removeprefix("sha256:")))
        if 0 <= start < end < 2**31
        else (Span(0, 0), "")
    )


def _share(progress: float) -> float:
    return min(max(0.0, progress), 1.0) if math.isfinite(progress) else 0.0
