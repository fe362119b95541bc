"""Pieces of SQL that conditions on articles are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reader.storage.holdings import HOLDS

LONGEST_CHAIN = 100


class Statement:
    """The parameters of one statement, and how it asks whether an article is among some.

    Where each row comes from somewhere else, out of full text or a slice, it is asked about ``by_row``: SQLite must
    not turn such a question into a walk over its answers for each row (measured: 600 ms instead of 1); a ``+``
    forbids it. A list gains by that walk.
    """

    def __init__(self, *, by_row: bool = False) -> None:
        self.parameters: dict[str, Any] = {}
        self._by_row = by_row
        self._plain = "+" if by_row else ""

    def bind(self, value: object) -> str:
        """The name under which *value* is a parameter of the statement."""
        name = f"q{len(self.parameters)}"
        self.parameters[name] = value
        return f":{name}"

    def is_among(self, articles: str) -> str:
        """*articles* selects ids."""
        return f"{self._plain}article.id in ({articles})"

    def is_tagged(self, named: str) -> str:
        """*named* is about the table ``tag``."""
        if not self._by_row:
            return self.is_among(
                f"select article from tag join article_tag on article_tag.tag = tag.id where {named}"
            )
        return f"""
            exists (
                select 1
                from article_tag
                where article_tag.article = article.id and +article_tag.tag in (select id from tag where {named})
            )
        """

    def has_highlight(self, such: str) -> str:
        """*such* is about the table ``highlight``."""
        if not self._by_row:
            return self.is_among(f"select article from highlight where {such}")
        return f"""
            (article.highlights > 0 and exists (
                select 1 from highlight where highlight.article = article.id and {such}
            ))
        """

    def holds(self, thing: str) -> str:
        """Whether the text has a *thing* of ``HOLDS``; few do, so its index is named: SQLite would read the blocks."""
        held = f"body indexed by body_with_{thing} where instr(body.blocks, '{HOLDS[thing]}') > 0"
        if self._by_row:
            this = "body.article = article.id and body.version = article.version"
            return f"exists (select 1 from {held} and {this})"
        current = "body.version = (select version from article where id = body.article)"
        return self.is_among(f"select body.article from {held} and {current}")

    def is_in_text(self, match: str, table: str = "articles_fts") -> str:
        """*table* is full text about articles, *match* a MATCH expression."""
        return (
            f"{self._plain}article.seq in (select rowid from {table} where {table} match {self.bind(match)})"
        )

    def is_in_passages(self, match: str) -> str:
        """A highlight, or the article's own note, whose row is the negative of the article's id."""
        name = self.bind(match)
        return self.is_among(
            f"""
            select highlight.article
            from passages_fts
            cross join highlight on highlight.id = passages_fts.rowid
            where passages_fts match {name}
            union all
            select -rowid
            from passages_fts
            where passages_fts match {name} and rowid < 0
            """
        )


def both(conditions: Iterable[str]) -> str:
    return _chain("and", [*conditions])


def either(conditions: Iterable[str]) -> str:
    return _chain("or", [*conditions])


def _chain(operator: str, conditions: list[str]) -> str:
    """A long chain in parts: it makes an expression as deep as it is long, and SQLite refuses one of a thousand."""
    if len(conditions) == 1:
        return conditions[0]
    if len(conditions) > LONGEST_CHAIN:
        starts = range(0, len(conditions), LONGEST_CHAIN)
        conditions = [_chain(operator, conditions[start : start + LONGEST_CHAIN]) for start in starts]
    return f"({f' {operator} '.join(conditions)})"
