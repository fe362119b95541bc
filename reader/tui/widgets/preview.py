"""The article under the cursor, beside the list, to look at only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.containers import Vertical

from reader.domain.article import Article, Summary
from reader.domain.highlight import Highlight

if TYPE_CHECKING:
    from reader.tui.widgets.page import ArticlePage


class Preview(Vertical):
    """A frame around the page: the page itself is painted by line and has no border.

    The page is made when there is something to show: the first frame does not wait for its modules.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.article: int | None = None
        self._page: ArticlePage | None = None

    async def show(self, article: Article, highlights: Sequence[Highlight]) -> None:
        """Show *article* from its beginning: a preview tells what it is about, not where one stopped."""
        if self._page is None:
            from reader.tui.widgets.page import ArticlePage

            self._page = ArticlePage()
            self._page.can_focus = False
            await self.mount(self._page)
        self.article = article.summary.id
        self._page.display = True
        self._page.show(article, highlights, position=0, end="")

    def show_nothing(self) -> None:
        self.article = None
        if self._page is not None:
            self._page.display = False

    def set_summary(self, summary: Summary) -> None:
        if summary.id == self.article and self._page is not None:
            self._page.set_summary(summary)
