"""The words that tell what a text is about: frequent in it, and in few others of the library."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from math import log
from typing import NamedTuple

from reader.domain.lighting import folded, tokens
from reader.domain.text import CJK, cjk_bigrams, has_cjk
from reader.storage.connection import Connection

SHORTEST = 3
COMMON_SHARE = 0.02
COMMON_IN_SMALL = 20
MOST_LOOKED_UP = 60
TITLE_WEIGHT = 2


class Telling(NamedTuple):
    term: str
    df: int
    weight: float


def telling(connection: Connection, title: str, text: str, *, least: int = 2) -> list[Telling]:
    """The terms of *title* and *text* that at least *least* articles hold and not many do, the most telling first."""
    counts = _counted(text)
    for term, number in _counted(title).items():
        counts[term] += number * TITLE_WEIGHT
    total = (
        connection.value("select sum(value) from counter where name in ('inbox', 'archive', 'trash')") or 1
    )
    most = max(COMMON_SHARE * total, min(total / 2, COMMON_IN_SMALL))
    found = [
        Telling(term, df, counts[term] * log(total / df))
        for term, df in _frequencies(connection, counts).items()
        if least <= df <= most
    ]
    return sorted(found, key=lambda one: (-one.weight, one.term))


def _counted(text: str) -> Counter[str]:
    text = folded(text)
    words = (
        word for word in tokens(text) if len(word) >= SHORTEST and not word.isdecimal() and not has_cjk(word)
    )
    counts = Counter(words)
    if has_cjk(text):
        counts.update(pair for pair in cjk_bigrams(text).split() if len(pair) == 2 and CJK.match(pair))
    return counts


def _frequencies(connection: Connection, counts: Counter[str]) -> dict[str, int]:
    rows = connection.rows(
        "select term, max(df) as df from term where term in (select value from json_each(:terms)) group by term",
        terms=json.dumps(list(counts)),
    )
    known = {row["term"]: row["df"] for row in rows}
    unknown = (term for term, _ in counts.most_common() if term not in known)
    return known | _looked_up(connection, unknown)


def _looked_up(connection: Connection, terms: Iterable[str]) -> dict[str, int]:
    """Of terms that the table does not have: of texts that came since it was tended, and pairs of CJK characters."""
    found = {}
    for _, term in zip(range(MOST_LOOKED_UP), terms, strict=False):
        df = connection.value("select doc from articles_vocabulary where term = :term", term=term)
        if df:
            found[term] = df
    return found
