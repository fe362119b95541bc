"""What the lists of found articles share: places below each one, and opening at them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from reader.commands import Command
from reader.domain.article import ArticleId
from reader.domain.passage import Passage
from reader.domain.query import Query
from reader.tui.background import start
from reader.tui.keys import Pressed
from reader.tui.screens.base import Handler
from reader.tui.screens.listing import ListScreen
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.hit_list import HitList

if TYPE_CHECKING:
    from reader.storage.library import Library

OF_LIBRARY = ("list.go_", "list.view")

Places = list[tuple[ArticleId, tuple[Passage, ...]]]


class HitsScreen(ListScreen):
    """A screen that one goes back from: it is put over the one that asked for it."""

    def __init__(self) -> None:
        self.hits = HitList(clock=lambda: self.reader.clock(), id="hits")
        self.hits.put_away = lambda article: article.archived
        super().__init__(self.hits)

    def places(self, articles: Sequence[ArticleId]) -> Callable[[Library], Places]:
        """How to learn the places to show below *articles*."""
        raise NotImplementedError

    @property
    def lighting(self) -> Query | None:
        """The words to light in what is opened."""
        return None

    @on(HitList.Unexplained)
    def explain(self, message: HitList.Unexplained) -> None:
        message.stop()
        start(self, partial(self._explain, self.places(message.articles)), group="places", exclusive=False)

    async def _explain(self, places: Callable[[Library], Places]) -> None:
        before = self.lighting
        found = await self.lane.read(places)
        if self.lighting == before:  # not of words that were asked for before
            self.hits.explain(found)

    # -- opening ---------------------------------------------------------------------------------------
    def open_hit(self) -> None:
        """Open the article under the cursor, at its lit place."""
        current = self.hits.current
        if current is None:
            return
        from reader.tui.screens.article import ArticleScreen

        passage = self.hits.passage
        span = passage.span if passage is not None else None
        trail = [ArticleId(article) for article in self.hits.order]
        screen = ArticleScreen(current, trail=trail, span=span, query=self.lighting)
        screen.jumping.leads_out = True

        def closed(_: None) -> None:
            if (at := self.hits.place(screen.article_id)) is not None:
                self.hits.move_to(at)

        self.reader.push_screen(screen, closed)

    def do_list_open(self, press: Pressed) -> None:
        self.open_hit()

    @on(ArticleList.Clicked)
    def open_clicked(self) -> None:
        self.open_hit()

    # -- going back ------------------------------------------------------------------------------------
    def handler_of(self, command: Command) -> Handler | None:
        """The views are the library's: going to one leaves what stands over it."""
        return self.leave_for if command.id.startswith(OF_LIBRARY) else super().handler_of(command)

    def cancel(self) -> bool:
        return self.let_go()

    def do_list_back(self, press: Pressed) -> None:
        if not self.cancel():
            self.dismiss(None)

    def do_list_quit(self, press: Pressed) -> None:
        self.dismiss(None)
