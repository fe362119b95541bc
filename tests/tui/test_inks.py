"""Lists and bars are legible under every theme."""

from __future__ import annotations

from typing import get_args

import pytest
from textual.theme import BUILTIN_THEMES

from reader.render.palette import LEGIBLE, contrast
from reader.tui.colours import THEMES, palette_of
from reader.tui.inks import Ground, Ink, Inks

EVERY = {theme.name: theme for theme in (*THEMES, *BUILTIN_THEMES.values())}


@pytest.mark.parametrize("name", sorted(EVERY))
def test_every_ink_can_be_read_on_every_ground(name: str) -> None:
    inks = Inks(palette_of(EVERY[name]))
    for ground in get_args(Ground):
        for ink in get_args(Ink):
            if ink == "page":
                continue
            style = inks.on(ground, ink)
            assert style.color is not None
            assert style.bgcolor is not None
            assert contrast(style.color.name, style.bgcolor.name) >= LEGIBLE - 0.01, f"{ink} on {ground}"


def test_without_colour_what_colour_told_is_reversed() -> None:
    inks = Inks(palette_of(THEMES[0], no_colour=True))
    assert inks.on("page").color is None
    assert inks.on("warning").reverse
    assert inks.on("mode", bold=True).bold
