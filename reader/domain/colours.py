"""The colours of highlights, by their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

Colour = Literal["yellow", "green", "blue", "pink", "purple"]
COLOURS: tuple[Colour, ...] = get_args(Colour)

LETTERS: Mapping[Colour, str] = {"yellow": "y", "green": "g", "blue": "b", "pink": "p", "purple": "u"}
"""The letter of each colour: the key that chooses it and the mark in the margin."""
