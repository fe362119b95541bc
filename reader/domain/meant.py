"""Which highlights of the articles that a query finds the query itself speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from reader.domain.highlight import Highlight
from reader.domain.lighting import find
from reader.domain.query import Query
from reader.domain.terms import And, Field, Phrase, Value, Word


def is_meant(query: Query, highlight: Highlight) -> bool:
    """Whether *highlight* is all that *query* demands of a highlight with ``note:``, ``hl:`` and ``colour:``.

    What stands under an ``OR`` or a minus demands nothing of a single highlight.
    """
    return all(
        any(_holds(field.name, value, highlight) != value.negated for value in field.values)
        for field in _demands(query)
    )


def _demands(query: Query) -> Iterator[Field]:
    nodes = query.root.nodes if isinstance(query.root, And) else (query.root,)
    for node in nodes:
        if isinstance(node, Field) and node.name in ("note", "hl", "colour"):
            yield node


def _holds(name: str, value: Value, highlight: Highlight) -> bool:
    if name == "colour":
        return highlight.colour == value.text.lower()
    text = highlight.note if name == "note" else highlight.anchor.exact
    word = Phrase(value.text) if value.quoted else Word(value.text, value.prefix, value.forms)
    return bool(find(text, [word]))
