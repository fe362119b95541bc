"""The colours of highlights, by their names."""

from __future__ import annotations

from typing import Literal, get_args

Colour = Literal["yellow", "green", "blue", "pink", "purple"]
COLOURS: tuple[Colour, ...] = get_args(Colour)
