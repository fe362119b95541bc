"""Text from elsewhere put into a query: it is words to look for, never operators."""

from __future__ import annotations

from collections.abc import Iterator

from reader.domain.query import parse, quoted
from reader.domain.terms import Word
from reader.domain.text import clean_body


def as_phrase(text: str, *, behind: str = "", limit: int = 2000) -> str:
    """What to insert *behind* what is typed for the first paragraph of *text* to be looked for, word for word.

    A word that is one to the query language (``c++``, an address) stands as it is, anything else in quotes; inside
    quotes that are still open it goes without. The result has at most *limit* code points.
    """
    words = " ".join(_first_paragraph(text)).replace('"', " ").split()
    if not words:
        return ""
    line = " ".join(words)
    if behind.count('"') % 2:
        return line[:limit]
    if len(words) == 1 and len(line) <= limit and _is_word(line):
        return line
    return quoted(line[: max(0, limit - 2)])


def _first_paragraph(text: str) -> Iterator[str]:
    """Its lines: a phrase that was copied from a page goes over line ends."""
    begun = False
    for line in clean_body(text).splitlines():
        if line.strip():
            begun = True
            yield line
        elif begun:
            return


def _is_word(text: str) -> bool:
    read = parse(text)
    return not read.problems and read.root == Word(text)
