"""The colours of lists and bars under any theme, always legible on what they stand on.

Component classes of Textual would do the same, but each costs a pass through the style sheet for every widget:
half of the time until the first screen.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from rich.style import Style

from reader.render.palette import PagePalette, blend, legible
from reader.tui.colours import palette_of

if TYPE_CHECKING:
    from textual.app import App

Ink = Literal["ink", "bright", "muted", "accent", "second", "star", "error", "page"]
Ground = Literal["page", "panel", "bar", "cursor", "resting", "chosen", "chip", "warning", "mode"]


class Inks:
    """Styles by ink and ground. Without colour a chip, a warning and a mode are told by being reversed."""

    def __init__(self, palette: PagePalette) -> None:
        self._palette = palette
        self._made: dict[tuple[Ink, Ground, bool, bool, bool], Style] = {}

    def on(
        self,
        ground: Ground,
        ink: Ink = "ink",
        *,
        bold: bool = False,
        italic: bool = False,
        underline: bool = False,
    ) -> Style:
        key = (ink, ground, bold, italic, underline)
        style = self._made.get(key)
        if style is None:
            style = self._made[key] = self._style(ground, ink) + Style(
                bold=bold, italic=italic, underline=underline
            )
        return style

    def _style(self, ground: Ground, ink: Ink) -> Style:
        if not self._palette.coloured:
            return Style(reverse=ground in ("chip", "warning", "mode"))
        under = self._grounds[ground]
        return Style(color=legible(self._inks[ink], under), bgcolor=under)

    @cached_property
    def _inks(self) -> dict[Ink, str]:
        palette = self._palette
        return {
            "ink": palette.ink,
            "bright": palette.bright,
            "muted": palette.dim,
            "accent": palette.headings[0],
            "second": palette.link,
            "star": palette.margins["yellow"],
            "error": palette.code["deleted"],
            "page": palette.page,
        }

    @cached_property
    def _grounds(self) -> dict[Ground, str]:
        palette, inks = self._palette, self._inks
        return {
            "page": palette.page,
            "panel": palette.panel,
            "bar": blend(palette.panel, palette.ink, 0.06),
            "cursor": blend(palette.page, inks["accent"], 0.18),
            "resting": blend(palette.page, palette.ink, 0.07),
            "chosen": blend(palette.page, inks["second"], 0.18),
            "chip": blend(palette.panel, inks["accent"], 0.25),
            "warning": blend(palette.panel, inks["star"], 0.35),
            "mode": inks["accent"],
        }


_MADE: dict[tuple[str, bool], Inks] = {}


def inks_of(app: App[object]) -> Inks:
    """The inks of the theme that is on."""
    key = (app.theme, app.no_color)
    if key not in _MADE:
        _MADE[key] = Inks(palette_of(app.current_theme, no_colour=app.no_color))
    return _MADE[key]
