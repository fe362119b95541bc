"""Find in one article, as fast as a key is pressed."""

from __future__ import annotations

import unicodedata
from functools import cached_property

from reader.domain.document import Document, Span

LIMIT = 5_000

_ALIKE = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-",
    "\n": " ", "\t": " ", "\xa0": " ", "\u202f": " ", "\u2009": " ",
}  # fmt: skip


class Finder:
    """Finds words in the text of *document*, case, accents and the shape of quotes and dashes aside.

    The text is folded once, code point for code point, so that offsets stay what they are. White space matches
    any one white space: a phrase is found across the lines of a paragraph.
    """

    def __init__(self, document: Document) -> None:
        self._document = document

    def find(self, words: str) -> list[Span]:
        """Every place where *words* stand, at most 5,000; none for an empty string."""
        wanted = _fold(unicodedata.normalize("NFC", words))
        if not wanted:
            return []
        text, size = self._folded, len(wanted)
        starts: list[int] = []
        at = text.find(wanted)
        while at >= 0 and len(starts) < LIMIT:
            starts.append(at)
            at = text.find(wanted, at + size)
        return [Span(start, start + size) for start in starts]

    @cached_property
    def _folded(self) -> str:
        return _fold(self._document.text)


def _fold(text: str) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals become two code points, and would shift what follows
        lowered = "".join(character.lower()[0] for character in text)
    for character in set(lowered):
        if not character.isascii() or character in "\n\t":
            plain = _ALIKE.get(character) or _without_accent(character)
            if plain != character:
                lowered = lowered.replace(character, plain)
    return lowered


def _without_accent(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isalpha() and character.isalpha() and len(character) == 1 else character
