"""Small sets of articles, such as the starred ones: an index knows them, and what is asked beside them is looked for
among them alone.
"""

from __future__ import annotations

from typing import NamedTuple

from reader.domain.terms import Field
from reader.storage.connection import Connection

FEW = 3_000
# A look for one word at one article costs as much as thirty of them in passing.
LOOKED_UP = 150

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


# Of the articles above a row of the list, those with passages, as long as they are so few.
FEW_ABOVE = 300
_ANNOTATED_ABOVE = f"article.seq > :above and {_ANNOTATED}"


class Few(NamedTuple):
    """The *number* articles that meet *condition*; *sign* before a column keeps SQLite from going through them one by
    one, and has it look at what is found otherwise."""

    condition: str
    number: int
    sign: str = "+"

    @property
    def ids(self) -> str:
        return f"select id from article where {self.condition}"

    def has(self, column: str, key: str) -> str:
        """Whether *column* is the *key* of one of them."""
        return f"{self.sign}{column} in (select {key} from article where {self.condition})"

    def looked_up(self, words: int) -> Few:
        """Each of them is asked by itself for so many *words*, if that is less work."""
        return self._replace(sign="" if self.number * words <= LOOKED_UP else "+")


def small_set(field: Field) -> str | None:
    if field.name == "colour":
        return None if any(value.negated for value in field.values) else _ANNOTATED
    if len(field.values) != 1 or field.values[0].negated:
        return None
    return _SETS.get(f"{field.name}:{field.values[0].text.lower()}")


def fewest(connection: Connection, conditions: list[str]) -> Few | None:
    """The smallest of these sets, if it is small."""
    found = [Few(condition, _number(connection, condition)) for condition in dict.fromkeys(conditions)]
    smallest = min(found, key=lambda few: few.number, default=None)
    return smallest if smallest is not None and smallest.number <= FEW else None


def annotated_above(connection: Connection, above: int) -> Few | None:
    """The articles with passages whose ``seq`` is greater; ``above`` is a parameter of its condition."""
    sql = f"select count(*) from (select 1 from article where {_ANNOTATED_ABOVE} limit {FEW_ABOVE + 1})"
    number = int(connection.value(sql, above=above))
    return Few(_ANNOTATED_ABOVE, number) if number <= FEW_ABOVE else None


def _number(connection: Connection, condition: str) -> int:
    sql = f"select count(*) from (select 1 from article where {condition} limit {FEW + 1})"
    return int(connection.value(sql))
