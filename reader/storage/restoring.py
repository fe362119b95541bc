"""Articles of another library of ours on their way in: as they were there, or as something to give to an article that
is here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from reader.domain.article import ArticleId, Draft
from reader.domain.change import Outcome
from reader.domain.document import Document
from reader.domain.highlight import Placement
from reader.domain.identity import sketch, text_key, url_key
from reader.domain.record import Kept
from reader.domain.text import cjk_bigrams, clean_line, text_hash
from reader.domain.whole import Purged, Whole, WholeHighlight, WholeText, WholeView
from reader.storage.arrivals import UNTITLED, Arrivals, insert_article
from reader.storage.connection import Connection
from reader.storage.highlight_steps import next_id, selector
from reader.storage.locating import Locating
from reader.storage.meeting import Arrival, keep_sketch
from reader.storage.offering import Offer, Passage, take
from reader.storage.placing import place_fields
from reader.storage.queue import enqueue
from reader.storage.rows import TAG_SEPARATOR
from reader.storage.sequence import MICROSECONDS_A_MINUTE, seq_in_the_past, seq_of_newest
from reader.storage.stamps import microseconds
from reader.storage.steps import Step, article_step, dumped
from reader.storage.tagging import Tagging, put_tags, spelled
from reader.storage.view_steps import change_view, present_view

A_DAY = 86_400_000_000
FURTHEST_PLACE = 100_000_000
"""Minutes beyond now that a place in the order by time may be: what comes later goes behind it."""


def sketched(connection: Connection, wholes: Sequence[Whole]) -> list[Whole]:
    """*wholes*, the sketches made of the texts that lack one, if they will be stored: before the ``write``."""
    here = set(
        connection.column(
            "select uid from article where uid in (select value from json_each(:uids))",
            uids=json.dumps([whole.uid for whole in wholes]),
        )
    )
    return [whole if whole.uid in here else _sketched(whole) for whole in wholes]


def _sketched(whole: Whole) -> Whole:
    text = whole.text
    if text is None or text.sketch or not text.text:
        return whole
    made = replace(text, sketch=sketch(text.text))
    return replace(whole, texts=tuple(made if one is text else one for one in whole.texts))


class Restoring:
    """The articles of one ``write``, which takes place at the moment *stamp*."""

    def __init__(self, connection: Connection, arrivals: Arrivals, stamp: int, *, overwrite: bool) -> None:
        self._connection = connection
        self._arrivals = arrivals
        self._stamp = stamp
        self._overwrite = overwrite
        self.latest = 0
        """The last change that anything which was restored has seen."""

    # --- beside the articles ---

    def purged(self, one: Purged) -> None:
        """An article that is here again is not purged; a tombstone's number is one that no article ever has."""
        self._connection.execute(
            """
            insert into tombstone (article, uid, purged)
            select min(0, coalesce((select min(article) from tombstone), 0)) - 1, :uid, :at
            where not exists (select 1 from article where uid = :uid)
                and not exists (select 1 from tombstone where uid = :uid and purged = :at)
            """,
            uid=one.uid,
            at=self._past(one.at),
        )

    def view(self, whole: WholeView) -> list[Step]:
        """A view of a name that is here stays what it is."""
        view = whole.view
        if present_view(self._connection, view.name) is not None:
            return []
        last = self._connection.value("select coalesce(max(place), 0) from saved_view")
        fields = {
            "name": view.name,
            "query": view.query,
            "sort": view.sort,
            "key": view.key,
            "place": whole.place if whole.place >= last else last + 1,
        }
        step = Step("view", 0, None, None, fields)
        change_view(self._connection, step, self._past(whole.made))
        return [step]

    # --- an article ---

    def article(self, whole: Whole) -> tuple[Kept, Sequence[Step]]:
        found = self._met(whole)
        return self._new(whole) if found is None else self._known(found, whole)

    def _met(self, whole: Whole) -> ArticleId | None:
        """By its uid, else by the first of its keys, and those that tell less than others come later."""
        id = self._connection.value("select id from article where uid = :uid", uid=whole.uid)
        if id is None:
            keys = sorted(_keys(whole), key=lambda key: not key.startswith(("origin:", "url:")))
            id = self._connection.value(
                """
                select article
                from json_each(:keys) as wanted
                join article_key on article_key.key = wanted.value
                order by wanted.key
                limit 1
                """,
                keys=json.dumps(keys),
            )
        return None if id is None else ArticleId(id)

    def _new(self, whole: Whole) -> tuple[Kept, Sequence[Step]]:
        text = whole.text
        names = sorted(spelled(self._connection, whole.tags), key=str.casefold)
        columns = self._columns(whole, TAG_SEPARATOR.join(names))
        article = ArticleId(insert_article(self._connection, columns))
        put_tags(self._connection, "article", [Tagging(article, name, True) for name in names])
        for one in whole.texts or (_no_text(whole),):
            self._insert_text(article, one.version, one)
        self._learn(article, whole)
        if text is not None and text.text:
            keep_sketch(self._connection, article, text.sketch)
        if columns["unfetched"] is not None and whole.url:
            enqueue(self._connection, article, whole.url, stamp=self._stamp)
        added, unplaced = self._insert_highlights(article, whole)
        outcome = Outcome("added", article, columns["title"], trashed=whole.trashed)
        # To undo the arrival is to put the article in the trash, if that is not where it came from.
        steps = () if whole.trashed else (article_step(article, {"trashed": 1}, {"trashed": 0}),)
        return Kept(outcome, added, len(whole.highlights) - added, unplaced), steps

    def _learn(self, article: ArticleId, whole: Whole) -> None:
        self._connection.many(
            "insert into article_key (key, article) values (:key, :article) on conflict do nothing",
            [{"key": key, "article": article} for key in _keys(whole)],
        )

    def _columns(self, whole: Whole, tags: str) -> dict[str, Any]:
        title, text = whole.title or UNTITLED, whole.text
        words = " ".join([title, whole.author or "", whole.site or "", tags])
        added = self._stamp if whole.added is None else self._past(whole.added)
        is_link = bool(whole.url) and not (text and text.text) and not whole.texts
        return {
            "uid": whole.uid,
            "seq": self._seq(whole.place, added),
            "version": whole.version,
            "title": title,
            "author": whole.author,
            "site": whole.site,
            "url": whole.url,
            "published": whole.published,
            "language": whole.language,
            "added": added,
            "changed": self._past(whole.changed),
            "words": text.words if text else 0,
            "state": whole.state,
            "starred": int(whole.starred),
            "archived": int(whole.archived),
            "trashed": int(whole.trashed),
            "progress": whole.progress,
            "position": whole.position,
            "opened": None if whole.opened is None else self._past(whole.opened),
            "finished": None if whole.finished is None else self._past(whole.finished),
            "tags": tags,
            "cjk": cjk_bigrams(words),
            "note": whole.note,
            "note_cjk": cjk_bigrams(whole.note),
            "origin": whole.origin or None,
            "unfetched": "" if is_link and whole.unfetched is None else whole.unfetched,
            "chosen": int(whole.chosen),
        }

    def _seq(self, place: int, added: int) -> int:
        """*place* if it is free and right among its neighbours; the order of what came at one time is kept so."""
        minute = added // MICROSECONDS_A_MINUTE
        if minute <= place <= self._stamp // MICROSECONDS_A_MINUTE + FURTHEST_PLACE:
            fits = self._connection.value(
                """
                select not exists (select 1 from article where seq = :place)
                    and coalesce(
                        (select added from article where seq < :place order by seq desc limit 1) <= :added, true
                    )
                    and coalesce(
                        (select added from article where seq > :place order by seq limit 1) >= :added, true
                    )
                """,
                place=place,
                added=added,
            )
            if fits:
                return place
        if added >= self._stamp:
            return seq_of_newest(self._connection, self._stamp)
        return seq_in_the_past(self._connection, added)

    def _past(self, moment: datetime | None) -> int:
        """*moment* as a stamp, if it is one that a clock may have shown; now if there is none."""
        if moment is None:
            return self._stamp
        stamp = max(0, microseconds(moment))
        stamp = stamp if stamp <= self._stamp + A_DAY else self._stamp
        self.latest = max(self.latest, stamp)
        return stamp

    def _insert_text(self, article: ArticleId, version: int, text: WholeText) -> None:
        self._connection.execute(
            """
            insert into body (article, version, text, cjk, blocks, text_hash, words, rules, head, extra, made)
            values (:article, :version, :text, :cjk, :blocks, :hash, :words, :rules, :head, :extra, :made)
            """,
            article=article,
            version=version,
            text=text.text,
            cjk=cjk_bigrams(text.text),
            blocks=text.blocks,
            hash=text.hash,
            words=text.words,
            rules=text.rules,
            head=dumped(text.head),
            extra=dumped(text.extra),
            made=self._past(text.made),
        )

    # --- its highlights ---

    def _insert_highlights(self, article: ArticleId, whole: Whole) -> tuple[int, int]:
        """How many were new, and how many of them have no place in the text."""
        if not whole.highlights:
            return 0, 0
        here = set(
            self._connection.column(
                "select uid from highlight where uid in (select value from json_each(:uids))",
                uids=json.dumps([highlight.uid for highlight in whole.highlights]),
            )
        )
        first = next_id(self._connection)
        new = list({one.uid: one for one in whole.highlights if one.uid not in here}.values())
        document = Document(whole.text.text if whole.text else "", ())
        locating = Locating(self._connection)
        rows = []
        taggings = []
        for id, highlight in enumerate(new, first):
            names = sorted(spelled(self._connection, highlight.tags), key=str.casefold)
            taggings += [Tagging(id, name, True) for name in names]
            rows.append(self._highlight_row(id, article, highlight, names, document, locating))
        self._connection.many(_INSERT_HIGHLIGHT, rows)
        put_tags(self._connection, "highlight", taggings)
        return len(rows), sum(row["status"] == "orphan" for row in rows)

    def _highlight_row(
        self,
        id: int,
        article: ArticleId,
        highlight: WholeHighlight,
        names: Sequence[str],
        document: Document,
        locating: Locating,
    ) -> dict[str, Any]:
        fields = self._fields(highlight) | {"id": id, "article": article, "tags": TAG_SEPARATOR.join(names)}
        words = " ".join([fields["exact"], fields["note"], fields["tags"]])
        place = _trusted(highlight, document) or place_fields(document, fields, locating)
        return {**fields, "cjk": cjk_bigrams(words), "changed": self._past(highlight.changed), **place}

    def _fields(self, highlight: WholeHighlight) -> dict[str, Any]:
        by = "user" if highlight.is_by_hand else "auto"
        return {
            "uid": highlight.uid,
            **selector(highlight.anchor, by=by),
            "refused_hash": highlight.refused,
            "colour": highlight.colour,
            "note": highlight.note,
            "made": self._past(highlight.made),
            "origin": highlight.origin,
            "extra": dumped(highlight.extra) or "{}",
        }

    # --- one that is here ---

    def _known(self, article: ArticleId, whole: Whole) -> tuple[Kept, Sequence[Step]]:
        outcome, steps = self._give_texts(article, whole)
        self._learn(article, whole)
        taken = take(self._connection, article, self._offer(whole), self._stamp, overwrite=self._overwrite)
        if taken.changed:
            outcome = replace(outcome, status="updated")
        return Kept(outcome, taken.added, taken.known, taken.unplaced), (*steps, *taken.steps)

    def _give_texts(self, article: ArticleId, whole: Whole) -> tuple[Outcome, Sequence[Step]]:
        here = set(
            self._connection.column("select text_hash from body where article = :article", article=article)
        )
        text = whole.text
        steps: Sequence[Step] = ()
        row = self._connection.one("select title, trashed from article where id = :id", id=article)
        assert row is not None
        outcome = Outcome("known", article, clean_line(row["title"]), trashed=bool(row["trashed"]))
        if text is not None and text.text and (self._overwrite or text.hash not in here):
            stored = self._arrivals.meet(article, _arrival(whole, text), use=self._overwrite)
            outcome, steps = stored.outcome, stored.steps
        for one in whole.texts:
            if one is not text and one.text and one.hash not in here:
                last = self._connection.value(
                    "select max(version) from body where article = :article", article=article
                )
                self._insert_text(article, 1 + (last or 0), one)
        return outcome, steps

    def _offer(self, whole: Whole) -> Offer:
        head = {
            "title": whole.title,
            "author": whole.author,
            "site": whole.site,
            "url": whole.url,
            "published": whole.published,
            "language": whole.language,
        }
        return Offer(
            head=head,
            note=whole.note,
            state=whole.state,
            starred=whole.starred,
            archived=whole.archived,
            progress=whole.progress,
            tags=whole.tags,
            passages=[Passage(self._fields(one), one.tags) for one in whole.highlights],
        )


def _arrival(whole: Whole, text: WholeText) -> Arrival:
    try:
        document = Document.from_json(text.text, text.blocks)
    except ValueError:
        document = Document.plain(text.text)
    draft = Draft(
        whole.title,
        document,
        whole.url,
        whole.author,
        whole.site,
        whole.published,
        whole.language,
        extra=text.extra,
    )
    return Arrival(draft, whole.title or UNTITLED)


def _no_text(whole: Whole) -> WholeText:
    return WholeText(whole.version, "", "[]", text_hash(""), 0)


def _keys(whole: Whole) -> Sequence[str]:
    """What it is known by; a file that was made elsewhere may not say so."""
    if whole.keys is not None:
        return whole.keys
    keys = [f"url:{key}" for key in [url_key(whole.url or "")] if key]
    keys += [f"origin:{whole.origin}"] if whole.origin else []
    return keys + [f"text:{text_key(whole.title, one.text)}" for one in whole.texts if one.text]


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


_INSERT_HIGHLIGHT = """
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
