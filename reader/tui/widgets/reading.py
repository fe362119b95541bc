"""Reading an article: what is lit in it, and going about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal, TypeVar

from reader.domain.document import Document, Mark, Span
from reader.domain.highlight import Highlight
from reader.tui.widgets.showing import END, ShownColumn

__all__ = ["END", "ReadingColumn", "Where", "is_placed", "span_of"]

Where = Literal["top", "middle", "nearest"]
_Lit = TypeVar("_Lit", Highlight, Mark)


class ReadingColumn(ShownColumn):
    """The article with the matches of a search and one lit thing, and the ways about it. Offsets and spans are code
    points of its text."""

    def _use(self, document: Document) -> None:
        super()._use(document)
        self._matches: Sequence[Span] = ()
        self._current: Span | None = None
        self._lit: Highlight | Mark | None = None

    # Layers

    def set_highlights(self, highlights: Sequence[Highlight]) -> None:
        """Paint these highlights, the later ones over the earlier; the one that is lit stays lit if it is there."""
        super().set_highlights(highlights)
        if isinstance(self._lit, Highlight):
            self._light(next((mark for mark in highlights if mark.id == self._lit.id), None))

    def set_matches(self, spans: Sequence[Span], current: int | None = None) -> None:
        """Light every match, and the *current* one differently; that one is brought on screen."""
        if spans is not self._matches:
            self._matches = spans
            self._layers.set_matches(spans)
        self._current = spans[current] if current is not None and 0 <= current < len(spans) else None
        self._layers.set_span("current", self._current)
        self.repaint()
        if self._current is not None:
            self.to_offset(self._current.start, "nearest")

    @property
    def lit(self) -> Highlight | Mark | None:
        """The highlight or link that was stepped to and is on screen."""
        return self._lit

    def light(self, what: Highlight | Mark | None) -> None:
        """Light *what*, as stepping to it does, or let go of what is lit."""
        self._light(what)

    def _light(self, what: Highlight | Mark | None) -> None:
        self._lit = what
        self._layers.set_span("lit", span_of(what) if what else None)
        self.repaint()

    def moved(self) -> None:
        if self._lit is not None and not self._on_screen(span_of(self._lit)):
            self._light(None)
        super().moved()

    # Going about

    def to_offset(self, offset: int, where: Where = "top") -> bool:
        """Bring *offset* on screen; ``nearest`` scrolls only if it is not there yet."""
        if where == "nearest" and self.shows(offset):
            return False
        place = self._flow_now.place(offset)
        if where == "top":
            return self.go(place)
        return self.go(self._flow_now.walk(place, -(self.size.height // 3)))

    def to_percent(self, percent: float) -> bool:
        share = max(0.0, min(100.0, percent)) / 100
        return self.top() if share == 0 else self.to_offset(int(share * max(0, len(self._document.text) - 1)))

    def paragraph(self, steps: int) -> bool:
        """Put the next paragraph on top, or an earlier one."""
        starts = sorted(
            {block.span.start for block in self._document.blocks if block.span.end > block.span.start}
        )
        return self._to_start(starts, steps)

    def heading(self, steps: int) -> bool:
        return self._to_start([span.start for _, _, span in self.outline()], steps)

    def sentence(self, steps: int) -> bool:
        """Put the line of the next sentence on top, or of an earlier one."""
        there = self._sentence_by_lines(steps)
        if there is not None:
            return self.go(self._flow_now.place(there.start))
        return steps < 0 and self.top()

    def _sentence_by_lines(self, steps: int) -> Span | None:
        """The sentence *steps* on from the top of the screen; of those that begin in one line only one counts."""
        here = self._sentences.at(self.position)
        top = self._top
        while here is not None:
            here = self._sentences.next(here) if steps > 0 else self._sentences.previous(here)
            place = self._flow_now.place(here.start) if here else top
            if here and (place > top if steps > 0 else place < top):
                steps += -1 if steps > 0 else 1
                top = place
                if not steps:
                    return here
        return None

    def _to_start(self, starts: Sequence[int], steps: int) -> bool:
        here = self._top_offset()
        if steps > 0:
            place = bisect_right(starts, here) + steps - 1
            return place < len(starts) and self.to_offset(starts[place])
        place = bisect_left(starts, here) + steps
        return self.to_offset(starts[place]) if place >= 0 else self.top()

    def outline(self) -> list[tuple[int, str, Span]]:
        """The headings: level, text, place."""
        return [
            (block.level, self._document.slice(block.span), block.span)
            for block in self._document.blocks
            if block.kind == "heading"
        ]

    def highlight(self, steps: int) -> Highlight | None:
        """Light the next highlight, or an earlier one, and bring it on screen."""
        placed = [mark for mark in self._highlights if is_placed(mark)]
        return self._step(sorted(placed, key=span_of), steps)

    def link(self, steps: int) -> Mark | None:
        """Light the next link, or an earlier one, and bring it on screen."""
        return self._step([mark for mark in self._document.marks if mark.kind == "link"], steps)

    def _step(self, marks: Sequence[_Lit], steps: int) -> _Lit | None:
        """From the one that is lit, or from the top of the screen."""
        if self._lit in marks:
            place = marks.index(self._lit) + steps
        else:
            before = bisect_left(marks, self.visible_span.start, key=lambda mark: span_of(mark).start)
            place = before + steps - (steps > 0)
        if not 0 <= place < len(marks):
            return None
        found = marks[place]
        self.to_offset(span_of(found).start, "nearest")
        self._light(found)
        return found

    def highlight_at(self, offset: int) -> Highlight | None:
        """The newest highlight painted at *offset*."""
        return next(
            (
                mark
                for mark in reversed(self._highlights)
                if is_placed(mark) and span_of(mark).contains(offset)
            ),
            None,
        )

    def link_at(self, offset: int) -> Mark | None:
        return next(
            (mark for mark in self._document.marks if mark.kind == "link" and mark.span.contains(offset)),
            None,
        )


def is_placed(highlight: Highlight) -> bool:
    return highlight.placement.status == "anchored" and highlight.placement.span is not None


def span_of(what: Highlight | Mark) -> Span:
    if isinstance(what, Mark):
        return what.span
    return what.placement.span or what.anchor.span
