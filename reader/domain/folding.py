"""Text folded for comparison, with a map back to where each character came from."""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from reader.domain.patterns import lazy
from reader.domain.span import Span


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; ``offsets[i]`` is the code point of the raw text that gave ``text[i]``, one more at the end."""

    text: str
    offsets: array[int]

    def span(self, start: int, end: int) -> Span:
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


@lru_cache(maxsize=4)
def folded_text(raw: str) -> Folded:
    """:func:`normalise` for the text of an article, and for one it had before: asked for again with every highlight."""
    return normalise(raw)


def normalise(raw: str) -> Folded:
    """Fold *raw*, which should be NFC: quotes, dashes and case are one, a run of white space is one space, and
    what cannot be seen is gone. White space at both ends is dropped."""
    out: list[str] = []
    offsets = array("I")
    end_of_last = 0
    for found in _WORD.finditer(raw):
        start, end = found.span()
        word, places = _folded_word(found[0], start)
        if not word:
            continue  # invisible, and the white space around it is one run
        if out:
            out.append(" ")
            offsets.append(end_of_last)
        out.append(word)
        offsets.extend(places)
        end_of_last = end
    offsets.append(len(raw))
    return Folded("".join(out), offsets)


_WORD = lazy(r"\S+")  # what is not \S is what str.isspace says

_FOLD = (
    dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
    | dict.fromkeys("‘’‚‛′", "'")
    | dict.fromkeys("“”„«»″", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"…": "...", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
)


class _Folds(dict[str, str]):
    """What each character becomes, found out once."""

    def __missing__(self, character: str) -> str:
        self[character] = folded = unicodedata.normalize("NFC", character).casefold()
        return folded


_folds = _Folds(_FOLD)


def _folded_word(word: str, start: int) -> tuple[str, Iterable[int]]:
    """*word*, which stands at *start*, and where each of its folded characters came from."""
    if word.isascii():
        return word.lower(), range(start, start + len(word))
    parts = [_folds[character] for character in word]
    if all(len(part) == 1 for part in parts):
        return "".join(parts), range(start, start + len(word))
    places = [start + place for place, part in enumerate(parts) for _ in part]
    return "".join(parts), places
