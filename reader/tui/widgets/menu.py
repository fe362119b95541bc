"""A list of choices with a cursor: for pickers, the palette, anything short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from reader.tui.inks import Ground
from reader.tui.widgets.bar import clipped
from reader.tui.widgets.line_view import LineView

AROUND = 10  # lines that a dialog has besides its menu, and some of the screen below
LEAST_DETAIL = 14  # cells below which a detail says nothing


@dataclass(frozen=True, slots=True)
class Choice:
    """``lit`` are the places of characters in ``title`` that matched what was typed."""

    id: str
    title: str
    detail: str = ""
    key: str = ""
    lit: tuple[int, ...] = ()


class Menu(LineView, can_focus=False):
    """Knows no keys; the dialog around it moves the cursor. A click picks."""

    class Picked(Message):
        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    choices: reactive[tuple[Choice, ...]] = reactive((), always_update=True)
    cursor: reactive[int] = reactive(0)

    def __init__(
        self,
        choices: Sequence[Choice] = (),
        *,
        cursor: int = 0,
        ground: Ground = "panel",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._ground: Ground = ground
        self.set_reactive(Menu.choices, tuple(choices))
        self.set_reactive(Menu.cursor, cursor)

    @property
    def chosen(self) -> Choice | None:
        return self.choices[self.cursor] if 0 <= self.cursor < len(self.choices) else None

    def move(self, rows: int) -> None:
        if self.choices:
            self.cursor = max(0, min(len(self.choices) - 1, self.cursor + rows))

    def page(self, pages: float) -> None:
        self.move(round(pages * max(1, self.size.height - 1)))

    def pick(self) -> None:
        if self.chosen is not None:
            self.post_message(self.Picked(self.chosen))

    def on_mount(self) -> None:
        self._measure()

    def on_resize(self) -> None:
        self._measure()

    def watch_choices(self) -> None:
        self.cursor = max(0, min(self.cursor, len(self.choices) - 1))
        self._measure()
        self.refresh(layout=True)

    def watch_cursor(self) -> None:
        self._show_cursor()

    def _measure(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.choices))
        self._show_cursor()

    def _show_cursor(self) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if height and not top <= self.cursor < top + height:
            place = self.cursor if self.cursor < top else self.cursor - height + 1
            self.scroll_to(y=max(0, place), animate=False, force=True)

    @property
    def _column(self) -> int:
        """Where details begin: behind the longest title."""
        return max((cell_len(choice.title) for choice in self.choices), default=0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(1, min(len(self.choices), viewport.height // 2, viewport.height - AROUND))

    def on_click(self, event: events.Click) -> None:
        index = event.y + self.scroll_offset.y
        if index < len(self.choices):
            event.stop()
            self.cursor = index
            self.pick()

    def paint(self, line: int) -> Strip:
        width, index = self.size.width, line
        if index >= len(self.choices):
            return Strip.blank(width, self.inks.on(self._ground))
        return self._line(self.choices[index], index == self.cursor, width)

    def _line(self, choice: Choice, lit: bool, width: int) -> Strip:
        ground: Ground = "cursor" if lit else self._ground
        plain = self.inks.on(ground)
        key = f"{choice.key} " if choice.key else " "
        room = max(0, width - 2 - cell_len(key) - 2)
        column = min(self._column, room) if choice.detail and room - self._column > LEAST_DETAIL else room
        title = clipped(choice.title, column)
        detail = clipped(choice.detail, room - column - 2)
        segments = [
            Segment("▌ " if lit else "  ", self.inks.on(ground, "accent")),
            *self._title(title, choice.lit, ground),
            Segment(" " * (column - cell_len(title) + 2) if detail else "", plain),
            Segment(detail, self.inks.on(ground, "muted")),
        ]
        used = sum(cell_len(segment.text) for segment in segments)
        segments.append(Segment(" " * max(0, width - used - cell_len(key)), plain))
        segments.append(Segment(key, self.inks.on(ground, "accent")))
        return Strip(segments).adjust_cell_length(width, plain)

    def _title(self, title: str, lit: tuple[int, ...], ground: Ground) -> list[Segment]:
        plain = self.inks.on(ground)
        if not lit:
            return [Segment(title, plain)]
        bright = self.inks.on(ground, "accent", bold=True, underline=True)
        return [Segment(letter, bright if place in lit else plain) for place, letter in enumerate(title)]
