"""One highlighted passage as a few lines of a list, and the headings between them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.domain.colours import LETTERS, Colour
from reader.domain.commonplace import Entry, Group, Grouping
from reader.render.notes import plain
from reader.render.palette import legible
from reader.tui.colours import palette_of
from reader.tui.excerpts import Meanings, excerpt, sign
from reader.tui.inks import Ground, Ink, inks_of
from reader.tui.rows import bar
from reader.tui.widgets.bar import clipped

if TYPE_CHECKING:
    from textual.app import App

LEAD = 5  # the cursor's bar, the selection's mark, the colour's letter, its mark, a space
EXACT_LINES = 3
NOTE = "◆ "

Part = Literal["bar", "selected", "letter", "exact", "note", "meta", "proposed", "heading", "count", "blank"]
_INKS: Mapping[Part, Ink] = {
    "bar": "accent", "selected": "second", "letter": "muted", "exact": "ink", "note": "bright", "meta": "muted",
    "proposed": "second", "heading": "accent", "count": "muted", "blank": "ink",
}  # fmt: skip
_BOLD = frozenset(["selected", "heading"])


@dataclass(frozen=True, slots=True)
class Look:
    """How a passage is shown: whether the cursor is on it, it is selected, keys go to its list; by what they are
    grouped, since a heading need not be said again."""

    cursor: bool = False
    chosen: bool = False
    active: bool = True
    grouping: Grouping = "article"


class Looks(dict[tuple[Part, bool], Style]):
    """Styles by part, and whether the cursor is there; ``mark`` gives those of the colours' marks."""

    def __init__(self) -> None:
        super().__init__()
        self._marks: dict[tuple[Colour, bool], Style] = {}

    @classmethod
    def of(cls, app: App[object], *, chosen: bool, active: bool) -> Self:
        inks, palette = inks_of(app), palette_of(app.current_theme, no_colour=app.no_color)
        made = cls()
        for cursor in (False, True):
            ground: Ground = ("cursor" if active else "resting") if cursor else "chosen" if chosen else "page"
            for part, ink in _INKS.items():
                is_lit = cursor and part == "exact"
                made[part, cursor] = inks.on(ground, "bright" if is_lit else ink, bold=part in _BOLD)
            under = inks.on(ground)
            for colour, margin in palette.margins.items():
                ink_of_mark = legible(margin, under.bgcolor.name) if under.bgcolor is not None else None
                made._marks[colour, cursor] = under + Style(color=ink_of_mark, bold=True)
        return made

    def mark(self, colour: Colour, cursor: bool) -> Style:
        return self._marks.get((colour, cursor), self["blank", cursor])


def entry_height(entry: Entry, width: int) -> int:
    """The lines of :func:`entry_strips`, guessed from the length of the passage: it is asked of all of them."""
    return _exact_lines(entry, width) + bool(entry.highlight.note) + bool(entry.proposed) + 1


def _exact_lines(entry: Entry, width: int) -> int:
    exact = entry.highlight.anchor.exact
    room = max(1, width - LEAD - 1)
    cells = len(exact) if exact.isascii() else cell_len(exact[: EXACT_LINES * room])
    # Breaking between words leaves some room at the ends of lines.
    lines = -(-cells * 21 // (room * 20)) if cells > room else 1
    return max(1, min(EXACT_LINES, lines + min(exact.count("\n\n"), 2)))


def entry_strips(entry: Entry, width: int, looks: Looks, look: Look, meanings: Meanings) -> list[Strip]:
    """*entry* as exactly :func:`entry_height` lines of *width* cells."""
    room = max(1, width - LEAD - 1)
    highlight, cursor = entry.highlight, look.cursor
    lines: list[tuple[str, Part]] = [
        (line, "exact") for line in excerpt(highlight.anchor.exact, room, _exact_lines(entry, width))
    ]
    lines += [("", "exact")] * (_exact_lines(entry, width) - len(lines))
    if entry.proposed:
        lines.append((f"→ {' '.join(entry.proposed.split())}", "proposed"))
    if highlight.note:
        lines.append((NOTE + plain(highlight.note), "note"))
    lines.append((_told(entry, look.grouping, meanings, room), "meta"))
    mark = looks.mark(highlight.colour, cursor)
    strips = []
    for number, (text, part) in enumerate(lines):
        segments = [
            Segment(bar(cursor, active=look.active), looks["bar", cursor]),
            Segment("✓" if look.chosen and not number else " ", looks["selected", cursor]),
            Segment(" " if number else LETTERS[highlight.colour], looks["letter", cursor]),
            Segment(sign(highlight, first=not number), mark),
            Segment(" " + clipped(text, room), looks[part, cursor]),
        ]
        strips.append(Strip(segments).adjust_cell_length(width, looks["blank", cursor]))
    return strips


def _told(entry: Entry, grouping: Grouping, meanings: Meanings, room: int) -> str:
    """As many of the facts as there is room for, whole; the first one in any case."""
    facts = list(_facts(entry, grouping, meanings, room))
    while len(facts) > 1 and cell_len(" · ".join(facts)) > room:
        facts.pop()
    return clipped(" · ".join(facts), room)


def _facts(entry: Entry, grouping: Grouping, meanings: Meanings, room: int) -> Iterator[str]:
    """What is told of a passage, without what its heading says."""
    highlight = entry.highlight
    status = highlight.placement.status
    if status == "orphan":
        yield "taken out of the text" if highlight.placement.is_removed else "not found"
    if grouping != "article" or status != "anchored":
        yield clipped(entry.article.title, max(12, room // 2))
    if highlight.tags:
        yield " ".join(f"#{tag}" for tag in highlight.tags)
    if grouping != "colour" and (meaning := meanings.get(highlight.colour)):
        yield meaning
    if entry.day is not None:
        yield f"{entry.day.day} {entry.day:%b %Y}"


def heading_strips(group: Group, width: int, looks: Looks, *, first: bool) -> list[Strip]:
    """A blank line and the heading; the very first one stands at the top."""
    title, _, count = group.title.rpartition(" · ")
    count = f"  {count} "
    shown = clipped(title, max(1, width - cell_len(count) - 3))
    line = Strip(
        [
            Segment("  ", looks["blank", False]),
            Segment(shown, looks["heading", False]),
            Segment(count, looks["count", False]),
        ]
    ).adjust_cell_length(width, looks["blank", False])
    return [line] if first else [Strip.blank(width, looks["blank", False]), line]
