"""Our two themes for Textual, and the page's palette for any theme."""

from __future__ import annotations

from textual.color import Color, ColorParseError
from textual.theme import Theme

from reader.render.palette import DARK, LIGHT, NO_COLOUR, PagePalette, blend, derive


def _theme(palette: PagePalette) -> Theme:
    toward = "#ffffff" if palette.dark else "#000000"
    return Theme(
        name=palette.name,
        dark=palette.dark,
        primary=palette.headings[1],
        secondary=palette.link,
        accent=palette.marker,
        foreground=palette.ink,
        background=palette.page,
        surface=palette.panel,
        panel=blend(palette.panel, toward, 0.05),
        success=palette.margins["green"],
        warning=palette.margins["yellow"],
        error=palette.code["deleted"],
        variables={
            "block-cursor-foreground": palette.sentence.ink,
            "block-cursor-background": palette.sentence.ground,
            "input-selection-background": palette.selection.ground,
            "footer-key-foreground": palette.marker,
            "scrollbar": palette.faint,
            "scrollbar-hover": palette.dim,
            "scrollbar-active": palette.marker,
            "scrollbar-background": palette.page,
            "scrollbar-background-hover": palette.page,
            "scrollbar-background-active": palette.page,
            "scrollbar-corner-color": palette.page,
        },
    )


THEMES = (_theme(DARK), _theme(LIGHT))
_OWN = {palette.name: palette for palette in (DARK, LIGHT)}


def palette_of(theme: Theme, *, no_colour: bool = False) -> PagePalette:
    """The page's colours under *theme*: our own for our themes, derived for others."""
    if no_colour:
        return NO_COLOUR
    own = _OWN.get(theme.name)
    if own is not None:
        return own
    fallback = DARK if theme.dark else LIGHT
    known = theme.to_color_system().generate()
    page = _hex(known.get("background"), fallback.page)
    ink = _hex(known.get("foreground"), fallback.ink)
    return derive(
        theme.name,
        dark=theme.dark,
        page=page,
        ink=ink,
        accent=_hex(known.get("accent"), fallback.marker),
        second=_hex(known.get("primary"), fallback.link),
        panel=_hex(known.get("surface"), blend(page, ink, 0.06)),
    )


def _hex(colour: str | None, fallback: str) -> str:
    """*colour* as ``#rrggbb``; ANSI names that only the terminal knows give *fallback*."""
    if not colour:
        return fallback
    try:
        parsed = Color.parse(colour)
    except ColorParseError:
        return fallback
    return fallback if parsed.ansi is not None else parsed.hex6.lower()
