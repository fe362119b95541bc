"""Small sets of articles, such as the starred ones: an index knows them, and what is asked beside them is looked for
among them alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from reader.domain.terms import Field
from reader.storage.connection import Connection

FEW = 3_000
# A look for one word at one article costs as much as so many articles of it that are passed by.
PASSED_BY = 150

_ANNOTATED = "(article.highlights > 0 or article.note <> '')"
_UNSURE = "article.id in (select article from highlight where status <> 'anchored')"
# In the words of the indexes; a set may hold more than its field means.
_SETS = {
    "is:starred": "article.starred = 1",
    "is:archived": "article.archived = 1",
    "is:trashed": "article.trashed = 1",
    "is:annotated": _ANNOTATED,
    "is:review": _UNSURE,
    "is:orphan": _UNSURE,
    "has:highlight": _ANNOTATED,
    "has:note": _ANNOTATED,
}


class Few(NamedTuple):
    """The *number* articles that meet *condition*. Each of them is asked for, or else, ``is_passed_by``, all that is
    found otherwise is looked at."""

    condition: str
    number: int
    is_passed_by: bool = True

    @property
    def ids(self) -> str:
        return f"select id from article where {self.condition}"

    def has(self, column: str, key: str) -> str:
        """Whether *column* is the *key* of one of them."""
        sign = "+" if self.is_passed_by else ""  # which keeps SQLite from going through them one by one
        return f"{sign}{column} in (select {key} from article where {self.condition})"

    def passed_by(self) -> Few:
        return self._replace(is_passed_by=True)

    def cheapest(self, words: int, holding: int, limit: int) -> Few:
        """In the way that is less work for so many *words*, which *holding* articles hold, to find *limit* of them."""
        asked_for = self.number * words * PASSED_BY
        gone_through = holding * min(1.0, limit / max(1, self.number))
        return self._replace(is_passed_by=asked_for >= gone_through)


def small_set(field: Field) -> str | None:
    if field.name == "colour":
        return None if any(value.negated for value in field.values) else _ANNOTATED
    if len(field.values) != 1 or field.values[0].negated:
        return None
    return _SETS.get(f"{field.name}:{field.values[0].text.lower()}")


def fewest(connection: Connection, conditions: list[str]) -> Few | None:
    """The smallest of these sets, if it is small."""
    found = [
        Few(condition, _number(connection, condition, {}, FEW)) for condition in dict.fromkeys(conditions)
    ]
    smallest = min(found, key=lambda few: few.number, default=None)
    return smallest if smallest is not None and smallest.number <= FEW else None


def annotated_within(
    connection: Connection, bounds: Iterable[str], parameters: Mapping[str, Any], most: int
) -> Few | None:
    """The articles with passages whose ``seq`` is within *bounds*, comparisons that name *parameters*; ``None`` if they
    are more than *most*."""
    condition = " and ".join([*(f"article.seq {bound}" for bound in bounds), _ANNOTATED])
    number = _number(connection, condition, parameters, most)
    return Few(condition, number) if number <= most else None


def _number(connection: Connection, condition: str, parameters: Mapping[str, Any], most: int) -> int:
    sql = f"select count(*) from (select 1 from article where {condition} limit {most + 1})"
    return int(connection.value(sql, **parameters))
