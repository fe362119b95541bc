"""Places that begin and end with words: where words were edited, an alike stretch may cut one in two."""

from __future__ import annotations

from dataclasses import replace

from reader.domain.document import Document, Span
from reader.domain.highlight import Placement
from reader.domain.words import Words

_REACH = 256  # code points: a word that is longer is cut


def on_words(document: Document, placement: Placement) -> Placement:
    """*placement* with each end that stands inside a word moved to the nearer end of that word."""
    span = placement.span
    if span is None or span.start == span.end:
        return placement
    start, end = _begun(document, span.start), _ended(document, span.end)
    return replace(placement, span=Span(start, end)) if start < end else placement


def _begun(document: Document, offset: int) -> int:
    word = _cut(document, offset)
    if word is None:
        return offset
    if offset - word.start <= word.end - offset:
        return word.start
    offset = word.end
    while document.text[offset : offset + 1].isspace():
        offset += 1
    return offset


def _ended(document: Document, offset: int) -> int:
    word = _cut(document, offset)
    if word is None:
        return offset
    if word.end - offset <= offset - word.start:
        return word.end
    offset = word.start
    while document.text[offset - 1 : offset].isspace():
        offset -= 1
    return offset


def _cut(document: Document, offset: int) -> Span | None:
    """The word that *offset* cuts in two."""
    around = Span(max(0, offset - _REACH), min(len(document.text), offset + _REACH))
    word = Words(document).at(around, offset)
    return word if word is not None and word.start < offset else None
