"""What stands beside the list: the counts of the views on one side, the lit article on the other."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.article import ArticleId
from reader.storage.connection import LibraryError
from reader.tui.background import start
from reader.tui.counting import counts_of, lines_of_views
from reader.tui.widgets.sidebar import entries_of

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen

PREVIEW_DELAY = 0.05  # seconds that the cursor rests before an article is fetched
COUNT_DELAY = 0.15


class Beside:
    """Follows the list, a little later, so that no key waits for it."""

    def __init__(self, screen: LibraryScreen) -> None:
        self._screen = screen

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

    def count(self) -> None:
        """Count the views anew."""
        start(self._screen, self._count, group="counts")

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

    async def _count(self) -> None:
        await asyncio.sleep(COUNT_DELAY)
        try:
            counts, tags = await self._screen.lane.read(counts_of)
        except LibraryError as error:  # the list says it louder, if it cannot be read either
            self._screen.say(str(error))
            return
        self._screen.sidebar.entries = entries_of(lines_of_views(counts), tags)
