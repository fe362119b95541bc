"""The colours of the page: two themes of our own, one derived from any other, one without colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from reader.domain.highlight import COLOURS, Colour

LEGIBLE = 4.5


class Wash(NamedTuple):
    """Ink on a ground that is laid over text. Hexadecimal, or empty where there is no colour."""

    ground: str
    ink: str


@dataclass(frozen=True, slots=True)
class PagePalette:
    """Every colour of the page, as ``#rrggbb``; all empty in the palette without colour.

    ``bright`` is for strong text, ``dim`` for what stands beside the text and ``faint`` for lines that only
    divide; ``headings`` are levels 1–6. ``code`` maps the roles of ``render.code`` to their ink.
    """

    name: str
    dark: bool
    page: str
    ink: str
    bright: str
    dim: str
    faint: str
    title: str
    headings: tuple[str, str, str, str, str, str]
    link: str
    quote: str
    bar: str
    marker: str
    mono: str
    mono_ground: str
    panel: str
    panel_ink: str
    code: Mapping[str, str]
    highlights: Mapping[Colour, Wash]
    margins: Mapping[Colour, str]
    find: Wash
    current: Wash
    sentence: Wash
    selection: Wash
    caret: Wash
    label: Wash

    @property
    def coloured(self) -> bool:
        return bool(self.page)


def _washes(*pairs: tuple[str, str]) -> dict[Colour, Wash]:
    return {colour: Wash(*pair) for colour, pair in zip(COLOURS, pairs, strict=True)}


def _margins(*inks: str) -> dict[Colour, str]:
    return dict(zip(COLOURS, inks, strict=True))


DARK = PagePalette(
    name="reader-dark",
    dark=True,
    page="#17191d",
    ink="#d3d1cb",
    bright="#f5f2ea",
    dim="#8d9097",
    faint="#43474e",
    title="#f7f3e8",
    headings=("#ecc48d", "#ecc48d", "#dcb98a", "#c9c6be", "#b3b1ab", "#a3a29d"),
    link="#86b9ea",
    quote="#b4b8b9",
    bar="#5c7f88",
    marker="#d0a56c",
    mono="#d9b38c",
    mono_ground="#24272d",
    panel="#1f2227",
    panel_ink="#cfd2d6",
    code={
        "keyword": "#c99be0",
        "string": "#a5c98a",
        "comment": "#8b919b",
        "number": "#e0a57c",
        "name": "#86b9ea",
        "builtin": "#7fc4c4",
        "operator": "#a9b0ba",
        "deleted": "#e58f8f",
    },
    highlights=_washes(
        ("#5b4a12", "#fff2c2"),
        ("#24502f", "#dbf6dd"),
        ("#1d456c", "#dbecfd"),
        ("#672a48", "#fee1ec"),
        ("#48336e", "#ebe0fc"),
    ),
    margins=_margins("#e6c65a", "#7ccb8a", "#74b4ef", "#ee8fb5", "#b79bf0"),
    find=Wash("#6b4f00", "#ffe9b0"),
    current=Wash("#ffb454", "#1a1300"),
    sentence=Wash("#343a43", "#ffffff"),
    selection=Wash("#2b5f92", "#ffffff"),
    caret=Wash("#f5f2ea", "#17191d"),
    label=Wash("#b5e853", "#152008"),
)

LIGHT = PagePalette(
    name="reader-light",
    dark=False,
    page="#faf5ea",
    ink="#33302b",
    bright="#15130f",
    dim="#736b60",
    faint="#d5cbb8",
    title="#15130f",
    headings=("#8a3b12", "#8a3b12", "#6f3d20", "#4c4338", "#5d5448", "#6a6156"),
    link="#1b5e9b",
    quote="#5a5348",
    bar="#b79a6b",
    marker="#a8521f",
    mono="#7a3e16",
    mono_ground="#f0e8d6",
    panel="#f2ebdb",
    panel_ink="#3a362f",
    code={
        "keyword": "#7d3c98",
        "string": "#3f6b21",
        "comment": "#6b6458",
        "number": "#a1480e",
        "name": "#1b5e9b",
        "builtin": "#12696b",
        "operator": "#5b5449",
        "deleted": "#ab2b2b",
    },
    highlights=_washes(
        ("#ffe680", "#2b2408"),
        ("#c8ecb4", "#14270c"),
        ("#bcdcf8", "#0b2136"),
        ("#fbcade", "#3a0f22"),
        ("#dccffa", "#20123f"),
    ),
    margins=_margins("#846400", "#357a1f", "#1f6cb0", "#b83a70", "#6d4bc0"),
    find=Wash("#f5bd4f", "#2b2003"),
    current=Wash("#b8460b", "#ffffff"),
    sentence=Wash("#e9dec6", "#15130f"),
    selection=Wash("#2f6ca6", "#ffffff"),
    caret=Wash("#15130f", "#faf5ea"),
    label=Wash("#7a2ea8", "#ffffff"),
)

_NONE = Wash("", "")
NO_COLOUR = PagePalette(
    name="no-colour",
    dark=True,
    page="", ink="", bright="", dim="", faint="", title="", headings=("",) * 6, link="", quote="", bar="",
    marker="", mono="", mono_ground="", panel="", panel_ink="", code={},
    highlights=_washes(*[("", "")] * 5), margins=_margins(*[""] * 5),
    find=_NONE, current=_NONE, sentence=_NONE, selection=_NONE, caret=_NONE, label=_NONE,
)  # fmt: skip


def derive(
    name: str,
    *,
    dark: bool,
    page: str,
    ink: str,
    accent: str,
    second: str,
    panel: str,
) -> PagePalette:
    """A palette for somebody else's theme: its ground, ink and accents, and what follows from them.

    Inks that would not be legible on their ground are moved toward black or white until they are.
    """
    own = DARK if dark else LIGHT
    bright = legible(blend(ink, "#ffffff" if dark else "#000000", 0.5), page)
    body = legible(ink, page)
    dim = legible(blend(ink, page, 0.4), page)
    heading = legible(accent, page)
    washes = {colour: Wash(wash.ground, wash.ink) for colour, wash in own.highlights.items()}
    return PagePalette(
        name=name,
        dark=dark,
        page=page,
        ink=body,
        bright=bright,
        dim=dim,
        faint=blend(ink, page, 0.75),
        title=bright,
        headings=(heading, heading, heading, bright, body, dim),
        link=legible(second, page),
        quote=legible(blend(ink, page, 0.2), page),
        bar=blend(second, page, 0.4),
        marker=heading,
        mono=legible(accent, panel),
        mono_ground=panel,
        panel=panel,
        panel_ink=legible(ink, panel),
        code={role: legible(colour, panel) for role, colour in own.code.items()},
        highlights=washes,
        margins={colour: legible(ink_of_margin, page) for colour, ink_of_margin in own.margins.items()},
        find=own.find,
        current=own.current,
        sentence=Wash(blend(ink, page, 0.8), legible(bright, blend(ink, page, 0.8))),
        selection=Wash(second, legible(page, second)),
        caret=Wash(bright, legible(page, bright)),
        label=own.label,
    )


def blend(one: str, other: str, share: float) -> str:
    """*one* with *share* of *other* mixed in."""
    mixed = (
        round(first + (second - first) * share) for first, second in zip(_rgb(one), _rgb(other), strict=True)
    )
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio, 1–21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def legible(ink: str, ground: str, least: float = LEGIBLE) -> str:
    """*ink*, or the nearest mix of it with black or white that has enough contrast on *ground*."""
    toward = max(("#000000", "#ffffff"), key=lambda end: contrast(end, ground))
    for step in range(11):
        mixed = blend(ink, toward, step / 10)
        if contrast(mixed, ground) >= least:
            return mixed
    return toward


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (value / 255 for value in _rgb(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
