"""The versions of an article's text: what each said, where the highlights are in it, and which one counts."""

from __future__ import annotations

from collections.abc import Mapping
from sqlite3 import Row
from typing import Any

from reader.domain.article import ArticleId
from reader.domain.change import Switch
from reader.domain.document import Document
from reader.domain.highlight import Highlight, Placement
from reader.domain.text import clean_line
from reader.domain.version import Version
from reader.storage.article_rows import document_of
from reader.storage.connection import Connection, LibraryError
from reader.storage.effects import present_articles
from reader.storage.highlight_rows import highlight_of, placement_in, rows_by_place
from reader.storage.journal import Journal
from reader.storage.locating import Locating
from reader.storage.placing import look_ahead, place_fields, places_of
from reader.storage.rows import mapping_of
from reader.storage.stamps import moment
from reader.storage.steps import Fields, article_step

USED = "version {} used"
JOINED = "made versions of one article"
# What the source says of a version beside its text.
_HEAD = ("title", "author", "site", "url", "published", "language")


def is_chosen_by_hand(connection: Connection, article: int) -> bool:
    """Whether the reader, not the source, has settled which version is the text of *article*.

    That is so if the last that the history tells of it is a version used, or an arrival that was taken back. A use
    that was taken back counts for nothing, and a text that is new to the article settles it anew. Making another
    article a version of this one settles it as a use does.
    """
    told = connection.value(
        """
        select history.action glob :used or history.action = :joined or history.standing <> 'done'
        from history_change
        join history on history.id = history_change.history
        where history_change.article = :article
            and history_change.kind in ('article', 'keys')
            and (json_extract(history_change.after, '$.version') is not null or history.action = :joined)
            and not ((history.action glob :used or history.action = :joined) and history.standing <> 'done')
        order by history.id desc
        limit 1
        """,
        article=article,
        used=USED.format("[0-9]*"),
        joined=JOINED,
    )
    if told is None:  # it may have come from another library, whose history stayed there
        told = connection.value("select chosen from article where id = :article", article=article)
    return bool(told)


def following(now: Fields, said: Mapping[str, Any], target: Mapping[str, Any]) -> dict[str, Any]:
    """What of the article that is *now* so goes with its text: from the version of which its source *said* that, to
    the *target*. What the reader has said otherwise stays."""
    return {
        field: target[field]
        for field in _HEAD
        if target.get(field) and now[field] == said.get(field) and now[field] != target[field]
    }


class Versions:
    """A version is never changed or dropped while its article is here, so going back and forth loses nothing."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    # --- reading ---

    def of(self, article: ArticleId) -> list[Version]:
        """Newest first."""
        rows = self._connection.rows(
            """
            select body.version, body.made, body.words, body.head, body.version = article.version as current
            from body
            join article on article.id = body.article
            where body.article = :article
            order by body.version desc
            """,
            article=article,
        )
        if not rows:
            raise LibraryError(f"no article {article}")
        return [
            Version(
                row["version"],
                moment(row["made"]),
                row["words"],
                clean_line(str(mapping_of(row["head"]).get("title") or "")),
                bool(row["current"]),
            )
            for row in rows
        ]

    def document(self, article: ArticleId, number: int) -> Document:
        row = self._connection.one(
            "select text, blocks from body where article = :article and version = :number",
            article=article,
            number=number,
        )
        if row is None:
            raise self._missing(article, number)
        return document_of(row["text"], row["blocks"])

    def placements(self, article: ArticleId, number: int) -> list[tuple[Highlight, Placement]]:
        """Each highlight of *article*, in the order of the current text, with where it is in version *number*.

        In a version that is not the current one they are looked for anew, which may take seconds where hundreds
        of passages changed: no work for the thread that answers keys.
        """
        document = self.document(article, number)
        rows = rows_by_place(self._connection, article)
        locating = Locating(self._connection)
        return [(highlight_of(row), _placement(document, row, locating)) for row in rows]

    # --- changing ---

    def use(self, article: ArticleId, number: int) -> Switch:
        """Make version *number* the text of *article*, with what its source said of it where the reader has not
        said otherwise. Highlights are placed again and reading goes on at the same words. Can be undone."""
        look_ahead(self._connection, article, self.document(article, number))
        with self._connection.write():
            target = self._head(article, number)
            now = present_articles(self._connection, [article])[article]
            said = self._head(article, now["version"])
            after = {"version": number, **following(now, said, target)}
            step = article_step(article, {field: now[field] for field in after}, after)
            change = self._journal.act(USED.format(number), [step])
            return Switch(
                change.action, change.articles, change.history, change.skipped, number,
                *places_of(self._connection, article),
            )  # fmt: skip

    def _head(self, article: ArticleId, number: int) -> Mapping[str, Any]:
        head = self._connection.value(
            "select head from body where article = :article and version = :number",
            article=article,
            number=number,
        )
        if head is None:
            raise self._missing(article, number)
        return mapping_of(head)

    def _missing(self, article: ArticleId, number: int) -> LibraryError:
        known = len(self.of(article))  # or says that there is no such article
        has = "one version" if known == 1 else f"the versions 1 to {known}"
        return LibraryError(f"no version {number} of article {article}: it has {has}")


def _placement(document: Document, row: Row, locating: Locating) -> Placement:
    if row["placed_hash"] == document.hash:
        return placement_in(row)
    return placement_in({**place_fields(document, row, locating), "placed_by": row["placed_by"]})
