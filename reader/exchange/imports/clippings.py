"""The second line of a Kindle clipping: what it is, where in the book and when, in the language of the device.

The line is read by its shape: words of nine languages tell highlight, note and bookmark apart, figures are the place,
and the date is what stands behind the last bar. Samples of public parsers and of their tests are its source.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

Sort = Literal["highlight", "note", "bookmark", ""]

# The longer word first where one holds another: a Spanish ``nota`` is in no word for a highlight.
_SORTS: tuple[tuple[Sort, tuple[str, ...]], ...] = (
    ("bookmark", (
        "bookmark", "lesezeichen", "signet", "marcador", "segnalibro", "bladwijzer", "ブックマーク", "书签", "書籤",
    )),
    ("highlight", (
        "highlight", "clip this article", "clipping", "markierung", "surlignement", "subrayado", "resaltado",
        "evidenziazione", "destaque", "realce", "markering", "ハイライト", "标注", "標註",
    )),
    ("note", ("note", "notiz", "nota", "notitie", "aantekening", "メモ", "笔记", "筆記")),
)  # fmt: skip
_LOCATION = re.compile(
    r"(?:locations?|locatie|loc\.?|position|posizione|posicion|posicao|pos\.?|emplacements?|位置(?:no\.?)?)\s*#?\s*"
    r"(?P<first>\d[\d,.]*)(?:\s*[-–]\s*#?(?P<last>\d[\d,.]*))?"
)
_PAGE = re.compile(
    r"(?:pages?|seite|pagina|第|ページ)\s*(?P<one>\d+|[ivxlcdm]+)(?:\s*[-–]\s*(?P<two>\d+|[ivxlcdm]+))?(?![a-z\d])"
    r"|(?P<ja>\d+)(?:\s*[-–]\s*\d+)?\s*ページ"
)
_RANGE = re.compile(r"(?P<first>\d+)\s*[-–]\s*(?P<last>\d+)")

_TIME = re.compile(
    r"(?P<cjk>上午|下午|午前|午後)?\s*(?P<hour>[0-2]?\d)[:.](?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d))?"
    r"(?:\s*(?P<half>[ap])\.?\s?m\b)?"
)
_DATES = (
    re.compile(r"(?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"),
    re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"),
    re.compile(
        r"(?P<day>\d{1,2})(?:er|st|nd|rd|th|º|\.)?\s+(?:de\s+)?(?P<name>[a-z]{3,10})\.?,?\s+(?:de\s+)?"
        r"(?P<year>\d{4}|\d\d\b)"
    ),
    re.compile(r"(?P<name>[a-z]{3,10})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})"),
)
_MONTHS = (
    ("jan", "ene", "gen"), ("feb", "fev"), ("mar", "mrt", "maa"), ("apr", "abr", "avr"), ("may", "mai", "mag", "mei"),
    ("jun", "juin", "giu"), ("jul", "juil", "lug"), ("aug", "ago", "aou"), ("sep", "set"), ("oct", "okt", "ott", "out"),
    ("nov",), ("dec", "dez", "dic"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clipping:
    """``span`` are the first and the last location, or page where the book has no locations. ``at`` has a zone only if
    the line named one; it is ``None`` if no date was understood."""

    sort: Sort
    span: tuple[int, int] | None
    page: str
    at: datetime | None


def read_line(line: str) -> Clipping:
    """Total: what is not understood is left empty."""
    folded = _folded(line)
    where, _, when = folded.rpartition("|")
    if not where:
        where, when = folded, folded
    return Clipping(_sort(where), _span(where), _page(where), _moment(when))


def _folded(line: str) -> str:
    """In lower case, wide forms narrow, without accents; CJK characters stay."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", line).casefold())
    return unicodedata.normalize("NFC", "".join(one for one in letters if not "\u0300" <= one <= "\u036f"))


def _sort(where: str) -> Sort:
    return next((sort for sort, words in _SORTS if any(word in where for word in words)), "")


def _span(where: str) -> tuple[int, int] | None:
    found = _LOCATION.search(where) or _RANGE.search(where)
    if found:
        first = re.sub(r"\D", "", found["first"])
        last = re.sub(r"\D", "", found["last"] or "") or first
        if len(first) > 9 or len(last) > 9:
            return None
        if len(last) < len(first):  # ``1998-02`` of old devices is 1998–2002
            whole = int(first[: -len(last)] + last)
            last = str(whole if whole >= int(first) else whole + 10 ** len(last))
        return min(int(first), int(last)), max(int(first), int(last))
    page = _page(where)
    return (int(page), int(page)) if page.isdecimal() and len(page) < 10 else None


def _page(where: str) -> str:
    found = _PAGE.search(where)
    return (found["one"] or found["ja"]) if found else ""


def _moment(text: str) -> datetime | None:
    for form in _DATES:
        for found in form.finditer(text):
            day = _day(found)
            if day:
                return _at(day, text[found.end() :] or text)
    return None


def _day(found: re.Match[str]) -> datetime | None:
    groups = found.groupdict()
    month = int(groups["month"]) if "month" in groups else _month(groups["name"])
    year = int(groups["year"])
    try:
        return datetime(year if year > 99 else 2000 + year, month, int(groups["day"]))
    except ValueError:
        return None


def _month(name: str) -> int:
    """1–12, by the first letters of the name in any of the languages; 0 if it is no month."""
    return next((number for number, starts in enumerate(_MONTHS, 1) if name.startswith(starts)), 0)


def _at(day: datetime, text: str) -> datetime:
    if "gmt" in text or "greenwich" in text or "utc" in text:
        day = day.replace(tzinfo=UTC)
    found = _TIME.search(text)
    if found is None:
        return day
    hour = int(found["hour"])
    if found["half"] == "p" or found["cjk"] in ("下午", "午後"):
        hour = hour if hour >= 12 else hour + 12
    elif found["half"] == "a" or found["cjk"] in ("上午", "午前"):
        hour = 0 if hour == 12 else hour
    if hour > 23:
        return day
    return day.replace(hour=hour, minute=int(found["minute"]), second=int(found["second"] or 0))
