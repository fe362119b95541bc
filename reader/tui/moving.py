"""Moving the cursor of a list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.domain.article import ArticleId
from reader.tui.background import start
from reader.tui.keys import Pressed
from reader.tui.widgets.article_list import BLOCK

if TYPE_CHECKING:
    from reader.tui.screens.listing import ListScreen


class Moving:
    """The motions of every list. A number before ``gg`` and ``G`` names a row, before others it multiplies."""

    def __init__(self, screen: ListScreen) -> None:
        self._screen = screen

    def do_list_down(self, press: Pressed) -> None:
        self._rows(press.count or 1)

    def do_list_up(self, press: Pressed) -> None:
        self._rows(-(press.count or 1))

    def do_list_half_down(self, press: Pressed) -> None:
        self._pages(0.5 * (press.count or 1))

    def do_list_half_up(self, press: Pressed) -> None:
        self._pages(-0.5 * (press.count or 1))

    def do_list_page_down(self, press: Pressed) -> None:
        self._pages(press.count or 1)

    def do_list_page_up(self, press: Pressed) -> None:
        self._pages(-(press.count or 1))

    def do_list_top(self, press: Pressed) -> None:
        self._to((press.count or 1) - 1)

    def do_list_end(self, press: Pressed) -> None:
        self._to(press.count - 1 if press.count else len(self._screen.articles.order) - 1)

    def do_list_next_unread(self, press: Pressed) -> None:
        self._unread(press.count or 1, 1)

    def do_list_previous_unread(self, press: Pressed) -> None:
        self._unread(press.count or 1, -1)

    def _unread(self, wanted: int, step: int) -> None:
        start(self._screen, partial(self._to_unread, wanted, step), group="unread")

    def _rows(self, rows: int) -> None:
        self._done(self._screen.articles.move(rows), forward=rows > 0)

    def _pages(self, pages: float) -> None:
        self._done(self._screen.articles.page(pages), forward=pages > 0)

    def _to(self, index: int) -> None:
        self._done(self._screen.articles.move_to(index), forward=index > 0)

    def _done(self, moved: bool, *, forward: bool) -> None:
        """Every key is answered: at an end by saying so."""
        if moved:
            self._screen.show_position()
        elif self._screen.articles.order:
            self._screen.say("The last one" if forward else "The first one")

    async def _to_unread(self, wanted: int, step: int) -> None:
        """Look from the cursor on, a block at a time: what is not known yet is read first."""
        rows = self._screen.articles
        index = rows.cursor + step
        while 0 <= index < len(rows.order):
            if rows.known(rows.order[index]) is None:
                await self._learn(index, step)
            known = rows.known(rows.order[index])
            if known is not None and known.state == "unread":
                wanted -= 1
                if not wanted:
                    rows.move_to(index)
                    return
            index += step
        self._screen.say("No unread article " + ("below" if step > 0 else "above"))

    async def _learn(self, index: int, step: int) -> None:
        rows = self._screen.articles
        first = index if step > 0 else max(0, index - BLOCK + 1)
        wanted = [ArticleId(article) for article in rows.order[first : first + BLOCK]]
        rows.fill(await self._screen.lane.read(lambda library: library.articles.summaries(wanted)))
