"""What two texts share, word by word.

Whole paragraphs are compared first and words only inside those that changed, so a long text with a few edits costs
little. Words of scripts that write no spaces are compared by their characters. White space never holds words
together: what stands between two words that are the same is compared by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from reader.domain.alignment import Common, common
from reader.domain.span import Span

# A word, or one cluster: of a script without spaces, of signs, of an emoji.
_WORD = r"(?:(?![\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])[\p{L}\p{N}\p{M}_])"


class Shared(NamedTuple):
    """A part that is the same; one that is ``whole`` paragraphs is so by no chance."""

    old: Span
    new: Span
    whole: bool = False


def shared(old: str, new: str) -> Iterator[Shared]:
    """The parts that are the same: paragraphs, and words in the paragraphs between these."""
    paragraphs, others = _paragraphs(old), _paragraphs(new)
    left = right = 0
    for part in common(*_numbered(old, paragraphs, new, others)):
        start, other = paragraphs[part.old].start, others[part.new].start
        yield from _shared_words(old, Span(left, start), new, Span(right, other))
        yield from _runs(old, paragraphs, new, others, part, whole=True)
        left, right = paragraphs[part.old + part.size - 1].end, others[part.new + part.size - 1].end
    yield from _shared_words(old, Span(left, len(old)), new, Span(right, len(new)))


def _shared_words(old: str, here: Span, new: str, there: Span) -> Iterator[Shared]:
    if here.start == here.end or there.start == there.end:
        return
    words, others = _words(old, here), _words(new, there)
    for part in common(*_numbered(old, words, new, others)):
        yield from _runs(old, words, new, others, part, whole=False)


def _runs(
    old: str, here: Sequence[Span], new: str, there: Sequence[Span], part: Common, *, whole: bool
) -> Iterator[Shared]:
    """The words or paragraphs of *part*, with the white space between them where that is the same too."""
    held = Shared(here[part.old], there[part.new], whole)
    for step in range(1, part.size):
        one, other = here[part.old + step], there[part.new + step]
        if old[held.old.end : one.start] == new[held.new.end : other.start]:
            held = Shared(Span(held.old.start, one.end), Span(held.new.start, other.end), whole)
        else:
            yield held
            held = Shared(one, other, whole)
    yield held


def _paragraphs(text: str) -> list[Span]:
    """Lines that are not empty, without the line feeds: in a list or a table each line is one."""
    found: list[Span] = []
    start = 0
    for line in text.split("\n"):
        if line:
            found.append(Span(start, start + len(line)))
        start += len(line) + 1
    return found


def _words(text: str, span: Span) -> list[Span]:
    return [Span(*match.span()) for match in _pattern().finditer(text, *span)]


@cache
def _pattern() -> Any:
    import regex  # letters of all scripts with their marks; loaded when two texts are compared

    return regex.compile(rf"{_WORD}+(?:['’.\-]{_WORD}+)*|(?!\s)\X")


def _numbered(old: str, here: Iterable[Span], new: str, there: Iterable[Span]) -> tuple[list[int], list[int]]:
    """A number for each part, the same for equal ones."""
    numbers: dict[str, int] = {}
    return (
        [numbers.setdefault(old[start:end], len(numbers)) for start, end in here],
        [numbers.setdefault(new[start:end], len(numbers)) for start, end in there],
    )
