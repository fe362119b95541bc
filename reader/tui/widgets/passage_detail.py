"""One highlighted passage in full: its words, its note, and all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip

from reader.domain.commonplace import Entry
from reader.render.notes import NoteLine, NotePiece, note_lines
from reader.tui.colours import palette_of
from reader.tui.excerpts import Meanings, excerpt, named, note_style
from reader.tui.inks import Ink
from reader.tui.widgets.bar import clipped
from reader.tui.widgets.line_view import LineView

LEAD = 2
MOST = 400  # lines of a passage or a note: nobody reads more beside a list
Line = tuple[NoteLine, Ink, bool]  # pieces, ink, whether it is of the passage


class PassageDetail(LineView, can_focus=False):
    """Stands beside the list and follows its cursor."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entry: Entry | None = None
        self._lines: list[Line] = []
        self.meanings: Meanings = {}

    def show(self, entry: Entry | None) -> None:
        self._entry = entry
        self._lay_out()
        self.scroll_to(y=0, animate=False, force=True)

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        width = max(1, self.size.width - 2 * LEAD - 1)
        self._lines = list(self._all_lines(self._entry, width)) if self._entry is not None else []
        self.virtual_size = Size(self.size.width, len(self._lines))
        self.refresh()

    def _all_lines(self, entry: Entry, width: int) -> Iterator[Line]:
        highlight, article = entry.highlight, entry.article
        yield from _text(article.title, width, "accent")
        source = " · ".join(
            part for part in (article.author, article.site, (article.published or "")[:10]) if part
        )
        yield from _text(source, width, "muted")
        yield _BLANK
        for line in excerpt(highlight.anchor.exact, width, MOST):
            yield (NotePiece(line),), "bright", True
        if entry.proposed:
            yield from (_BLANK, *_text("Proposed instead · R accept · X refuse", width, "muted"))
            yield from _text(entry.proposed, width, "second")
        elif highlight.placement.status == "orphan":
            said = "Not found in the text · R opens the article to select the right words"
            yield from (_BLANK, *_text(said, width, "muted"))
        if highlight.note:
            yield _BLANK
            yield from ((line, "ink", False) for line in note_lines(highlight.note, width, MOST))
        yield _BLANK
        if highlight.tags:
            yield from _text(" ".join(f"#{tag}" for tag in highlight.tags), width, "second")
        day = f" · {entry.day.day} {entry.day:%B %Y}" if entry.day is not None else ""
        yield from _text(f"{named(highlight.colour, self.meanings)}{day}", width, "muted")

    # -- painting --------------------------------------------------------------------------------------
    def paint(self, line: int) -> Strip:
        width = self.size.width
        plain = self.inks.on("page")
        if line >= len(self._lines):
            return Strip.blank(width, plain)
        palette = palette_of(self.app.current_theme, no_colour=self.app.no_color)
        pieces, ink, is_passage = self._lines[line]
        base = self.inks.on("page", ink, bold=ink == "accent")
        segments = [self._mark(is_passage, plain)]
        room = max(0, width - LEAD - 1)
        for text, look in pieces:
            shown = clipped(text, room)
            segments.append(Segment(shown, base + note_style(palette, look)))
            room -= cell_len(shown)
        return Strip(segments).adjust_cell_length(width, plain)

    def _mark(self, is_passage: bool, plain: Style) -> Segment:
        if not is_passage or self._entry is None:
            return Segment(" " * LEAD, plain)
        palette = palette_of(self.app.current_theme, no_colour=self.app.no_color)
        colour = palette.margins.get(self._entry.highlight.colour)
        return Segment("▎ ", plain + Style(color=colour or None))


_BLANK: Line = ((), "ink", False)


def _text(text: str, width: int, ink: Ink) -> Iterator[Line]:
    for line in excerpt(text, width, MOST):
        yield (NotePiece(line),), ink, False
