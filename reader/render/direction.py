"""Which way a text runs. Lines keep the order in which the text is written, whatever a terminal makes of it."""

from __future__ import annotations

import unicodedata

RIGHT_TO_LEFT = "◂ "
"""Stands before a paragraph that runs from right to left."""

_RIGHT, _LEFT = ("R", "AL"), "L"


def runs_left(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` runs from right to left: its first letter decides, as the Unicode rule P2 has it."""
    for character in text[start:end]:
        if character.isascii():
            if character.isalpha():
                return False
        elif (direction := unicodedata.bidirectional(character)) in _RIGHT:
            return True
        elif direction == _LEFT:
            return False
    return False
