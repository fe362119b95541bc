"""What every screen with a list of articles shares: the cursor, the selection, and what acts on them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from textual import events, on, work

from reader.domain.article import ArticleId, Summary
from reader.tui.copying import Copying
from reader.tui.keys import Pressed
from reader.tui.moving import Moving
from reader.tui.screens.base import CommandScreen
from reader.tui.triage import Triage
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.empty import Empty
from reader.tui.widgets.status import StatusLine


class ListScreen(CommandScreen):
    """A screen around one :class:`ArticleList`. Actions apply to the selection, else to the row under the cursor."""

    def __init__(self, articles: ArticleList) -> None:
        super().__init__(mode="list")
        self.articles = articles
        self.empty = Empty(id="empty")
        self.status = StatusLine()
        self.moving = Moving(self)
        self.triage = Triage(self)
        self.copying = Copying(self)

    @property
    def handlers(self) -> tuple[object, ...]:
        return (self, self.moving, self.triage, self.copying)

    # -- what actions ask of a screen ------------------------------------------------------------------
    def targets(self) -> tuple[Summary, ...]:
        """The articles that an action applies to; none in an empty list, or before the row has come."""
        rows = self.articles
        if rows.chosen:
            return tuple(known for article in rows.chosen if (known := rows.known(article)))
        return (rows.summary,) if rows.summary else ()

    def repaint(self, summaries: Sequence[Summary]) -> None:
        """Show *summaries* as they will be, before the library has answered."""
        self.articles.fill(summaries)

    def handled(self, articles: Collection[ArticleId], *, leaves: bool) -> None:
        """An action was done to *articles*: on to the next row; those that leave the view go at once."""
        rows = self.articles
        was_selection = bool(rows.chosen)
        rows.choose_none()
        if leaves:
            rows.take_out(articles)
        elif not was_selection:
            rows.move(1)
        self.show_position()

    def do_list_select(self, press: Pressed) -> None:
        rows = self.articles
        for _ in range(press.count or 1):
            if rows.current is None:
                return
            rows.choose(rows.current)
            if not rows.move(1):
                break
        self.show_position()
        # Rows that were passed without being on screen: an action would leave out what is not known.
        if unknown := [ArticleId(article) for article in rows.chosen if rows.known(article) is None]:
            self.ask(partial(self._learn, unknown), group="chosen")

    async def _learn(self, articles: Sequence[ArticleId]) -> None:
        self.articles.fill(await self.lane.read(lambda library: library.articles.summaries(articles)))

    def do_list_add(self, press: Pressed) -> None:
        from reader.tui.screens.add import AddDialog

        self.reader.push_screen(AddDialog())

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted into a list is something to add, never keys."""
        event.stop()
        if event.text.strip():
            from reader.tui.screens.add import AddDialog

            self.reader.push_screen(AddDialog(pasted=event.text))

    # -- rows ------------------------------------------------------------------------------------------
    @on(ArticleList.Wanted)
    def fetch_rows(self, message: ArticleList.Wanted) -> None:
        message.stop()
        self._fill(message.articles)

    @work(group="rows")
    async def _fill(self, wanted: Sequence[ArticleId]) -> None:
        found = await self.lane.read(lambda library: library.articles.summaries(wanted))
        self.articles.fill(found)

    def library_changed(self, articles: tuple[ArticleId, ...]) -> None:
        shown = [article for article in articles if self.articles.place(article) is not None]
        if shown:
            self._fill(shown)

    # -- status ----------------------------------------------------------------------------------------
    def show_position(self) -> None:
        """Write ``3/12`` into the status line, or how many are selected."""
        rows = self.articles
        total = self.total()
        if rows.chosen:
            text = f"{len(rows.chosen)} selected of {total}"
        else:
            text = f"{rows.cursor + 1:,}/{total}" if rows.cursor >= 0 else "0"
        self.status.position = text

    def total(self) -> str:
        """How many articles there are, as far as is known: ``12``, ``1000+``."""
        return f"{len(self.articles.order):,}"
