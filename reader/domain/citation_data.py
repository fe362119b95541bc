"""Articles as records of BibTeX and CSL-JSON, for programs that make bibliographies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from reader.domain.citation import MONTHS, authors, day_added, issued, source

if TYPE_CHECKING:
    from reader.domain.authors import Name
    from reader.domain.summary import Summary


def csl_json(summaries: Sequence[Summary], accessed: date | None = None) -> str:
    """One array. What a terminal could act on is escaped."""
    from json import dumps

    records = [
        _record(summary, key, accessed or day_added(summary))
        for summary, key in zip(summaries, keys(summaries), strict=True)
    ]
    return dumps(records, ensure_ascii=False, indent=2)


def bibtex(summaries: Sequence[Summary], accessed: date | None = None) -> str:
    """Entries in UTF-8, divided by empty lines; what means something to TeX is escaped, but in addresses."""
    return "\n\n".join(
        _entry(summary, key, accessed or day_added(summary))
        for summary, key in zip(summaries, keys(summaries), strict=True)
    )


def keys(summaries: Sequence[Summary]) -> list[str]:
    """A name for each, as ``moreau2021lighthouse``: the same one in every bibliography, unless two articles of this
    one would share it; these have the beginnings of their uids behind it."""
    plain = [_key(summary) for summary in summaries]
    often = Counter(plain)
    uids = [summary.uid.replace("-", "") for summary in summaries]
    length = next(size for size in (4, 8, 16, 32) if len({uid[:size] for uid in uids}) == len(set(uids)))
    return [f"{key}-{uid[:length]}" if often[key] > 1 else key for key, uid in zip(plain, uids, strict=True)]


def _key(summary: Summary) -> str:
    people = authors(summary)
    who = (_letters(people[0].family) if people else "") or _letters(summary.site or "") or "anon"
    when = f"{issued(summary)[0]:04}" if issued(summary) else "nd"
    words = [word for word in map(_letters, summary.title.split()) if word and word not in _SMALL]
    return f"{who[:24]}{when}{words[0][:24] if words else summary.uid.replace('-', '')[:8]}"


def _letters(text: str) -> str:
    from unicodedata import normalize

    return re.sub(r"[^a-z0-9]", "", normalize("NFKD", text.casefold()))


def _is_newspaper(summary: Summary) -> bool:
    """By its name: other sites, blogs among them, are just pages."""
    return bool(_NEWSPAPER.search(summary.site or ""))


# -- CSL-JSON ------------------------------------------------------------------------------------------
def _record(summary: Summary, key: str, accessed: date) -> dict[str, Any]:
    when = issued(summary)
    record = {
        "id": key,
        "type": "article-newspaper" if _is_newspaper(summary) else "webpage",
        "title": summary.title,
        "author": [_person(name) for name in authors(summary)],
        "container-title": source(summary),
        "issued": {"date-parts": [list(when)]} if when else None,
        "accessed": {"date-parts": [[accessed.year, accessed.month, accessed.day]]} if summary.url else None,
        "URL": summary.url,
        "language": summary.language,
    }
    return {name: value for name, value in record.items() if value}


def _person(name: Name) -> dict[str, str]:
    if not name.given:
        return {"literal": name.family}
    person = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: value for part, value in person.items() if value}


# -- BibTeX --------------------------------------------------------------------------------------------
def _entry(summary: Summary, key: str, accessed: date) -> str:
    kind = "article" if _is_newspaper(summary) else "misc"
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(summary, kind, accessed))
    return f"@{kind}{{{key},\n{fields}}}"


def _fields(summary: Summary, kind: str, accessed: date) -> Iterator[tuple[str, str]]:
    people, when = authors(summary), issued(summary)
    if people:
        yield "author", f"{{{' and '.join(map(_tex_name, people))}}}"
    yield "title", f"{{{{{_tex(summary.title)}}}}}"  # doubled, or styles make its capitals small
    if source(summary):
        yield "journal" if kind == "article" else "howpublished", f"{{{_tex(source(summary))}}}"
    if when:
        yield "year", f"{{{when[0]:04}}}"
    if len(when) > 1:
        yield "month", MONTHS[when[1] - 1][:3].lower()  # a macro that every style knows, so without braces
    if len(when) > 2:
        yield "day", f"{{{when[2]}}}"
    if summary.url:
        yield "url", f"{{{_verbatim(summary.url)}}}"
        yield "urldate", f"{{{accessed:%Y-%m-%d}}}"


def _tex_name(name: Name) -> str:
    """``van Beethoven, Ludwig``, ``King, Jr., Martin``; an organisation in braces, or it would be taken apart."""
    if not name.given:
        return f"{{{_tex(name.family)}}}"
    return ", ".join(_tex(part) for part in (name.family, name.suffix, name.given) if part)


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in " ".join(text.split()))


def _verbatim(url: str) -> str:
    """An address is taken as it is; only braces and backslashes would break the entry."""
    return "".join(f"%{ord(sign):02X}" if sign in "{}\\ " else sign for sign in url)


# Braces by their names: BibTeX counts even escaped ones.
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
}  # fmt: skip
_SMALL = frozenset((
    "a", "an", "the", "of", "on", "in", "at", "to", "for", "and", "or", "is", "are", "was", "why", "how", "what",
    "who", "when", "der", "die", "das", "le", "la", "les", "el",
))  # fmt: skip
_NEWSPAPER = re.compile(
    r"(?i)\b(?:times|post|guardian|news|tribune|herald|gazette|journal|daily|chronicle|telegraph|observer|courier|"
    r"independent|examiner|zeitung|monde|mundo|figaro)\b|新聞|新闻|日报|日報"
)
