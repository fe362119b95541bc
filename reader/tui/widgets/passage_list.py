"""Highlighted passages under headings, painted line by line: only what is on screen is looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from reader.domain.commonplace import Entry, Group, Grouping
from reader.domain.highlight import HighlightId
from reader.tui.excerpts import Meanings
from reader.tui.passage_rows import Look, Looks, entry_height, entry_strips, heading_strips
from reader.tui.widgets.line_view import LineView

STRIPS_KEPT = 1000
AIRY = 20  # lines from which on a blank one stands between passages
HEADING = 2  # lines of a heading, with the blank one above it

Row = Group | Entry


class PassageList(LineView, can_focus=True):
    """``cursor`` is the number of the passage that is lit, counted over all groups from 0; -1 if there is none.

    A passage may stand under several headings (its tags). It knows no keys: the screen calls :meth:`move` and the
    like.
    """

    class Moved(Message):
        """The cursor is on another passage, or on none."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, PassageList.Moved)

    class Clicked(Message):
        """The passage under the cursor was clicked once more."""

    active: reactive[bool] = reactive(True)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: list[Row] = []
        self._entries: list[int] = []  # where in _rows the passages are
        self._keys: list[str] = []  # the group of each
        self._starts: list[int] = []  # the number of the first passage of each group
        self._tops: list[int] = [0]  # the line where each row begins, and where the last one ends
        self._strips: dict[tuple[int, bool, bool], list[Strip]] = {}
        self._looks: dict[bool, Looks] = {}
        self.grouping: Grouping = "article"
        self.meanings: Meanings = {}
        self.chosen: dict[HighlightId, None] = {}
        self.cursor = -1

    # -- what it shows ---------------------------------------------------------------------------------
    @property
    def count(self) -> int:
        return len(self._entries)

    @property
    def current(self) -> Entry | None:
        return self._entry(self.cursor) if 0 <= self.cursor < self.count else None

    @property
    def group_key(self) -> str:
        """The group that the cursor is in."""
        return self._keys[self.cursor] if 0 <= self.cursor < self.count else ""

    def entries(self) -> list[Entry]:
        """Every passage once, in the order in which they stand."""
        found = {entry.highlight.id: entry for entry in map(self._entry, range(self.count))}
        return list(found.values())

    def targets(self) -> list[Entry]:
        """What is selected, else what the cursor is on."""
        if self.chosen:
            return [entry for entry in self.entries() if entry.highlight.id in self.chosen]
        return [self.current] if self.current is not None else []

    def show(
        self, groups: Sequence[Group], grouping: Grouping, *, keep: Entry | None = None, key: str = ""
    ) -> None:
        """Show *groups*. The cursor goes to the passage *keep*, in the group *key* if it is there, else it stays
        at its number."""
        self.grouping = grouping
        self._rows, self._entries, self._keys, self._starts = [], [], [], []
        for group in groups:
            self._rows.append(group)
            self._starts.append(len(self._entries))
            self._entries += range(len(self._rows), len(self._rows) + len(group.entries))
            self._keys += [group.key] * len(group.entries)
            self._rows += group.entries
        here = {entry.highlight.id for group in groups for entry in group.entries}
        self.chosen = {chosen: None for chosen in self.chosen if chosen in here}
        self.cursor = self._place(keep, key)
        self._measure()
        self._scroll_to_cursor(centre=True)
        self.post_message(self.Moved())

    def put(self, entries: Mapping[HighlightId, Entry]) -> None:
        """Show these in the place of what is known of them, wherever they stand."""
        for index in self._entries:
            row = self._rows[index]
            if isinstance(row, Entry) and row.highlight.id in entries:
                self._rows[index] = entries[row.highlight.id]
        self._measure()
        self._scroll_to_cursor()
        self.post_message(self.Moved())

    def take_out(self, highlights: Collection[HighlightId]) -> None:
        """Take passages out at once; the cursor stays at its number, so that it is on the next one."""
        gone = set(highlights)
        before = sum(1 for number in range(max(0, self.cursor)) if self._entry(number).highlight.id in gone)
        at = self.cursor - before
        groups: list[tuple[Group, list[Entry]]] = []
        for row in self._rows:
            if isinstance(row, Group):
                groups.append((row, []))
            elif row.highlight.id not in gone:
                groups[-1][1].append(row)
        self.cursor = at
        self.show([_fewer(group, entries) for group, entries in groups if entries], self.grouping, keep=None)

    def _place(self, keep: Entry | None, key: str) -> int:
        if keep is not None:
            places = [
                number
                for number in range(self.count)
                if self._entry(number).highlight.id == keep.highlight.id
            ]
            if places:
                return next((place for place in places if self._keys[place] == key), places[0])
        return min(max(0, self.cursor), self.count - 1)

    def _entry(self, number: int) -> Entry:
        row = self._rows[self._entries[number]]
        assert isinstance(row, Entry)
        return row

    # -- moving ----------------------------------------------------------------------------------------
    def move(self, rows: int) -> bool:
        """Move the cursor by *rows* passages, as far as there are; whether it moved."""
        return self.move_to(self.cursor + rows)

    def move_to(self, number: int) -> bool:
        old, new = self.cursor, max(0, min(self.count - 1, number))
        if new == old or not self.count:
            return False
        self.cursor = new
        if not self._scroll_to_cursor():
            self.refresh_entry(old)
            self.refresh_entry(new)
        self.post_message(self.Moved())
        return True

    def page(self, pages: float) -> bool:
        """Move by *pages* of what is on screen, to the passage that stands there."""
        if not self.count:
            return False
        lines = round(pages * max(1, self.size.height - 2))
        row = self._row_at(self._tops[self._entries[self.cursor]] + lines)
        number = bisect_right(self._entries, row) - 1
        step = 1 if pages > 0 else -1
        return self.move_to(number if (number - self.cursor) * step > 0 else self.cursor + step)

    def to_group(self, groups: int) -> bool:
        """Move to the first passage of a later group, or of an earlier one."""
        here = bisect_right(self._starts, self.cursor) - 1
        at_first = 0 <= here < len(self._starts) and self._starts[here] == self.cursor
        wanted = here + groups + (groups < 0 and not at_first)
        return 0 <= wanted < len(self._starts) and self.move_to(self._starts[wanted])

    def choose(self, highlight: HighlightId, chosen: bool | None = None) -> None:
        """Select a passage, or not; ``None`` turns it over."""
        if highlight in self.chosen if chosen is None else not chosen:
            self.chosen.pop(highlight, None)
        else:
            self.chosen[highlight] = None
        self.refresh()

    def choose_between(self, first: int, last: int) -> None:
        """Select the passages from number *first* to number *last*, and no others."""
        low, high = sorted((first, last))
        self.chosen = {self._entry(number).highlight.id: None for number in range(low, high + 1)}
        self.refresh()

    def choose_all(self) -> None:
        self.chosen = {self._entry(number).highlight.id: None for number in range(self.count)}
        self.refresh()

    def choose_none(self) -> None:
        self.chosen.clear()
        self.refresh()

    # -- lines -----------------------------------------------------------------------------------------
    @property
    def _gap(self) -> int:
        return 1 if self.size.height >= AIRY else 0

    def _measure(self) -> None:
        """Where each row begins. Ten thousand passages take some milliseconds: nothing is wrapped here."""
        width, gap = self.size.width, self._gap
        heights = [
            HEADING if isinstance(row, Group) else entry_height(row, width) + gap for row in self._rows
        ]
        heights[:1] = [1] * len(heights[:1])  # nothing stands above the first heading
        self._tops = list(accumulate(heights, initial=0))
        self._strips.clear()
        self.virtual_size = Size(width, self._tops[-1])
        self.refresh()

    def _row_at(self, line: int) -> int:
        return max(0, min(len(self._rows) - 1, bisect_right(self._tops, line) - 1))

    def refresh_entry(self, number: int) -> None:
        row = self._entries[number]
        top, bottom = self._tops[row] - self.scroll_offset.y, self._tops[row + 1] - self.scroll_offset.y
        top, bottom = max(0, top), min(self.size.height, bottom)
        if top < bottom:
            self.refresh(Region(0, top, self.size.width, bottom - top))

    def _scroll_to_cursor(self, *, centre: bool = False) -> bool:
        """Bring the cursor on screen, at the first passage of a group with its heading; whether that moved."""
        height, top = self.size.height, self.scroll_offset.y
        if height <= 0 or not 0 <= self.cursor < self.count:
            return False
        row = self._entries[self.cursor]
        first, last = self._tops[row], self._tops[row + 1] - self._gap
        if isinstance(self._rows[row - 1], Group):
            first = self._tops[row - 1]
        if top <= first and last <= top + height:
            return False
        wanted = first if first < top or last - first > height else last - height
        if centre and not top <= first < top + height:
            wanted = first - height // 3
        self.scroll_to(y=max(0, wanted), animate=False, force=True, immediate=True)
        return True

    # -- painting --------------------------------------------------------------------------------------
    def paint(self, line: int) -> Strip:
        width = self.size.width
        if line >= self._tops[-1]:
            return Strip.blank(width, self._look(False)["blank", False])
        index = self._row_at(line)
        strips = self._painted(index)
        place = line - self._tops[index]
        return strips[place] if place < len(strips) else Strip.blank(width, self._look(False)["blank", False])

    def _painted(self, index: int) -> list[Strip]:
        row, width = self._rows[index], self.size.width
        if isinstance(row, Group):
            key = (index, False, False)
        else:
            lit = 0 <= self.cursor < self.count and self._entries[self.cursor] == index
            key = (index, lit, row.highlight.id in self.chosen)
        strips = self._strips.get(key)
        if strips is None:
            if len(self._strips) >= STRIPS_KEPT:
                self._strips.clear()
            looks = self._look(key[2])
            if isinstance(row, Group):
                strips = heading_strips(row, width, looks, first=index == 0)
            else:
                look = Look(cursor=key[1], chosen=key[2], active=self.active, grouping=self.grouping)
                strips = entry_strips(row, width, looks, look, self.meanings)
            self._strips[key] = strips
        return strips

    def _look(self, chosen: bool) -> Looks:
        if chosen not in self._looks:
            self._looks[chosen] = Looks.of(self.app, chosen=chosen, active=self.active)
        return self._looks[chosen]

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.forget_paint()

    def watch_active(self) -> None:
        self.forget_paint()

    def forget_paint(self) -> None:
        """Paint every row anew."""
        self._looks.clear()
        self._strips.clear()
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        self._measure()
        self._scroll_to_cursor()

    # -- mouse -----------------------------------------------------------------------------------------
    def on_click(self, event: events.Click) -> None:
        line = event.y + self.scroll_offset.y
        if line >= self._tops[-1]:
            return
        row = self._row_at(line)
        if isinstance(self._rows[row], Group):
            return
        event.stop()
        number = bisect_right(self._entries, row) - 1
        if number == self.cursor:
            self.post_message(self.Clicked())
        else:
            self.move_to(number)


def _fewer(group: Group, entries: Sequence[Entry]) -> Group:
    title = group.title.rpartition(" · ")[0]
    return Group(group.key, f"{title} · {len(entries)}", tuple(entries))
