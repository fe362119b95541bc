"""What else in the library is about the same."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.lighting import line_around, lit
from reader.domain.passage import Passage, Source
from reader.domain.query import Query
from reader.domain.span import Span
from reader.domain.summary import ArticleId
from reader.domain.terms import Node, Or, Word
from reader.domain.text import clean
from reader.storage.connection import Connection
from reader.storage.match import joined, term
from reader.storage.telling import Telling, telling

TERMS = 12
MOST_FOUND = 6_000
LEAST = 0.3
"""Of the best one's rank: below that it is one common word that two articles share."""
_WEIGHTS = "10, 4, 2, 4, 1, 1"


def related(connection: Connection, article: ArticleId, limit: int) -> dict[int, float]:
    """``seq`` and rank of the articles most like *article*, outside the trash, best first."""
    row = connection.one("select title, body from articles where id = :article", article=article)
    if row is None:
        return {}
    match = _match(_rare_enough(telling(connection, clean(row["title"]), clean(row["body"]))))
    if not match:
        return {}
    rows = connection.rows(
        f"""
        select rowid as seq, -bm25(articles_fts, {_WEIGHTS}) as rank
        from articles_fts
        where articles_fts match :match
            and rowid not in (select seq from article where trashed = 1)
            and rowid <> (select seq from article where id = :article)
        order by rank desc
        limit :limit
        """,
        match=match,
        article=article,
        limit=limit,
    )
    return {row["seq"]: row["rank"] for row in rows if row["rank"] >= LEAST * rows[0]["rank"]}


def related_passages(
    connection: Connection, text: str, besides: ArticleId | None, limit: int
) -> list[Passage]:
    """Marked passages and notes that share telling words with *text*, best first, those of *besides* left out."""
    words = [one.term for one in telling(connection, "", text, least=1)[:TERMS]]
    match = _match(words)
    if not match:
        return []
    rows = connection.rows(
        """
        select found.rowid as place, passages.article, passages.exact, passages.note, highlight.place_start,
            highlight.place_end
        from (
            select rowid, bm25(passages_fts, 2, 2, 4, 1) as rank
            from passages_fts
            where passages_fts match :match
            order by rank
            limit :most
        ) as found
        join passages on passages.rowid = found.rowid
        join article on article.id = passages.article
        left join highlight on highlight.id = found.rowid
        where article.trashed = 0 and passages.article is not :besides
        order by found.rank
        limit :limit
        """,
        match=match,
        besides=besides,
        most=limit * 20,
        limit=limit,
    )
    query = Query(_any(words))
    found = []
    for row in rows:
        span = None if row["place_start"] is None else Span(row["place_start"], row["place_end"])
        source: Source = "highlight" if row["place"] > 0 and lit(clean(row["exact"]), query) else "note"
        line = clean(row["exact"] if source == "highlight" else row["note"])
        snippet = line_around(line, next(iter(lit(line, query)), Span(0, 0)))
        found.append(Passage(ArticleId(row["article"]), span, source, snippet, tuple(lit(snippet, query))))
    return found


def _rare_enough(found: Sequence[Telling]) -> list[str]:
    """The most telling, as long as not too many articles must be judged."""
    chosen: list[str] = []
    judged = 0
    for one in found:
        if len(chosen) == TERMS:
            break
        if judged + one.df <= MOST_FOUND:
            chosen.append(one.term)
            judged += one.df
    return chosen


def _match(words: Sequence[str]) -> str:
    return joined("OR", map(term, words))


def _any(words: Sequence[str]) -> Node:
    nodes = tuple(Word(word) for word in words)
    return Or(nodes) if len(nodes) > 1 else nodes[0]
