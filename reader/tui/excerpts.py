"""A passage cut to a few lines, and what is told of it beside its words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rich.style import Style

from reader.domain.colours import COLOURS, LETTERS, Colour
from reader.domain.highlight import Highlight
from reader.render.notes import Look
from reader.render.palette import PagePalette
from reader.render.wrap import wrap
from reader.tui.widgets.bar import clipped

Meanings = Mapping[Colour, str]


@lru_cache(maxsize=4096)
def excerpt(text: str, width: int, most: int) -> tuple[str, ...]:
    """*text* in at most *most* lines of *width* cells; what is left out is shown by an ellipsis."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        flat = " ".join(paragraph.split())
        lines += [flat[extent.start : extent.end] for extent in wrap(flat, width)] if flat else []
        if len(lines) > most:
            return (*lines[: most - 1], clipped(f"{lines[most - 1]} …", width))
    return tuple(lines)


def sign(highlight: Highlight, *, first: bool) -> str:
    """The mark beside a line of a passage, its *first* or another: a bar, dotted where its place is not certain,
    and one cross where it has none."""
    status = highlight.placement.status
    if status == "orphan":
        return "✗" if first else " "
    return "┊" if status == "review" else "▎"


def note_style(palette: PagePalette, look: Look) -> Style:
    """What a *look* of a note's words adds to the style of its line."""
    match look:
        case "strong":
            return Style(bold=True)
        case "em":
            return Style(italic=True)
        case "mono":
            return Style(color=palette.mono or None, bold=not palette.coloured or None)
        case "marker":
            return Style(color=palette.marker or None)
        case "link":
            return Style(color=palette.link or None, underline=True)
    return Style()


def named(colour: Colour, meanings: Meanings) -> str:
    """``yellow``, or with what the reader means by it ``yellow: claim``."""
    meaning = meanings.get(colour, "")
    return f"{colour}: {meaning}" if meaning else colour


def colour_choices(meanings: Meanings) -> str:
    """What a key that waits for a colour may be followed by: ``y yellow: claim · g green · …``."""
    return " · ".join(f"{LETTERS[colour]} {named(colour, meanings)}" for colour in COLOURS)
