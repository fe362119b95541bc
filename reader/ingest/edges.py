"""What stands at the edges of printed pages and is no part of the text: running heads and feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from reader.ingest.columns import Line

EDGE = 0.12  # of a page's height, at either end
REPEATED = 0.6
FEWEST_PAGES = 3
MANY_PAGES = 0.4
RUNNING_HEAD = 90  # characters

_NUMBER = re.compile(
    r"[-–—|·(\[\s]*(?:(?:page|seite|p\.)\s*)?(?:\d{1,4}|l?x{0,3}(?:i[xv]|v?i{1,3}|v|x))(?:\s*(?:of|von|/)\s*\d{1,4})?[-–—|·)\]\s]*",
    re.IGNORECASE,
)
_NUMBER_AT_END = re.compile(r"^\d{1,4}\s+|\s+\d{1,4}$")
_DIGITS = re.compile(r"\b\d+\b")

_Key = tuple[str, int]


def without_edges(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], tuple[str, ...]]:
    """*pages* without running heads and feet and page numbers, and what those said, each once, without
    the numbers."""
    often = _repeated(pages)
    places = _places(often, len(pages))
    kept: list[list[Line]] = []
    aside: dict[str, None] = {}
    for page in pages:
        ends = _ends(page)
        edges = {
            number
            for number, line in enumerate(page)
            if _at_edge(line) and (_key(line) in often or (line.share in ends and _is_alone(line, places)))
        }
        said = (_NUMBER_AT_END.sub("", page[number].text) for number in sorted(edges))
        aside.update((text, None) for text in said if not _NUMBER.fullmatch(text))
        kept.append([line for number, line in enumerate(page) if number not in edges])
    return kept, tuple(aside)


def _is_alone(line: Line, places: set[int]) -> bool:
    """Whether *line*, the first or the last of a page, is a page number, or stands where other pages have a head."""
    return _NUMBER.fullmatch(line.text) is not None or (
        _key(line)[1] in places and len(line.text) <= RUNNING_HEAD
    )


def _repeated(pages: Sequence[Sequence[Line]]) -> Counter[_Key]:
    """Lines that stand at the edge of most pages, or of most of the left or of the right ones, or at the very end of
    several that follow each other; and on how many pages."""
    often: Counter[_Key] = Counter()
    for some in (pages, pages[::2], pages[1::2]):
        if len(some) >= FEWEST_PAGES:
            seen = Counter(key for page in some for key in {_key(line) for line in page if _at_edge(line)})
            often |= Counter({key: count for key, count in seen.items() if count > REPEATED * len(some)})
    last: defaultdict[_Key, list[int]] = defaultdict(list)
    for number, page in enumerate(pages):
        ends = _ends(page)
        for key in {_key(line) for line in page if _at_edge(line) and line.share in ends}:
            last[key].append(number)
    return often | Counter({key: len(numbers) for key, numbers in last.items() if _is_run(numbers)})


def _is_run(numbers: list[int]) -> bool:
    """Whether some of *numbers* of pages follow each other, or the left or right ones do."""
    return any(
        last - first <= 2 * (FEWEST_PAGES - 1)
        for first, last in zip(numbers, numbers[FEWEST_PAGES - 1 :], strict=False)
    )


def _places(often: Counter[_Key], pages: int) -> set[int]:
    """Where running heads stand that change from chapter to chapter: the places where many pages have one."""
    found: Counter[int] = Counter()
    for (text, place), count in often.items():
        if any(map(str.isalpha, text)):
            found[place] += count
    return {place for place, count in found.items() if count > MANY_PAGES * pages}


def _key(line: Line) -> _Key:
    return _DIGITS.sub("#", line.text), round(line.share * 50)


def _at_edge(line: Line) -> bool:
    return line.share < EDGE or line.share > 1 - EDGE


def _ends(page: Sequence[Line]) -> tuple[float, float]:
    """How high the first and the last line of *page* stand."""
    shares = [line.share for line in page]
    return (min(shares), max(shares)) if shares else (0.0, 0.0)
