"""Where a highlighted passage is now: exact re-anchoring over folded text.

A position is trusted only while the text has the hash it was made on and still shows the passage there. In
another text the passage is looked for verbatim, after folding quotes, dashes, white space and case; when it
occurs more than once its context decides. What cannot be placed with certainty is never ``anchored``.
Follows the W3C text-position and text-quote selectors.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from reader.domain.document import Document, Span
from reader.domain.highlight import Anchor, Placement, PlacementStatus

CONTEXT = 32
SHORT = 12
CONTEXT_ALONE = 0.5
CONTEXT_AMONG_MANY = 0.6
MARGIN = 0.01
CANDIDATE_CAP = 200

_FOLD = (
    dict.fromkeys("‘’‚‛′", "'")
    | dict.fromkeys("“”„«»″", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"…": "...", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
)
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


def anchor_of(document: Document, span: Span) -> Anchor | None:
    """The selector of *span*, white space at both ends left out; ``None`` if nothing visible is in it."""
    text = document.text
    start, end = max(0, span.start), min(len(text), span.end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return None
    return Anchor(
        Span(start, end),
        text[start:end],
        text[max(0, start - CONTEXT) : start],
        text[end : end + CONTEXT],
        document.hash,
    )


def locate(document: Document, anchor: Anchor) -> Placement:
    """Find where *anchor*'s passage is in *document*, which may be another text than it was made on.

    Total: never raises, whatever the text. A passage that is nowhere verbatim comes back as ``review``
    without a span.
    """
    if document.hash == anchor.text_hash and document.slice(anchor.span) == anchor.exact:
        return Placement("anchored", anchor.span, 1.0)
    quote = normalise(anchor.exact).text
    if not quote:
        return Placement("orphan", None, 0.0)
    folded = normalise(document.text)
    hint = bisect_left(folded.offsets, anchor.span.start) if anchor.text_hash else None
    candidates = _ranked(folded.text, quote, anchor, hint)
    if not candidates:
        return Placement("review", None, 0.0)
    best = candidates[0]
    margin = best.score - candidates[1].score if len(candidates) > 1 else 1.0
    status: PlacementStatus = (
        "anchored" if _is_certain(best, margin, len(candidates), len(quote)) else "review"
    )
    return Placement(status, folded.span(best.start, best.end), best.score)


def occurrences(document: Document, words: str) -> list[Span]:
    """Every place where *words* stand in the text, quotes, dashes, white space and case aside; at most 200."""
    quote = normalise(words).text
    if not quote:
        return []
    folded = normalise(document.text)
    return [folded.span(start, start + len(quote)) for start in _finds(folded.text, quote)]


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; ``offsets[i]`` is the code point of the raw text that gave ``text[i]``, one more at the end."""

    text: str
    offsets: array[int]

    def span(self, start: int, end: int) -> Span:
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


@lru_cache(maxsize=8)
def normalise(raw: str) -> Folded:
    """Fold *raw*, which should be NFC, for comparison: one pass that keeps a map back to it."""
    out: list[str] = []
    offsets = array("I")
    gap = -1
    for offset, character in enumerate(raw):
        if character in _DROPPED:
            continue
        if character.isspace():
            gap = offset if gap < 0 else gap
            continue
        if gap >= 0:
            if out:
                out.append(" ")
                offsets.append(gap)
            gap = -1
        folded = _FOLD.get(character) or unicodedata.normalize("NFC", character).casefold()
        out.append(folded)
        offsets.extend([offset] * len(folded))
    offsets.append(len(raw))
    return Folded("".join(out), offsets)


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    score: float
    context: float | None


def _ranked(text: str, quote: str, anchor: Anchor, hint: int | None) -> list[_Candidate]:
    """The exact occurrences of *quote*, best first: 50 points for the words, 20 for each stored context, 2 for
    nearness to *hint*; what was not stored does not count."""
    prefix, suffix = _contexts(anchor)
    found = []
    for start in _finds(text, quote):
        end = start + len(quote)
        sides = [
            _similarity(text[max(0, start - len(prefix)) : start], prefix) if prefix else None,
            _similarity(text[end : end + len(suffix)], suffix) if suffix else None,
        ]
        known = [side for side in sides if side is not None]
        points, weight = 50 + 20 * sum(known), 50 + 20 * len(known)
        if hint is not None:
            points, weight = points + 2 * (1 - min(1, abs(start - hint) / len(text))), weight + 2
        found.append(_Candidate(start, end, points / weight, max(known, default=None)))
    return sorted(found, key=lambda candidate: -candidate.score)


def _is_certain(best: _Candidate, margin: float, places: int, length: int) -> bool:
    if places > 1:
        return best.context is not None and best.context >= CONTEXT_AMONG_MANY and margin >= MARGIN
    return length >= SHORT or best.context is None or best.context >= CONTEXT_ALONE


def _contexts(anchor: Anchor) -> tuple[str, str]:
    """Folded prefix and suffix, with the one space back that touches the passage."""
    prefix, suffix = normalise(anchor.prefix).text, normalise(anchor.suffix).text
    if anchor.prefix[-1:].isspace():
        prefix += " "
    if anchor.suffix[:1].isspace():
        suffix = " " + suffix
    return prefix, suffix


def _finds(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    count = 0
    while start >= 0 and count < CANDIDATE_CAP:
        yield start
        count += 1
        start = text.find(words, start + 1)


def _similarity(text: str, pattern: str) -> float:
    """1 where *pattern* is in *text*, else one less its edit distance to the nearest substring, by its length."""
    if pattern in text:
        return 1.0
    if not text:
        return 0.0
    above = [0] * (len(text) + 1)  # a match may begin anywhere: no cost before it
    for errors, wanted in enumerate(pattern, 1):
        row = [errors]
        for column, given in enumerate(text):
            row.append(min(above[column + 1] + 1, row[column] + 1, above[column] + (wanted != given)))
        above = row
    return 1 - min(above) / len(pattern)
