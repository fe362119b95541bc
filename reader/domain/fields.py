"""The fields that a query may name, and which values each of them can answer."""

from __future__ import annotations

from datetime import date

from reader.domain.colours import COLOURS
from reader.domain.terms import Value

WORD_FIELDS = ("title", "author", "site", "body", "note", "hl")
NUMBER_FIELDS = ("words", "mins", "progress", "highlights", "id")
PERIOD_FIELDS = ("added", "published", "read", "highlighted")
SINCE_FIELDS = ("after", "newer")
UNTIL_FIELDS = ("before", "older")
DAY_FIELDS = ("published", *SINCE_FIELDS, *UNTIL_FIELDS)  # about the day of publication
CHOICES: dict[str, tuple[str, ...]] = {
    "is": (
        "unread", "reading", "read", "starred", "archived", "trashed",
        "tagged", "untagged", "annotated", "review", "orphan", "unfetched", "similar",
    ),
    "has": ("highlight", "note", "image", "code", "link"),
    "colour": COLOURS,
}  # fmt: skip
FIELDS = frozenset(
    (
        *WORD_FIELDS,
        "tag",
        "url",
        "lang",
        "query",
        *NUMBER_FIELDS,
        *PERIOD_FIELDS,
        *SINCE_FIELDS,
        *UNTIL_FIELDS,
        *CHOICES,
    )
)
SORTS = ("relevance", "added", "published", "title", "author", "words", "progress", "read")
CONTROLS = ("sort", "limit")

_ANY_DAY = date(2000, 1, 1)


def has_term(text: str) -> bool:
    """Whether full-text search could find *text*: it holds a letter or a digit."""
    return any(map(str.isalnum, text))


def fault(name: str, value: Value) -> str | None:
    """Why the field *name* cannot answer *value*, or ``None`` if it can."""
    from reader.domain.ranges import day, interval, period  # most queries name no field

    if name in WORD_FIELDS:
        return None if has_term(value.text) else f"{name}: needs a word"
    if name in ("tag", "url", "lang"):
        return None if value.text or (name == "tag" and value.prefix) else f"{name}: needs a value"
    if value.prefix:
        return f"{name}: takes no *"
    if name == "query":
        return None if value.text.strip() else "query: needs the name of a view"
    if name in CHOICES:
        return None if value.text.lower() in CHOICES[name] else f"{name}: knows {', '.join(CHOICES[name])}"
    if name in NUMBER_FIELDS:
        return None if interval(value.text) else f"{name}: takes numbers, as 5, 2.. or 2..10"
    if name in PERIOD_FIELDS:
        return None if period(value.text, _ANY_DAY) else f"{name}: takes dates, as 2024-03, 2w or today"
    return None if day(value.text, _ANY_DAY) else f"{name}: takes a date, as 2024-03 or 2w"


def control_fault(name: str, value: str) -> str | None:
    """Why ``sort:`` or ``limit:`` cannot take *value*, or ``None`` if it can."""
    if name == "sort":
        return None if value.removeprefix("-").lower() in SORTS else f"sort: knows {', '.join(SORTS)}"
    is_count = value.isascii() and value.isdigit() and len(value) < 10 and int(value) > 0
    return None if is_count else "limit: takes a number, as 50"
