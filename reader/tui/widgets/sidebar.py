"""The views at the left of the list, each with its count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from reader.tui.inks import Ground, Ink
from reader.tui.widgets.bar import clipped
from reader.tui.widgets.line_view import LineView


@dataclass(frozen=True, slots=True)
class Entry:
    """A line: a view or a tag to go to under ``id``, a heading, or with no text a gap."""

    title: str
    id: str = ""
    count: int | None = None
    kind: Literal["view", "tag", "heading", "name"] = "view"


_INKS: dict[str, Ink] = {"name": "accent", "heading": "muted", "view": "ink", "tag": "second"}


class Sidebar(LineView, can_focus=True):
    """``current`` is the view on show; ``cursor`` moves while the sidebar is ``active``, over what can be gone to.

    The thick bar of a cursor stands only where the keys go: in the sidebar or in the list, also without colour.
    """

    class Chosen(Message):
        """Go to the view or tag ``id``."""

        def __init__(self, identity: str) -> None:
            super().__init__()
            self.identity = identity

    entries: reactive[tuple[Entry, ...]] = reactive(())
    current: reactive[str] = reactive("")
    active: reactive[bool] = reactive(False)
    cursor: reactive[int] = reactive(-1)

    def watch_entries(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.entries))

    def watch_active(self, active: bool) -> None:
        if active:
            self.cursor = self._place(self.current)

    def watch_cursor(self, cursor: int) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if self.active and height and not top <= cursor < top + height:
            self.scroll_to(
                y=max(0, cursor if cursor < top else cursor - height + 1), animate=False, force=True
            )

    @property
    def _places(self) -> list[int]:
        """The lines that can be gone to."""
        return [index for index, entry in enumerate(self.entries) if entry.id]

    def move(self, rows: int) -> None:
        """Move the cursor by *rows* entries that can be gone to."""
        places = self._places
        if places:
            at = places.index(self.cursor) if self.cursor in places else 0
            self.cursor = places[max(0, min(len(places) - 1, at + rows))]

    def move_to(self, number: int) -> None:
        """Move the cursor to the entry of that number among those that can be gone to; -1 is the last."""
        places = self._places
        if places:
            self.cursor = places[-1 if number < 0 else min(number, len(places) - 1)]

    def choose(self) -> None:
        """Go to the entry under the cursor."""
        if 0 <= self.cursor < len(self.entries) and self.entries[self.cursor].id:
            self.post_message(self.Chosen(self.entries[self.cursor].id))

    def on_click(self, event: events.Click) -> None:
        index = event.y + self.scroll_offset.y
        if index < len(self.entries) and self.entries[index].id:
            event.stop()
            self.post_message(self.Chosen(self.entries[index].id))

    def paint(self, line: int) -> Strip:
        width = self.size.width
        under_cursor = self.active and line == self.cursor
        ground: Ground = "cursor" if under_cursor else "panel"
        if line >= len(self.entries) or not self.entries[line].title:
            return Strip.blank(width, self.inks.on(ground))
        entry = self.entries[line]
        lit = entry.id != "" and entry.id == self.current
        count = f"{entry.count:,} " if entry.count else " "
        title = clipped(entry.title, max(0, width - 2 - cell_len(count)))
        gap = max(0, width - 2 - cell_len(title) - cell_len(count))
        ink: Ink = "accent" if lit else _INKS[entry.kind]
        return Strip(
            [
                Segment("▌ " if under_cursor else "▎ " if lit else "  ", self.inks.on(ground, "accent")),
                Segment(title, self.inks.on(ground, ink, bold=lit or entry.kind in ("name", "heading"))),
                Segment(" " * gap, self.inks.on(ground)),
                Segment(count, self.inks.on(ground, "muted")),
            ]
        ).adjust_cell_length(width, self.inks.on(ground))

    def _place(self, identity: str) -> int:
        return next((index for index, entry in enumerate(self.entries) if entry.id == identity), 0)


def entries_of(
    views: Sequence[tuple[str, str, int | None]], tags: Sequence[tuple[str, str, int]]
) -> tuple[Entry, ...]:
    """The lines for views and tags, both as id, title and count."""
    lines = [Entry("Reader", kind="name"), Entry("")]
    lines += [Entry(title, identity, count) for identity, title, count in views]
    if tags:
        lines += [Entry(""), Entry("Tags", kind="heading")]
        lines += [Entry(title, identity, count, "tag") for identity, title, count in tags]
    return tuple(lines)
