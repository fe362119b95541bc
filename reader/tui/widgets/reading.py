"""Reading an article: what is shown of it, how far one has come, and going about in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeVar

from textual import work
from textual.message import Message
from textual.theme import Theme

from reader.domain.article import Article, Summary
from reader.domain.document import Document, Mark, Span
from reader.domain.highlight import Highlight
from reader.domain.sentences import Sentences
from reader.render.code import Token, tokens
from reader.render.flow import Flow
from reader.render.header import ending_lines, header_lines
from reader.render.layers import Layers
from reader.render.lines import Line
from reader.tui.colours import palette_of
from reader.tui.widgets.column import Column

END = "end · Space next unread · a archive"
Where = Literal["top", "middle", "nearest"]
_Lit = TypeVar("_Lit", Highlight, Mark)
_CODE_BATCH = 8


class ReadingColumn(Column):
    """One article to read, with its highlights and the matches of a search. Offsets and spans are code points of
    its text. Its messages are named as those of the article page."""

    @dataclass
    class Moved(Message, namespace="article_page"):
        """The reader went elsewhere; not posted for a resize. ``progress`` is 0–1 and never falls."""

        page: ReadingColumn
        position: int
        furthest: int
        progress: float

    @dataclass
    class ReachedEnd(Message, namespace="article_page"):
        """The end of the text came on screen."""

        page: ReadingColumn

    @dataclass
    class Coloured(Message, namespace="article_page"):
        """Colours of code blocks were found; for the page itself."""

        document: Document
        tokens: Mapping[int, Sequence[Token]]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._article: Article | None = None
        self._summary: Summary | None = None
        self._highlights: tuple[Highlight, ...] = ()
        self._matches: Sequence[Span] = ()
        self._current: Span | None = None
        self._lit: Highlight | Mark | None = None
        self._ending = END
        self._tail_shown = False
        self._furthest = 0
        self._was_at_end = False
        self._opening: int | None = None
        self._use(Document.plain(""))

    def _use(self, document: Document) -> None:
        """Take *document* for the one to show."""
        self._document = document
        self._sentences = Sentences(document)
        self._flow = Flow(document, self.text_width, (), ())

    # Showing

    def show(
        self,
        article: Article,
        highlights: Sequence[Highlight] = (),
        *,
        position: int | None = None,
        end: str = END,
    ) -> None:
        """Open *article* with the line of *position* on top; 0 is its header."""
        self._article, self._summary = article, article.summary
        self._ending = end
        self._tail_shown = False
        self._matches, self._current, self._lit = (), None, None
        self._was_at_end = False
        self._use(article.document)
        self._furthest = round(article.summary.progress * len(article.document.text))
        self._strips.clear()
        self._layers = Layers()
        self.set_highlights(highlights)
        self._opening = article.position if position is None else position
        if self.size.width:
            self._relay()

    def _relay(self) -> None:
        if self._flow is not None and self._opening is not None and self.size.width:
            opening, self._opening = self._opening, None
            width = self.text_width
            place = self._flow.frame if width == self._flow.width else partial(self._flow.resize, width)
            place(self.head_lines(width), self.foot_lines(width))
            self._held = opening if opening > 0 else -1
            self._top = self._held_place()
            if any(block.kind == "code" and block.lang for block in self._document.blocks):
                self._colour_code(self._document)
        super()._relay()
        self._note_progress()

    def set_summary(self, summary: Summary) -> None:
        """Title, source or tags changed: another header, the same place."""
        self._summary = summary
        self._reframe()

    @property
    def has_tail(self) -> bool:
        return bool(self._tail)

    @property
    def tail_shown(self) -> bool:
        return self._tail_shown

    def show_tail(self, shown: bool) -> None:
        """Show or hide what was set aside from the text, below the end."""
        self._tail_shown = shown
        self._reframe()

    @property
    def _tail(self) -> str:
        """What stood above the text and says more than its fields, and what stood below it."""
        extra = self._article.extra if self._article else {}
        return "\n\n".join(
            part for key in ("masthead", "tail") if isinstance(part := extra.get(key), str) and part
        )

    def head_lines(self, width: int) -> Sequence[Line]:
        return header_lines(self._summary, width) if self._summary else ()

    def foot_lines(self, width: int) -> Sequence[Line]:
        if self._article is None:
            return ()
        return ending_lines(self._ending, self._tail, width, shown=self._tail_shown)

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._take_theme)
        self._take_theme(self.app.current_theme)

    def _take_theme(self, theme: Theme) -> None:
        self.set_palette(palette_of(theme, no_colour=self.app.no_color))

    # Layers

    @property
    def highlights(self) -> tuple[Highlight, ...]:
        return self._highlights

    def set_highlights(self, highlights: Sequence[Highlight]) -> None:
        """Paint these highlights, the later ones over the earlier; only anchored ones have a place."""
        self._highlights = tuple(highlights)
        self._layers.set_highlights(highlights)
        if isinstance(self._lit, Highlight):
            self._light(next((mark for mark in highlights if mark.id == self._lit.id), None))
        self.repaint()

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

    # Where the reader is

    @property
    def document(self) -> Document:
        return self._document

    @property
    def position(self) -> int:
        """The first code point on screen; 0 at the header."""
        return max(0, self._top_offset())

    @property
    def furthest(self) -> int:
        return self._furthest

    @property
    def progress(self) -> float:
        """The furthest seen place as a share of the text, 0–1."""
        size = len(self._document.text)
        return min(1.0, self._furthest / size) if size else 1.0

    @property
    def at_end(self) -> bool:
        """Whether the text ends on screen."""
        rows = self.visible_lines
        return self._article is not None and bool(rows) and rows[-1][0].section == self._flow_now.last

    @property
    def _flow_now(self) -> Flow:
        assert self._flow is not None
        return self._flow

    def moved(self) -> None:
        if self._lit is not None and not self._on_screen(span_of(self._lit)):
            self._light(None)
        self._note_progress()
        self.post_message(self.Moved(self, self.position, self.furthest, self.progress))

    def _note_progress(self) -> None:
        if self._article is None or not self.size.height:
            return
        self._furthest = max(self._furthest, self.visible_span.end)
        at_end = self.at_end
        if at_end and not self._was_at_end:
            self.post_message(self.ReachedEnd(self))
        self._was_at_end = at_end

    def visible_text_offset(self, offset: int) -> bool:
        """Whether the line of *offset* is on screen."""
        return self.shows(offset)

    def _on_screen(self, span: Span | None) -> bool:
        if span is None:
            return False
        visible = self.visible_span
        return span.overlaps(visible)

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
        here = self._sentences.at(self.position)
        top = self._top
        while here is not None:
            here = self._sentences.next(here) if steps > 0 else self._sentences.previous(here)
            place = self._flow_now.place(here.start) if here else top
            if here and (place > top if steps > 0 else place < top):
                steps += -1 if steps > 0 else 1
                top = place
                if not steps:
                    return self.go(place)
        return steps < 0 and self.top()

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

    # Colours of code

    @work(thread=True, exclusive=True, group="code", exit_on_error=False)
    def _colour_code(self, document: Document) -> None:
        """Find the colours of code in a thread: pygments takes long to import."""
        found: dict[int, Sequence[Token]] = {}
        for index, block in enumerate(document.blocks):
            if block.kind == "code" and block.lang:
                found[index] = tokens(document.slice(block.span), block.lang)
                if len(found) >= _CODE_BATCH:
                    self.post_message(self.Coloured(document, found))
                    found = {}
        if found:
            self.post_message(self.Coloured(document, found))

    def on_article_page_coloured(self, message: Coloured) -> None:
        message.stop()
        if message.document is not self._document or self._flow is None:
            return
        for index, coloured in message.tokens.items():
            self._flow.layout.colour(index, coloured)
        sections = {index + 1 for index in message.tokens}
        for place in [place for place in self._strips if place.section in sections]:
            del self._strips[place]
        self._rows = None
        self.repaint()


def is_placed(highlight: Highlight) -> bool:
    return highlight.placement.status == "anchored" and highlight.placement.span is not None


def span_of(what: Highlight | Mark) -> Span:
    if isinstance(what, Mark):
        return what.span
    return what.placement.span or what.anchor.span
