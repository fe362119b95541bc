"""An article's lines on screen: scrolling and painting, no more than is visible."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from textual import events
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollDown, ScrollTo, ScrollUp
from textual.strip import Strip
from textual.timer import Timer

from reader.domain.document import Span
from reader.render.flow import Flow, Place
from reader.render.layers import Layer, Layers
from reader.render.lines import Line
from reader.render.margin import GUTTER
from reader.render.paint import Painter
from reader.render.palette import DARK, PagePalette
from reader.tui.lines import DirectLines

NARROWEST, WIDEST, USUAL = 40, 120, 72
_RIGHT_MARGIN = 1
_OVERLAP = 2
_WHEEL = 3
_SLICE, _PAUSE = 0.004, 0.03
_KEPT_STRIPS = 4000
_NO_LAYERS: tuple[Layer, ...] = ()


class Column(DirectLines, ScrollView, inherit_bindings=False):
    """Shows a :class:`Flow`. The truth about the place is ``_top``, a line; Textual's ``scroll_y`` only feeds the
    scroll bar, since rows are estimates until the whole text is wrapped.

    Lines are wrapped just before they are shown, the rest in idle slices.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Column {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._flow: Flow | None = None
        self._top = Place(0, 0)
        self._held = 0  # the code point that stays on top over a resize; -1 in the header
        self._painter = Painter(DARK)
        self._layers = Layers()
        self._strips: dict[Place, tuple[tuple[Layer, ...], Strip]] = {}
        self._rows: list[tuple[Place, Line]] | None = None
        self._measuring: Timer | None = None
        self._column = USUAL
        self._is_spaced = False

    # What a subclass gives

    def head_lines(self, width: int) -> Sequence[Line]:
        """The lines above the text."""
        raise NotImplementedError

    def foot_lines(self, width: int) -> Sequence[Line]:
        """The lines below the text."""
        raise NotImplementedError

    def moved(self) -> None:
        """The reader went to another place."""

    # Size and colours

    @property
    def column(self) -> int:
        """The widest that lines may become, in cells."""
        return self._column

    def set_column(self, width: int) -> None:
        self._column = max(NARROWEST, min(WIDEST, width))
        self._relay()

    @property
    def is_spaced(self) -> bool:
        """Whether an empty line stands between the lines of the text."""
        return self._is_spaced

    def set_spaced(self, spaced: bool) -> None:
        if spaced != self._is_spaced:
            self._is_spaced = spaced
            self._relay()

    def set_palette(self, palette: PagePalette) -> None:
        if palette is self._painter.palette and self.styles.has_rule("background"):
            return
        self._painter = Painter(palette)
        self._strips.clear()
        if palette.coloured:
            self.styles.background = palette.page
            self.styles.scrollbar_background = palette.page
            self.styles.scrollbar_background_hover = palette.page
            self.styles.scrollbar_background_active = palette.page
            self.styles.scrollbar_color = palette.faint
            self.styles.scrollbar_color_hover = palette.dim
            self.styles.scrollbar_color_active = palette.marker
        self.refresh()

    @property
    def text_width(self) -> int:
        return max(1, min(self._column, self.size.width - GUTTER - _RIGHT_MARGIN))

    @property
    def left(self) -> int:
        """The cell where the text begins."""
        return max(GUTTER, (self.size.width - self.text_width) // 2)

    def on_resize(self, event: events.Resize) -> None:
        self._relay()

    def _relay(self) -> None:
        """Lay the text out at the present width, with the same words on top."""
        flow, width = self._flow, self.text_width
        if flow is None or not self.size.width:
            return
        if flow.width != width or flow.is_spaced != self._is_spaced:
            flow.resize(width, self.head_lines(width), self.foot_lines(width), spaced=self._is_spaced)
            self._top = self._held_place()
        self._strips.clear()
        self._settle()
        self._measure_later()

    def _reframe(self) -> None:
        """The header or the ending changed."""
        if self._flow is not None and self.size.width:
            self._flow.frame(self.head_lines(self._flow.width), self.foot_lines(self._flow.width))
            self._strips.clear()
            self._settle()

    def _held_place(self) -> Place:
        assert self._flow is not None
        if self._held < 0:
            return Place(0, 0)
        return self._flow.place(self._held)

    # The place

    @property
    def visible_lines(self) -> list[tuple[Place, Line]]:
        """The lines on screen and where they are."""
        if self._flow is None:
            return []
        if self._rows is None:
            self._rows = self._flow.window(self._top, self.size.height)
        return self._rows

    @property
    def visible_span(self) -> Span:
        """The text on screen."""
        sourced = [line for _, line in self.visible_lines if line.has_source]
        if not sourced:
            return Span(0, 0)
        return Span(min(line.start for line in sourced), max(line.end for line in sourced))

    def shows(self, offset: int) -> bool:
        """Whether the line of *offset* is on screen."""
        if self._flow is None:
            return False
        rows = self.visible_lines
        return bool(rows) and rows[0][0] <= self._flow.place(offset) <= rows[-1][0]

    def go(self, place: Place) -> bool:
        """Put *place* on top, or as near to it as the end allows; false if nothing moved."""
        before = self._top
        self._top = place
        self._settle()
        if self._top == before:
            return False
        self._held = self._top_offset()
        self.moved()
        return True

    def scroll_lines(self, count: int) -> bool:
        """Go *count* lines down, or up; false at the end."""
        return self._flow is not None and self.go(self._flow.walk(self._top, count))

    def page_down(self, count: int = 1) -> bool:
        return self.scroll_lines(count * max(1, self.size.height - _OVERLAP))

    def page_up(self, count: int = 1) -> bool:
        return self.page_down(-count)

    def half_page(self, direction: int) -> bool:
        return self.scroll_lines(direction * max(1, self.size.height // 2))

    def top(self) -> bool:
        return self.go(Place(0, 0))

    def end(self) -> bool:
        return self._flow is not None and self.go(self._flow.walk(Place(self._flow.last, 0), 10**6))

    def show_line(self, place: Place, margin: int = 0) -> bool:
        """Scroll no more than it takes to have *place* on screen, *margin* lines off the edge."""
        flow = self._flow
        rows = self.visible_lines
        if flow is None or not rows:
            return False
        margin = min(margin, (len(rows) - 1) // 2)
        if place < rows[margin][0] and rows[0][0] != (0, 0):
            return self.go(flow.walk(place, -margin))
        if place > rows[-1 - margin][0]:
            return self.go(flow.walk(place, margin + 1 - self.size.height))
        return False

    def _settle(self) -> None:
        """Wrap what is visible, correct the top if the end is near, and let the scroll bar follow."""
        flow, height = self._flow, self.size.height
        if flow is None or not height:
            return
        last = flow.last
        top = Place(min(self._top.section, last), self._top.line)
        top = Place(top.section, max(0, min(top.line, len(flow.lines(top.section)) - 1)))
        if len(flow.window(top, height)) < height:
            top = flow.walk(flow.walk(Place(last, 0), 10**6), 1 - height)
        self._top = top
        self._rows = None
        self._follow()
        self.refresh()

    def _follow(self) -> None:
        """The scroll bar: its length is corrected when idle, since each change of it is a frame of its own."""
        flow = self._flow
        assert flow is not None
        if self.virtual_size.height < self.size.height or flow.is_exact or not self.virtual_size.width:
            self._resize_bar()
        self.scroll_to(y=flow.row(self._top), animate=False, force=True)

    def _resize_bar(self) -> None:
        assert self._flow is not None
        size = Size(self.size.width, self._flow.height)
        if size != self.virtual_size:
            self.virtual_size = size

    def _top_offset(self) -> int:
        """The first code point on screen, -1 above the text."""
        flow = self._flow
        if flow is None or self._top.section == 0:
            return -1
        offset = flow.first_offset(self._top, self.size.height)
        return len(flow.document.text) if offset is None else offset

    # Idle wrapping

    def _measure_later(self) -> None:
        if self._measuring is None:
            self._measuring = self.set_interval(_PAUSE, self._measure)
        self._measuring.resume()

    def _measure(self) -> None:
        flow = self._flow
        deadline = perf_counter() + _SLICE
        if flow is None or flow.measure(lambda: perf_counter() < deadline):
            if self._measuring is not None:
                self._measuring.pause()
            if flow is not None:
                flow.commit()
                self._follow()

    # Painting

    def row(self, y: int) -> Strip:
        rows = self.visible_lines
        width = self.size.width
        if not 0 <= y < len(rows):
            return Strip.blank(width, self._painter.base)
        place, line = rows[y]
        over = self._layers.over(line.start, line.end) if line.has_source else _NO_LAYERS
        kept = self._strips.get(place)
        if kept is not None and kept[0] == over:
            return kept[1]
        if len(self._strips) > _KEPT_STRIPS:
            self._strips.clear()
        strip = Strip(self._painter.line(line, over, left=self.left, width=width), width)
        self._strips[place] = (over, strip)
        return strip

    def repaint(self) -> None:
        """Paint the visible lines over which something changed, and no others."""
        changed = []
        for y, (place, line) in enumerate(self.visible_lines):
            kept = self._strips.get(place)
            over = self._layers.over(line.start, line.end) if line.has_source else _NO_LAYERS
            if kept is None or kept[0] != over:
                changed.append(Region(0, y, self.size.width, 1))
        if changed:
            self.refresh(*changed)

    # Mouse and scroll bar

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        event.prevent_default()
        self.scroll_lines(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        event.prevent_default()
        self.scroll_lines(-_WHEEL)

    def on_scroll_to(self, message: ScrollTo) -> None:
        message.stop()
        message.prevent_default()
        if self._flow is not None and message.y is not None:
            self.go(self._flow.at(round(message.y)))

    def on_scroll_up(self, message: ScrollUp) -> None:
        message.stop()
        message.prevent_default()
        self.page_up()

    def on_scroll_down(self, message: ScrollDown) -> None:
        message.stop()
        message.prevent_default()
        self.page_down()
