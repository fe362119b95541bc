"""Highlights of another library of ours, on the articles that they came with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from reader.domain.article import ArticleId
from reader.domain.document import Document
from reader.domain.highlight import Placement
from reader.domain.text import cjk_bigrams
from reader.domain.whole import Whole, WholeHighlight
from reader.storage.connection import Connection
from reader.storage.highlight_steps import next_id, selector
from reader.storage.locating import Locating
from reader.storage.placing import place_fields
from reader.storage.rows import TAG_SEPARATOR
from reader.storage.stamps import microseconds
from reader.storage.steps import dumped
from reader.storage.tagging import Tagging, put_tags, spelled

A_DAY = 86_400_000_000


class Past:
    """Moments that are told, as stamps of a library in which it is *stamp*."""

    def __init__(self, stamp: int) -> None:
        self._stamp = stamp
        self.latest = 0
        """The last of those that were asked for."""

    def stamp(self, moment: datetime | None) -> int:
        """*moment*, if it is one that a clock may have shown; now if there is none."""
        if moment is None:
            return self._stamp
        stamp = max(0, microseconds(moment))
        stamp = stamp if stamp <= self._stamp + A_DAY else self._stamp
        self.latest = max(self.latest, stamp)
        return stamp


def insert_highlights(
    connection: Connection, article: ArticleId, whole: Whole, past: Past
) -> tuple[int, int]:
    """How many of *whole* were new, and how many of them have no place in the text. Inside a ``write``."""
    if not whole.highlights:
        return 0, 0
    here = set(
        connection.column(
            "select uid from highlight where uid in (select value from json_each(:uids))",
            uids=json.dumps([highlight.uid for highlight in whole.highlights]),
        )
    )
    new = list({one.uid: one for one in whole.highlights if one.uid not in here}.values())
    document = Document(whole.text.text if whole.text else "", ())
    locating = Locating(connection)
    rows: list[dict[str, Any]] = []
    taggings: list[Tagging] = []
    for id, highlight in enumerate(new, next_id(connection)):
        names = sorted(spelled(connection, highlight.tags), key=str.casefold)
        taggings += [Tagging(id, name, True) for name in names]
        fields = {"id": id, "article": article, **highlight_fields(highlight, past)}
        rows.append(
            _row(highlight, fields, names, document, locating) | {"changed": past.stamp(highlight.changed)}
        )
    connection.many(_INSERT, rows)
    put_tags(connection, "highlight", taggings)
    return len(rows), sum(row["status"] == "orphan" for row in rows)


def highlight_fields(highlight: WholeHighlight, past: Past) -> dict[str, Any]:
    """The columns of *highlight* but for its article and its place."""
    return {
        "uid": highlight.uid,
        **selector(highlight.anchor, by="user" if highlight.is_by_hand else "auto"),
        "refused_hash": highlight.refused,
        "colour": highlight.colour,
        "note": highlight.note,
        "made": past.stamp(highlight.made),
        "origin": highlight.origin,
        "extra": dumped(highlight.extra) or "{}",
    }


def _row(
    highlight: WholeHighlight,
    fields: Mapping[str, Any],
    names: Sequence[str],
    document: Document,
    locating: Locating,
) -> dict[str, Any]:
    tags = TAG_SEPARATOR.join(names)
    place = _trusted(highlight, document) or place_fields(document, fields, locating)
    cjk = cjk_bigrams(f"{fields['exact']} {fields['note']} {tags}")
    return {**fields, "tags": tags, "cjk": cjk, **place}


def _trusted(highlight: WholeHighlight, document: Document) -> Mapping[str, Any] | None:
    """The place that the file tells, unless another one would be painted than its words."""
    place = highlight.placement
    if place is None or (place.span is not None and place.span.end > len(document.text)):
        return None
    if not _says_so(highlight, place, document):
        return None
    start, end = place.span or (None, None)
    return {
        "status": place.status,
        "place_start": start,
        "place_end": end,
        "score": place.score,
        "how": place.how,
        "quote": place.quote,
        "context": place.context,
        "margin": place.margin,
        "placed_hash": document.hash,
    }


def _says_so(highlight: WholeHighlight, place: Placement, document: Document) -> bool:
    if place.how != "position":
        return True
    anchor = highlight.anchor
    return (
        place.span == anchor.span
        and document.hash == anchor.text_hash
        and document.slice(anchor.span) == anchor.exact
    )


_INSERT = """
    insert into highlight (
        id, uid, article, exact, prefix, suffix, start, "end", text_hash, placed_by, refused_hash, status,
        place_start, place_end, score, how, quote, context, margin, placed_hash, colour, note, tags, cjk, made,
        changed, origin, extra
    )
    values (
        :id, :uid, :article, :exact, :prefix, :suffix, :start, :end, :text_hash, :placed_by, :refused_hash, :status,
        :place_start, :place_end, :score, :how, :quote, :context, :margin, :placed_hash, :colour, :note, :tags, :cjk,
        :made, :changed, :origin, :extra
    )
"""
