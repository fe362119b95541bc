"""Finding words in the open article: as one types, and the words of the search that led here."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

from reader.domain.document import Span
from reader.domain.finding import LIMIT, Finder
from reader.domain.lighting import lit
from reader.domain.query import Query
from reader.tui.jumping import Place
from reader.tui.keys import Pressed

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen


class Finding:
    """Matches are lit until they are let go; the words stay armed for the next article of the trail."""

    def __init__(self, screen: ArticleScreen, query: Query | None) -> None:
        self._screen = screen
        self._query = query
        self._words = ""
        self._typed = ""
        self._last = ""  # what / and Enter look for again
        self._finder: Finder | None = None
        self._matches: tuple[Span, ...] = ()
        self._current: int | None = None
        self._origin = 0
        self._top = 0
        self._before = ""
        self._then: Callable[[Span | None], None] | None = None

    @property
    def described(self) -> str:
        """``4/14``, or nothing if nothing is being looked for."""
        if not self._matches:
            return ""
        more = "+" if len(self._matches) == LIMIT else ""
        return f"{(self._current or 0) + 1}/{len(self._matches)}{more}"

    @property
    def words(self) -> str:
        """What was typed, and is looked for now."""
        return self._words

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
        elif highlight := self._screen.passages.on(span) or page.highlight_at(span.start):
            page.light(highlight)

    def _search(self) -> Sequence[Span]:
        article = self._screen.article
        assert article is not None
        if self._words:
            if self._finder is None:
                self._finder = Finder(article.document)
            return self._finder.find(self._words)
        return self._places(article.document.text, self._query) if self._query is not None else ()

    def _places(self, text: str, query: Query) -> Sequence[Span]:
        """Where the words of *query* stand, and the highlights that have them in their notes or tags."""
        found = lit(text, query)
        noted = [
            span
            for highlight in self._screen.passages.placed
            if (span := highlight.placement.span) is not None
            and lit(f"{highlight.note} · {' '.join(highlight.tags)}", query)
        ]
        return sorted([*found, *(span for span in noted if not _holds_any(span, found))]) if noted else found

    def _light(self, matches: Sequence[Span], current: int | None) -> None:
        self._matches = tuple(matches)
        self._current = current
        self._screen.page.set_matches(self._matches, current)

    # -- the prompt ------------------------------------------------------------------------------------
    def do_article_find(self, press: Pressed) -> None:
        self._open_prompt(self._screen.page.position)

    def ask(self, origin: int, then: Callable[[Span | None], None]) -> None:
        """Ask for words, to be found from *origin* on; *then* is given the match, or ``None`` if there is none or
        the question is given up."""
        self._then = then
        self._open_prompt(origin)

    def _open_prompt(self, origin: int) -> None:
        screen = self._screen
        self._origin, self._top, self._before = origin, screen.page.position, self._words
        self._typed = ""
        screen.show_find(True)
        screen.find_prompt.value = ""
        screen.set_focus(screen.find_prompt)

    def forget_question(self) -> None:
        """What asked for words wants them no more; the prompt stays, since one is typing in it."""
        self._then = None

    def abandon(self) -> None:
        """The mouse is used instead: the words stay lit, unless something waits for them."""
        if self._then is not None or not self._typed:
            self.give_up()
        else:
            self.keep()

    def typed(self, text: str) -> None:
        """Light *text* wherever it stands, and go to the first place from where one was; with nothing typed it is
        as it was before."""
        if not self._screen.is_finding:
            return
        self._typed = text.strip()
        self._words = self._typed or self._before
        matches = self._search()
        self._matches = tuple(matches)
        current = self._nearest(self._origin) if matches and self._typed else None
        self._light(matches, current)
        if not matches or not self._typed:
            self._to_top()
        self._screen.say("" if matches or not self._typed else "not in this article")

    def keep(self) -> None:
        """Enter: the prompt goes and the words stay lit. With nothing typed the last words are looked for again."""
        self._close_prompt()
        if self._typed:
            self._last = self._typed
        else:
            self._repeat()
        if self._screen.page.position != self._top:
            self._screen.jumping.leave(Place(self._screen.article_id, self._top))
        self._answer(self._matches[self._current] if self._current is not None else None)

    def _repeat(self) -> None:
        if not self._words and self._last:
            self._words = self._last
            self._light(self._search(), None)
        if self._matches and self._then is not None:
            self.step_from(self._origin, 1)
        else:
            self.step(1)

    def give_up(self) -> None:
        """Escape: as it was before, at the place where one was."""
        self._close_prompt()
        self._words = self._before
        self._light(self._search(), None)
        self._to_top()
        self._answer(None)

    def _to_top(self) -> None:
        """Where one was when the prompt opened."""
        if self._top:
            self._screen.page.to_offset(self._top)
        else:
            self._screen.page.top()

    def _answer(self, match: Span | None) -> None:
        then, self._then = self._then, None
        if then is not None:
            then(match)

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
        if not self._matches and not self._words and self._last:
            self._words = self._last
            self._light(self._search(), None)
        if not self._matches:
            self._say_none()
            return
        goal = self._from_here(steps) if self.lit_match is None else (self._current or 0) + steps
        self._go(goal, steps)

    def _go(self, goal: int, steps: int) -> None:
        if not 0 <= goal < len(self._matches):
            self._screen.say("on from the top" if steps > 0 else "on from the end")
        with nullcontext() if self._screen.is_finding else self._screen.jumping.leap():
            self._light(self._matches, goal % len(self._matches))

    def _say_none(self) -> None:
        self._screen.say("No more of it here" if self._words else "Nothing is being looked for · / finds")

    def step_from(self, offset: int, steps: int) -> Span | None:
        """Light the match that is *steps* on from *offset*, round the ends; one that holds *offset* is passed over."""
        if not self._matches:
            self._say_none()
            return None
        if steps > 0:
            goal = bisect_left(self._matches, (offset + 1, 0)) + steps - 1
        else:
            before = bisect_left(self._matches, (offset, 0))
            goal = before - (before > 0 and self._matches[before - 1].contains(offset)) + steps
        self._go(goal, steps)
        return self._matches[goal % len(self._matches)]

    def first_from(self, offset: int, words: str) -> Span | None:
        """Where *words* stand next from *offset* on; nothing is lit."""
        article = self._screen.article
        found = Finder(article.document).find(words) if article is not None else []
        return next((match for match in found if match.start >= offset), None)

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
        if at and self._then is None and self._matches[at - 1].contains(offset):
            return at - 1
        return at % len(self._matches)


def _holds_any(span: Span, matches: Sequence[Span]) -> bool:
    at = bisect_left(matches, (span.start, 0))
    return (at < len(matches) and matches[at].start < span.end) or (
        at > 0 and matches[at - 1].end > span.start
    )
