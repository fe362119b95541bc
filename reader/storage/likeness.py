"""Why articles are related: the telling words that they share."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.domain.summary import ArticleId
from reader.domain.text import clean
from reader.storage.match import term
from reader.storage.related import TERMS
from reader.storage.telling import telling

if TYPE_CHECKING:
    from reader.storage.library import Library


def words_in_common(
    library: Library, article: ArticleId, others: Sequence[ArticleId]
) -> dict[ArticleId, tuple[str, ...]]:
    """The most telling words of *article* that each of *others* holds too, the most telling first."""
    connection = library.connection
    row = connection.one("select title, body from articles where id = :article", article=article)
    if row is None:
        return {}
    shared: dict[ArticleId, tuple[str, ...]] = dict.fromkeys(others, ())
    for word in telling(connection, clean(row["title"]), clean(row["body"]))[:TERMS]:
        holders = connection.column(
            """
            select article.id
            from article
            where article.id in (select value from json_each(:others))
                and article.seq in (select rowid from articles_fts where articles_fts match :match)
            """,
            others=json.dumps(others),
            match=term(word.term),
        )
        for holder in holders:
            shared[holder] = (*shared[holder], word.term)
    return shared
