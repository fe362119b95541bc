"""Terms in groups, each with the number of articles that it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip

from reader.tui.widgets.bar import clipped
from reader.tui.widgets.menu import AROUND, Choice, Menu

LEAST = 4


@dataclass(frozen=True, slots=True)
class Group:
    """``lines`` are term, name and number; ``more`` says how many besides are not shown."""

    title: str
    lines: tuple[tuple[str, str, str], ...]
    more: int = 0


class FacetList(Menu):
    """A menu whose headings, the choices without an id, cannot be lit."""

    def show(self, groups: Sequence[Group]) -> None:
        """The cursor stays on its term, wherever that is now; on the first of all it stays on the first, whichever
        that becomes as more is counted."""
        was_first = self.cursor in self._places[:1]
        lit = self.chosen.id if self.chosen is not None and not was_first else ""
        choices: list[Choice] = []
        for group in groups:
            more = f"{group.more} more: / finds them" if group.more else ""
            choices.append(Choice("", group.title, more))
            choices += [Choice(term, name, key=number) for term, name, number in group.lines]
        at = next((place for place, choice in enumerate(choices) if lit and choice.id == lit), None)
        self.choices = tuple(choices)
        if at is None:
            self.to_first()
        else:
            self.cursor = at

    @property
    def _places(self) -> list[int]:
        return [place for place, choice in enumerate(self.choices) if choice.id]

    def to_first(self) -> None:
        """To the first of all."""
        if places := self._places:
            self.cursor = places[0]
            self.scroll_home(animate=False)

    def move(self, rows: int) -> None:
        if places := self._places:
            at = places.index(self.cursor) if self.cursor in places else 0
            self.cursor = places[max(0, min(len(places) - 1, at + rows))]
            if self.cursor == places[0]:
                self.scroll_home(animate=False)

    def next_group(self, step: int) -> None:
        """To the first line of the next group, or of the one before."""
        places = [place for place in self._places if not self.choices[place - 1].id]
        beyond = [place for place in places if (place > self.cursor if step > 0 else place < self.cursor)]
        if beyond:
            self.cursor = beyond[0] if step > 0 else beyond[-1]
            self.scroll_to(y=self.cursor - 1, animate=False, force=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The same however many there are: they come while one looks."""
        return max(LEAST, viewport.height - AROUND)

    def _line(self, choice: Choice, lit: bool, width: int) -> Strip:
        if choice.id:
            return super()._line(choice, lit, width)
        ground = self.inks.on(self._ground)
        title = clipped(f" {choice.title}", width)
        more = clipped(f"  {choice.detail}", width - len(title)) if choice.detail else ""
        return Strip(
            [
                Segment(title, self.inks.on(self._ground, "accent", bold=True)),
                Segment(more, self.inks.on(self._ground, "muted")),
            ]
        ).adjust_cell_length(width, ground)
