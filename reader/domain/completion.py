"""Completing a query while it is typed: what its last term may go on to.

:func:`begun` says what is being typed; :func:`fixed` what the language itself offers there. What the library holds
(tags, authors, sites, views) is somebody else's to know; :func:`completed` puts a value in so that it is read as
that value, whatever is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reader.domain.fields import (
    CHOICES,
    CONTROLS,
    FIELDS,
    NUMBER_FIELDS,
    PERIOD_FIELDS,
    SINCE_FIELDS,
    SORTS,
    UNTIL_FIELDS,
)
from reader.domain.query import parse, quoted
from reader.domain.terms import Field, Value

# The fields in the order of how often they are wanted; what is not named here comes behind.
_FIRST = (
    "tag", "is", "author", "site", "has", "title", "note", "hl", "query", "mins", "words", "added", "published",
    "before", "after", "newer", "older", "read", "sort", "colour",
)  # fmt: skip
NAMES = (*_FIRST, *sorted({*FIELDS, *CONTROLS}.difference(_FIRST)))
FROM_LIBRARY = ("tag", "author", "site", "query", "lang")
_EXAMPLES = {
    "words": ("2000..", "..500", "500..2000"),
    "mins": ("..10", "20..", "5..15"),
    "progress": ("50..", "..50"),
    "highlights": ("1..", "5.."),
    "limit": ("10", "50"),
}

_NAMED = re.compile(r"([A-Za-z]+):")
_BEGINNING = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Begun:
    """The end of a query: a term that is being typed.

    ``field`` is ``None`` while its name is; ``typed`` is what there is of name or value, and ``start`` where that
    begins, its quote included.
    """

    field: str | None
    typed: str
    start: int


def begun(text: str) -> Begun | None:
    """What *text* ends in, ``None`` where nothing can be completed: behind a blank, in a phrase, in a plain word."""
    start = _term(text)
    if start is None:
        return None
    named = _NAMED.match(text, start)
    if named is None or (name := named[1].lower()) not in {*FIELDS, *CONTROLS}:
        return Begun(None, text[start:], start) if _BEGINNING.fullmatch(text, start) else None
    at = named.end()
    while (comma := _behind_comma(text, at)) is not None:
        at = comma
    if name != "sort" and text.startswith("-", at):
        at += 1
    if not text.startswith('"', at):
        return Begun(name, text[at:], at)
    return None if '"' in text[at + 1 :] else Begun(name, text[at + 1 :], at)


def fixed(begun: Begun, today: date) -> tuple[str, ...]:
    """What the language offers: names of fields with their colon, or the values that a field knows; for dates and
    numbers, examples. Nothing where a value is whole, though another one begins so."""
    typed = begun.typed.lower()
    if begun.field is None:
        return tuple(f"{name}:" for name in NAMES if name.startswith(typed))
    return begun_by(typed, _values(begun.field, today))


def begun_by(typed: str, values: Iterable[str]) -> tuple[str, ...]:
    """Those of *values* that *typed* may become; none if it is one of them."""
    found = tuple(value for value in values if value.startswith(typed))
    return () if typed in found else found


def completed(text: str, begun: Begun, value: str) -> str:
    """*text* with *value* in place of what is begun. Behind a value stands a blank: it is a term that is whole."""
    if begun.field is None:
        return text[: begun.start] + value
    return f"{text[: begun.start]}{written(begun.field, value)} "


def written(field: str, value: str) -> str:
    """*value* as it has to stand behind ``field:``, in quotes where it would be read as something else."""
    if field in CONTROLS or _reads_as(field, value, Value(value)):
        return value
    return quoted(value)


def _reads_as(field: str, written: str, value: Value) -> bool:
    read = parse(f"{field}:{written}")
    return not read.problems and read.root == Field(field, (value,))


def _values(field: str, today: date) -> Sequence[str]:
    if field in CHOICES:
        return CHOICES[field]
    if field == "sort":
        return (*SORTS, *(f"-{sort}" for sort in SORTS if sort != "relevance"))
    if field in _EXAMPLES:
        return _EXAMPLES[field]
    month, year = f"{today:%Y-%m}", f"{today:%Y}"
    last = str(today.year - 1)
    if field in PERIOD_FIELDS:
        return ("today", "yesterday", "2w", "3m", month, year, last, f"{last}-06..{month}")
    if field in ("newer", "older"):
        return ("3d", "2w", "3m", "1y")
    if field in (*SINCE_FIELDS, *UNTIL_FIELDS):
        return (month, year, last, f"{today:%Y-%m-%d}")
    assert field not in NUMBER_FIELDS or field == "id"
    return ()


def _term(text: str) -> int | None:
    """Where the term begins that *text* ends in: behind its minus and parentheses. ``None`` in a quoted phrase."""
    start, in_quotes = 0, False
    for at, character in enumerate(text):
        if character == '"':
            in_quotes = not in_quotes
        elif character.isspace() and not in_quotes:
            start = at + 1
    while start < len(text) and text[start] in "(-":
        start += 1
    return start if start < len(text) and text[start] != '"' else None


def _behind_comma(text: str, at: int) -> int | None:
    """Where the next value begins, if the one at *at* has ended."""
    in_quotes = False
    for place in range(at, len(text)):
        if text[place] == '"':
            in_quotes = not in_quotes
        elif text[place] == "," and not in_quotes:
            return place + 1
    return None
