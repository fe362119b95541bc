"""Offsets of programs that count UTF-16 units, as everything does that is written in JavaScript."""

from __future__ import annotations


def from_utf16(text: str, units: int) -> int:
    """The code point of *text* at which the UTF-16 unit number *units* is; inside a pair, the pair's start.

    *text* must be the one that the offset was made on. Behind its end it is the end.
    """
    if text.isascii():
        return max(0, min(units, len(text)))
    seen = 0
    for offset, character in enumerate(text):
        seen += 2 if character > "\uffff" else 1
        if seen > units:
            return offset
    return len(text)
