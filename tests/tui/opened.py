"""The app with one article open."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from reader.domain.article import ArticleId
from reader.domain.document import Span
from reader.domain.query import Query
from reader.tui.app import ReaderApp
from reader.tui.screens.article import ArticleScreen
from tests.tui.driving import settle

LEDGER, SLOW, HOSTILE, JAPANESE, CITY, OLDEST = TRAIL = [ArticleId(number) for number in (6, 5, 4, 3, 2, 1)]


@asynccontextmanager
async def reading(
    app: ReaderApp,
    article: ArticleId = LEDGER,
    *,
    trail: Sequence[ArticleId] = TRAIL,
    span: Span | None = None,
    query: Query | None = None,
    size: tuple[int, int] = (100, 30),
) -> AsyncIterator[tuple[Pilot[None], ArticleScreen]]:
    """The article screen over the library's, on the sample library's newest article unless another is named."""
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        screen = ArticleScreen(article, trail=trail, span=span, query=query)
        app.push_screen(screen)
        await settle(pilot)
        yield pilot, screen
