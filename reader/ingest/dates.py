"""Dates as people write them, to ISO 8601."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

_NAMES = """
january jan januar januari enero gennaio janvier janeiro
february feb februar februari febrero febbraio février fevrier fevereiro
march mar märz maerz mrz maart marzo mars março
april apr abril aprile avril
may mai mei mayo maggio maio
june jun juni junio giugno juin junho
july jul juli julio luglio juillet julho
august aug augustus agosto août aout
september sep sept septiembre settembre septembre setembro
october oct oktober okt octubre ottobre octobre outubro
november nov noviembre novembre novembro
december dec dezember dez diciembre dicembre décembre decembre dezembro
"""
_MONTHS = {
    name: number for number, line in enumerate(_NAMES.strip().splitlines(), 1) for name in line.split()
}
_MONTH = "(?P<month>[^\\W\\d_]{3,10})\\.?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º|\.)?"
_WEEKDAY = "(?:mon|tue|wed|thu|fri|sat|sun|die|mit|don|fre|sam|son|lun|mar|mer|mié|jeu|jue|gio|ven|vie|sáb|sab|dim|dom)"
_LEAD = (
    r"(?:(?:first |last )?(?:published|posted|updated|modified)(?: on| at)?:?\s+|date:\s+)?"
    rf"(?:{_WEEKDAY}\w*[.,]*\s+)?"
)
_TIME_AT_END = re.compile(
    r"(?:,|\s+at|\s+um|\s+-)?\s+[0-2]?\d[:.h][0-5]\d(?:[:.][0-5]\d)?(?:\s*[ap]\.?\s?m\.?)?(?:\s*Uhr)?"
    r"(?:\s+\(?(?:UTC|GMT|BST|CES?T|[ECMP][SD]?T)\)?)?\s*$",
    re.IGNORECASE,
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_LEAD}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_LEAD}{_DAY}\s+(?:de\s+|of\s+)?{_MONTH},?\s+(?:de\s+)?{_YEAR}",
        rf"{_LEAD}{_YEAR}[-/.](?P<month>[01]?\d)[-/.](?P<day>[0-3]?\d)",
    )
)
_NUMERIC = re.compile(rf"(?P<one>[0-3]?\d)(?P<mark>[./-])(?P<two>[0-3]?\d)(?P=mark){_YEAR}")


def parse_date(text: str) -> str | None:
    """The date that *text* is, and nothing else but a weekday or “Published”, as ``2021-03-03``.

    A day and a month in figures that could be either way round give ``None``.
    """
    text = " ".join(text.split())
    if len(text) > 60:
        return None
    for form in _FORMS:
        if found := form.fullmatch(text):
            month = found["month"].lower()
            return _iso(found["year"], int(month) if month.isdigit() else _MONTHS.get(month, 0), found["day"])
    found = _NUMERIC.fullmatch(text)
    return _unambiguous(found["year"], int(found["one"]), int(found["two"])) if found else None


def without_time(text: str) -> str:
    """*text* without a time of day at its end, as ``6:03 PM EDT`` or ``14:35 Uhr``."""
    cut = _TIME_AT_END.search(text)
    return text[: cut.start()] if cut else text


def published(text: str, today: date | None = None) -> str | None:
    """What metadata calls a date, as a date or a full ISO 8601 time; ``None`` for nonsense and the future."""
    text = text.strip()
    try:
        made = datetime.fromisoformat(text)
        found = made.isoformat() if ":" in text or "T" in text else made.date().isoformat()
    except ValueError:
        found = parse_date(text) or ""
    # A day of grace: it may be tomorrow already where the text was published.
    latest = (today or date.today()) + timedelta(days=1)
    return found if found and found[:10] <= latest.isoformat() else None


def _unambiguous(year: str, one: int, two: int) -> str | None:
    if one == two or one > 12:
        return _iso(year, two, one)
    return _iso(year, one, two) if two > 12 else None


def _iso(year: str, month: int, day: int | str) -> str | None:
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None
