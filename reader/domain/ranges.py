"""Ranges that a query may ask for: of whole numbers (``2000..``, ``<5``) and of days (``2024-03``, ``2w``)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from reader.domain.patterns import lazy


class Interval(NamedTuple):
    """Whole numbers from ``low`` to ``high``, both included; ``None`` is no bound."""

    low: int | None
    high: int | None


class Period(NamedTuple):
    """Local days from ``first`` up to, but without, ``until``; ``None`` is no bound."""

    first: date | None
    until: date | None


def interval(text: str) -> Interval | None:
    """The numbers that *text* means: ``n n..m n.. ..m >n >=n <n <=n``; ``None`` if it is none of these."""
    return _range(text, _number, lambda number: Interval(number, number), _numbers)


def period(text: str, today: date) -> Period | None:
    """The days that *text* means, seen from *today*; ``None`` if it is no date.

    A date is a year, a month, a day, ``today``, ``yesterday``, or how long ago: ``3d 2w 6m 1y``. Alone,
    how long ago means since then; ``>2024`` is after that year, ``>=2024`` from its first day on.
    """
    if _AGO.fullmatch(text.lower()) and (since := day(text, today)):
        return Period(since.first, None)
    return _range(text, lambda part: day(part, today), lambda days: days, _days)


def day(text: str, today: date) -> Period | None:
    """The day, month or year that *text* names, or the day that was so long ago."""
    text = text.lower()
    if text in ("today", "yesterday"):
        return _one(today - timedelta(text == "yesterday"))
    if ago := _AGO.fullmatch(text):
        return _one(_back(today, int(ago[1]), ago[2]))
    if not (named := _DATE.fullmatch(text)):
        return None
    year, month, number = (int(part) if part else None for part in named.groups())
    try:
        first = date(year or 0, month or 1, number or 1)
    except ValueError:
        return None
    if number:
        return _one(first)
    return Period(first, _after(first.replace(month=month or 12, day=_last_day(first.year, month or 12))))


_Part = TypeVar("_Part")
_Whole = TypeVar("_Whole")
_NUMBER = lazy("[0-9]{1,15}")
_AGO = lazy("([0-9]{1,4})([dwmy])")
_DATE = lazy("([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_COMPARISON = lazy("(>=|<=|>|<)(.+)")


def _range(
    text: str,
    read: Callable[[str], _Part | None],
    alone: Callable[[_Part], _Whole],
    between: Callable[[str, _Part | None, _Part | None], _Whole],
) -> _Whole | None:
    """Take the operators of a range apart. *read* gives ``None`` for what is no number, or no date."""
    if compared := _COMPARISON.fullmatch(text):
        part = read(compared[2])
        return None if part is None else between(compared[1], part, part)
    if ".." not in text:
        part = read(text)
        return None if part is None else alone(part)
    left, _, right = text.partition("..")
    low, high = read(left), read(right)
    if (left and low is None) or (right and high is None) or (low is None and high is None):
        return None
    return between("..", low, high)


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None


def _numbers(operator: str, low: int | None, high: int | None) -> Interval:
    match operator:
        case ">" | ">=":
            return Interval(None if low is None else low + (operator == ">"), None)
        case "<" | "<=":
            return Interval(None, None if high is None else high - (operator == "<"))
    return Interval(low, high)


def _days(operator: str, low: Period | None, high: Period | None) -> Period:
    first, after_low = low or (None, None)
    last, until = high or (None, None)
    match operator:
        case ">" | ">=":
            return Period(after_low if operator == ">" else first, None)
        case "<" | "<=":
            return Period(None, last if operator == "<" else until)
    return Period(first, until)


def _one(only: date) -> Period:
    return Period(only, _after(only))


def _after(last: date) -> date | None:
    return None if last == date.max else last + timedelta(1)


def _back(today: date, count: int, unit: str) -> date:
    """*today* less so many days, weeks, months or years; never before the calendar's first day."""
    if unit in "dw":
        days = count * (7 if unit == "w" else 1)
        return date.fromordinal(max(1, today.toordinal() - days))
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1)
    if months < 12:
        return date.min
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(today.day, _last_day(year, month)))


def _last_day(year: int, month: int) -> int:
    from calendar import monthrange  # few queries ask for a date

    return monthrange(year, month)[1]
