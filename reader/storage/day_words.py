"""Days as words of full text, so that a stretch of time is part of a MATCH and need not be looked up row by row.

An article has the day it was published, or else was added, as six words: millennium, century, decade, year, month and
day. Any stretch is then a few dozen of them. They begin with a character that nobody types.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

SIGN = "\ue000"  # of Unicode's private use: part of a word for FTS5
_ODD = f"{SIGN}odd"  # for what is no day; it counts as any
_SPANS = ((1, 1000), (2, 100), (3, 10), (4, 1))  # digits of the year, years that have them in common
_ISO = "-".join("[0-9]" * digits for digits in (4, 2, 2))
# In every trigger that enters an article: SQLite reads them all whenever a library is opened, so they are short.
_WORDS = " ".join(f"{SIGN}{letters}" for letters in ("%.1s", "%.2s", "%.3s", "%.4s", "%.4s%.2s", "%s"))
_START, _END = (0, 1, 1), (10_000, 1, 1)
_LONGEST_MONTH = 31

_Day = tuple[int, int, int]


def day_words(row: str) -> str:
    """SQL for the words of *row*, an article. Days of adding are those of UTC."""
    day = f"substr(coalesce({row}.published, date({row}.added / 1000000, 'unixepoch')), 1, 10)"
    return f"""(
            select iif(d glob '{_ISO}', printf('{_WORDS}', d, d, d, d, d, substr(d, 6), replace(d, '-', '')), '{_ODD}')
            from (select {day} as d)
        )"""


def in_days(first: date | None, until: date | None) -> str:
    """The MATCH expression of the days from *first* up to, but without, *until*; ``None`` is no bound.

    It finds what has no proper day as well: the article itself is to be asked besides.
    """
    start = (first.year, first.month, first.day) if first and first != date.min else _START
    end = (until.year, until.month, until.day) if until else _END
    words = [_ODD, *(f"{SIGN}{digits}" for digits in _covering(start, end))]
    return "(days : (" + " OR ".join(f'"{word}"' for word in words) + "))"


def _covering(at: _Day, end: _Day) -> Iterator[str]:
    """The longest spans that make up the days from *at* up to *end*."""
    while at < end:
        digits, at = _longest(at, end)
        yield digits


def _longest(at: _Day, end: _Day) -> tuple[str, _Day]:
    """The digits of the longest span that begins with the day *at* and does not go beyond *end*; the day behind it."""
    year, month, day = at
    if month == day == 1:
        for digits, years in _SPANS:
            if year % years == 0 and (behind := (year + years, 1, 1)) <= end:
                return f"{year:04}"[:digits], behind
    next_month = (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)
    if day == 1 and next_month <= end:
        return f"{year:04}{month:02}", next_month
    # A day that the calendar has not got is looked for in vain.
    behind = (year, month, day + 1) if day < _LONGEST_MONTH else next_month
    return f"{year:04}{month:02}{day:02}", behind
