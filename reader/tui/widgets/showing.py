"""Showing an article: its lines between header and ending, the highlights on it, how far one has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from textual import work
from textual.message import Message
from textual.theme import Theme

from reader.domain.article import Article, Summary
from reader.domain.document import Document, Span
from reader.domain.highlight import Highlight
from reader.domain.sentences import Sentences
from reader.render.code import Token, tokens
from reader.render.flow import Flow
from reader.render.header import absence_lines, ending_lines, header_lines, link_lines
from reader.render.layers import Layers
from reader.render.lines import Line
from reader.tui.colours import palette_of
from reader.tui.widgets.column import Column

END = "end · Space next unread · a archive"
_CODE_BATCH = 8


class ShownColumn(Column):
    """One article with its highlights. Offsets and spans are code points of its text. Its messages are named as those
    of the article page."""

    @dataclass
    class Moved(Message, namespace="article_page"):
        """The reader went elsewhere; not posted for a resize. ``progress`` is 0–1 and never falls."""

        page: ShownColumn
        position: int
        furthest: int
        progress: float

    @dataclass
    class ReachedEnd(Message, namespace="article_page"):
        """The end of the text came on screen."""

        page: ShownColumn

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
        self._flow = Flow(document, self.text_width, (), (), spaced=self.is_spaced)

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
            place = (
                self._flow.frame
                if width == self._flow.width
                else partial(self._flow.resize, width, spaced=self.is_spaced)
            )
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
        if self._summary is None:
            return ()
        extra = self._article.extra if self._article else {}
        link = link_lines(self._summary, str(extra.get("description", "")), width)
        is_empty = self._article is not None and not self._document.text
        absence = absence_lines(self._summary, width) if is_empty else ()
        return [*header_lines(self._summary, width), *link, *absence]

    def foot_lines(self, width: int) -> Sequence[Line]:
        if self._article is None or (self._summary and self._summary.unfetched is not None):
            return ()
        return ending_lines(self._ending, self._tail, width, shown=self._tail_shown)

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._take_theme)
        self._take_theme(self.app.current_theme)

    def _take_theme(self, theme: Theme) -> None:
        self.set_palette(palette_of(theme, no_colour=self.app.no_color))

    @property
    def highlights(self) -> tuple[Highlight, ...]:
        return self._highlights

    def set_highlights(self, highlights: Sequence[Highlight]) -> None:
        """Paint these highlights, the later ones over the earlier; only anchored ones have a place."""
        self._highlights = tuple(highlights)
        self._layers.set_highlights(highlights)
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
