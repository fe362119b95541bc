"""The notes beside the text: every highlight of the article with what was written on it, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.domain.colours import LETTERS
from reader.domain.highlight import Highlight, HighlightId
from reader.render.palette import DARK, PagePalette
from reader.render.wrap import wrap
from reader.tui.lines import DirectLines
from reader.tui.widgets.bar import clipped

EXACT_LINES = 3
NOTE_LINES = 8
LEAD = 2  # the colour mark and a space

Kind = Literal["title", "exact", "note", "tags", "quiet", "blank"]


@dataclass(frozen=True, slots=True)
class _Line:
    kind: Kind
    text: str = ""
    highlight: Highlight | None = None


class NotesPanel(DirectLines, ScrollView, can_focus=False):
    """``lit`` is the highlight that is lit on the page; the panel keeps it in sight. A click picks one."""

    class Picked(Message):
        def __init__(self, highlight: Highlight) -> None:
            super().__init__()
            self.highlight = highlight

    lit: reactive[Highlight | None] = reactive(None)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._highlights: tuple[Highlight, ...] = ()
        self._note = ""
        self._lines: list[_Line] = []
        self._palette = DARK

    def show(self, highlights: Sequence[Highlight], note: str) -> None:
        """*highlights* in the order of the text, with the article's own *note* above them."""
        self._highlights, self._note = tuple(highlights), note
        self._lay_out()

    def set_palette(self, palette: PagePalette) -> None:
        self._palette = palette
        self.refresh()

    def on_resize(self) -> None:
        self._lay_out()

    def on_show(self) -> None:
        self._lay_out()

    def watch_lit(self) -> None:
        self._show_lit()
        self.refresh()

    # -- lines -----------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        if not self.display:
            return
        width = max(1, self.size.width - LEAD - 2)
        self._lines = list(self._all_lines(width))
        self.virtual_size = Size(self.size.width, len(self._lines))
        self._show_lit()
        self.refresh()

    def _all_lines(self, width: int) -> Iterator[_Line]:
        placed = [one for one in self._highlights if one.placement.status == "anchored"]
        others = [one for one in self._highlights if one.placement.status != "anchored"]
        yield _Line("blank")
        if self._note:
            yield _Line("title", "On the article")
            yield from (_Line("note", text) for text in _wrapped(self._note, width, NOTE_LINES))
            yield _Line("blank")
        yield _Line("title", f"Highlights {len(placed)}" if placed else "Highlights")
        if not self._highlights:
            advice = "None yet. Enter lights a sentence, Enter again highlights it."
            yield from (_Line("quiet", text) for text in _wrapped(advice, width, 4))
        for highlight in placed:
            yield from _entry(highlight, width)
        if others:
            yield _Line("blank")
            yield _Line("title", "Not found in this text")
        for highlight in others:
            yield from _entry(highlight, width)

    def _show_lit(self) -> None:
        """Scroll so that the lit entry is whole, or begins at the top."""
        wanted = _id(self.lit)
        rows = [
            row
            for row, line in enumerate(self._lines)
            if wanted is not None and _id(line.highlight) == wanted
        ]
        height = self.size.height
        if not rows or not height:
            return
        top = self.scroll_offset.y
        if rows[0] < top or rows[-1] >= top + height:
            self.scroll_to(y=max(0, min(rows[0], rows[-1] - height + 2)), animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        place = event.y + self.scroll_offset.y
        if place < len(self._lines) and (highlight := self._lines[place].highlight) is not None:
            event.stop()
            self.post_message(self.Picked(highlight))

    # -- painting --------------------------------------------------------------------------------------
    def row(self, y: int) -> Strip:
        place, width = y + self.scroll_offset.y, self.size.width
        line = self._lines[place] if place < len(self._lines) else _Line("blank")
        lit = line.highlight is not None and _id(line.highlight) == _id(self.lit)
        ground = self._ground(lit)
        text = clipped(line.text, max(0, width - LEAD - 1))
        segments = [
            self._mark(line, ground),
            Segment(text, ground + self._ink(line.kind)),
            Segment(" " * max(0, width - LEAD - cell_len(text)), ground),
        ]
        return Strip(segments).adjust_cell_length(width, ground)

    def _mark(self, line: _Line, ground: Style) -> Segment:
        if line.highlight is None or line.kind == "blank":
            return Segment(" " * LEAD, ground)
        colour = line.highlight.colour
        if not self._palette.coloured:
            return Segment(f"{LETTERS[colour]} " if line.kind == "exact" else " " * LEAD, ground)
        return Segment("▎ ", ground + Style(color=self._palette.margins[colour]))

    def _ground(self, lit: bool) -> Style:
        palette = self._palette
        if not palette.coloured:
            return Style(reverse=lit)
        return Style(color=palette.panel_ink, bgcolor=palette.sentence.ground if lit else palette.panel)

    def _ink(self, kind: Kind) -> Style:
        palette = self._palette
        match kind:
            case "title":
                return Style(color=palette.headings[0] or None, bold=True)
            case "note":
                return Style(color=palette.bright or None, italic=True)
            case "tags":
                return Style(color=palette.link or None)
            case "quiet":
                return Style(color=palette.dim or None)
            case _:
                return Style()


def _entry(highlight: Highlight, width: int) -> Iterator[_Line]:
    yield _Line("blank")
    for text in _wrapped(highlight.anchor.exact, width, EXACT_LINES):
        yield _Line("exact", text, highlight)
    for text in _wrapped(highlight.note, width, NOTE_LINES):
        yield _Line("note", text, highlight)
    if highlight.tags:
        yield _Line("tags", " ".join(f"#{tag}" for tag in highlight.tags), highlight)


@lru_cache(maxsize=2048)
def _wrapped(text: str, width: int, most: int) -> tuple[str, ...]:
    """*text* in at most *most* lines of *width* cells; what is left out is shown by an ellipsis."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        flat = " ".join(paragraph.split())
        lines += [flat[extent.start : extent.end] for extent in wrap(flat, width)] if flat else []
        if len(lines) > most:
            return (*lines[: most - 1], clipped(f"{lines[most - 1]} …", width))
    return tuple(lines)


def _id(highlight: Highlight | None) -> HighlightId | None:
    return highlight.id if highlight is not None else None
