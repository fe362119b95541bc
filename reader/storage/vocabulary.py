"""The words that the library's texts hold, asked on behalf of a query.

The table ``term`` is filled when there is time (:mod:`reader.storage.terms`), so it may be behind, or empty: what a
query says itself is always looked for as well.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from reader.domain.fields import WORD_FIELDS
from reader.domain.lighting import folded, tokens
from reader.domain.query import Query
from reader.domain.terms import Field, Leaf, Node, Phrase, Value, Word, replaced
from reader.domain.text import has_cjk
from reader.storage.connection import Connection

MOST_FORMS = 24
MOST_BEGUN = 64
FEW_BEGUN = 32
WIDE = 5_000
LOOKED_THROUGH = 1_000
SHORT_END = 2
MOST_LANGUAGES = 3

LANGUAGES = "terms.languages"
# The beginning of a word -> the commonest words to look for in its place; none where it is looked for itself.
Begun = dict[str, tuple[str, ...]]

_BEHIND_ALL = "\U0010ffff"

_FORMS = """
    select other.term
    from term as other
    where other.stem in (select value from json_each(:stems)) and other.stem <> '' and other.term <> :term
    group by other.term
    order by max(other.df) desc
    limit :most
"""
_COMMON_BEGUN = """
    select term, max(df) as df
    from term
    where term >= :start and term < :end and df >= 64
    group by term
    order by 2 desc
    limit :most
"""
_COMMON_OF_LETTER = """
    select term, df
    from term indexed by term_of_letter
    where substr(term, 1, 1) = :start and df >= 64
    order by df desc
    limit :most
"""
_BEGUN = """
    select distinct term, df
    from term
    where term >= :start and term < :end
    limit :most
"""


def spread(connection: Connection, query: Query) -> Query:
    """*query* with the inflections of its words that the library holds; words in quotes stay as they are."""
    return _changed(query, lambda leaf: _with_forms(connection, leaf))


def commonest(connection: Connection, query: Query, most: int, begun: Begun) -> Query:
    """*query* with the beginnings of words that a great many texts hold replaced by the commonest of these words.

    An exact beginning means merging thousands of lists; the commonest words find nearly all of the newest articles.
    *most* are taken of each; *begun* keeps what was looked up.
    """
    return _changed(query, lambda leaf: _narrower(connection, leaf, most, begun))


def holding(connection: Connection, query: Query) -> tuple[int, int]:
    """How many words *query* looks for, with their inflections, and how many articles hold each, taken together."""
    words = {
        folded(term) for leaf in query.words for text in (leaf.text, *leaf.forms) for term in tokens(text)
    }
    found = connection.value(
        """
        select sum(df)
        from (
            select max(df) as df
            from term
            where term in (select value from json_each(:words))
            group by term
        )
        """,
        words=json.dumps(list(words)),
    )
    return len(words), found or 0


def _changed(query: Query, change: Callable[[Leaf], Node]) -> Query:
    return query if query.root is None else replace(query, root=replaced(query.root, change))


# --- inflections ---


def _with_forms(connection: Connection, leaf: Leaf) -> Leaf:
    if isinstance(leaf, Word):
        return replace(leaf, forms=_forms(connection, leaf.text, leaf.prefix))
    if isinstance(leaf, Field) and leaf.name in WORD_FIELDS:
        return replace(leaf, values=tuple(_value_with_forms(connection, value) for value in leaf.values))
    return leaf


def _value_with_forms(connection: Connection, value: Value) -> Value:
    return value if value.quoted else value._replace(forms=_forms(connection, value.text, value.prefix))


def _forms(connection: Connection, text: str, is_begun: bool) -> tuple[str, ...]:
    """A word whose end is open is not stemmed when it is no word of the library: it is a piece of one."""
    term = single(text)
    if term is None:
        return ()
    stems = connection.column("select stem from term where term = :term", term=term)
    if not stems and not is_begun:
        stems = _stems_of_unknown(connection, term)
    stems = [stem for stem in stems if stem]
    if not stems:
        return ()
    return tuple(connection.column(_FORMS, stems=json.dumps(stems), term=term, most=MOST_FORMS))


def single(text: str) -> str | None:
    """*text* as the index has it, if it is one word and not CJK, which is found by pairs of characters."""
    found = tokens(text)
    if len(found) != 1 or has_cjk(text):
        return None
    return folded(found[0])


def _stems_of_unknown(connection: Connection, term: str) -> list[str]:
    languages = connection.value("select value from setting where key = :key", key=LANGUAGES)
    if not languages:
        return []
    from reader.domain.stemming import stems

    return list(stems(term, languages.split(",")))


# --- beginnings ---


def _narrower(connection: Connection, leaf: Leaf, most: int, begun: Begun) -> Leaf:
    if isinstance(leaf, Phrase) and leaf.prefix:
        return _without_short_end(leaf)
    if not isinstance(leaf, Word) or not leaf.prefix:
        return leaf
    if leaf.text not in begun:
        begun[leaf.text] = _begun(connection, leaf.text)
    found = begun[leaf.text]
    if not found:
        return leaf
    known = (*found[:most], *(form for form in leaf.forms if form not in found))
    return Word(leaf.text, prefix=False, forms=known)


def _begun(connection: Connection, text: str) -> tuple[str, ...]:
    """The words to look for instead of all that begin with *text*; none where all of them are easily looked for."""
    term = single(text)
    if term is None:
        return ()
    most = MOST_BEGUN if len(term) > 1 else FEW_BEGUN
    span = {"start": term, "end": term + _BEHIND_ALL}
    if len(term) > 1:
        common = connection.tuples(_COMMON_BEGUN, most=most, **span)
    else:  # a word has a row for its stem in each language
        common = connection.tuples(_COMMON_OF_LETTER, start=term, most=most * MOST_LANGUAGES)
    known = dict(common)
    if len(known) >= most:
        return tuple(known)[:most]
    known |= dict(connection.tuples(_BEGUN, most=LOOKED_THROUGH, **span))
    if len(known) <= most and sum(known.values()) <= WIDE:
        return ()
    return tuple(sorted(known, key=lambda one: -known[one])[:most])


def _without_short_end(phrase: Phrase) -> Phrase:
    """A letter or two at the end of a phrase begin too many words to be looked for in every text."""
    words = tokens(phrase.text)
    if len(words) < 2 or len(words[-1]) > SHORT_END or has_cjk(phrase.text):
        return phrase
    return Phrase(" ".join(words[:-1]))
