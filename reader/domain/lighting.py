"""Where the words of a query stand in a text, by the rules of the full-text index.

Case is ignored, and so are the accents of Latin letters; a word matches whole words, a run of CJK characters
any place, and what is between the words of a phrase does not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from reader.domain.patterns import lazy
from reader.domain.query import Query
from reader.domain.span import Span
from reader.domain.terms import Phrase, Word
from reader.domain.text import CJK, CJK_RUN, FIRST_CJK, clean_line, has_cjk

LONGEST_TERM = 256
SNIPPET = 160
MOST_WEIGHED = 50

_CJK_RANGES = CJK.pattern[1:-1]
_SPACED_LETTER = r"[^\W_]"
_LETTER = f"[^\\W_{_CJK_RANGES}]"
_SPACED_TOKEN = lazy(f"{_SPACED_LETTER}+")
_TOKEN = lazy(f"{_LETTER}+|{CJK_RUN.pattern}")
_FIRST_ACCENT, _LAST_ACCENT = "\u0300", "\u036f"
_ACCENT = f"[{_FIRST_ACCENT}-{_LAST_ACCENT}]"
_ACCENTS = f"{_ACCENT}*+"
_BETWEEN = r"[\W_]+"
_MAYBE_BETWEEN = r"[\W_]*"
_SPACE = lazy(r"\s+")


class _Script(NamedTuple):
    """What patterns for a text must reckon with: its letters beside CJK ones or not, and accents apart from them.

    A class of letters that leaves CJK out takes 3 ms to compile, and few texts need it.
    """

    letter: str
    accents: str


class _Patterns(NamedTuple):
    """For the letters of a word alone, and ``exact`` with the signs at its ends too, for ``c++`` and ``#tag``. Before a
    match of ``loose`` that ``is_open`` a word must not go on, which the pattern itself does not see to."""

    loose: re.Pattern[str] | None
    exact: re.Pattern[str] | None = None
    is_open: bool = False


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


def find(text: str, words: Iterable[Word | Phrase], most: int | None = None) -> list[Found]:
    """Every match of every word, or the first *most* of each, sorted by place; those of different words may overlap."""
    text = text.replace("…", ".")  # the one sign beyond ASCII in many a snippet
    letters = folded(text)
    script = _script(text)
    found = [
        Found(Span(*match.span()), number)
        for number, word in enumerate(words)
        for match in islice(_matches(letters, word, script), most)
    ]
    return sorted(found)


def snippets(text: str, query: Query, count: int) -> list[tuple[Span, str]]:
    """The *count* stretches of *text* that hold the most different words of *query*, best first.

    Each with the span of its first match, as one clean line of at most ``SNIPPET`` characters and an ellipsis
    at each end that is cut.
    """
    found = find(text, query.words, MOST_WEIGHED)
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
    return [token[0] for token in _tokens(text)]


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


def _tokens(text: str) -> Iterator[re.Match[str]]:
    return (_SPACED_TOKEN if text.isascii() else _TOKEN).finditer(text)


def _script(text: str) -> _Script:
    signs = () if text.isascii() else set(text)
    return _Script(
        letter=_LETTER if max(signs, default="") >= FIRST_CJK else _SPACED_LETTER,
        accents=_ACCENTS if any(_FIRST_ACCENT <= sign <= _LAST_ACCENT for sign in signs) else "",
    )


def _matches(text: str, word: Word | Phrase, script: _Script) -> Iterator[re.Match[str]]:
    loose, exact, is_open = _patterns(word, script)
    if exact and exact.search(text):
        return exact.finditer(text)
    if loose is None:
        return iter(())
    return _at_starts(loose, text, script) if is_open else loose.finditer(text)


def _at_starts(pattern: re.Pattern[str], text: str, script: _Script) -> Iterator[re.Match[str]]:
    """The matches that no word goes on into. A pattern that looks behind itself is tried at every place of a text, one
    that begins with a letter only where that is: five times as fast."""
    for match in pattern.finditer(text):
        start = match.start()
        if not start or not _goes_on(text[start - 1], script):
            yield match


def _goes_on(sign: str, script: _Script) -> bool:
    if script.accents and _FIRST_ACCENT <= sign <= _LAST_ACCENT:
        return True
    return sign.isalnum() and (script.letter is _SPACED_LETTER or not has_cjk(sign))


@lru_cache(maxsize=256)
def _patterns(word: Word | Phrase, script: _Script) -> _Patterns:
    text = folded(unicodedata.normalize("NFC", word.text[:LONGEST_TERM]).strip())
    found = [*_tokens(text)]
    if not found:
        return _Patterns(None)
    if word.near is not None:
        return _Patterns(re.compile("|".join(_bounded([token], False, script) for token in found)))
    is_open = len(found) == 1 and not has_cjk(found[0][0])
    loose = _bounded(found, word.prefix, script, is_open=is_open)
    if word.forms:
        alike = (_bounded([*_tokens(form)], False, script, is_open=is_open) for form in word.forms)
        return _Patterns(re.compile("|".join((loose, *alike))), is_open=is_open)
    if word.phrase or (found[0].start() == 0 and found[-1].end() == len(text)):
        return _Patterns(re.compile(loose), is_open=is_open)
    behind = "" if word.prefix else f"(?!{script.letter})"
    exact = re.compile(f"(?<!{script.letter}){re.escape(text)}{behind}")
    return _Patterns(re.compile(loose), exact, is_open)


def _bounded(found: list[re.Match[str]], prefix: bool, script: _Script, *, is_open: bool = False) -> str:
    """The words *found*, one behind the other, as whole words; with *prefix* the last may go on, and if it is open
    the first may be the end of one."""
    letter, accents = script
    pattern = ""
    if not is_open and not has_cjk(found[0][0]):
        pattern = f"(?<!{letter})" + f"(?<!{_ACCENT})" * bool(accents)
    end = found[0].start()
    for token in found:
        between = "" if token is found[0] else _BETWEEN if token.start() > end else _MAYBE_BETWEEN
        pattern += between + "".join(re.escape(sign) + accents for sign in token[0])
        end = token.end()
    if has_cjk(found[-1][0]):
        return pattern
    return pattern + (f"(?:{letter}{accents})*" if prefix else f"(?!{letter})")


def folded(text: str) -> str:
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
