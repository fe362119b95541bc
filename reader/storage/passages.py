"""The places in one article that hold the words of a query: marked passages, notes, and stretches of its text."""

from __future__ import annotations

from typing import NamedTuple

from reader.domain.lighting import line_around, lit, snippets
from reader.domain.passage import Match, Passage, Source
from reader.domain.query import Query
from reader.domain.span import Span
from reader.domain.summary import ArticleId
from reader.domain.text import clean
from reader.storage.connection import Connection


class _Kept(NamedTuple):
    """Words that someone keeps with an article: a highlight's passage, its note, or the article's own note.

    ``about`` is the passage that a note is at.
    """

    text: str
    span: Span | None
    source: Source
    about: str = ""


def best(connection: Connection, article: ArticleId, query: Query, limit: int) -> list[Passage]:
    """Marked passages and notes first, then the text; at the end, if there is room, the passages that were found by a
    note alone: that is how one looks for what is half remembered."""
    kept = [(one, spans) for one in _kept(connection, article) if (spans := lit(one.text, query))]
    found = [
        _passage(article, one.span, one.source, line_around(one.text, spans[0]), query)
        for one, spans in kept[:limit]
    ]
    if len(found) == limit:
        return found
    text = _text(connection, article)
    found += [
        _passage(article, span, "text", line, query)
        for span, line in snippets(text, query, limit - len(found))
    ]
    about = [one for one, _ in kept if one.about and not lit(one.about, query)]
    return found + [
        _passage(article, one.span, "highlight", line_around(one.about, Span(0, 0)), query)
        for one in about[: limit - len(found)]
    ]


def matches(connection: Connection, article: ArticleId, query: Query) -> list[Match]:
    found = [Match(*span, "text") for span in lit(_text(connection, article), query)]
    for kept in _kept(connection, article):
        # Where a passage was taken out there is nothing to light.
        if kept.span and kept.span.start < kept.span.end and lit(kept.text, query):
            found.append(Match(*kept.span, kept.source))
    return sorted(found, key=lambda match: (match.start, match.end))


def _passage(article: ArticleId, span: Span | None, source: Source, line: str, query: Query) -> Passage:
    return Passage(article, span, source, line, tuple(lit(line, query)))


def _text(connection: Connection, article: ArticleId) -> str:
    text = connection.value(
        """
        select body.text
        from article
        join body on body.article = article.id and body.version = article.version
        where article.id = :article
        """,
        article=article,
    )
    if text is not None and clean(text) == text:
        return str(text)
    from reader.domain.document import Document  # only for a text that is damaged or gone

    return Document.plain(text or "").text


def _kept(connection: Connection, article: ArticleId) -> list[_Kept]:
    rows = connection.tuples(
        """
        select exact, note, tags, place_start, place_end
        from (
            select exact, note, tags, place_start, place_end
            from highlight
            where article = :article
            order by place_start, id
        )
        union all
        select null, note, '', null, null from article where id = :article and note <> ''
        """,
        article=article,
    )
    kept = []
    for exact, note, tags, start, end in rows:
        if exact is None:
            kept.append(_Kept(clean(note), None, "note"))
            continue
        span = None if start is None else Span(start, end)
        kept.append(_Kept(clean(exact), span, "highlight"))
        if note or tags:
            noted = clean(" · ".join(filter(None, (note, tags))))
            kept.append(_Kept(noted, span, "note", clean(exact)))
    return kept
