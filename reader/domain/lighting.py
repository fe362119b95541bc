"""Where the words of a query stand in a text, by the rules of the full-text index.

Case is ignored, and so are the accents of Latin letters; a word matches whole words, a run of CJK characters
any place, and what is between the words of a phrase does not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from reader.domain.document import Span
from reader.domain.patterns import lazy
from reader.domain.query import Query
from reader.domain.terms import Phrase, Word
from reader.domain.text import CJK, CJK_RUN, clean_line

LONGEST_TERM = 256
SNIPPET = 160

_CJK_RANGES = CJK.pattern[1:-1]
_TOKEN = lazy(f"[^\\W_{_CJK_RANGES}]+|{CJK_RUN.pattern}")
_LETTER = f"[^\\W_{_CJK_RANGES}]"
_ACCENT = "[\u0300-\u036f]"
_ACCENTS = f"{_ACCENT}*+"
_HAS_ACCENTS = lazy(_ACCENT)
_BETWEEN = r"[\W_]+"
_MAYBE_BETWEEN = r"[\W_]*"
_SPACE = lazy(r"\s+")


class Found(NamedTuple):
    """A match of the query's word number *term*."""

    span: Span
    term: int


def lit(text: str, query: Query) -> list[Span]:
    """The ranges of *text* to light for *query*: sorted, none overlapping another."""
    merged: list[Span] = []
    for span, _ in find(text, query.words):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def find(text: str, words: Iterable[Word | Phrase]) -> list[Found]:
    """Every match of every word, sorted by place; matches of different words may overlap."""
    folded = _folded(text)
    accents = _ACCENTS if not text.isascii() and _HAS_ACCENTS.search(text) else ""
    found = [
        Found(Span(*match.span()), number)
        for number, word in enumerate(words)
        for match in _matches(folded, word, accents)
    ]
    return sorted(found)


def snippets(text: str, query: Query, count: int) -> list[tuple[Span, str]]:
    """The *count* stretches of *text* that hold the most different words of *query*, best first.

    Each with the span of its first match, as one clean line of at most ``SNIPPET`` characters and an ellipsis
    at each end that is cut.
    """
    found = find(text, query.words)
    windows: Iterable[tuple[int, int]] = _windows(found)
    if _variety(found, 0, len(found)) > 1:
        windows = sorted(windows, key=lambda window: -_variety(found, *window))
    chosen: list[tuple[Span, str]] = []
    for first, last in windows:
        if len(chosen) == count:
            break
        span = found[first].span
        if all(abs(span.start - other.start) > SNIPPET for other, _ in chosen):
            chosen.append((span, line_around(text, Span(span.start, found[last].span.end))))
    return chosen


def line_around(text: str, span: Span) -> str:
    """About ``SNIPPET`` characters of *text* with *span* in their first half, cut between words, on one line."""
    room = max(0, SNIPPET - (span.end - span.start))
    start = max(0, span.start - room // 3)
    end = min(len(text), start + SNIPPET)
    if start and (space := _SPACE.search(text, start - 1, span.start)):
        start = space.end()
    if end < len(text) and (spaces := [*_SPACE.finditer(text, span.end, end + 1)]):
        end = spaces[-1].start()
    return "…" * (start > 0) + clean_line(text[start:end]) + "…" * (end < len(text))


def tokens(text: str) -> list[str]:
    """The words of *text* as the full-text index divides them; a run of CJK characters is one, for its pairs."""
    return _TOKEN.findall(text)


def _windows(found: list[Found]) -> Iterator[tuple[int, int]]:
    """For each match, the number of the last one that fits on a line with it."""
    last = 0
    for first, (span, _) in enumerate(found):
        last = max(first, last)
        while last + 1 < len(found) and found[last + 1].span.end - span.start <= SNIPPET * 2 // 3:
            last += 1
        yield first, last


def _variety(found: list[Found], first: int, last: int) -> int:
    return len({match.term for match in found[first : last + 1]})


def _matches(folded: str, word: Word | Phrase, accents: str) -> Iterator[re.Match[str]]:
    loose, exact = _patterns(word, accents)
    if exact and exact.search(folded):
        return exact.finditer(folded)
    return loose.finditer(folded) if loose else iter(())


@lru_cache(maxsize=256)
def _patterns(word: Word | Phrase, accents: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """A pattern for the letters alone, and one with the signs at the word's ends too, for ``c++`` and ``#tag``."""
    text = _folded(unicodedata.normalize("NFC", word.text[:LONGEST_TERM]).strip())
    found = [*_TOKEN.finditer(text)]
    if not found:
        return None, None
    if word.near is not None:
        return re.compile("|".join(_bounded([token], False, accents) for token in found)), None
    loose = re.compile(_bounded(found, word.prefix, accents))
    if word.phrase or (found[0].start() == 0 and found[-1].end() == len(text)):
        return loose, None
    return loose, re.compile(f"(?<!{_LETTER}){re.escape(text)}" + ("" if word.prefix else f"(?!{_LETTER})"))


def _bounded(found: list[re.Match[str]], prefix: bool, accents: str) -> str:
    """The words *found*, one behind the other, as whole words; with *prefix* the last may go on."""
    pattern = "" if CJK.match(found[0][0]) else f"(?<!{_LETTER})" + f"(?<!{_ACCENT})" * bool(accents)
    end = found[0].start()
    for token in found:
        between = "" if token is found[0] else _BETWEEN if token.start() > end else _MAYBE_BETWEEN
        pattern += between + "".join(re.escape(letter) + accents for letter in token[0])
        end = token.end()
    if CJK.match(found[-1][0]):
        return pattern
    return pattern + (f"(?:{_LETTER}{accents})*" if prefix else f"(?!{_LETTER})")


def _folded(text: str) -> str:
    """*text* in lower case, Latin letters without accents; every character stays where it is."""
    if text.isascii():
        return text.lower()
    return text.translate({ord(letter): _fold(letter) for letter in set(text)})


@lru_cache(maxsize=4096)
def _fold(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0].lower()
    if base.isascii():
        return base
    lower = letter.lower()
    return lower if len(lower) == 1 else letter
