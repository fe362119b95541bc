"""One article as one line of a list: which columns fit, and how they are painted. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.domain.article import Summary
from reader.tui.inks import Ground, Ink, Inks
from reader.tui.widgets.bar import clipped

Part = Literal[
    "bar", "selected", "unread", "reading", "read", "star", "title", "title-read", "site", "tags", "highlights",
    "minutes", "age", "blank", "found", "snippet", "same", "alike",
]  # fmt: skip
Styles = Mapping[tuple[Part, bool], Style]  # (part, whether the cursor is on the row)

GLYPHS: Mapping[str, tuple[str, Part]] = {
    "unread": ("●", "unread"),
    "reading": ("◐", "reading"),
    "read": ("○", "read"),
}
LINK: tuple[str, Part] = ("↓", "read")
"""Of an article whose text is still to be fetched."""

_INKS: Mapping[Part, Ink] = {
    "bar": "accent", "selected": "second", "unread": "accent", "reading": "second", "read": "muted", "star": "star",
    "title": "ink", "title-read": "muted", "site": "muted", "tags": "second", "highlights": "star",
    "minutes": "muted", "age": "muted", "blank": "ink", "found": "accent", "snippet": "muted", "same": "second",
    "alike": "muted",
}  # fmt: skip
_BOLD = frozenset(["selected", "found"])
LEAD = 5  # the cursor's bar, selection mark, state, star, a space
SHORTEST_TITLE = 16
WORDS_OF_COPIES = 30  # cells of the title's column from which on copies are told in words
WORDS_OF_LIKENESS = 52  # and what an article is similar to
BELOW = "└ "
IN_FULL = 6  # cells from which on the reading time has its unit written out


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in cells, 0 for a column that is not shown. Each but the title has two cells of space before it;
    a long time or age takes one of them."""

    title: int
    site: int = 0
    tags: int = 0
    highlights: int = 0
    minutes: int = 0
    age: int = 0


