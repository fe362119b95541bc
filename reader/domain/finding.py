"""Find in one article, as fast as a key is pressed."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from itertools import islice

from reader.domain.document import Document, Span

LIMIT = 5_000
_ACCENTED_BELOW = "\u0530"  # Latin, Greek and Cyrillic

_ALIKE = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-",
    "\n": " ", "\t": " ", "\xa0": " ", "\u202f": " ", "\u2009": " ",
}  # fmt: skip


class Finder:
    """Finds words in the text of *document*, accents and the shape of quotes and dashes aside, and case too, unless
    a capital is looked for.

    The text is folded code point for code point, so that offsets stay what they are. White space matches any run of
    it: a phrase is found across the lines of a paragraph, and from one paragraph into the next.
    """

    def __init__(self, document: Document) -> None:
        self._document = document

    def find(self, words: str) -> list[Span]:
        """Every place where *words* stand, at most 5,000; none for an empty string."""
        has_capital = any(character.isupper() for character in words)
        wanted = _fold(unicodedata.normalize("NFC", words), exact=has_capital)
        text = self._exact if has_capital else self._folded
        if " " in wanted.strip(" "):
            return _phrases(text, wanted)
        return _places(text, wanted) if wanted else []

    @cached_property
    def _folded(self) -> str:
        return _fold(self._document.text)

    @cached_property
    def _exact(self) -> str:
        return _fold(self._document.text, exact=True)


def _places(text: str, wanted: str) -> list[Span]:
    size = len(wanted)
    starts: list[int] = []
    at = text.find(wanted)
    while at >= 0 and len(starts) < LIMIT:
        starts.append(at)
        at = text.find(wanted, at + size)
    return [Span(start, start + size) for start in starts]


def _phrases(text: str, wanted: str) -> list[Span]:
    pattern = re.compile(" +".join(map(re.escape, re.split(" +", wanted))))
    return [Span(*match.span()) for match in islice(pattern.finditer(text), LIMIT)]


def _fold(text: str, *, exact: bool = False) -> str:
    folded = text if exact else _lowered(text)
    for character in set(folded):
        if not character.isascii() or character in "\n\t":
            plain = _ALIKE.get(character) or _without_accent(character)
            if plain != character:
                folded = folded.replace(character, plain)
    return folded


def _lowered(text: str) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals become two code points, and would shift what follows
        lowered = "".join(character.lower()[0] for character in text)
    return lowered


def _without_accent(character: str) -> str:
    """The letter below an accent; Hangul syllables and voiced kana come apart, too, but their parts are no letters
    that anyone would type for them."""
    apart = unicodedata.normalize("NFD", character)
    base, marks = apart[0], apart[1:]
    accented = marks and base < _ACCENTED_BELOW and all(map(unicodedata.combining, marks))
    return base if accented else character
