"""What stands above a scraped text: its title, its byline, its date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.domain.text import clean_line
from reader.ingest.dates import parse_date
from reader.ingest.flow import same_words

TITLE_CHARACTERS = 200
TITLE_WORDS = 25
CUT_TITLE = 80
HEAD_LINES = 5
_HEAD_LINE = 120

_NAME = r"[^\W\d_][\w.'’-]*"
_PARTICLE = r"(?:de|la|le|da|di|del|della|van|von|der|den|bin|al|y|e|and|&|und|et|with)"
_BYLINE = re.compile(
    rf"(?i:by|von|par|por|di|door|written by):?\s+({_NAME}(?:,?\s+(?:{_PARTICLE}|{_NAME}))*)"
)
_SIGNATURE = re.compile(rf"({_NAME}(?:\s+(?:{_PARTICLE}|{_NAME})){{1,4}}),\s+[\w ]{{3,40}}")
_DIVIDER = re.compile(r"\s+[|·•–—]\s+")
_UNDERLINE = re.compile(r"\s*([=~_*#-])\1{2,}\s*")


@dataclass(frozen=True, slots=True)
class Masthead:
    """Fields of a text and the lines, by number, that say them and so leave the body.

    ``published`` and ``author`` may also come from a line that says more and therefore stays.
    """

    title: str
    author: str | None
    published: str | None
    taken: frozenset[int]


def read_masthead(lines: list[str], stem: str = "") -> Masthead:
    """The masthead of a text of which *lines* are the first; ``title`` is never empty if any line has words."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    if not filled:
        return Masthead(stem, None, None, frozenset())
    first = filled[0]
    if not _is_title(lines, filled):
        return Masthead(cut_title(lines[first]) or stem, None, None, frozenset())
    taken = {first}
    if len(filled) > 1 and filled[1] == first + 1 and _UNDERLINE.fullmatch(lines[filled[1]]):
        taken.add(filled.pop(1))
    author, published = None, None
    head = filled[1 : HEAD_LINES + 1]
    for number in head:
        line = lines[number].strip()
        if len(line) > _HEAD_LINE:
            break
        names, dates = _said(line)
        if (names and author is None) or (dates and published is None):
            author, published = (
                author or (names[0] if names else None),
                published or (dates[0] if dates else None),
            )
            taken.add(number)
    if published is None:
        author, published = _signed(lines, head, author)
    return Masthead(clean_line(lines[first], TITLE_CHARACTERS), author, published, frozenset(taken))


def repeats_byline(line: str, author: str | None, published: str | None) -> bool:
    """Whether *line* says only who wrote the article and when, and says what is known already."""
    names, dates = _said(line.strip()) if len(line) <= _HEAD_LINE else ([], [])
    return (
        bool(names or dates)
        and all(same_words(name, author or "") for name in names)
        and all(date == (published or "")[:10] for date in dates)
    )


def cut_title(line: str) -> str:
    """The beginning of a paragraph as a title, cut at a word."""
    line = clean_line(line)
    if len(line) <= CUT_TITLE or not any(character.isalnum() for character in line):
        return line if any(character.isalnum() for character in line) else ""
    cut = line[: CUT_TITLE + 1].rpartition(" ")[0] or line[:CUT_TITLE]
    return cut.rstrip(" ,;:.–—-") + "…"


def _is_title(lines: list[str], filled: list[int]) -> bool:
    first = filled[0]
    line = lines[first].strip()
    if len(line) > TITLE_CHARACTERS or len(line.split()) > TITLE_WORDS or not any(map(str.isalnum, line)):
        return False
    if len(filled) == 1:
        return True
    after = lines[first + 1].strip()
    if after and len(after) <= len(line) and not _UNDERLINE.fullmatch(after):
        return False
    return not line.endswith((".", ",", ";")) or line.endswith("...")


def _said(line: str) -> tuple[list[str], list[str]]:
    """The authors and the dates of a line that says nothing else."""
    names, dates = [], []
    for part in _DIVIDER.split(line):
        if name := _author(part):
            names.append(name)
        elif date := parse_date(part):
            dates.append(date)
        else:
            return [], []
    return names, dates


def _author(text: str) -> str | None:
    found = _BYLINE.fullmatch(text) if len(text) <= 80 else None
    if found is None:
        return None
    words = found[1].split()
    names = [word for word in words if word[0].isupper()]
    if not 2 <= len(names) <= 8 or not all(word in names or re.fullmatch(_PARTICLE, word) for word in words):
        return None
    return " ".join(word.title() if len(word) > 2 and word.isupper() else word for word in words)


def _signed(lines: list[str], head: list[int], author: str | None) -> tuple[str | None, str | None]:
    """Author and date of a letterhead: ``Edwin H. Sallow, Observer`` over ``Lower Thrupp, 4 July 2019``."""
    for above, number in zip([None, *head], head, strict=False):
        place, _, date = lines[number].strip().partition(", ")
        published = parse_date(date) if place[:1].isupper() and len(place) <= 40 else None
        if published is None:
            continue
        signature = _SIGNATURE.fullmatch(lines[above].strip()) if above is not None else None
        if signature and all(word[0].isupper() for word in signature[1].split()):
            author = author or signature[1]
        return author, published
    return author, None
