"""Two articles that are alike: making one a version of the other, or saying that they are two."""

from __future__ import annotations

from sqlite3 import Row
from typing import Any

from reader.domain.article import ArticleId
from reader.domain.change import Change, Switch
from reader.domain.document import Document
from reader.storage.connection import Connection, LibraryError
from reader.storage.effects import present_articles
from reader.storage.journal import Journal
from reader.storage.likeness_steps import keys_step, settled_steps
from reader.storage.locating import Locating, version_document
from reader.storage.placing import look_ahead, place_fields, places_of
from reader.storage.rows import mapping_of
from reader.storage.steps import TAG_MARK, Fields, Step, article_step
from reader.storage.versions import JOINED, following

TOLD_APART = "told apart"
_STATES = ("unread", "reading", "read")


class Duplicates:
    """Nothing is merged unasked, and whatever was is one action in the history."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def settle(self, article: ArticleId, other: ArticleId) -> Change:
        """The reader says that the two are not the same: that they are alike is not shown any more."""
        with self._connection.write():
            for one in (article, other):
                self._head(one)
            return self._journal.act(TOLD_APART, settled_steps(self._connection, article, other))

    def join(self, article: ArticleId, into: ArticleId) -> Switch:
        """Make the texts of *article* versions of *into*, which is given its tags, note, star, passages and progress;
        *article* goes to the trash, and what is met again by its address is *into*.

        The text of the one that came later is the text from then on, whichever of them stays. Can be undone.
        """
        self._foresee(article, into)
        with self._connection.write():
            gone, kept = self._head(article), self._head(into)
            self._check(gone, kept)
            later = gone["seq"] > kept["seq"]
            version = self._take_texts(article, into)
            present = present_articles(self._connection, [article, into])
            now = present[into]
            after = _given(now, present[article])
            if later and version != now["version"]:
                said, target = mapping_of(kept["head"]), mapping_of(gone["head"])
                after |= {"version": version, **following(now, said, target)}
            steps = [
                article_step(into, {field: now.get(field, False) for field in after}, after),
                *self._moved(article, into),
                article_step(article, {"trashed": 0}, {"trashed": 1}),
                *settled_steps(self._connection, article, into),
                self._keys(article, into),
            ]
            change = self._journal.act(JOINED, steps)
            if later and gone["position"] and gone["progress"] >= kept["progress"]:
                self._connection.execute(
                    "update article set position = :position where id = :into",
                    position=gone["position"],
                    into=into,
                )
            return Switch(
                change.action, change.articles, change.history, change.skipped,
                after.get("version", now["version"]), *places_of(self._connection, into),
            )  # fmt: skip

    def _foresee(self, article: ArticleId, into: ArticleId) -> None:
        """Look for all passages in the text that will be the one, before the lock is taken."""
        gone, kept = self._head(article), self._head(into)
        self._check(gone, kept)
        owner = article if gone["seq"] > kept["seq"] else into
        document: Document = version_document(
            self._connection, owner, (gone if owner == article else kept)["version"]
        )
        look_ahead(self._connection, into, document)
        locating = Locating(self._connection, ahead=True)
        for row in self._connection.rows("select * from highlight where article = :article", article=article):
            place_fields(document, row, locating)

    def _head(self, article: ArticleId) -> Row:
        row = self._connection.one(
            """
            select article.id, article.seq, article.trashed, article.version, article.position, article.progress,
                coalesce(body.head, '{}') as head, coalesce(body.text, '') = '' as is_empty
            from article
            left join body on body.article = article.id and body.version = article.version
            where article.id = :article
            """,
            article=article,
        )
        if row is None:
            raise LibraryError(f"no article {article}")
        return row

    @staticmethod
    def _check(gone: Row, kept: Row) -> None:
        if gone["id"] == kept["id"]:
            raise LibraryError(f"{gone['id']} is one article: say which other one it is a version of")
        for row in (gone, kept):
            if row["trashed"]:
                raise LibraryError(f"article {row['id']} is in the trash: restore it first")
            if row["is_empty"]:
                raise LibraryError(f"article {row['id']} has no text yet: fetch it first")

    def _take_texts(self, article: ArticleId, into: ArticleId) -> int:
        """Give *into* each text of *article* that it never had; the version there that is its text now."""
        current = 0
        for row in self._connection.rows(
            """
            select body.version, body.text_hash, body.version = article.version as current
            from body
            join article on article.id = body.article
            where body.article = :article
            order by body.version
            """,
            article=article,
        ):
            version = self._connection.value(
                "select max(version) from body where article = :into and text_hash = :hash",
                into=into,
                hash=row["text_hash"],
            ) or self._take_text(article, row["version"], into)
            current = version if row["current"] else current
        return current

    def _take_text(self, article: ArticleId, version: int, into: ArticleId) -> int:
        taken: int = self._connection.value(
            "select max(version) + 1 from body where article = :into", into=into
        )
        parameters = {"article": article, "version": version, "into": into, "taken": taken}
        self._connection.execute(
            """
            insert into body (article, version, text, cjk, blocks, text_hash, words, rules, head, extra, made)
            select :into, :taken, text, cjk, blocks, text_hash, words, rules, head, extra, made
            from body
            where article = :article and version = :version
            """,
            **parameters,
        )
        self._connection.execute(
            """
            insert into original (article, version, media_type, data)
            select :into, :taken, media_type, data
            from original
            where article = :article and version = :version
            """,
            **parameters,
        )
        return taken

    def _moved(self, article: ArticleId, into: ArticleId) -> list[Step]:
        passages = self._connection.column(
            "select id from highlight where article = :article order by id", article=article
        )
        return [Step("highlight", id, into, {"article": article}, {"article": into}) for id in passages]

    def _keys(self, article: ArticleId, into: ArticleId) -> Step:
        keys = self._connection.column(
            "select key from article_key where article = :article order by key", article=article
        )
        return keys_step(into, article, keys)


def _given(now: Fields, gone: Fields) -> dict[str, Any]:
    """What an article that is *now* so takes over from the one that is *gone*."""
    after: dict[str, Any] = {field: True for field in gone if field.startswith(TAG_MARK) and field not in now}
    if gone["starred"] and not now["starred"]:
        after["starred"] = 1
    if gone["note"] and gone["note"] not in now["note"]:
        after["note"] = "\n\n".join(filter(None, (now["note"], gone["note"])))
    if gone["progress"] > now["progress"]:
        after["progress"] = gone["progress"]
    if _STATES.index(gone["state"]) > _STATES.index(now["state"]):
        after |= {"state": gone["state"], "finished": gone["finished"]}
    return after
