"""Queries that speak of other queries by name: ``query:later`` stands for what the view *later* asks."""

from __future__ import annotations

from dataclasses import replace

from reader.domain.query import Problem, Query, parse
from reader.domain.terms import And, Field, Leaf, Node, Not, Nothing, Or, Value, replaced
from reader.storage.connection import Connection
from reader.storage.view_steps import present_view

MOST_VIEWS = 50
MOST_NESTED = 3
DEPTH = 20

# What a view without a word asks for: every article has a number.
_ALL = Field("id", (Value("1.."),))


class _CannotSay(Exception):  # noqa: N818  (it becomes a problem of the query)
    """A view that the query names cannot be put in its place."""


def resolved(connection: Connection, query: Query) -> Query:
    """*query* with the queries of the views that it names.

    A view that is not there, that speaks of itself, or that is too much makes the whole query find nothing, since
    without one of its terms it could find more than was meant.
    """
    if query.root is None:
        return query
    try:
        root = _Resolver(connection).node(query.root, ())
    except _CannotSay as reason:
        return replace(query, root=Nothing(), problems=(*query.problems, Problem("query:", str(reason))))
    return replace(query, root=root)


class _Resolver:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._put = 0

    def node(self, node: Node, inside: tuple[str, ...]) -> Node:
        return replaced(node, lambda leaf: self._leaf(leaf, inside))

    def _leaf(self, leaf: Leaf, inside: tuple[str, ...]) -> Node:
        if not _names_views(leaf):
            return leaf
        assert isinstance(leaf, Field)
        nodes = tuple(self._view(value, inside) for value in leaf.values)
        return Or(nodes) if len(nodes) > 1 else nodes[0]

    def _view(self, value: Value, inside: tuple[str, ...]) -> Node:
        found = present_view(self._connection, value.text)
        if found is None:
            raise _CannotSay(f"there is no view {value.text}")
        if found["name"] in inside:
            raise _CannotSay(f"the view {found['name']} speaks of itself")
        self._put += 1
        if self._put > MOST_VIEWS or len(inside) >= MOST_NESTED:
            raise _CannotSay("it speaks of too many views")
        root = parse(found["query"]).root
        if root is not None and _height(root) > DEPTH:
            raise _CannotSay(f"the view {found['name']} has too many parentheses")
        node = _ALL if root is None else self.node(root, (*inside, found["name"]))
        if not value.negated:
            return node
        return node.node if isinstance(node, Not) else Not(node)


def _names_views(leaf: Leaf) -> bool:
    return isinstance(leaf, Field) and leaf.name == "query"


def _height(node: Node) -> int:
    match node:
        case And(nodes) | Or(nodes):
            return 1 + max(map(_height, nodes))
        case Not(inner):
            return 1 + _height(inner)
    return 0
