"""The article page: selecting a passage by sentence, by caret or by mouse, over reading."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.timer import Timer

from reader.domain.document import Document, Span
from reader.domain.highlight import Highlight
from reader.domain.motions import Motions
from reader.tui.screenlines import FlowLines
from reader.tui.selection import Mode, Selecting
from reader.tui.widgets.reading import END, ReadingColumn, Where, span_of

__all__ = ["END", "ArticlePage", "Where"]

_SCROLL_OFF = 2
_AUTO_SCROLL = 0.05


class ArticlePage(ReadingColumn, can_focus=True):
    """One article. It knows no keys: the screen calls its methods and hears its messages.

    Offsets and spans are code points of the article's text.
    """

    DEFAULT_CSS = """
    ArticlePage { width: 1fr; height: 1fr; }
    """

    @dataclass
    class SelectionChanged(Message):
        """The mode or the selected passage is another."""

        page: ArticlePage
        mode: Mode
        span: Span | None

    @dataclass
    class LinkActivated(Message):
        """A link was clicked."""

        page: ArticlePage
        href: str

    @dataclass
    class HighlightActivated(Message):
        """A highlight was clicked."""

        page: ArticlePage
        highlight: Highlight

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._drag_timer: Timer | None = None
        self._pointer = Offset(0, 0)

    def _use(self, document: Document) -> None:
        super()._use(document)
        self._motions = Motions(document, self._sentences)
        self._screen_lines = FlowLines(self._flow_now)
        self._selecting_state = Selecting()
        self._touched: Span | None = None
        self._dragged_from: int | None = None

    # Selecting

    @property
    def mode(self) -> Mode:
        return self._selecting_state.mode

    @property
    def selection(self) -> Span | None:
        return self._selecting_state.span(self._motions)

    @property
    def selected_text(self) -> str:
        span = self.selection
        return self._document.slice(span) if span else ""

    def sentences_in(self, span: Span) -> int:
        """How many sentences *span* touches."""
        here, count = self._sentences.at(span.start), 0
        while here is not None and here.start < span.end:
            count += 1
            here = self._sentences.next(here)
        return count

    @property
    def caret(self) -> int | None:
        return self._selecting_state.caret if self.mode in ("visual", "caret") else None

    def start_sentence(self) -> None:
        """Light the sentence last touched if it is on screen, else the first that starts there."""
        sentence = self._touched if self._on_screen(self._touched) else self._first_sentence()
        if sentence is not None:
            self._become(Selecting("sentence", sentence.start, sentence.start))
            self._follow_caret(sentence.start)

    def next_sentence(self, steps: int = 1) -> None:
        if self.mode == "sentence":
            self._become(self._selecting_state.stepped(self._sentences, steps))
            self._follow_selection()

    def grow(self, steps: int = 1) -> None:
        """Light so many sentences more at the end, or fewer."""
        if self.mode == "sentence":
            self._become(self._selecting_state.grown(self._sentences, steps))
            self._follow_selection()

    def start_visual(self) -> None:
        """``v``: from reading to visual at the first visible word, or over what is lit; then caret and back."""
        match self.mode:
            case "visual" | "caret":
                self._become(self._selecting_state.toggled())
            case "sentence":
                self._select_span(self.selection)
            case "reading":
                lit = span_of(self._lit) if self._lit else self._current
                if lit is not None and self._on_screen(lit):
                    self._select_span(lit)
                elif self._document.text:
                    start = self._motions.left_edge(self._first_visible_word())
                    self._become(Selecting("visual", start, start))

    def move(self, motion: str, count: int | None = None) -> None:
        """Move the caret in visual or caret mode; ``gg`` and ``G`` with a count go to that paragraph."""
        if self.mode not in ("visual", "caret"):
            return
        if motion not in ("j", "k"):
            self._screen_lines.forget_column()
        state, selecting = self._selecting_state, self.mode == "visual"
        caret = self._motions.move(motion, state.caret, count, self._screen_lines, selecting=selecting)
        self._become(state.moved(caret))
        self._follow_caret(caret)

    def swap_ends(self) -> None:
        if self.mode in ("visual", "sentence"):
            self._become(self._selecting_state.swapped())
            self._follow_caret(self._selecting_state.caret)

    def select_paragraphs(self) -> None:
        """``V``: whole paragraphs, from that of the caret or the first visible one; again: back to characters."""
        state = self._selecting_state
        if self.mode == "visual":
            self._become(Selecting("visual", state.anchor, state.caret, not state.whole))
        elif self._document.text:
            here = (
                state.caret if self.mode != "reading" else self._motions.left_edge(self._first_visible_word())
            )
            self._become(Selecting("visual", here, here, True))

    def select(self, span: Span) -> None:
        """Visual over *span*, which is brought on screen."""
        self._select_span(span)
        self._follow_selection()

    def cancel(self) -> bool:
        """One step back toward reading; false if there was nothing to cancel."""
        if self.mode != "reading":
            self._become(self._selecting_state.cancelled())
            return True
        was_lit = self._lit is not None
        self._light(None)
        return was_lit

    def clear_selection(self) -> None:
        """Back to reading at once."""
        if self.mode != "reading":
            self._become(Selecting())

    def _become(self, state: Selecting) -> None:
        """Take the new state and paint what it changed."""
        if state == self._selecting_state:
            return
        self._selecting_state = state
        span = self.selection
        if span is not None and state.mode == "sentence":
            self._touched = self._sentences.at(state.caret)
        self._layers.set_span("sentence", span if state.mode == "sentence" else None)
        self._layers.set_span("selection", span if state.mode == "visual" else None)
        caret = self.caret
        under = None if caret is None else Span(caret, max(caret + 1, self._motions.right_edge(caret)))
        self._layers.set_span("caret", under)
        self.repaint()
        self.post_message(self.SelectionChanged(self, state.mode, span))

    def _select_span(self, span: Span | None) -> None:
        if span is not None and self._document.text:
            first, last = (
                self._motions.left_edge(span.start),
                self._motions.left_edge(max(span.start, span.end - 1)),
            )
            self._become(Selecting("visual", first, last))

    def _follow_caret(self, offset: int) -> None:
        self.show_line(self._flow_now.place(offset), _SCROLL_OFF)

    def _follow_selection(self) -> None:
        """Bring the selection's moving end on screen, then its beginning as far as both fit."""
        span = self.selection
        if span is None:
            return
        first, last = self._flow_now.place(span.start), self._flow_now.place(max(span.start, span.end - 1))
        self.show_line(last, _SCROLL_OFF)
        if self._flow_now.distance(first, last) < self.size.height - 2 * _SCROLL_OFF:
            self.show_line(first, _SCROLL_OFF)

    def _first_sentence(self) -> Span | None:
        visible = self.visible_span
        sentence = self._sentences.at(visible.start)
        if sentence is None or sentence.start >= visible.start:
            return sentence
        following = self._sentences.next(sentence)
        return following if following and following.start < visible.end else sentence

    def _first_visible_word(self) -> int:
        return self.visible_span.start

    # Mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        offset = self._offset_at(event.offset)
        if event.button == 1 and offset is not None:
            self._dragged_from = offset
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragged_from is None:
            return
        self._pointer = event.offset
        self._drag()
        if self._drag_timer is None and not 0 <= event.y < self.size.height:
            self._drag_timer = self.set_interval(_AUTO_SCROLL, self._drag)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        self._dragged_from = None
        self.release_mouse()
        if self._drag_timer is not None:
            self._drag_timer.stop()
            self._drag_timer = None

    def _drag(self) -> None:
        """Select from where the button went down to the pointer; outside the page it scrolls."""
        if self._dragged_from is None:
            return
        if self._pointer.y < 0:
            self.scroll_lines(-1)
        elif self._pointer.y >= self.size.height:
            self.scroll_lines(1)
        offset = self._offset_at(self._pointer)
        if offset is None or (offset == self._dragged_from and self.mode == "reading"):
            return
        self._become(
            Selecting("visual", self._motions.left_edge(self._dragged_from), self._motions.left_edge(offset))
        )

    def on_click(self, event: events.Click) -> None:
        offset = self._offset_at(event.offset)
        if offset is None or event.button != 1:
            return
        if event.chain == 2:
            self._select_span(self._motions.word_at(offset))
        elif event.chain >= 3:
            self._select_span(self._document.blocks[self._document.block_at(offset)].span)
        elif self.selection is None or not self.selection.contains(offset):
            self.clear_selection()
            self._activate(offset, event.offset)

    def _activate(self, offset: int, pointer: Offset) -> None:
        """A click on the words of a link or a highlight, not beside them."""
        link, highlight = self.link_at(offset), self.highlight_at(offset)
        if not self._is_on_text(pointer):
            return
        if link is not None:
            self.post_message(self.LinkActivated(self, link.href))
        elif highlight is not None:
            self.post_message(self.HighlightActivated(self, highlight))

    def _is_on_text(self, pointer: Offset) -> bool:
        rows = self.visible_lines
        if not 0 <= pointer.y < len(rows):
            return False
        return self.left <= pointer.x < self.left + rows[pointer.y][1].cells

    def _offset_at(self, pointer: Offset) -> int | None:
        """The code point nearest to a cell of the widget; ``None`` if there is no text on screen."""
        rows = self.visible_lines
        if not rows:
            return None
        y = max(0, min(pointer.y, len(rows) - 1))
        for distance in range(len(rows)):
            for row in (y - distance, y + distance):
                if 0 <= row < len(rows):
                    offset = self._flow_now.offset(rows[row][0], pointer.x - self.left)
                    if offset is not None:
                        return offset
        return None
