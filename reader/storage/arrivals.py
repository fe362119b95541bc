"""Storing drafts: as a new article, or as a new version of the one that they are."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from reader.domain.article import ArticleId, Draft
from reader.domain.change import Outcome
from reader.domain.text import cjk_bigrams, clean_line
from reader.storage.connection import Connection
from reader.storage.effects import carry_out, present_articles
from reader.storage.entering import UNENTERED, Entering
from reader.storage.meeting import (
    Alike,
    Arrival,
    alike,
    keep_alike,
    keep_alike_anew,
    keep_sketches,
    learn,
    learn_sketch,
    met,
    nearly_one,
)
from reader.storage.placing import Places, look_ahead, place_again, places_of
from reader.storage.queue import arrived, enqueue
from reader.storage.rows import TAG_SEPARATOR, mapping_of
from reader.storage.sequence import seq_in_the_past, seq_of_newest
from reader.storage.steps import TAG_MARK, Step, article_step, dumped, tag_fields
from reader.storage.tagging import Tagging, put_tags, spelled
from reader.storage.uids import article_uid
from reader.storage.versions import is_chosen_by_hand

UNTITLED = "Untitled"
RULES = 2
"""The number of the cleaning and extraction rules that make the texts of today."""
PACKED = ("application/epub+zip", "application/pdf")
"""What gains nothing by being packed again, and may be large."""


@dataclass(frozen=True, slots=True)
class Stored:
    outcome: Outcome
    steps: tuple[Step, ...]


def arriving(connection: Connection, draft: Draft, into: ArticleId | None = None) -> Arrival:
    """*draft* made ready before the ``write`` that stores it, as a new text of the article *into* if one is given:
    what takes long is done, highlights looked for."""
    arrival = Arrival(draft, clean_line(draft.title) or UNTITLED)
    article = into or met(connection, arrival)
    if article is not None and not _rests(connection, article, arrival):
        look_ahead(connection, article, draft.document)
    return arrival


def _rests(connection: Connection, article: ArticleId, arrival: Arrival) -> int | None:
    """The version that says the same as *arrival*, if it is the text of *article*, or the reader has settled on
    another one. A text that the article never had is always news."""
    row = connection.one(
        """
        select body.version, body.version = article.version as current
        from body
        join article on article.id = body.article
        where body.article = :article and body.text_hash = :hash
        order by current desc, body.version desc
        """,
        article=article,
        hash=arrival.draft.document.hash,
    )
    if row is None or not (row["current"] or is_chosen_by_hand(connection, article)):
        return None
    version: int = row["version"]
    return version


class Arrivals:
    """The drafts of one ``write``, which all arrive at the moment *stamp*.

    Those that are new wait to be entered into full text with the others of *entering*, if that is given.
    """

    def __init__(
        self, connection: Connection, stamp: int, *, keep_originals: bool, entering: Entering | None = None
    ) -> None:
        self._connection = connection
        self._entering = entering
        self._stamp = stamp
        self._keep_originals = keep_originals

    def store(
        self,
        arrival: Arrival,
        tags: Sequence[str],
        added: int | None = None,
        *,
        into: ArticleId | None = None,
    ) -> Stored:
        """*tags* go on whatever becomes of the draft; its own only on a new article, or if they are new to it.

        A new article was *added* then, if that is known of it, else now. The draft becomes a text of the article
        *into*, if one is given, whatever its keys say.
        """
        article = into or met(self._connection, arrival)
        stored = self.add(arrival, tags, added) if article is None else self._meet(article, arrival, tags)
        learn(self._connection, stored.outcome.id, arrival)
        return stored

    # --- a new article ---

    def add(
        self,
        arrival: Arrival,
        tags: Sequence[str] = (),
        added: int | None = None,
        more: Mapping[str, Any] = MappingProxyType({}),
    ) -> Stored:
        """Store what was not met, without learning its keys; *more* are further columns of the new row."""
        found = alike(self._connection, arrival.sketch)
        names = sorted(spelled(self._connection, (*arrival.draft.tags, *tags)), key=str.casefold)
        article = self._insert(arrival, TAG_SEPARATOR.join(names), added, more)
        put_tags(self._connection, "article", [Tagging(article, name, True) for name in names])
        self._insert_body(article, 1, arrival)
        keep_sketches(self._connection, {article: arrival.sketch})
        keep_alike(self._connection, article, found)
        if arrival.is_link:
            enqueue(self._connection, article, arrival.draft.url or "", stamp=self._stamp)
        # To undo the arrival is to put the article in the trash.
        step = article_step(article, {"trashed": 1}, {"trashed": 0})
        return Stored(Outcome("added", article, arrival.title, nearly_one(found)), (step,))

    def _insert(self, arrival: Arrival, tags: str, added: int | None, more: Mapping[str, Any]) -> ArticleId:
        head = head_of(arrival)
        if added is None or added >= self._stamp:
            added, seq = self._stamp, seq_of_newest(self._connection, self._stamp)
        else:
            seq = seq_in_the_past(self._connection, added)
        words = " ".join([head["title"], head["author"] or "", head["site"] or "", tags])
        columns = {
            "uid": self._uid(arrival),
            "seq": seq,
            **head,
            "added": added,
            "changed": self._stamp,
            "words": arrival.words,
            "tags": tags,
            "cjk": cjk_bigrams(words),
            **more,
        }
        return insert_article(self._connection, columns, self._entering)

    def _uid(self, arrival: Arrival) -> str:
        url = arrival.urls[0].removeprefix("url:") if arrival.urls else None
        uid = article_uid(url, arrival.title, arrival.draft.document.text)
        # Taken only when the article of that address or text has lost its keys.
        taken = self._connection.value("select 1 from article where uid = :uid", uid=uid)
        return str(uuid4()) if taken else uid

    def _insert_body(
        self,
        article: ArticleId,
        version: int,
        arrival: Arrival,
        extra: Mapping[str, Any] | None = None,
        rowid: int | None = None,
    ) -> None:
        """The text of *arrival*; *extra* is what was known besides before it came."""
        draft = arrival.draft
        text = draft.document.text
        self._connection.execute(
            """
            insert into body (
                rowid, article, version, text, cjk, blocks, text_hash, words, rules, head, extra, made
            )
            values (
                :rowid, :article, :version, :text, :cjk, :blocks, :hash, :words, :rules, :head, :extra, :stamp
            )
            """,
            rowid=rowid,
            article=article,
            version=version,
            text=text,
            cjk=cjk_bigrams(text),
            blocks=draft.document.blocks_json(),
            hash=draft.document.hash,
            words=arrival.words,
            rules=RULES,
            head=dumped({**head_of(arrival), "tags": list(draft.tags)}),
            extra=dumped({**(extra or {}), **draft.extra}),
            stamp=self._stamp,
        )
        if draft.original and self._keep_originals:
            self._connection.execute(
                """
                insert into original (article, version, media_type, data)
                values (:article, :version, :media_type, :data)
                """,
                article=article,
                version=version,
                media_type=draft.media_type,
                data=zlib.compress(draft.original, 0 if draft.media_type in PACKED else -1),
            )

    # --- one that is here ---

    def meet(self, article: ArticleId, arrival: Arrival, *, use: bool) -> Stored:
        """*arrival* is *article*. Its text becomes that of the article if there was none yet, or with *use*; else it
        is kept as a version that one can go to."""
        row = self._connection.one(
            """
            select article.title, article.trashed, coalesce(body.text, '') = '' as is_empty
            from article
            left join body on body.article = article.id and body.version = article.version
            where article.id = :article
            """,
            article=article,
        )
        assert row is not None  # its key refers to it
        if use or row["is_empty"]:
            return self._meet(article, arrival, ())
        if arrival.draft.document.text and self._version_of(article, arrival) is None:
            self._next_version(article, arrival)
        return Stored(Outcome("known", article, clean_line(row["title"]), trashed=bool(row["trashed"])), ())

    def _meet(self, article: ArticleId, arrival: Arrival, tags: Sequence[str]) -> Stored:
        row = self._connection.one(
            """
            select article.title, article.trashed, article.version, body.head, coalesce(body.text, '') = '' as is_empty
            from article
            left join body on body.article = article.id and body.version = article.version
            where article.id = :article
            """,
            article=article,
        )
        assert row is not None  # its key refers to it
        old = mapping_of(row["head"] or "{}")
        now = present_articles(self._connection, [article])[article]
        text = arrival.draft.document.text
        if row["is_empty"] and text:
            return self._fill(article, arrival, tags)
        resting = _rests(self._connection, article, arrival) if text else row["version"]
        known = resting is not None
        after: dict[str, Any] = tag_fields(spelled(self._connection, tags))
        if not known:
            after |= self._new_version(article, arrival, old, now)
        before = {field: now.get(field, False if field.startswith(TAG_MARK) else None) for field in after}
        step = article_step(article, before, after)
        carry_out(self._connection, [step] if step.changes else [], self._stamp)
        places = Places(0, 0, 0) if known else places_of(self._connection, article)
        outcome = Outcome(
            "known" if known else "updated",
            article,
            clean_line(after.get("title", row["title"])),
            trashed=bool(row["trashed"]),
            placed=places.placed,
            review=places.review,
            orphan=places.orphan,
            unused=None if resting == row["version"] else resting,
        )
        return Stored(outcome, (step,) if step.changes else ())

    def _fill(self, article: ArticleId, arrival: Arrival, tags: Sequence[str]) -> Stored:
        """The text of a link has come. It takes the place of none: there is no version to go back to, and nothing
        to undo. What is known of the article stays; what is not is what the text says of itself."""
        now = present_articles(self._connection, [article])[article]
        version = self._connection.value("select version from article where id = :id", id=article)
        extra = self._connection.value(
            "select extra from body where article = :article and version = :version",
            article=article,
            version=version,
        )
        # What is learnt of words goes by the number of the row, so the new text may not have that of the old one.
        unseen = self._connection.value("select coalesce(max(rowid), 0) + 1 from body")
        self._connection.execute(
            "delete from body where article = :article and version = :version",
            article=article,
            version=version,
        )
        self._insert_body(article, version, arrival, mapping_of(extra or "{}"), rowid=unseen)
        unnamed = (UNTITLED, clean_line(now["url"] or ""))
        fields = {
            field: value
            for field, value in head_of(arrival).items()
            if value and (not now[field] or (field == "title" and now[field] in unnamed))
        }
        after = {**fields, **tag_fields(spelled(self._connection, (*arrival.draft.tags, *tags)))}
        before = {field: now.get(field, False if field.startswith(TAG_MARK) else None) for field in after}
        step = article_step(article, before, after)
        carry_out(self._connection, [step] if step.changes else [], self._stamp)
        self._connection.execute(
            """
            update article
            set
                words = :words,
                position = case when progress < 1 then cast(progress * :length as integer) else 0 end,
                changed = :stamp
            where id = :id
            """,
            words=arrival.words,
            length=len(arrival.draft.document.text),
            stamp=self._stamp,
            id=article,
        )
        found = self._resembles(article, arrival)
        arrived(self._connection, article)
        places = place_again(self._connection, article)
        outcome = Outcome(
            "updated",
            article,
            clean_line(after.get("title", now["title"])),
            similar=nearly_one(found),
            trashed=bool(now["trashed"]),
            placed=places.placed,
            review=places.review,
            orphan=places.orphan,
        )
        return Stored(outcome, ())

    def _new_version(
        self, article: ArticleId, arrival: Arrival, old: Mapping[str, Any], now: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Store the new text; the fields that come with it.

        What the reader has edited since the last version stays as it is: a field follows only if it is empty,
        or still what the source said before.
        """
        version = self._version_of(article, arrival) or self._next_version(article, arrival)
        self._resembles(article, arrival)
        fields = {
            field: value
            for field, value in head_of(arrival).items()
            if value and value != now[field] and (not now[field] or now[field] == old.get(field))
        }
        tags = [tag for tag in arrival.draft.tags if tag not in old.get("tags", ())]
        return {"version": version, **fields, **tag_fields(spelled(self._connection, tags))}

    def _resembles(self, article: ArticleId, arrival: Arrival) -> Alike:
        """Which articles the text that *article* has now has much in common with; they are kept."""
        learn_sketch(self._connection, article, arrival)
        found = alike(self._connection, arrival.sketch, but=article)
        keep_alike_anew(self._connection, article, found)
        return found

    def _version_of(self, article: ArticleId, arrival: Arrival) -> int | None:
        """The version that said the same: a source that takes a change back makes no further one."""
        version: int | None = self._connection.value(
            "select max(version) from body where article = :article and text_hash = :hash",
            article=article,
            hash=arrival.draft.document.hash,
        )
        return version

    def _next_version(self, article: ArticleId, arrival: Arrival) -> int:
        last = self._connection.value(
            "select max(version) from body where article = :article", article=article
        )
        version = int(last or 0) + 1
        self._insert_body(article, version, arrival)
        return version


def head_of(arrival: Arrival) -> dict[str, Any]:
    """The columns of an article that say what its source says of it."""
    draft = arrival.draft
    return {
        "title": arrival.title,
        "author": clean_line(draft.author or "") or None,
        "site": clean_line(draft.site or "") or None,
        "url": draft.url,
        "published": draft.published,
        "language": draft.language,
    }


def insert_article(
    connection: Connection, columns: Mapping[str, Any], entering: Entering | None = None
) -> ArticleId:
    """The number of the new row with these *columns*; it waits for the others of *entering*."""
    if entering is not None:
        columns = {**columns, **UNENTERED}
    names = ", ".join(columns)
    values = ", ".join(f":{name}" for name in columns)
    article = ArticleId(connection.insert(f"insert into article ({names}) values ({values})", **columns))
    if entering is not None:
        entering.add(article)
    return article
