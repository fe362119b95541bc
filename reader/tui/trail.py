"""The way from article to article: through the view that one came from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.article import ArticleId, Summary
from reader.tui.keys import Pressed

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen

BLOCK = 256  # how many rows are read at once while looking for an unread one


class Trail:
    """``articles`` are the ids of the view in its order; articles dealt with on the way stay in it.

    From an article that a link led to, beside the trail, it goes on from the article of the trail where one was.
    """

    def __init__(self, screen: ArticleScreen, articles: Sequence[ArticleId]) -> None:
        self._screen = screen
        self._articles = articles
        self._places: dict[ArticleId, int] | None = None
        self._done: set[ArticleId] = set()
        self._at: int | None = None
        self._is_beside = False

    def start(self) -> None:
        """Find the article that is shown now on the trail."""
        if self._places is None:
            self._places = {article: place for place, article in enumerate(self._articles)}
        at = self._places.get(self._screen.article_id)
        self._is_beside = at is None and self._at is not None
        if at is not None:
            self._at = at

    @property
    def _is_last(self) -> bool:
        return self._at is None or self._at == len(self._articles) - 1

    @property
    def end_line(self) -> str:
        """What stands below the article's end."""
        if self._is_beside:
            return "end · ^o back to the link · q back to the list"
        if self._is_last:
            return "end · a archive · q back to the list"
        return "end · Space next unread · a archive"

    def do_article_next_article(self, press: Pressed) -> None:
        self._go(press.count or 1)

    def do_article_previous_article(self, press: Pressed) -> None:
        self._go(-(press.count or 1))

    def _go(self, steps: int) -> None:
        at = self._at
        if at is None:
            self._screen.say("There is no list to go on in")
            return
        goal = max(0, min(len(self._articles) - 1, at + steps))
        if goal == at:
            self._screen.say("This is the last article of the list" if steps > 0 else "This is the first one")
            return
        if steps > 0:
            self._screen.progress.left_forward()
        self._screen.open(self._articles[goal])

    def advance(self) -> None:
        """Go to the next article, since this one is dealt with; from the last one, back to the list, and from
        one beside the trail back to the trail."""
        self._done.add(self._screen.article_id)
        at = self._at
        self._screen.progress.left_forward()
        if at is not None and self._is_beside:
            self._screen.open(self._articles[at])
        elif at is None or self._is_last:
            self._screen.go_back()
        else:
            self._screen.open(self._articles[at + 1])

    def go_to_unread(self) -> None:
        """From the end of one article to the beginning of the next that was not read."""
        self._screen.progress.left_forward()
        at = self._at
        if at is None:
            self._screen.say("There is no list to go on in · q back")
        else:
            self._screen.start(partial(self._find_unread, at + 1), group="article")

    async def _find_unread(self, first: int) -> None:
        for start in range(first, len(self._articles), BLOCK):
            for row in await self._rows(tuple(self._articles[start : start + BLOCK])):
                if row.state == "unread" and not row.trashed and row.id not in self._done:
                    self._screen.open(row.id)
                    return
        self._screen.say("The last one: nothing unread comes after it · q back")

    async def _rows(self, articles: Sequence[ArticleId]) -> Sequence[Summary]:
        return await self._screen.lane.read(lambda library: library.articles.summaries(articles))
