"""A query as an SQL condition on a row of ``article``. Every value is bound, and no condition is ever null."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import Any, Literal, NamedTuple

from reader.domain.query import Query
from reader.domain.terms import And, Field, Node, Not, Or, Phrase, Word
from reader.storage.clauses import Statement, both, either
from reader.storage.listing import LISTED
from reader.storage.match import expression, is_address, is_full_text
from reader.storage.stamps import Days

Scope = Literal["list", "all", "trash"]
NOT_TRASHED = "article.trashed = 0"


class Condition(NamedTuple):
    """SQL about the table ``article``, and the parameters it names."""

    sql: str
    parameters: dict[str, Any]


def where(
    query: Query, scope: Scope, now: datetime, zone: tzinfo | None = None, *, by_row: bool = False
) -> Condition:
    """The articles of *scope* that *query* means; for *now* and *zone* see :class:`Compiler`, for *by_row*
    :class:`~reader.storage.clauses.Statement`."""
    statement = Statement(by_row=by_row)
    asked = Compiler(statement, now, zone).node(query.root)
    return Condition(both([scope_condition(query, scope), asked]), statement.parameters)


def scope_condition(query: Query, scope: Scope) -> str:
    """What of the library is looked at: the archive and the trash only where the query asks for them."""
    if scope == "trash":
        return "article.trashed = 1"
    if query.mentions("is", "trashed") or (scope == "list" and query.mentions("id")):
        return "1"
    if scope == "all" or query.mentions("is", "archived"):
        return NOT_TRASHED
    return LISTED


class Compiler:
    """Makes conditions for *statement*.

    *now* is the moment from which ``2w`` and ``today`` are seen; its days are those of *zone*, or of this
    machine where that is ``None``.
    """

    def __init__(self, statement: Statement, now: datetime, zone: tzinfo | None = None) -> None:
        self.statement = statement
        self.days = Days(now.astimezone(zone).date(), zone)

    def node(self, node: Node | None, wanted: bool = True) -> str:
        """What *node* asks for or, if it is not *wanted*, the opposite.

        Negations go down to the leaves, and what is deepest comes first, for the sake of SQLite's parser: it holds
        a hundred things that are open, and a query may be fifty deep.
        """
        match node:
            case And(nodes):
                return (both if wanted else either)(self._parts(And, nodes, wanted))
            case Or(nodes):
                return (either if wanted else both)(self._parts(Or, nodes, wanted))
            case Not(inner):
                return self.node(inner, not wanted)
        condition = self._leaf(node)
        return condition if wanted else f"not {condition}"

    def _parts(self, kind: type[And] | type[Or], nodes: Sequence[Node], wanted: bool) -> Iterable[str]:
        """Words that stand beside one another are one question, since they must be found together."""
        words = tuple(filter(is_full_text, nodes))
        others = [node for node in nodes if not is_full_text(node)]
        yield from (self.node(node, wanted) for node in sorted(others, key=_height, reverse=True))
        if words:
            condition = self._words(words[0] if len(words) == 1 else kind(words))
            yield condition if wanted else f"not {condition}"

    def _leaf(self, node: Node | None) -> str:
        match node:
            case None:
                return "1"
            case Field():
                from reader.storage.field_conditions import field_condition  # words alone do without

                return field_condition(node, self.statement, self.days)
            case Word(text) if is_address(text):
                return either([self._address(text), self._words(node)])
            case Word() | Phrase():
                return self._words(node)
        return "0"

    def _words(self, node: Node) -> str:
        """All of these words in the text and head of an article, or all in one passage."""
        match = expression(node)
        return either([self.statement.is_in_text(match), self.statement.is_in_passages(match)])

    def _address(self, text: str) -> str:
        from reader.domain.identity import url_key  # with OpenSSL, for the few queries that name an address

        key = url_key(text if "://" in text else f"https://{text}")
        return self.statement.is_among(
            f"select article from article_key where key = {self.statement.bind(f'url:{key}')}"
        )


def _height(node: Node) -> int:
    match node:
        case And(nodes) | Or(nodes):
            return 1 + max(map(_height, nodes))
        case Not(inner):
            return _height(inner)
    return 0
