"""Which stored article an arriving draft is: its addresses, its bytes, its text, its file, and what it resembles."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from struct import unpack_from

from reader.domain.alike import ALIKE, SAME_ARTICLE
from reader.domain.article import ArticleId, Draft
from reader.domain.identity import similarity, sketch, text_key, url_key
from reader.domain.text import word_count
from reader.storage.connection import Connection

SAME_FILE = 0.5
HASHES_TO_FIND_BY = 16
CANDIDATES = 8
ORIGIN = "origin:"
"""Before the name that another program has for an article."""
URN = "urn:uuid:"

_HASH_BYTES = 8


@dataclass
class Arrival:
    """A draft with its keys and its sketch, each made once."""

    draft: Draft
    title: str
    urls: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        given = url_key(self.draft.url) if self.draft.url else None
        found = [key for key in self.draft.keys if key.startswith("url:")]
        self.urls = tuple(dict.fromkeys([f"url:{given}", *found] if given else found))

    @property
    def is_link(self) -> bool:
        """Whether it is an address whose text is still to come."""
        return bool(self.draft.url) and not self.draft.document.text and not self.draft.original

    @cached_property
    def certain(self) -> tuple[str, ...]:
        """The keys that tell an article for sure, the most telling first."""
        original, text = self.draft.original, self.draft.document.text
        origins = tuple(key for key in self.draft.keys if key.startswith(ORIGIN))
        of_bytes = (f"sha256:{sha256(original).hexdigest()}",) if original else ()
        # Links of one title are many articles: there is no text yet that could be the same.
        of_text = (f"text:{text_key(self.title, text)}",) if text or not (origins or self.urls) else ()
        return (*origins, *self.urls, *of_bytes, *of_text)

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Paths, under which another article may have stood before."""
        return tuple(key for key in self.draft.keys if key.startswith("file:"))

    @cached_property
    def words(self) -> int:
        return word_count(self.draft.document.text)

    @cached_property
    def sketch(self) -> bytes:
        return sketch(self.draft.document.text)


def met(connection: Connection, arrival: Arrival) -> ArticleId | None:
    """The article that *arrival* is, or ``None`` if it is a new one."""
    keys = (*arrival.certain, *arrival.files)
    rows = connection.rows(
        "select key, article from article_key where key in (select value from json_each(:keys))",
        keys=json.dumps(keys),
    )
    found = {row["key"]: ArticleId(row["article"]) for row in rows}
    for key in keys:
        if key in found and (key in arrival.certain or _is_same_file(connection, found[key], arrival)):
            return found[key]
    return _named(connection, arrival)


def _named(connection: Connection, arrival: Arrival) -> ArticleId | None:
    """The article that another program calls by our own uid: its annotations of what has no address do."""
    uids = [key.rpartition(URN)[2] for key in arrival.certain if key.startswith(ORIGIN) and URN in key]
    for uid in uids:
        found = connection.value("select id from article where uid = :uid", uid=uid)
        if found:
            return ArticleId(found)
    return None


def _is_same_file(connection: Connection, article: ArticleId, arrival: Arrival) -> bool:
    """A path alone tells nothing: another text may have been saved under it."""
    row = connection.one(
        """
        select article.title, article_sketch.sketch
        from article
        left join article_sketch on article_sketch.article = article.id
        where article.id = :article
        """,
        article=article,
    )
    if row is None:
        return False
    return row["title"] == arrival.title or similarity(row["sketch"] or b"", arrival.sketch) >= SAME_FILE


Alike = Sequence[tuple[ArticleId, float]]
"""Articles with how much of their texts they share with another one, 0–1, the most first."""


def alike(connection: Connection, sketch: bytes, *, but: ArticleId | None = None) -> Alike:
    """The articles outside the trash, *but* one, that have much in common with the text of *sketch*."""
    rows = connection.rows(
        """
        select article_sketch.article, article_sketch.sketch
        from (
            select article, count(*) as shared
            from sketch_hash
            where hash in (select value from json_each(:hashes))
            group by article
            order by shared desc, article desc
            limit :candidates
        ) as candidate
        join article_sketch on article_sketch.article = candidate.article
        join article on article.id = candidate.article
        where article.trashed = 0 and article.id is not :but
        """,
        but=but,
        hashes=json.dumps(_smallest(sketch)),
        candidates=CANDIDATES,
    )
    scored = [(similarity(row["sketch"], sketch), ArticleId(row["article"])) for row in rows]
    return [(article, share) for share, article in sorted(scored, reverse=True) if share >= ALIKE]


def nearly_one(found: Alike) -> tuple[ArticleId, float] | None:
    """The first of *found*, if its text is nearly the same."""
    return found[0] if found and found[0][1] >= SAME_ARTICLE else None


def keep_alike(connection: Connection, article: ArticleId, found: Alike) -> None:
    """Remember that *article* resembles those *found*, until the reader says what they think of it; of those whom they
    have told already, nothing is asked again."""
    connection.many(
        """
        insert into likeness (article, other, share)
        values (:article, :other, :share)
        on conflict do nothing
        """,
        [
            {"article": one, "other": other, "share": share}
            for resembled, share in found
            for one, other in ((article, resembled), (resembled, article))
        ],
    )


def keep_alike_anew(connection: Connection, article: ArticleId, found: Alike) -> None:
    """The same for an article whose text is another one now."""
    connection.execute(
        "delete from likeness where (article = :article or other = :article) and standing = 'open'",
        article=article,
    )
    keep_alike(connection, article, found)


def learn(connection: Connection, article: ArticleId, arrival: Arrival) -> None:
    """Remember the keys of *arrival* as those of *article*; a path goes over to the article that is there now."""
    connection.many(
        "insert into article_key (key, article) values (:key, :article) on conflict do nothing",
        [{"key": key, "article": article} for key in arrival.certain],
    )
    connection.many(
        """
        insert into article_key (key, article)
        values (:key, :article)
        on conflict (key) do update set article = excluded.article
        """,
        [{"key": key, "article": article} for key in arrival.files],
    )


def learn_url(connection: Connection, article: ArticleId, url: str | None) -> None:
    """Let *article* be known by the address *url* too, unless another one is."""
    if key := url_key(url or ""):
        connection.execute(
            "insert into article_key (key, article) values (:key, :article) on conflict do nothing",
            key=f"url:{key}",
            article=article,
        )


def learn_sketch(connection: Connection, article: ArticleId, arrival: Arrival) -> None:
    """Keep the sketch of the text that *article* has now, to be found by its smallest hashes."""
    connection.execute("delete from sketch_hash where article = :article", article=article)
    keep_sketches(connection, {article: arrival.sketch})


def keep_sketches(connection: Connection, sketches: Mapping[ArticleId, bytes]) -> None:
    """:func:`learn_sketch` for articles that have no hashes yet; for many at once it takes a third of the time."""
    hashes = sorted((number, article) for article, sketch in sketches.items() for number in _smallest(sketch))
    connection.many(
        "insert into sketch_hash (hash, article) values (:hash, :article)",
        [{"hash": number, "article": article} for number, article in hashes],
    )
    connection.many(
        """
        insert into article_sketch (article, sketch)
        values (:article, :sketch)
        on conflict (article) do update set sketch = excluded.sketch
        """,
        [{"article": article, "sketch": sketch} for article, sketch in sketches.items()],
    )


def _smallest(hashes: bytes) -> list[int]:
    """As signed integers, which is what SQLite has; the sketch holds the smallest first."""
    count = min(HASHES_TO_FIND_BY, len(hashes) // _HASH_BYTES)
    return list(unpack_from(f">{count}q", hashes))
