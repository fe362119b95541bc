"""How far an article was read: kept as one reads, without a word, and never in the way of undo."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from reader.domain.article import ArticleId, State, Summary
from reader.domain.change import Change
from reader.storage.connection import LibraryError
from reader.tui.widgets.status import NARROW

if TYPE_CHECKING:
    from textual.timer import Timer

    from reader.storage.library import Library
    from reader.tui.screens.article import ArticleScreen

KEEP_AFTER = 1.0  # seconds of stillness, or of reading on, before the place is written
END_DWELL = 2.0  # seconds with the end on screen after which an article counts as read


class Progress:
    """Unread becomes reading beyond the first screen; reading becomes read when the end was on screen for a
    while, or was left forward. What the user says of the state stands for as long as the article is open."""

    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen
        self._open: ArticleId | None = None
        self._state: State = "unread"
        self._known: State = "unread"  # what the library said last
        self._decided = False
        self._first_screen = 0
        self._kept: tuple[int, float, State] | None = None
        self._is_told = True
        self._has_failed = False
        self._keeping: Timer | None = None
        self._dwelling: Timer | None = None

    @property
    def described(self) -> str:
        """``4/14 · 12 min left · 34%``: the match that is lit, the time that the rest takes to read, and how far down
        the page is."""
        parts = (self._screen.finding.described, self._left, self._percent)
        return " · ".join(part for part in parts if part)

    @property
    def _left(self) -> str:
        """Nothing at the end, nor where the line has no room for it."""
        screen = self._screen
        article = screen.article
        if article is None or screen.page.at_end or screen.size.width < NARROW:
            return ""
        length = len(article.document.text)
        share = 1 - screen.page.visible_span.end / length if length else 0
        minutes = ceil(article.summary.minutes * share)
        return f"{minutes} min left" if minutes else ""

    @property
    def _percent(self) -> str:
        page = self._screen.page
        if self._screen.is_link:
            return "not fetched"
        if self._screen.has_no_text:
            return "no text"
        length = len(self._screen.article.document.text) if self._screen.article else 0
        if page.at_end or not length:
            return "end"
        return f"{100 * page.visible_span.end // length}%" if page.position else "top"

    # -- one article's time on screen ------------------------------------------------------------------
    def start(self) -> None:
        article = self._screen.article
        assert article is not None
        page = self._screen.page
        self._open = article.summary.id
        self._state = self._known = article.summary.state
        self._decided = False
        self._first_screen = page.visible_span.end
        self._kept = None
        self._is_told = False
        if page.at_end:
            self.reached_end()

    def refresh(self, state: State) -> None:
        """The library says *state*: news only if it said otherwise before, else it has not heard of ours yet."""
        if state != self._known:
            self._known = self._state = state

    def decided(self, state: State) -> None:
        """The user says what the state is."""
        if state != self._state:
            self._state, self._decided = state, True
            self._stop(self._dwelling)

    def moved(self) -> None:
        page = self._screen.page
        beyond = page.position > 0 and page.visible_span.end > self._first_screen
        if beyond and self._state == "unread":
            self._become("reading")
        if self._keeping is None and self._open is not None:
            self._keeping = self._screen.set_timer(KEEP_AFTER, self._keep_now)

    def reached_end(self) -> None:
        self._stop(self._dwelling)
        if self._state != "read" and not self._decided and not self._screen.has_no_text:
            self._dwelling = self._screen.set_timer(END_DWELL, self._dwelt)

    def resumed(self) -> None:
        """A dialog is gone: the time before the end counts anew."""
        if self._open is not None and self._screen.page.at_end:
            self.reached_end()

    def left_forward(self) -> None:
        """One goes on from here: from the end, that makes the article read."""
        if self._open is not None and self._screen.page.at_end and not self._screen.has_no_text:
            self._become("read")

    def close(self) -> None:
        """The article leaves the screen: write what is not written, and let the list know."""
        self._stop(self._keeping)
        self._stop(self._dwelling)
        self._keeping = self._dwelling = None
        if self._open is not None and not self._is_told and not self._screen.has_no_text:
            article, now = self._open, self._now()
            self._is_told = True
            self._screen.change("", lambda library: _left_at(library, article, now))
        self._open = None

    # -- inside ----------------------------------------------------------------------------------------
    def _dwelt(self) -> None:
        self._dwelling = None
        if self._open is not None and self._screen.page.at_end and self._screen.reader.screen is self._screen:
            self._become("read")
            self._keep_now()

    def _become(self, state: State) -> None:
        """Take *state*, unless the user has said what it is."""
        if not self._decided and state != self._state:
            self._state = state
            self._screen.current.take_state(state)

    def _now(self) -> tuple[int, float, State]:
        """An unread article has no progress, though much of it may be on the first screen."""
        page = self._screen.page
        return page.position, 0.0 if self._state == "unread" else page.progress, self._state

    def _keep_now(self) -> None:
        self._keeping = None
        if self._open is None or self._now() == self._kept or self._screen.has_no_text:
            return
        self._kept = self._now()
        self._is_told = False
        self._screen.reader.run_worker(self._write(self._open, self._kept), group="progress")

    async def _write(self, article: ArticleId, now: tuple[int, float, State]) -> None:
        """Not a ``change``: nobody asked for it, so there is no saving mark, and the list hears of it at the end."""
        try:
            kept = await self._screen.lane.write(lambda library: _reach(library, article, now))
        except LibraryError as error:
            if not self._has_failed:  # one word of it, not one a second
                self._has_failed = True
                self._screen.reader.fail(error)
            return
        if self._open == article and self._screen.is_attached and not self._belongs(kept):
            self._screen.reload()

    def _belongs(self, kept: Summary | None) -> bool:
        """Whether the article is where it was when it was opened: another process may have thrown it away."""
        shown = self._screen.article
        return kept is not None and shown is not None and kept.trashed == shown.summary.trashed

    def _stop(self, timer: Timer | None) -> None:
        if timer is not None:
            timer.stop()


def _reach(library: Library, article: ArticleId, now: tuple[int, float, State]) -> Summary | None:
    """Keep the place; ``None`` if the article is not in the library any more."""
    position, progress, state = now
    found = library.articles.summaries([article])
    if not found:
        return None
    library.articles.reached(article, position=position, progress=progress, state=state)
    return found[0]


def _left_at(library: Library, article: ArticleId, now: tuple[int, float, State]) -> Change:
    """Keep the place, and say so to the other screens."""
    kept = _reach(library, article, now)
    return Change("reached", (article,) if kept is not None else ())
