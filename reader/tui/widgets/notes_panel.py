"""The notes beside the text: every highlight of the article with what was written on it, in order; below them
those that have no certain place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
from reader.domain.span import Span
from reader.render.notes import NoteLine, NotePiece, note_lines
from reader.render.palette import DARK, PagePalette
from reader.tui.excerpts import Meanings, excerpt, note_style, sign
from reader.tui.lines import DirectLines
from reader.tui.widgets.bar import clipped

EXACT_LINES = 3
NOTE_LINES = 12
LEAD = 2  # the colour mark and a space

Kind = Literal["title", "exact", "note", "tags", "quiet", "blank"]


@dataclass(frozen=True, slots=True)
class _Line:
    kind: Kind
    pieces: NoteLine = ()
    highlight: Highlight | None = None
    begins: bool = False  # the entry of its highlight


class NotesPanel(DirectLines, ScrollView, can_focus=False):
    """``lit`` is the highlight that is lit on the page, or that waits for its place; the panel keeps it in sight.
    With none lit it follows the text: see :meth:`follow`. A click picks one."""

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
        self._rows: dict[HighlightId, range] = {}  # the lines of each entry
        self._entries_of: dict[HighlightId, tuple[Highlight, list[_Line]]] = {}
        self._palette = DARK
        self._meanings: Meanings = {}
        self._seen = Span(0, 0)

    def show(self, highlights: Sequence[Highlight], note: str) -> None:
        """*highlights* in the order of the text, with the article's own *note* above them."""
        self._highlights, self._note = tuple(highlights), note
        self._lay_out()

    def set_palette(self, palette: PagePalette) -> None:
        self._palette = palette
        self.refresh()

    def set_meanings(self, meanings: Meanings) -> None:
        """What the reader means by the colours; told with each passage."""
        self._meanings = meanings
        self._entries_of.clear()
        self._lay_out()

    def follow(self, seen: Span) -> None:
        """The text *seen* is on screen now: bring the notes of its passages into view, unless one is lit."""
        if seen != self._seen:
            self._seen = seen
            if self.display and self.lit is None:
                self._show_seen()

    def on_resize(self) -> None:
        self._entries_of.clear()
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
        self._lines, self._rows = [], {}
        self._compose_lines(width)
        self.virtual_size = Size(self.size.width, len(self._lines))
        self._show_lit()
        self.refresh()

    def _compose_lines(self, width: int) -> None:
        placed, review, orphans = (
            [one for one in self._highlights if one.placement.status == status]
            for status in ("anchored", "review", "orphan")
        )
        self._lines.append(_Line("blank"))
        if self._note:
            self._lines.append(_title("On the article"))
            self._lines += (_Line("note", line) for line in note_lines(self._note, width, NOTE_LINES))
            self._lines.append(_Line("blank"))
        if not self._highlights:
            advice = "None yet. Enter lights a sentence, Enter again highlights it."
            self._lines += [_title("Highlights"), *_quiet(advice, width)]
        self._section("Highlights", placed, "", width)
        self._section("To review", review, "]r lights one, R accepts its place, X refuses it", width)
        self._section("Without a place", orphans, "]r or a click, select the right words, R", width)

    def _section(self, title: str, highlights: Sequence[Highlight], advice: str, width: int) -> None:
        if not highlights:
            return
        if self._lines[-1].kind != "blank":
            self._lines.append(_Line("blank"))
        self._lines += [_title(f"{title} {len(highlights)}"), *_quiet(advice, width)]
        for highlight in highlights:
            self._lines.append(_Line("blank"))
            first = len(self._lines)
            self._lines += self._entry(highlight, width)
            self._rows[highlight.id] = range(first, len(self._lines))

    def _entry(self, highlight: Highlight, width: int) -> list[_Line]:
        """Made once for each highlight: a thousand of them are laid out anew whenever one changes."""
        kept = self._entries_of.get(highlight.id)
        if kept is None or kept[0] is not highlight:
            kept = highlight, list(_entry(highlight, width, self._meanings))
            self._entries_of[highlight.id] = kept
        return kept[1]

    def _show_seen(self) -> None:
        """Scroll so that the first passage on screen has its note on top, if notes of such passages are hidden."""
        seen = [
            self._rows[one.id]
            for one in self._highlights
            if one.id in self._rows
            and one.placement.span is not None
            and one.placement.span.overlaps(self._seen)
        ]
        height, top = self.size.height, self.scroll_offset.y
        if not seen or not height:
            return
        first, last = seen[0].start, max(rows.stop for rows in seen)
        if first < top or last > top + height:
            self.scroll_to(y=max(0, first - 1), animate=False, force=True)

    def _show_lit(self) -> None:
        """Scroll so that the lit entry is whole, or begins at the top."""
        rows = self._rows.get(self.lit.id) if self.lit is not None else None
        height, top = self.size.height, self.scroll_offset.y
        if rows is None or not height:
            return
        if rows.start < top or rows.stop > top + height:
            self.scroll_to(y=max(0, min(rows.start, rows.stop - height + 1)), animate=False, force=True)

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
        ink = ground + self._ink(line.kind)
        body = _fitted(
            [(text, ink + note_style(self._palette, look)) for text, look in line.pieces],
            max(0, width - LEAD - 1),
        )
        used = sum(cell_len(segment.text) for segment in body)
        segments = [self._mark(line, ground), *body, Segment(" " * max(0, width - LEAD - used), ground)]
        return Strip(segments).adjust_cell_length(width, ground)

    def _mark(self, line: _Line, ground: Style) -> Segment:
        if line.highlight is None or line.kind == "blank":
            return Segment(" " * LEAD, ground)
        colour = line.highlight.colour
        mark = sign(line.highlight, first=line.begins)
        if not self._palette.coloured:
            return Segment(f"{LETTERS[colour]}{mark}" if line.begins else f" {mark}", ground)
        return Segment(f"{mark} ", ground + Style(color=self._palette.margins[colour]))

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
                return Style(color=palette.bright or None)
            case "tags":
                return Style(color=palette.link or None)
            case "quiet":
                return Style(color=palette.dim or None)
            case _:
                return Style()


def _entry(highlight: Highlight, width: int, meanings: Meanings) -> Iterator[_Line]:
    for number, text in enumerate(excerpt(highlight.anchor.exact, width, EXACT_LINES)):
        yield _Line("exact", (NotePiece(text),), highlight, not number)
    for line in note_lines(highlight.note, width, NOTE_LINES):
        yield _Line("note", line, highlight)
    meaning = meanings.get(highlight.colour, "")
    told = " ".join([*((meaning,) if meaning else ()), *(f"#{tag}" for tag in highlight.tags)])
    if told:
        yield _Line("tags", (NotePiece(told),), highlight)


def _title(text: str) -> _Line:
    return _Line("title", (NotePiece(text),))


def _quiet(text: str, width: int) -> Iterator[_Line]:
    return (_Line("quiet", (NotePiece(line),)) for line in excerpt(text, width, 4))


def _fitted(pieces: Sequence[tuple[str, Style]], width: int) -> list[Segment]:
    """*pieces* in at most *width* cells."""
    fitted: list[Segment] = []
    for text, style in pieces:
        fitted.append(Segment(clipped(text, width), style))
        width -= cell_len(text)
        if width <= 0:
            break
    return fitted


def _id(highlight: Highlight | None) -> HighlightId | None:
    return highlight.id if highlight is not None else None
