"""Articles of another library of ours on their way in: as they were there, or as something to give to an article that
is here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reader.domain.article import ArticleId, Draft
from reader.domain.change import Outcome
from reader.domain.document import Document
from reader.domain.identity import sketch, text_key, url_key
from reader.domain.record import Kept
from reader.domain.text import cjk_bigrams, clean_line, text_hash
from reader.domain.whole import Purged, Whole, WholeText, WholeView
from reader.storage.arrivals import UNTITLED, Arrivals, insert_article
from reader.storage.connection import Connection
from reader.storage.entering import Entering
from reader.storage.meeting import Arrival, alike, keep_alike, keep_sketches
from reader.storage.offering import Offer, Passage, take
from reader.storage.queue import enqueue
from reader.storage.rows import TAG_SEPARATOR
from reader.storage.sequence import MICROSECONDS_A_MINUTE, seq_in_the_past, seq_of_newest
from reader.storage.steps import Step, article_step, dumped
from reader.storage.tagging import Tagging, put_tags, spelled
from reader.storage.view_steps import change_view, present_view
from reader.storage.whole_highlights import Past, highlight_fields, insert_highlights

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
    """The articles of one ``write``, which takes place at the moment *stamp*; new ones wait for *entering*."""

    def __init__(
        self, connection: Connection, arrivals: Arrivals, entering: Entering, stamp: int, *, overwrite: bool
    ) -> None:
        self._connection = connection
        self._arrivals = arrivals
        self._entering = entering
        self._stamp = stamp
        self._overwrite = overwrite
        self._past = Past(stamp)
        self._sketches: dict[ArticleId, bytes] = {}

    @property
    def latest(self) -> int:
        """The last change that anything which was restored has seen."""
        return self._past.latest

    def finish(self) -> None:
        """Do what is done for all articles so far together."""
        if self._sketches:
            keep_sketches(self._connection, self._sketches)
            for article, kept in self._sketches.items():
                keep_alike(self._connection, article, alike(self._connection, kept, but=article))
            self._sketches.clear()

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
            at=self._past.stamp(one.at),
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
        change_view(self._connection, step, self._past.stamp(whole.made))
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
        article = insert_article(self._connection, columns, self._entering)
        put_tags(self._connection, "article", [Tagging(article, name, True) for name in names])
        for one in whole.texts or (_no_text(whole),):
            self._insert_text(article, one.version, one)
        self._learn(article, whole)
        if columns["unfetched"] is not None and whole.url:
            enqueue(self._connection, article, whole.url, stamp=self._stamp)
        added, unplaced = insert_highlights(self._connection, article, whole, self._past)
        if text is not None and text.text:
            self._sketches[article] = text.sketch
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
        added = self._stamp if whole.added is None else self._past.stamp(whole.added)
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
            "changed": self._past.stamp(whole.changed),
            "words": text.words if text else 0,
            "state": whole.state,
            "starred": int(whole.starred),
            "archived": int(whole.archived),
            "trashed": int(whole.trashed),
            "progress": whole.progress,
            "position": whole.position,
            "opened": None if whole.opened is None else self._past.stamp(whole.opened),
            "finished": None if whole.finished is None else self._past.stamp(whole.finished),
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
            made=self._past.stamp(text.made),
        )

    # --- one that is here ---

    def _known(self, article: ArticleId, whole: Whole) -> tuple[Kept, Sequence[Step]]:
        self.finish()  # another text has another sketch
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
            passages=[Passage(highlight_fields(one, self._past), one.tags) for one in whole.highlights],
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
