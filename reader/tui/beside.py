"""What stands beside the list: the counts of the views on one side, the lit article on the other."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.article import ArticleId
from reader.domain.passage import Tally
from reader.domain.view import SavedView
from reader.storage.connection import LibraryError
from reader.tui.background import start
from reader.tui.counting import MANY, Aside, counts_of, entries, tallied
from reader.tui.views import saved_id

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen

PREVIEW_DELAY = 0.05  # seconds that the cursor rests before an article is fetched
COUNT_DELAY = 0.15
COUNTS = "counts"


class Beside:
    """Follows the list, a little later, so that no key waits for it."""

    def __init__(self, screen: LibraryScreen, saved: tuple[SavedView, ...] = ()) -> None:
        self._screen = screen
        self._aside = Aside(saved=saved)
        self._tallies: dict[str, Tally] = {}

    @property
    def saved(self) -> tuple[SavedView, ...]:
        """The saved views as far as they are known, in their order."""
        return self._aside.saved

    def preview(self) -> None:
        """Show the article under the cursor, if the preview is on show."""
        screen = self._screen
        current = screen.articles.current
        if not screen.panes.has_preview:
            return
        if current is None:
            screen.preview.show_nothing()
        else:
            delay = 0.0 if screen.preview.article is None else PREVIEW_DELAY
            start(screen, partial(self._preview, current, delay), group="preview")

    def count(self, *, delay: float = COUNT_DELAY) -> None:
        """Count the views anew."""
        self._screen.reader.idle.drop(COUNTS)
        start(self._screen, partial(self._count, delay), group=COUNTS)

    def show(self) -> None:
        """Show the views with what is known of their counts."""
        self._screen.sidebar.entries = entries(self._aside, self._tallies)

    def reorder(self, names: Sequence[str]) -> None:
        """Show the saved views in the order of *names*, before the library has answered."""
        saved = {view.name: view for view in self.saved}
        self._aside = replace(self._aside, saved=tuple(saved[name] for name in names))
        self.show()

    async def _preview(self, wanted: ArticleId, delay: float) -> None:
        screen = self._screen
        if delay:
            await asyncio.sleep(delay)
        try:
            article, highlights = await screen.lane.read(
                lambda library: (library.articles.get(wanted), library.highlights.of(wanted))
            )
        except LibraryError as error:
            screen.preview.show_nothing()
            screen.say(str(error))
            return
        await screen.preview.show(article, highlights)

    async def _count(self, delay: float) -> None:
        await asyncio.sleep(delay)
        try:
            self._aside = await self._screen.lane.read(counts_of)
            self.show()
            self._screen.views_read(self._aside.saved)
            await self._count_saved()
        except LibraryError as error:  # the list says it louder, if it cannot be read either
            self._screen.say(str(error))

    # -- saved views: counted to a thousand at once, the rest when nothing is pressed ---------------------
    async def _count_saved(self) -> None:
        """One slice is one read: a key that needs one waits for no more than that."""
        under_way: dict[str, Tally] = {}
        if not self._screen.sidebar.display:
            return
        for view in self._aside.saved:
            tally = Tally()
            while not tally.is_complete and tally.found <= MANY:
                tally = await self._screen.lane.read(tallied(view, tally))
            if tally.is_complete:
                self._told(view, tally)
            else:
                under_way[view.name] = tally
                before = self._tallies.get(saved_id(view.name))
                if before is None or before.found <= MANY:  # else it is about the same number as it was
                    self._told(view, tally)
        if under_way:
            self._screen.reader.idle.do(COUNTS, partial(self._count_on, under_way))

    async def _count_on(self, under_way: dict[str, Tally]) -> bool:
        name, tally = next(iter(under_way.items()))
        view = next((view for view in self._aside.saved if view.name == name), None)
        if view is not None:
            under_way[name] = tally = await self._screen.lane.read(tallied(view, tally))
        if view is None or tally.is_complete:
            del under_way[name]
        if view is not None and tally.is_complete:
            self._told(view, tally)
        return bool(under_way)

    def _told(self, view: SavedView, tally: Tally) -> None:
        identity = saved_id(view.name)
        if self._tallies.get(identity) != tally:
            self._tallies[identity] = tally
            self.show()
