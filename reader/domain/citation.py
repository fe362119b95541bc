"""Citations: an article as a line of a bibliography, or as a record for programs that make one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from reader.domain.authors import Name
    from reader.domain.summary import Summary

Style = Literal["plain", "apa", "chicago", "mla", "bibtex", "csl-json"]
STYLES: tuple[Style, ...] = get_args(Style)

MANY = {"apa": 20, "chicago": 10}  # authors that are still all named
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def cite(summary: Summary, *, style: Style, accessed: date | None = None) -> str:
    """*summary* in *style*. ``accessed`` is when its text was taken: the day it was added, unless told."""
    return bibliography([summary], style=style, accessed=accessed)


def bibliography(summaries: Sequence[Summary], *, style: Style, accessed: date | None = None) -> str:
    """All of *summaries* by their authors, a line each; as ``csl-json`` one array, as ``bibtex`` entries whose keys
    differ. Without a line feed at the end."""
    ordered = sorted(summaries, key=_by_author)
    if style == "bibtex":
        from reader.domain.citation_data import bibtex

        return bibtex(ordered, accessed)
    if style == "csl-json":
        from reader.domain.citation_data import csl_json

        return csl_json(ordered, accessed)
    line = _LINES[style]
    return "\n".join(line(summary, accessed or day_added(summary)) for summary in ordered)


def day_added(summary: Summary) -> date:
    return summary.added.astimezone().date()


def issued(summary: Summary) -> tuple[int, ...]:
    """Year, month and day of publication as far as they are known; nothing if undated."""
    parts = (summary.published or "")[:10].split("-")
    if not all(part.isascii() and part.isdigit() for part in parts):
        return ()
    numbers = tuple(map(int, parts))[:3]
    try:
        date(*(*numbers, 1, 1)[:3])
    except ValueError:
        return ()
    return numbers


def authors(summary: Summary) -> tuple[Name, ...]:
    from reader.domain.authors import names

    return names(summary.author)


def source(summary: Summary) -> str:
    """The site, unless it is the author already."""
    site = summary.site or ""
    return "" if any(site == name.family for name in authors(summary)) else site


def _by_author(summary: Summary) -> tuple[str, tuple[int, ...], str]:
    title = _sortable(summary.title)
    first = authors(summary)[:1]
    return _sortable(first[0].inverted) if first else title, issued(summary), title


def _sortable(text: str) -> str:
    """Without case and accents, and without an article in front."""
    from unicodedata import combining, normalize

    folded = "".join(sign for sign in normalize("NFKD", text.casefold()) if not combining(sign))
    first, _, rest = folded.lstrip("“\"'‘").partition(" ")
    return rest if first in ("a", "an", "the") and rest else folded


# -- lines ---------------------------------------------------------------------------------------------
def _plain(summary: Summary, accessed: date) -> str:
    """``Author. “Title.” Site, date. Address``, without what is unknown."""
    where = ", ".join(filter(None, (summary.site, (summary.published or "")[:10])))
    people = _with_and([name.in_order for name in authors(summary)], comma=len(authors(summary)) > 2)
    return _joined(_ended(people), _quoted(summary.title), _ended(where), summary.url)


def _apa(summary: Summary, accessed: date) -> str:
    """The seventh edition. What has no author begins with its title."""
    people, title = _apa_authors(authors(summary)), _ended(summary.title)
    when = f"({_american(issued(summary), year_first=True) or 'n.d.'})."
    taken = "" if issued(summary) or not summary.url else f"Retrieved {_american(_parts(accessed))}, from"
    head = (_ended(people), when, title) if people else (title, when)
    return _joined(*head, _ended(source(summary)), taken, summary.url)


def _chicago(summary: Summary, accessed: date) -> str:
    """A bibliography entry of the seventeenth edition."""
    when = _american(issued(summary))
    taken = "" if when or not summary.url else f"Accessed {_american(_parts(accessed))}."
    where = ", ".join(filter(None, (source(summary), when)))
    people = _chicago_authors(authors(summary))
    return _joined(_ended(people), _quoted(summary.title), _ended(where), taken, _ended(summary.url or ""))


def _mla(summary: Summary, accessed: date) -> str:
    """The ninth edition."""
    when = _short(issued(summary))
    taken = "" if when or not summary.url else f"Accessed {_short(_parts(accessed))}."
    where = ", ".join(filter(None, (source(summary), when, summary.url)))
    return _joined(_ended(_mla_authors(authors(summary))), _quoted(summary.title), _ended(where), taken)


_LINES: Mapping[str, Callable[[Summary, date], str]] = {
    "plain": _plain,
    "apa": _apa,
    "chicago": _chicago,
    "mla": _mla,
}


# -- authors -------------------------------------------------------------------------------------------
def _apa_authors(people: Sequence[Name]) -> str:
    """``Quist, J., & Moreau, A.``"""
    listed = [name.shortened for name in people]
    if len(listed) > MANY["apa"]:
        return f"{', '.join(listed[: MANY['apa'] - 1])}, … {listed[-1]}"
    return f"{', '.join(listed[:-1])}, & {listed[-1]}" if len(listed) > 1 else "".join(listed)


def _chicago_authors(people: Sequence[Name]) -> str:
    """``Quist, Joan, and Ada Moreau``"""
    if len(people) > MANY["chicago"]:
        return f"{', '.join(_first_inverted(people[:7]))}, et al."
    return _with_and(_first_inverted(people))


def _mla_authors(people: Sequence[Name]) -> str:
    """``Quist, Joan, et al.`` from three on."""
    return f"{people[0].inverted}, et al." if len(people) > 2 else _with_and(_first_inverted(people))


def _first_inverted(people: Sequence[Name]) -> list[str]:
    return [name.in_order if place else name.inverted for place, name in enumerate(people)]


def _with_and(listed: Sequence[str], *, comma: bool = True) -> str:
    return f"{', '.join(listed[:-1])}{',' * comma} and {listed[-1]}" if len(listed) > 1 else "".join(listed)


# -- pieces --------------------------------------------------------------------------------------------
def _american(day: tuple[int, ...], *, year_first: bool = False) -> str:
    """``March 3, 2021``; ``2021, March 3`` with the year first."""
    if len(day) < 2:
        return "".join(f"{year:04}" for year in day)
    within = " ".join([MONTHS[day[1] - 1], *map(str, day[2:])])
    if year_first:
        return f"{day[0]:04}, {within}"
    return f"{within}{',' * (len(day) == 3)} {day[0]:04}"


def _short(day: tuple[int, ...]) -> str:
    """``3 Mar. 2021``"""
    month = [_shortened(MONTHS[month - 1]) for month in day[1:2]]
    return " ".join([*map(str, day[2:]), *month, *(f"{year:04}" for year in day[:1])])


def _shortened(month: str) -> str:
    return month if len(month) < 5 else f"{month[: 4 if month == 'September' else 3]}."


def _parts(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def _quoted(title: str) -> str:
    return f"“{_ended(title.translate(_INNER))}”"


_INNER = {ord("“"): "‘", ord("”"): "’"}  # a quotation in a quotation


def _ended(text: str) -> str:
    """*text* with one full stop at its end, unless it has an end."""
    return text if not text or text.endswith((".", "?", "!", "…", "。", "？", "！")) else f"{text}."


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)
