"""Cells and values of other programs as ours: dates, yes and no, tags, colours, addresses.

Total: what cannot be understood gives nothing and a few words that say so, and costs no article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from reader.domain.colours import COLOURS, Colour
from reader.domain.identity import valid_url
from reader.domain.text import clean_line, clean_tag

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
TZ_ASSUMED = "tz_assumed"
_MILLISECONDS, _MICROSECONDS, _NANOSECONDS = 10**11, 10**14, 10**17

_NUMBER = re.compile(r"-?\d{1,20}(?:\.\d{1,9})?")
_ISO = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?"
    r"\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
_TRUE = frozenset(["1", "true", "yes", "y", "on", "t"])
_HEX = re.compile("#?([0-9a-f]{6}|[0-9a-f]{3})(?:[0-9a-f]{2})?", re.IGNORECASE)
_NAMED: Mapping[str, Colour] = {
    **{colour: colour for colour in COLOURS},
    "red": "pink", "magenta": "pink", "rose": "pink", "orange": "yellow", "gold": "yellow", "violet": "purple",
    "lavender": "purple", "indigo": "purple", "cyan": "blue", "aqua": "blue", "teal": "green", "lime": "green",
}  # fmt: skip
# What other programs paint with, of each of our names.
_RGB: Mapping[Colour, tuple[int, int, int]] = {
    "yellow": (255, 224, 70), "green": (110, 205, 100), "blue": (90, 160, 240), "pink": (245, 110, 160),
    "purple": (160, 100, 220),
}  # fmt: skip
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


@dataclass(frozen=True, slots=True)
class When:
    """``at`` is in UTC, ``None`` if *fault* says why not, or if nothing was said. ``is_local``: no zone was named, so
    the one of this machine was taken; the item's ``extra`` says so under ``tz_assumed``."""

    at: datetime | None = None
    fault: str = ""
    is_local: bool = False


def when(value: Any, *, now: datetime | None = None, zone: tzinfo | None = None) -> When:
    """A moment as seconds, milli-, micro- or nanoseconds since 1970, or as ISO 8601; of a date its first second.

    Empty, 0 and null are no moment and no fault. What is before 1990 or more than a day ahead of *now* is a fault;
    *zone* is taken for times that name none, instead of that of this machine.
    """
    text = "" if value is None or isinstance(value, bool) else str(value).strip()
    if text in ("", "0", "0.0", "null", "None"):
        return When()
    is_local = False
    try:
        if _NUMBER.fullmatch(text):
            at = _counted(float(text) if "." in text else int(text))
        elif found := _ISO.fullmatch(text):
            at, is_local = _spelled(found, zone)
        else:
            return When(fault=_no_date(text))
    except (ValueError, OverflowError, OSError):
        return When(fault=_no_date(text))
    if not EARLIEST <= at <= (now or datetime.now(UTC)) + timedelta(days=1):
        return When(fault=_no_date(text))
    return When(at, is_local=is_local)


def published(value: Any) -> str | None:
    """When an article came out, as ISO 8601: a date stays a date. ``None`` for nonsense; any year since 1000."""
    text = "" if value is None or isinstance(value, bool) else str(value).strip()
    try:
        if _NUMBER.fullmatch(text) and len(text) > 4:
            return (
                _counted(float(text) if "." in text else int(text)).isoformat() if float(text) > 0 else None
            )
        found = _ISO.fullmatch(text)
        if found is None or int(found[1]) < 1000:
            return None
        if found[4] is None:
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        if found[8] is None:
            return _naive(found).isoformat()
        return _spelled(found, None)[0].isoformat()
    except (ValueError, OverflowError, OSError):
        return None


def truth(value: Any) -> bool:
    """``1``, ``true``, ``yes`` in any case; all else, and nothing, is no."""
    return str(value).strip().lower() in _TRUE if isinstance(value, str | int | float | bool) else False


def split_tags(text: str, separator: str) -> tuple[str, ...]:
    """The tags in *text*, as :func:`tags` gives them."""
    return tags(text.split(separator))


def tags(values: Iterable[Any]) -> tuple[str, ...]:
    """*values* trimmed and cleaned, without empty ones; of those that differ in case only the first."""
    kept: dict[str, str] = {}
    for value in values:
        if isinstance(value, str | int | float) and (tag := clean_tag(str(value))):
            kept.setdefault(tag.casefold(), tag)
    return tuple(kept.values())


def share(value: Any, whole: float = 1.0) -> float:
    """How much of *whole* was read, 0–1; 0 for what is no number."""
    try:
        number = float(value) / whole
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return min(1.0, max(0.0, number)) if number == number else 0.0


def colour_of(value: Any) -> tuple[Colour, str | None]:
    """Our colour for a name or a hex value; and the name itself where ours is another, for ``extra["color"]``."""
    name = clean_line(value, 40) if isinstance(value, str) else ""
    known = _NAMED.get(name.casefold())
    if not name or known is not None:
        return known or "yellow", None if not name or known == name.casefold() else name
    found = _HEX.fullmatch(name)
    return (_nearest(found[1]) if found else "yellow"), name


def address(value: Any) -> tuple[str | None, str]:
    """*value* as an address to store, or ``None`` and why not: ``no URL``, ``scheme "mailto" refused``."""
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        return None, "no URL"
    if valid_url(text):
        return text, ""
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() not in ("http", "https"):
        return None, f'scheme "{clean_line(scheme[1], 20).lower()}" refused'
    # A space or a letter that an address may not hold, as browsers let one type it.
    mended = "".join(f"%{ord(character):02X}" if character in ' \t<>"' else character for character in text)
    return (mended, "") if valid_url(mended) else (None, f"not an address: {clean_line(text, 60)}")


def _counted(number: float) -> datetime:
    size = abs(number)
    for least, unit in ((_NANOSECONDS, 10**9), (_MICROSECONDS, 10**6), (_MILLISECONDS, 10**3)):
        if size >= least:
            number /= unit
            break
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=number)


def _spelled(found: re.Match[str], zone: tzinfo | None) -> tuple[datetime, bool]:
    if found[8] is None:
        naive = _naive(found)
        return (naive.replace(tzinfo=zone) if zone else naive).astimezone(UTC), True
    return (_naive(found) - _offset(found[8])).replace(tzinfo=UTC), False


def _naive(found: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second = (int(found[group] or 0) for group in range(1, 7))
    micro = int((found[7] or "0")[:6].ljust(6, "0"))
    return datetime(year, month, day, hour, minute, min(second, 59), micro)


def _offset(text: str) -> timedelta:
    if text[0] not in "+-":
        return timedelta()
    digits = text[1:].replace(":", "").ljust(4, "0")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return size if text[0] == "+" else -size


def _no_date(text: str) -> str:
    return f'date "{clean_line(text, 40)}"'


def _nearest(digits: str) -> Colour:
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    rgb = tuple(int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return min(COLOURS, key=lambda colour: sum((a - b) ** 2 for a, b in zip(rgb, _RGB[colour], strict=True)))
