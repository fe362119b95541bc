"""Finding words in the open article: as one types, and the words of the search that led here."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.domain.document import Span
from reader.domain.finding import Finder
from reader.domain.lighting import lit
from reader.domain.query import Query
from reader.tui.keys import Pressed

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen


class Finding:
    """Matches are lit until they are let go; the words stay armed for the next article of the trail."""

    def __init__(self, screen: ArticleScreen, query: Query | None) -> None:
        self._screen = screen
        self._query = query
        self._words = ""
        self._finder: Finder | None = None
        self._matches: tuple[Span, ...] = ()
        self._current: int | None = None
        self._origin = 0
        self._before = ""

    @property
    def described(self) -> str:
        """``4/14``, or nothing if nothing is being looked for."""
        if not self._matches:
            return ""
        return f"{(self._current or 0) + 1}/{len(self._matches)}"

    @property
    def lit_match(self) -> Span | None:
        """The match that ``n`` went to last, while it is on screen."""
        if self._current is None:
            return None
        match = self._matches[self._current]
        return match if self._screen.page.visible_text_offset(match.start) else None

    # -- a new article ---------------------------------------------------------------------------------
    def start(self, span: Span | None) -> None:
        """Light the words in the article that is shown now, and go to *span*."""
        self._finder = None
        self._light(self._search(), None)
        page = self._screen.page
        if span is None:
            return
        page.to_offset(span.start, where="middle")
        if self._matches:
            self._light(self._matches, self._nearest(span.start))
        elif highlight := page.highlight_at(span.start):
            page.light(highlight)

    def _search(self) -> Sequence[Span]:
        article = self._screen.article
        assert article is not None
        if self._words:
            if self._finder is None:
                self._finder = Finder(article.document)
            return self._finder.find(self._words)
        return lit(article.document.text, self._query) if self._query is not None else ()

    def _light(self, matches: Sequence[Span], current: int | None) -> None:
        self._matches = tuple(matches)
        self._current = current
        self._screen.page.set_matches(self._matches, current)

    # -- the prompt ------------------------------------------------------------------------------------
    def do_article_find(self, press: Pressed) -> None:
        screen = self._screen
        self._origin, self._before = screen.page.position, self._words
        screen.show_find(True)
        screen.find_prompt.value = ""
        screen.set_focus(screen.find_prompt)

    def typed(self, text: str) -> None:
        """Light *text* wherever it stands, and go to the first place from where one was."""
        if not self._screen.is_finding:
            return
        self._words = text.strip()
        matches = self._search()
        self._matches = tuple(matches)
        current = self._nearest(self._origin) if matches else None
        self._light(matches, current)
        if self._words and not matches:
            self._screen.page.to_offset(self._origin)
        self._screen.say("" if matches or not self._words else "not in this article")

    def keep(self) -> None:
        """Enter: the prompt goes and the words stay lit. Nothing typed lets go of what was lit before."""
        self._close_prompt()
        if not self._words:
            self._query = None
            self._light((), None)

    def give_up(self) -> None:
        """Escape: as it was before, at the place where one was."""
        self._close_prompt()
        self._words = self._before
        self._light(self._search(), None)
        self._screen.page.to_offset(self._origin)

    def _close_prompt(self) -> None:
        self._screen.show_find(False)
        self._screen.set_focus(None)
        self._screen.say("")

    # -- from match to match ---------------------------------------------------------------------------
    def do_article_next_match(self, press: Pressed) -> None:
        self.step(press.count or 1)

    def do_article_previous_match(self, press: Pressed) -> None:
        self.step(-(press.count or 1))

    def step(self, steps: int) -> None:
        """Go *steps* matches on, round the ends; from where one is if the last one is out of sight."""
        if not self._matches:
            self._screen.say("No more of it here" if self._words else "Nothing is being looked for · / finds")
            return
        goal = self._from_here(steps) if self.lit_match is None else (self._current or 0) + steps
        if not 0 <= goal < len(self._matches):
            self._screen.say("on from the top" if steps > 0 else "on from the end")
        self._light(self._matches, goal % len(self._matches))

    def let_go(self) -> bool:
        """Stop lighting the words; whether any were lit."""
        was_lit = bool(self._matches)
        self._words, self._query = "", None
        self._light((), None)
        return was_lit

    def _from_here(self, steps: int) -> int:
        at = bisect_left(self._matches, (self._screen.page.visible_span.start, 0))
        return at + steps - 1 if steps > 0 else at + steps

    def _nearest(self, offset: int) -> int:
        """The first match from *offset* on, or the very first."""
        at = bisect_left(self._matches, (offset, 0))
        if at and self._matches[at - 1].contains(offset):
            return at - 1
        return at % len(self._matches)
