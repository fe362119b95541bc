"""The query language: one way to filter the list, to search, to define views and to say what to act on.

:func:`parse` takes any text. What it understood is a tree of terms (:mod:`reader.domain.terms`); dates stay
as they were written and get their meaning on the day the query is answered.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from string import punctuation

from reader.domain.fields import WORD_FIELDS, has_term
from reader.domain.query_parser import Problem, read
from reader.domain.terms import And, Field, Node, Nothing, Or, Phrase, Word, leaves
from reader.domain.text import clean_body

__all__ = ["Problem", "Query", "as_typed", "parse", "quoted"]

_IN_TEXT = ("body", "hl", "note")


@dataclass(frozen=True)  # without slots, so that it can keep its words
class Query:
    """A query as it was read. Equal to another one that asks the same in the same order.

    ``root`` is ``None`` where nothing narrows the articles. ``sort`` is a key of ``fields.SORTS``, perhaps with
    ``-`` before it. ``text`` is the source, cleaned; ``problems`` what in it was not understood.
    """

    root: Node | None = None
    sort: str | None = None
    limit: int | None = None
    text: str = field(default="", compare=False)
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        """The canonical text, which parses to an equal query."""
        return " ".join(part for part in (str(self.root or ""), *self._controls()) if part)

    @property
    def is_empty(self) -> bool:
        """Whether it holds no term. Blank text means every article, but text without a term (``***``) none."""
        return self.root is None or isinstance(self.root, Nothing)

    @property
    def parts(self) -> tuple[Node, ...]:
        """The terms that must all be met."""
        if self.root is None:
            return ()
        return self.root.nodes if isinstance(self.root, And) else (self.root,)

    @property
    def understood(self) -> tuple[str, ...]:
        """All but plain words as it was read, for display: ``tag:x``, ``-is:read``, ``a OR tag:x``, ``sort:title``."""
        odd = {problem.text for problem in self.problems}
        terms = (
            str(part)
            for part in self.parts
            if any(isinstance(leaf, Field) or leaf.text not in odd for leaf, _ in leaves(part))
            and not isinstance(part, (Word, Phrase))
        )
        return (*terms, *self._controls())

    @cached_property
    def words(self) -> tuple[Word | Phrase, ...]:
        """The words and phrases that an article's text, or a passage, may hold because of this query."""
        found: list[Word | Phrase] = []
        for node, wanted in leaves(self.root):
            if not wanted:
                continue
            if not isinstance(node, Field):
                found.append(node)
            elif node.name in _IN_TEXT:
                for value in node.values:
                    if not value.negated:
                        found.append(
                            Phrase(value.text)
                            if value.quoted
                            else Word(value.text, value.prefix, value.forms)
                        )
        return tuple(dict.fromkeys(found))

    def mentions(self, name: str, value: str | None = None) -> bool:
        """Whether it asks for the field *name*, with this *value* if one is given; an exclusion does not count."""
        return any(
            asked.negated != wanted and value in (None, asked.text.lower())
            for node, wanted in leaves(self.root)
            if isinstance(node, Field) and node.name == name
            for asked in node.values
        )

    def _controls(self) -> tuple[str, ...]:
        sort = (f"sort:{self.sort}",) if self.sort else ()
        limit = (f"limit:{self.limit}",) if self.limit else ()
        return sort + limit


def parse(text: str) -> Query:
    """The query that *text* means. Total: never raises; see :attr:`Query.problems`."""
    source = clean_body(text.replace("\0", " "))
    parsed = read(source)
    return Query(parsed.root, parsed.sort, parsed.limit, source, parsed.problems)


def quoted(text: str) -> str:
    """A query for *text* as one phrase, whatever is in it."""
    return '"' + " ".join(clean_body(text).replace('"', " ").split()) + '"'


def as_typed(query: Query) -> Query:
    """*query* while it is being typed: what its text ends in is the beginning of a word, but for one that a sign has
    ended already: ``c++`` is not the beginning of ``cats``."""
    if query.root is None or not query.text[-1:].strip():
        return query
    return replace(query, root=_open_ended(query.root, " ".join(query.text.split())))


def _open_ended(node: Node, text: str) -> Node:
    match node:
        case And(nodes) | Or(nodes):
            return replace(node, nodes=(*nodes[:-1], _open_ended(nodes[-1], text)))
        case Word() | Phrase() if text.endswith(node.text) and node.near is None:
            return node if _is_ended(node.text) else replace(node, prefix=True)
        case Field(name, values) if name in (*WORD_FIELDS, "tag") and text.endswith(values[-1].text):
            if name not in ("tag", "site") and _is_ended(values[-1].text):
                return node
            return replace(node, values=(*values[:-1], values[-1]._replace(prefix=True)))
    return node


def _is_ended(text: str) -> bool:
    """Whether a sign ends the last word of *text*; an address may go on behind any."""
    return text[-1:] in punctuation and has_term(text) and "/" not in text
