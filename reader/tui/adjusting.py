"""Moving the ends of a highlight by words, and deleting it: the one that is lit, or that the caret is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reader.domain.anchor import anchor_of
from reader.domain.document import Document
from reader.domain.ends import moved_end, moved_start
from reader.domain.highlight import Highlight
from reader.domain.motions import Motions
from reader.domain.sentences import Sentences
from reader.domain.span import Span
from reader.tui.keys import Pressed

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen

End = Literal["start", "end"]


class Adjusting:
    """Each press is painted at once and is an edit of its own, so that ``u`` goes back as one came."""

    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen
        self._document: Document | None = None
        self._motions: Motions | None = None

    def do_highlight_delete(self, press: Pressed) -> None:
        highlight = self.aimed_at
        if highlight is not None:
            self._screen.passages.remove(highlight)

    def do_highlight_end_back(self, press: Pressed) -> None:
        self._move("end", -(press.count or 1))

    def do_highlight_end_on(self, press: Pressed) -> None:
        self._move("end", press.count or 1)

    def do_highlight_start_back(self, press: Pressed) -> None:
        self._move("start", -(press.count or 1))

    def do_highlight_start_on(self, press: Pressed) -> None:
        self._move("start", press.count or 1)

    @property
    def aimed_at(self) -> Highlight | None:
        """The highlight that keys act on: while reading the lit one, else that of the caret; that there is none is
        said."""
        page, passages = self._screen.page, self._screen.passages
        if page.caret is not None:
            under = page.under_caret
            if under is None:
                self._screen.say("There is no highlight under the caret")
            return passages.now(under) if under is not None else None
        lit = self._screen.reviewing.aimed_at
        if lit is None:
            self._screen.say("No highlight is lit · ]h lights one")
        return lit

    def _move(self, end: End, words: int) -> None:
        highlight, article = self.aimed_at, self._screen.article
        if highlight is None or article is None:
            return
        span = highlight.placement.span
        if span is None or highlight.placement.status != "anchored":
            self._screen.say("Its place is not certain · R accepts it · select words, R moves it")
            return
        moved = self._moved(article.document, span, end, words)
        anchor = anchor_of(article.document, moved)
        if moved == span or anchor is None:
            self._screen.say("No further")
            return
        same = self._screen.passages.at(anchor)
        if same is not None and same.id != highlight.id:
            self._screen.say("Another highlight has these very words")
            return
        self._screen.passages.attach(highlight, anchor, "moved · u undo")
        self._screen.page.to_offset(anchor.span.start if end == "start" else anchor.span.end - 1, "nearest")

    def _moved(self, document: Document, span: Span, end: End, words: int) -> Span:
        if self._motions is None or self._document is not document:
            self._document, self._motions = document, Motions(document, Sentences(document))
        return (moved_start if end == "start" else moved_end)(self._motions, span, words)
