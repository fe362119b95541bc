"""Reading the order of a list: its beginning at once, the rest behind it."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.alike import Folds
from reader.domain.article import ArticleId, Summary
from reader.domain.query import Query
from reader.storage.connection import LibraryError
from reader.tui.background import start

if TYPE_CHECKING:
    from reader.storage.library import Library
    from reader.tui.screens.library import LibraryScreen

FIRST = 256
CHUNK = 20_000
ORDER = "order"  # what presses wait for
SLOW = 0.1  # seconds after which a list says that it is loading


class Loading:
    """Keeps one order of the library's list up to date. ``complete`` is false while more of it is coming."""

    def __init__(self, screen: LibraryScreen) -> None:
        self._screen = screen
        self._newest = 0
        self._asked: tuple[Sequence[int], bool] = ((), True)
        self.complete = True

    def start(self, *, lit: Sequence[int] = (), stay: bool = True) -> None:
        """Read another order and show its beginning as soon as it is there.

        The cursor goes to the first of *lit* that is in it, else with *stay* to the article it is on, else to
        the top. What was being read before is given up. Presses wait: they are meant for what comes.
        """
        self._screen.expect(ORDER)
        self._asked = lit, stay
        self._run(partial(self._load, lit, stay))

    def again(self, *, lit: Sequence[int] = (), after: float = 0.0) -> None:
        """Read the same order once more, *after* some seconds, and show it whole if it is another one now.

        The cursor goes to the topmost of *lit* that was not there before.
        """
        if self._screen.expects(
            ORDER
        ):  # another order is on its way: that one, from the library as it is now
            self.start(lit=self._asked[0], stay=self._asked[1])
            return
        self._run(partial(self._reload, lit, after))

    def go_on(self, last: ArticleId) -> None:
        """The beginning, as far as *last*, is on screen already: read the rest."""
        self.complete = False
        self._run(partial(self._load_rest, self._ask(), last))

    def _run(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        self._newest += 1
        start(self._screen, partial(self._run_until_shown, work, self._newest), group="order")

    async def _run_until_shown(self, work: Callable[[], Coroutine[None, None, None]], number: int) -> None:
        try:
            await work()
        finally:
            if number == self._newest:  # a newer one brings what the presses wait for
                self._screen.came(ORDER)

    async def _load(self, lit: Sequence[int], stay: bool) -> None:
        ask, rows = self._ask(), self._screen.articles
        before = rows.current
        waiting = self._screen.set_timer(SLOW, self._screen.show_loading)
        try:
            order, folds, summaries = await self._screen.lane.read(_beginning(ask))
            self.complete = len(order) < FIRST or self._room(len(order)) == 0
            if (
                not self.complete
                and (wanted := self._wanted(lit, before, stay))
                and set(wanted).isdisjoint(order)
            ):
                # The cursor is further down: the list jumps once, when all of it is here.
                order += await self._screen.lane.read(
                    _following(ask, ArticleId(order[-1]), self._room(len(order)))
                )
                self.complete = True
        except LibraryError as error:
            self._screen.show_failure(error)
            return
        finally:
            waiting.stop()
        rows.show(
            folds.arranged(order),
            summaries,
            cursor=self._wanted(lit, before, stay),
            fallback=rows.cursor if stay else 0,
            folds=folds,
        )
        self._screen.loaded()
        self._screen.came(ORDER)
        await self._load_rest(ask, ArticleId(order[-1]) if order else None)

    async def _reload(self, lit: Sequence[int], after: float) -> None:
        ask, rows = self._ask(), self._screen.articles
        before = rows.current
        if after:
            await asyncio.sleep(after)
        try:
            order, folds, came = await self._screen.lane.read(_anew(ask, lit, array("q", rows.order)))
        except LibraryError as error:
            self._screen.show_failure(error)
            return
        self.complete = True
        if folds.opened != rows.folds.opened:  # some were opened or closed meanwhile
            folds = folds.opening(rows.folds.opened)
            order = array("q", folds.arranged(order))
        if order != rows.order or folds != rows.folds:
            rows.show(order, cursor=self._wanted(came, before, True), fallback=rows.cursor, folds=folds)
            rows.expect(len(order) - 1)
        self._screen.loaded()

    def _wanted(self, lit: Sequence[int], before: int | None, stay: bool) -> tuple[int, ...]:
        """Where the cursor is to go; a reader who has moved it meanwhile is not called back."""
        now = self._screen.articles.current
        here = () if now is None else (now,)
        if now != before:
            return here
        return (*lit, *here) if stay else tuple(lit)

    async def _load_rest(self, ask: Ask, last: ArticleId | None) -> None:
        rows = self._screen.articles
        while not self.complete and last is not None:
            room = self._room(len(rows.order))
            most = CHUNK if room is None else min(CHUNK, room)
            more = await self._screen.lane.read(_following(ask, last, most))
            self.complete = len(more) < most or most == room
            # Not the list's last: an action may have taken out all that it had, and copies are not in their places.
            last = ArticleId(more[-1]) if more else None
            rows.extend(rows.folds.arranged(more))
            self._screen.show_position()
        rows.expect(len(rows.order) - 1)

    def _room(self, shown: int) -> int | None:
        """How many more the query's own limit lets in; ``None`` if it has none."""
        limit = self._screen.shown.limit
        return None if limit is None else max(0, limit - shown)

    def _ask(self) -> Ask:
        screen = self._screen
        return Ask(screen.shown, screen.sort, tuple(screen.held), screen.articles.folds.opened)


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked for: an order, and the copies of stories in it, those of some of which are ``opened``."""

    query: Query
    sort: str
    sticky: tuple[ArticleId, ...]
    opened: frozenset[int]

    def __call__(self, library: Library, after: ArticleId | None, limit: int | None) -> list[ArticleId]:
        return library.articles.order(
            self.query, sort=self.sort, after=after, limit=limit, sticky=self.sticky
        )

    def folds(self, library: Library) -> Folds:
        from reader.storage.stories import folds

        return folds(library, self.query, self.sticky).opening(self.opened)


def _following(ask: Ask, last: ArticleId | None, limit: int | None) -> Callable[[Library], array[int]]:
    return lambda library: array("q", ask(library, last, limit))


def _beginning(ask: Ask) -> Callable[[Library], tuple[array[int], Folds, list[Summary]]]:
    def read(library: Library) -> tuple[array[int], Folds, list[Summary]]:
        order = ask(library, None, FIRST)
        return array("q", order), ask.folds(library), library.articles.summaries(order)

    return read


def _anew(
    ask: Ask, lit: Sequence[int], shown: array[int]
) -> Callable[[Library], tuple[array[int], Folds, tuple[int, ...]]]:
    """The order, and the topmost of *lit* that was not *shown* before. Compared here, not where the keys are: there
    may be a million."""

    def read(library: Library) -> tuple[array[int], Folds, tuple[int, ...]]:
        folds = ask.folds(library)
        order = array("q", folds.arranged(ask(library, None, None)))
        came = set(lit).difference(shown) if lit else set()
        topmost = next((article for article in order if article in came), None) if came else None
        return order, folds, () if topmost is None else (topmost,)

    return read
