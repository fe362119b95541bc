"""The article page: what the mouse does on it, and the letters painted over it, above selecting and reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.timer import Timer

from reader.domain.document import Document, Span
from reader.domain.highlight import Highlight
from reader.tui.selection import Selecting
from reader.tui.widgets.caret import CaretColumn
from reader.tui.widgets.reading import END, Where

__all__ = ["END", "ArticlePage", "Where"]

_AUTO_SCROLL = 0.05


class ArticlePage(CaretColumn, can_focus=True):
    """One article. It knows no keys: the screen calls its methods and hears its messages.

    Offsets and spans are code points of the article's text.
    """

    DEFAULT_CSS = """
    ArticlePage { width: 1fr; height: 1fr; }
    """

    @dataclass
    class PointerUsed(Message):
        """A mouse button went down on the page, or its wheel turned: what waits for a key waits no more."""

        page: ArticlePage

    @dataclass
    class Relaid(Message):
        """The text was broken into other lines, or the page has another size."""

        page: ArticlePage

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
        self._pressed_at = Offset(0, 0)

    def _use(self, document: Document) -> None:
        super()._use(document)
        self._dragged_from: int | None = None
        self._clicked: int | None = None
        self._labels: Mapping[str, Span] = {}

    def _relay(self) -> None:
        super()._relay()
        self.post_message(self.Relaid(self))

    # Labels

    @property
    def labels(self) -> Mapping[str, Span]:
        """The letters that are painted over the text, and where."""
        return self._labels

    def show_labels(self, places: Mapping[str, Span]) -> None:
        """Paint letters over the first cells of passages; the text stays where it is."""
        self._labels = dict(places)
        self._layers.set_labels(places)
        self.repaint()

    # Mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self.post_message(self.PointerUsed(self))
        offset = self._offset_at(event.offset)
        if event.button != 1 or offset is None:
            return
        self._pointer = self._pressed_at = event.offset
        self._dragged_from = self._other_end if event.shift else offset
        self.capture_mouse()
        if event.shift:
            self._drag()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragged_from is None:
            return
        self._pointer = event.offset
        self._drag()
        if self._drag_timer is None and self._beyond(event.offset):
            self._drag_timer = self.set_interval(_AUTO_SCROLL, self._drag)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        self._dragged_from = None
        self.release_mouse()
        if self._drag_timer is not None:
            self._drag_timer.stop()
            self._drag_timer = None

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self.post_message(self.PointerUsed(self))
        super().on_mouse_scroll_down(event)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self.post_message(self.PointerUsed(self))
        super().on_mouse_scroll_up(event)

    @property
    def _other_end(self) -> int | None:
        """From where a click with shift selects: the end of the selection that stays, or the last click."""
        state, span = self._selecting_state, self.selection
        if self.mode == "caret":
            return state.caret
        if self.mode == "visual":
            return state.anchor
        return span.start if span else self._clicked

    def _beyond(self, pointer: Offset) -> int:
        """Whether *pointer* asks for what is above the page (-1) or below it (1): it is outside, or was moved to
        an edge behind which the screen ends."""
        if pointer.y < 0:
            return -1
        if pointer.y >= self.size.height:
            return 1
        if pointer.y == self._pressed_at.y:
            return 0
        if pointer.y == 0 and self.region.y == 0:
            return -1
        return int(pointer.y == self.size.height - 1 and self.region.bottom == self.screen.size.height)

    def _drag(self) -> None:
        """Select from where the button went down to the pointer; beyond the page it scrolls."""
        if self._dragged_from is None:
            return
        if beyond := self._beyond(self._pointer):
            self.scroll_lines(beyond)
        offset = self._offset_at(self._pointer)
        if offset is None or (offset == self._dragged_from and self.mode == "reading"):
            return
        anchor, caret = self._motions.left_edge(self._dragged_from), self._motions.left_edge(offset)
        self._become(Selecting("visual", anchor, caret))

    def on_click(self, event: events.Click) -> None:
        offset = self._offset_at(event.offset)
        if offset is None or event.button != 1 or event.shift:
            return
        if event.chain == 2:
            self._select_span(self._motions.word_at(offset))
        elif event.chain >= 3:
            self._select_span(self._document.blocks[self._document.block_at(offset)].span)
        elif self.selection is None or not self.selection.contains(offset):
            self._clicked = offset
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
