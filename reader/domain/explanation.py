"""How a query was read, and how it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reader.domain.query import Query
from reader.domain.terms import And, Field, Node, Not, Nothing, Or, Phrase, Word

_MANY = 8


@dataclass(frozen=True, slots=True)
class Explanation:
    """``asked`` is the canonical text. ``reading`` is an indented tree, a line a term; ``plan`` says in words where
    the search begins and what it checks; ``steps`` is SQLite's own plan of its queries."""

    asked: str
    problems: tuple[str, ...]
    reading: tuple[str, ...]
    plan: tuple[str, ...]
    match: str | None
    steps: tuple[str, ...]

    def __str__(self) -> str:
        parts = [
            ("asked", (self.asked or "everything",)),
            ("not understood", self.problems),
            ("read as", self.reading),
            ("found by", self.plan),
            ("full text", (self.match,) if self.match else ()),
            ("SQLite", self.steps),
        ]
        return "\n".join(
            f"{title}\n" + "\n".join(f"  {line}" for line in lines) for title, lines in parts if lines
        )


def reading(query: Query) -> tuple[str, ...]:
    """The tree of *query*, as it is searched, in words."""
    lines = tuple(_lines(query.root, 0)) if query.root is not None else ("every article",)
    controls = [f"sorted by {query.sort}"] if query.sort else []
    controls += [f"at most {query.limit}"] if query.limit else []
    return (*lines, *controls)


def _lines(node: Node, depth: int) -> Iterator[str]:
    indent = "  " * depth
    match node:
        case And(nodes) | Or(nodes):
            yield indent + ("all of" if isinstance(node, And) else "any of")
            for part in nodes:
                yield from _lines(part, depth + 1)
        case Not(inner):
            yield indent + "not"
            yield from _lines(inner, depth + 1)
        case Word(text, prefix, forms):
            yield indent + (f"words that begin with {text}" if prefix else f"the word {text}") + _also(forms)
        case Phrase(text, near, prefix):
            nearness = "" if near is None else f", the words at most {near} apart"
            yield indent + f"the phrase “{text}”{nearness}" + (", the last word may go on" if prefix else "")
        case Field(name, values):
            forms = tuple(dict.fromkeys(form for value in values for form in value.forms))
            yield indent + f"{name}: {' or '.join(map(str, values))}" + _also(forms)
        case Nothing():
            yield indent + "nothing: no article is found"


def _also(forms: tuple[str, ...]) -> str:
    if not forms:
        return ""
    more = f" and {len(forms) - _MANY} more" if len(forms) > _MANY else ""
    return f", also {', '.join(forms[:_MANY])}{more}"
