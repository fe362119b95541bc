"""The pieces of a sentence between its commas, semicolons, colons, dashes and parentheses."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from reader.domain.document import Span
from reader.domain.patterns import lazy

_CLOSERS = "\"'”’»)\\]」』）】"
# Western signs divide only before white space: 1,000 and 10:30 and https:// stay whole. A dash between letters does.
_DIVISION = lazy(
    rf"(?P<comma>[,،][{_CLOSERS}]*(?=\s)|、[{_CLOSERS}]*)"
    r"|(?P<closing>\)(?=\s)|）)|(?P<opening>(?=(?<=\s)\()|(?=（))"
    rf"|[;:؛][{_CLOSERS}]*(?=\s)|[，；：][{_CLOSERS}]*"
    r"|(?:—+|――|(?<=\s)(?:–|--?)(?=\s))"
)
# Two ideographs count as a word.
_CJK = "\u3040-\u9fff"
_WORD = lazy(rf"[{_CJK}]{{1,2}}|[^\W{_CJK}]+")
_FEWEST = 3  # words; what is shorter is a part of an enumeration, or explains a word in parentheses


def clauses(text: str, sentence: Span) -> list[Span]:
    """The clauses of *sentence*, which hold all of it but the white space between them.

    A sign belongs to what it ends, an opening parenthesis to what it begins.
    """
    cuts = list(_cuts(text, sentence))
    pairs = zip([sentence.start, *cuts], [*cuts, sentence.end], strict=True)
    return [span for pair in pairs if (span := _bare(text, *pair))]


def _cuts(text: str, sentence: Span) -> Iterator[int]:
    words = [match.start() for match in _WORD.finditer(text, *sentence)]
    divisions = list(_DIVISION.finditer(text, *sentence))
    counts = [0, *(bisect_left(words, division.end()) for division in divisions), len(words)]
    done = 0
    for place, division in enumerate(divisions, 1):
        here = counts[place]
        is_long_before = here - counts[place - 1] >= _FEWEST or division.lastgroup in (None, "opening")
        is_long_behind = counts[place + 1] - here >= _FEWEST or division.lastgroup in (None, "closing")
        if is_long_before and is_long_behind and done < here < len(words):
            yield division.end()
            done = here


def _bare(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
