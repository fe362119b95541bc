"""What stands above a scraped text: its title, its byline, its date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from reader.domain.text import clean_line
from reader.ingest.dates import parse_date, without_time
from reader.ingest.flow import same_words

TITLE_CHARACTERS = 200
TITLE_WORDS = 25
CUT_TITLE = 80
HEAD_LINES = 5
_HEAD_LINE = 120

_NAME = r"[^\W\d_][\w.'’-]*"
_PARTICLE = r"(?:de|la|le|da|di|del|della|van|von|der|den|bin|al|y|e|and|&|und|et|with)"
_BY = re.compile(r"(?i:by|von|par|por|di|door|written by):?\s+(.+)")
_PEOPLE = re.compile(rf"{_NAME}(?:\s+(?:{_PARTICLE}|{_NAME}))*")
_SIGNATURE = re.compile(rf"({_NAME}(?:\s+(?:{_PARTICLE}|{_NAME})){{1,4}}),\s+[\w ]{{3,40}}")
_DIVIDER = re.compile(r"\s+[|·•–—]\s+")
_UNDERLINE = re.compile(r"\s*([=~_*#-])\1{2,}\s*")
_DATED = re.compile(r"(.*\d{4})\s+(by\s.+)", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|MD|PhD|Ph\.D)\.?")
_ROLE = re.compile(
    r"(?i:.*\b(?:writers?|reporters?|correspondents?|editors?|columnists?|critics?|contributors?|staff|bureau"
    r"|special to|for the|press|news|reuters)\b.*)|[^\W\d_a-z][\w.-]+"
)
# What stands above a text and tells nothing of it: a label over the date, the time that reading takes, a link
# for screen readers.
_ASIDE = re.compile(
    r"(?i)(?:(?:first |last )?(?:published|posted|updated|modified)(?: on)?:?|\d{1,3}[- ]min(?:ute)?s?(?: read)?"
    r"|(?:reading time|time to read):? .{1,20}|skip to (?:main )?(?:content|navigation)|skip navigation)"
)


@dataclass(frozen=True, slots=True)
class Masthead:
    """Fields of a text and the lines, by number, that say them and so leave the body.

    ``published`` and ``author`` may also come from a line that says more and therefore stays. ``rest`` are the
    lines that left although the fields do not say all of theirs: a writer's office, the time of day, an update.
    """

    title: str
    author: str | None
    published: str | None
    taken: frozenset[int]
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """What a line says that says nothing else; ``exact`` if these names and dates are all of its words."""

    names: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    exact: bool = True


def read_masthead(lines: list[str], stem: str = "") -> Masthead:
    """The masthead of a text of which *lines* are the first; ``title`` is never empty if any line has words."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    above = list(takewhile(lambda number: _ASIDE.fullmatch(lines[number].strip()), filled[:HEAD_LINES]))
    if len(above) == len(filled):
        above = []
    filled = filled[len(above) :]
    if not filled:
        return Masthead(stem, None, None, frozenset())
    first = filled[0]
    if not _is_title(lines, filled):
        return Masthead(cut_title(lines[first]) or stem, None, None, frozenset())
    taken, rest = {*above, first}, [lines[number].strip() for number in above]
    if len(filled) > 1 and filled[1] == first + 1 and _UNDERLINE.fullmatch(lines[filled[1]]):
        taken.add(filled.pop(1))
    author, published = None, None
    head = filled[1 : HEAD_LINES + 1]
    for number in head:
        line = lines[number].strip()
        if len(line) > _HEAD_LINE:
            break
        said = _said(line)
        if said is None or (said.names and author is not None):
            continue
        taken.add(number)
        if not said.exact or len(said.dates) > (published is None):
            rest.append(line)
        author = author or ", ".join(said.names) or None
        published = published or next(iter(said.dates), None)
    if published is None:
        author, published = _signed(lines, head, author)
    title = clean_line(lines[first], TITLE_CHARACTERS)
    return Masthead(title, author, published, frozenset(taken), tuple(rest))


def repeats_byline(line: str, author: str | None, published: str | None) -> bool:
    """Whether *line* says only who wrote the article and when, and says what is known already."""
    said = _said(line.strip()) if len(line) <= _HEAD_LINE else None
    return (
        said is not None
        and said.exact
        and all(same_words(name, author or "") for name in said.names)
        and all(date == (published or "")[:10] for date in said.dates)
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
    if 0 < len(after) <= _HEAD_LINE and _said(after):
        return not line.endswith((",", ";"))
    if after and len(after) <= len(line) and not _UNDERLINE.fullmatch(after):
        return False
    return not line.endswith((".", ",", ";")) or line.endswith("...")


def _said(line: str) -> _Said | None:
    """The authors and the dates of a line that says nothing else; ``None`` of any other line."""
    names, dates, exact = [], [], True
    if dated := _DATED.fullmatch(line):
        line = " | ".join(dated.groups())
    for part in _DIVIDER.split(line):
        if people := _people(part):
            name, all_said = people
            names.append(name)
            exact = exact and all_said
        elif date := parse_date(part):
            dates.append(date)
        elif date := parse_date(without_time(part)):
            dates.append(date)
            exact = False
        elif _ASIDE.fullmatch(part):
            exact = False
        elif not (dates and _BY.fullmatch(part) and dated):  # “Posted on 2 April 2019 by admin”
            return None
        else:
            exact = False
    return _Said(tuple(names), tuple(dates), exact)


def _people(text: str) -> tuple[str, bool] | None:
    """Who is named by *text*, a byline; and whether that is all of it, without office or place behind a comma."""
    found = _BY.fullmatch(text) if len(text) <= 80 else None
    if found is None:
        return None
    told = re.split(r",\s*", found[1])
    further = takewhile(lambda part: _is_person(part) and not _ROLE.fullmatch(part), told[1:])
    people = [told[0], *further] if _is_person(told[0]) else told
    suffix = told[len(people) : len(people) + 1]
    if suffix and _SUFFIX.fullmatch(suffix[0]):
        people += suffix
    others = told[len(people) :]
    if not people or not _is_person(" ".join(people)) or not all(map(_ROLE.fullmatch, others)):
        return None
    words = ", ".join(people).split()
    return " ".join(word.title() if len(word) > 2 and word.isupper() else word for word in words), not others


def _is_person(text: str) -> bool:
    words = text.split()
    names = [word for word in words if word[:1].isupper()]
    return (
        _PEOPLE.fullmatch(text) is not None
        and 2 <= len(names) <= 8
        and all(word in names or re.fullmatch(_PARTICLE, word) for word in words)
    )


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
