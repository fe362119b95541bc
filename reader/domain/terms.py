"""What a query is made of: a small tree of terms that prints as text which parses to the same tree.

The tree is in normal form: an ``And`` holds no ``And`` and an ``Or`` no ``Or``, both hold at least two
nodes, a ``Not`` holds no ``Not``, and :class:`Nothing` stands only alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word as it was typed, punctuation and all: ``c++``, ``don't``, a pasted URL.

    ``forms`` are other words that count as this one, such as its inflections; the library knows them, the parser not.
    """

    text: str
    prefix: bool = False
    forms: tuple[str, ...] = ()
    phrase: ClassVar[bool] = False
    near: ClassVar[int | None] = None

    def __str__(self) -> str:
        return self.text + "*" * self.prefix


@dataclass(frozen=True, slots=True)
class Phrase:
    """Quoted words, in their order; with ``near`` in any order and at most so many words apart.

    With ``prefix`` the last word may go on, as it does while a phrase is being typed.
    """

    text: str
    near: int | None = None
    prefix: bool = False
    phrase: ClassVar[bool] = True
    forms: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return f'"{self.text}"' + ("" if self.near is None else f"~{self.near}") + "*" * self.prefix


class Value(NamedTuple):
    """One of the values of a field. What it means, the field decides: a word, a date, a range.

    ``forms`` is as in :class:`Word`.
    """

    text: str
    negated: bool = False
    prefix: bool = False
    quoted: bool = False
    forms: tuple[str, ...] = ()

    def __str__(self) -> str:
        text = f'"{self.text}"' if self.quoted else self.text
        return "-" * self.negated + text + "*" * self.prefix


@dataclass(frozen=True, slots=True)
class Field:
    """``name:value,value``: any of the values. Name and values were checked (see :mod:`reader.domain.fields`)."""

    name: str
    values: tuple[Value, ...]

    def __str__(self) -> str:
        return f"{self.name}:" + ",".join(map(str, self.values))


@dataclass(frozen=True, slots=True)
class Not:
    node: Node

    def __str__(self) -> str:
        return f"-{_grouped(self.node, And, Or)}"


@dataclass(frozen=True, slots=True)
class _Several:
    nodes: tuple[Node, ...]


class And(_Several):
    __slots__ = ()

    def __str__(self) -> str:
        return " ".join(_grouped(node, Or) for node in self.nodes)


class Or(_Several):
    __slots__ = ()

    def __str__(self) -> str:
        return " OR ".join(map(str, self.nodes))


@dataclass(frozen=True, slots=True)
class Nothing:
    """A query that says something but holds no term, ``***`` or ``( -``: no article matches it."""

    def __str__(self) -> str:
        return '""'


Leaf: TypeAlias = Word | Phrase | Field
Node: TypeAlias = Word | Phrase | Field | Not | And | Or | Nothing


def replaced(node: Node, change: Callable[[Leaf], Node]) -> Node:
    """The same tree with something else for every leaf."""
    match node:
        case And(nodes):
            return And(tuple(_flat(And, (replaced(part, change) for part in nodes))))
        case Or(nodes):
            return Or(tuple(_flat(Or, (replaced(part, change) for part in nodes))))
        case Not(inner):
            new = replaced(inner, change)
            return new.node if isinstance(new, Not) else Not(new)
        case Word() | Phrase() | Field():
            return change(node)
    return node


def _flat(kind: type[And] | type[Or], nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, kind):
            yield from node.nodes
        else:
            yield node


def leaves(node: Node | None, positive: bool = True) -> Iterator[tuple[Leaf, bool]]:
    """Words, phrases and fields from left to right, each with whether it is wanted or excluded."""
    match node:
        case And(nodes) | Or(nodes):
            for part in nodes:
                yield from leaves(part, positive)
        case Not(inner):
            yield from leaves(inner, not positive)
        case Word() | Phrase() | Field():
            yield node, positive


def _grouped(node: Node, *kinds: type[Node]) -> str:
    return f"({node})" if isinstance(node, kinds) else str(node)