@lru_cache(maxsize=8)
def columns(width: int) -> Columns:
    """The columns of a list *width* cells wide."""
    if width >= 100:
        fixed = Columns(0, site=min(24, width // 6), tags=min(28, width // 6), highlights=3, minutes=6, age=3)
    elif width >= 80:
        fixed = Columns(0, site=18, highlights=3, minutes=6, age=3)
    elif width >= 64:
        fixed = Columns(0, site=14, highlights=3, minutes=6, age=3)
    elif width >= 40:
        fixed = Columns(0, minutes=3, age=3)
    else:
        fixed = Columns(0, age=3 if width >= LEAD + SHORTEST_TITLE + 6 else 0)
    others = (fixed.site, fixed.tags, fixed.highlights, fixed.minutes, fixed.age)
    taken = sum(column + 2 for column in others if column)
    return Columns(max(0, width - LEAD - taken - 1), *others)


def standing(article: Summary, width: int) -> str:
    """How long it takes to read; of a link, that it is one, or that its text could not be fetched."""
    if article.unfetched is None:
        return duration(article.minutes, width)
    if width < IN_FULL:
        return "!" if article.unfetched else ""
    return "failed" if article.unfetched else "link"


def likeness(article: Summary, copies: int, room: int, *, opened: bool = False) -> tuple[str, Part]:
    """What is told behind a title in a column *room* cells wide: that *copies* of the story stand behind this row, or
    are *opened* below it; else what the article is similar to."""
    if copies:
        words = f"{copies} cop{'ies' if copies > 1 else 'y'}" if room >= WORDS_OF_COPIES else str(copies)
        return (f"▾ {words}" if opened else f"+{words}"), "same"
    similar = article.similar
    if similar is None or room < SHORTEST_TITLE:
        return "", "alike"
    if similar.is_same and room >= WORDS_OF_LIKENESS:
        return str(similar), "same"
    return f"≈{similar.article}", "same" if similar.is_same else "alike"


def duration(minutes: int, width: int) -> str:
    """A reading time, so written that nobody takes it for an age: ``8 min``, in a narrow column ``8′``."""
    if not minutes:
        return ""
    return f"{minutes} min" if width >= IN_FULL else f"{minutes}′"


def age(moment: datetime, now: datetime) -> str:
    """How long ago, in at most three characters and a unit: ``5m 3h 2d 6w 4mo 3y``; ``now`` for less than a minute."""
    seconds = max(0.0, (now - moment).total_seconds())
    for limit, size, unit in _AGES:
        if seconds < limit:
            return f"{int(seconds // size)}{unit}" if unit else "now"
    return f"{int(seconds // (365.25 * 86400))}y"


_AGES = (
    (60, 1, ""),
    (3600, 60, "m"),
    (86_400, 3600, "h"),
    (14 * 86_400, 86_400, "d"),
    (60 * 86_400, 7 * 86_400, "w"),
    (365.25 * 86_400, 30.44 * 86_400, "mo"),
)


def styles_of(inks: Inks, *, chosen: bool = False, active: bool = True) -> Styles:
    """The styles of a list's rows; ``active`` says that its cursor is the one that keys move."""
    ground: Ground = "chosen" if chosen else "page"
    cursor: Ground = "cursor" if active else "resting"
    made: dict[tuple[Part, bool], Style] = {}
    for part, ink in _INKS.items():
        is_title = part in ("title", "title-read")
        made[part, False] = inks.on(ground, ink, bold=part in _BOLD)
        made[part, True] = inks.on(cursor, "bright" if is_title else ink, bold=is_title or part in _BOLD)
    return made


def row(
    article: Summary,
    width: int,
    styles: Styles,
    *,
    now: datetime | None = None,
    cursor: bool = False,
    selected: bool = False,
    dimmed: bool = False,
    active: bool = True,
    lit: Sequence[tuple[int, int]] = (),
    copies: int = 0,
    opened: bool = False,
    below: bool = False,
) -> Strip:
    """The line of *article*. ``dimmed`` is for what is shown though it is put away; ``active`` says that keys
    move this list's cursor; *lit* ranges of the title are painted as found. So many *copies* of its story stand behind
    it, or are *opened*; one of these is *below* another row."""
    now = now or datetime.now(UTC)
    shape = columns(width)
    quiet = dimmed or article.state == "read"
    # Where nothing is known of the source, the title goes on in its place.
    site, tags = shape.site if article.site else 0, shape.tags if article.site or article.tags else 0
    room = shape.title + sum(
        full + 2 for full, kept in ((shape.site, site), (shape.tags, tags)) if full > kept
    )
    told, told_part = likeness(article, copies, 0 if below else room, opened=opened)
    room -= cell_len(told) + 2 if told else 0
    title: list[tuple[str, Part]] = [(BELOW, "alike")] if below else []
    title += lighted(_left(article.title, room - 2 * below), lit, "title-read" if quiet else "title")
    title += [("  ", "blank"), (told, told_part)] if told else []
    glyph, glyph_part = GLYPHS[article.state] if article.unfetched is None else LINK
    pieces: list[tuple[str, Part]] = [
        (bar(cursor, active=active), "bar"),
        ("✓" if selected else " ", "selected"),
        (glyph, "read" if dimmed else glyph_part),
        ("★" if article.starred else " ", "star"),
        (" ", "blank"),
        *title,
    ]
    marks = f"▎{min(article.highlights, 99)}" if article.highlights else ""
    for text, size, part in (
        (article.site or "", site, "site"),
        (" ".join(f"#{tag}" for tag in article.tags), tags, "tags"),
    ):
        if size:
            pieces += [("  ", "blank"), (_left(text, size), part)]  # type: ignore[list-item]
    for text, size, part in (
        (marks, shape.highlights, "highlights"),
        (standing(article, shape.minutes), shape.minutes, "minutes"),
        (age(article.added, now), shape.age, "age"),
    ):
        if size:
            text = clipped(text, size + 1)
            pieces += [(" " * (2 + size - cell_len(text)), "blank"), (text, part)]  # type: ignore[list-item]
    pieces.append((" ", "blank"))
    return Strip([Segment(text, styles[part, cursor]) for text, part in pieces if text]).adjust_cell_length(
        width, styles["blank", cursor]
    )


def bar(cursor: bool, *, active: bool) -> str:
    """What marks the row of the cursor: a thick bar in the list that has the keys, else a thin one."""
    return ("▌" if active else "▎") if cursor else " "


def lighted(text: str, lit: Sequence[tuple[int, int]], part: Part) -> list[tuple[str, Part]]:
    """*text* in pieces: the ranges *lit* as ``found``, the rest as *part*."""
    pieces: list[tuple[str, Part]] = []
    at = 0
    for start, end in lit:
        start, end = max(start, at), min(end, len(text))
        if start < end:
            pieces += [(text[at:start], part), (text[start:end], "found")]
            at = end
    return [*pieces, (text[at:], part)]


def _left(text: str, width: int) -> str:
    """*text* in exactly *width* cells."""
    cut = clipped(text, width)
    return cut + " " * (width - cell_len(cut)) if cell_len(cut) <= width else set_cell_size(cut, width)
