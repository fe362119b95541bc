"""Jumps: what leaves a place behind remembers it, so that one can go back, also to the article before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reader.domain.article import ArticleId
from reader.tui.keys import Pressed

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen

REMEMBERED = 100


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in an article: the code point that stood on top of the screen, 0 at its header."""

    article: ArticleId
    position: int


class Jumps:
    """Where one came from, as in a browser: a new jump forgets the ones that could be gone forward to.

    Every method is told where one is *now*; a place that one is at already is passed over.
    """

    def __init__(self) -> None:
        self._back: list[Place] = []
        self._forward: list[Place] = []
        self._last: Place | None = None

    @property
    def last(self) -> Place | None:
        """Where the last jump began, back and forward included."""
        return self._last

    def led_from(self, place: Place) -> bool:
        """Whether the last jump that one could go back on began at *place*."""
        return bool(self._back) and self._back[-1] == place

    def leave(self, now: Place) -> None:
        """A jump begins at *now*."""
        self._last = now
        self._forward.clear()
        if not self._back or self._back[-1] != now:
            self._back = [*self._back[1 - REMEMBERED :], now]

    def back(self, now: Place, steps: int = 1) -> Place | None:
        """The place to go back to, ``None`` if no jump led here."""
        return self._step(self._back, self._forward, now, steps)

    def forward(self, now: Place, steps: int = 1) -> Place | None:
        """The place to go on to, ``None`` if one has not gone back."""
        return self._step(self._forward, self._back, now, steps)

    def _step(self, source: list[Place], other: list[Place], now: Place, steps: int) -> Place | None:
        found: Place | None = None
        here = now
        while source and steps:
            place = source.pop()
            if place != here:
                other.append(here)
                found = here = place
                steps -= 1
        if found is not None:
            self._last = now
        return found


class Jumping:
    """The jump list of the article screen. Whatever jumps does it through :meth:`jump` or inside :meth:`leap`."""

    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen
        self._jumps = Jumps()

    @property
    def here(self) -> Place:
        return Place(self._screen.article_id, self._screen.page.position)

    # -- for all that jumps ----------------------------------------------------------------------------
    def jump(self, offset: int, *, where: Literal["top", "middle"] = "top") -> None:
        """Bring the code point *offset* on screen and remember the place that was left."""
        with self.leap():
            if offset <= 0 and where == "top":
                self._screen.page.top()
            else:
                self._screen.page.to_offset(offset, where)

    @contextmanager
    def leap(self) -> Iterator[None]:
        """What moves the page in here is a jump; if nothing moves, nothing is remembered."""
        before = self.here
        yield
        if self.here != before:
            self._jumps.leave(before)

    def leave(self, place: Place | None = None) -> None:
        """Remember *place*, or where one is, as the place that a jump leaves."""
        self._jumps.leave(place or self.here)

    def open(self, article: ArticleId, position: int | None = None) -> None:
        """Show another article, at *position* or where it was left; back leads here."""
        self._jumps.leave(self.here)
        self._screen.current.open(article, position=position)

    # -- keys ------------------------------------------------------------------------------------------
    def do_article_jump_back(self, press: Pressed) -> None:
        self.back(press.count or 1)

    def do_article_jump_forward(self, press: Pressed) -> None:
        self._go(self._jumps.forward(self.here, press.count or 1), "Nothing to go on to · ^o goes back first")

    def back(self, steps: int = 1) -> None:
        self._go(self._jumps.back(self.here, steps), "No jump led here")

    def return_to(self, place: Place) -> None:
        """Back to *place* in this article; as going back if the last jump began there, else as a jump."""
        if self.here == place:
            return
        if self._jumps.led_from(place):
            self.back()
        else:
            self.jump(place.position)

    def swap(self) -> None:
        """``''``: to where the last jump began; again: back here."""
        last = self._jumps.last
        if last is None:
            self._screen.say("Nothing was jumped from yet")
            return
        self._jumps.leave(self.here)
        self._go(last, "")

    def _go(self, place: Place | None, otherwise: str) -> None:
        if place is None:
            self._screen.say(otherwise)
        elif place.article != self._screen.article_id:
            self._screen.current.open(place.article, position=place.position)
        elif place.position:
            self._screen.page.to_offset(place.position)
        else:
            self._screen.page.top()
