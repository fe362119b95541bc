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
    """A line: a view, a saved one or a tag to go to under ``id``, a heading, or with no text a gap. ``key`` is what
    shows a saved view behind ``'``; ``more`` says that ``count`` is as far as was counted."""

    title: str
    id: str = ""
    count: int | None = None
    kind: Literal["view", "saved", "tag", "heading", "name"] = "view"
    key: str = ""
    more: bool = False

    @property
    def told(self) -> str:
        """The count as it is shown: ``4,321``, ``1000+``, nothing for none."""
        if not self.count:
            return ""
        return f"{self.count}+" if self.more else f"{self.count:,}"


_INKS: dict[str, Ink] = {
    "name": "accent", "heading": "muted", "view": "ink", "saved": "ink", "tag": "second",
}  # fmt: skip


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

    def watch_entries(self, before: tuple[Entry, ...], now: tuple[Entry, ...]) -> None:
        self.virtual_size = Size(self.size.width, len(now))
        if self.active and 0 <= self.cursor < len(before):
            self._stay(before[self.cursor].id)

    def _stay(self, identity: str) -> None:
        """Keep the cursor on the entry that it was on, wherever that is now; of one that is gone, at its place."""
        if identity in (entry.id for entry in self.entries):
            self.cursor = self._place(identity)
        elif self._places:
            self.cursor = min(self._places, key=lambda place: (abs(place - self.cursor), place))

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

    @property
    def lit(self) -> Entry | None:
        """The entry under the cursor."""
        at = self.cursor
        return self.entries[at] if 0 <= at < len(self.entries) and self.entries[at].id else None

    def light(self, identity: str) -> None:
        """Move the cursor to the entry of *identity*, if there is one."""
        if identity in (entry.id for entry in self.entries):
            self.cursor = self._place(identity)

    def choose(self) -> None:
        """Go to the entry under the cursor."""
        if self.lit is not None:
            self.post_message(self.Chosen(self.lit.id))

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
        key = f" '{entry.key}" if entry.key else ""
        count = f" {entry.told} " if entry.count else " "
        title = clipped(entry.title, max(0, width - 2 - cell_len(key) - cell_len(count)))
        gap = max(0, width - 2 - cell_len(title) - cell_len(key) - cell_len(count))
        ink: Ink = "accent" if lit else _INKS[entry.kind]
        return Strip(
            [
                Segment("▌ " if under_cursor else "▎ " if lit else "  ", self.inks.on(ground, "accent")),
                Segment(title, self.inks.on(ground, ink, bold=lit or entry.kind in ("name", "heading"))),
                Segment(key, self.inks.on(ground, "accent")),
                Segment(" " * gap, self.inks.on(ground)),
                Segment(count, self.inks.on(ground, "muted")),
            ]
        ).adjust_cell_length(width, self.inks.on(ground))

    def _place(self, identity: str) -> int:
        return next((index for index, entry in enumerate(self.entries) if entry.id == identity), 0)


def entries_of(views: Sequence[Entry], saved: Sequence[Entry], tags: Sequence[Entry]) -> tuple[Entry, ...]:
    """The lines, with headings between them."""
    lines = [Entry("Reader", kind="name"), Entry(""), *views]
    if saved:
        lines += [Entry(""), Entry("Saved views", kind="heading"), *saved]
    if tags:
        lines += [Entry(""), Entry("Tags", kind="heading"), *tags]
    return tuple(lines)
