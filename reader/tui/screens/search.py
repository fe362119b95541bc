"""Searching everything: results while one types, the best first when one stops."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import ComposeResult
from textual.widgets import Input

from reader.commands import Command
from reader.domain.article import ArticleId
from reader.domain.lighting import lit
from reader.domain.passage import Hit, Passage
from reader.domain.query import Query, as_typed, parse
from reader.storage.connection import LibraryError
from reader.tui.filtering import PAGING, SCROLLING, chips
from reader.tui.keys import Pressed
from reader.tui.screens.base import Handler
from reader.tui.screens.listing import ListScreen
from reader.tui.triage import Fate
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.hit_list import HitList
from reader.tui.widgets.prompt import Prompt
from reader.tui.widgets.status import Chip

if TYPE_CHECKING:
    from reader.storage.library import Library

RESULTS = 100
PAUSE = 0.25  # seconds after the last key when results are ranked
EXPLAINED_AT_ONCE = 8
MANY = 1000
HINT = "every word must be there · “an exact phrase” · tag:x · is:unread · before:2024 · -not"


class SearchScreen(ListScreen):
    """``by_rank`` is the order on show; ``fixed`` says that the reader chose it, so that it stays."""

    def __init__(self, text: str = "") -> None:
        self.hits = HitList(clock=lambda: self.reader.clock(), id="hits")
        self.hits.put_away = lambda article: article.archived
        super().__init__(self.hits)
        self._text = text
        self._shown = ""  # the text whose results are on show
        self._opens = False  # Enter came before the results did
        self.by_rank = False
        self._fixed: bool | None = None
        self._count: int | None = None

    def compose(self) -> ComposeResult:
        yield Prompt(
            self._text,
            placeholder="Search every article, note and highlight",
            history=self.reader.searches,
            id="search-prompt",
        )
        yield self.hits
        yield self.empty
        yield self.status
        yield CommandFooter()

    def on_mount(self) -> None:
        self.status.place = "Search"
        self.set_focus(self.prompt)
        self._say_nothing_asked()
        if self._text:
            self.prompt.cursor_position = len(self._text)
            self._search(self._text)

    @property
    def prompt(self) -> Prompt:
        return self.query_one("#search-prompt", Prompt)

    @property
    def asked(self) -> Query:
        """What is typed, its last word perhaps the beginning of one."""
        return as_typed(parse(self._text))

    # -- searching -------------------------------------------------------------------------------------
    @on(Input.Changed, "#search-prompt")
    def typed(self, message: Input.Changed) -> None:
        message.stop()
        if message.value != self._text:
            self._opens = False
            self._text = message.value
            self._search(message.value)

    @work(exclusive=True, group="search")
    async def _search(self, text: str) -> None:
        """Newest first at once; then how many, and where the words stand; after a pause the best first."""
        query = as_typed(parse(text))
        self.status.chips = self._chips(query)
        if not text.strip():
            self._show(query, [])
            self._say_nothing_asked()
            return
        try:
            if self._fixed:
                await self._rank(query)
            else:
                asked = parse(text)
                self._show(
                    query, await self.lane.read(lambda library: library.search.live(asked, limit=RESULTS))
                )
                self.by_rank = False
                await self._tell_more(query)
                if self._fixed is None and query.words:
                    await asyncio.sleep(PAUSE)
                    if self.hits.cursor == 0:
                        await self._rank(query)
        except LibraryError as error:
            self._show(query, [])
            self.empty.say(str(error), "Esc goes back", failed=True)

    async def _rank(self, query: Query) -> None:
        found = await self.lane.read(lambda library: library.search.ranked(query, limit=RESULTS))
        self.by_rank = True
        if [hit.article.id for hit in found] != list(self.hits.order):
            self._show(query, found, keep=True)
        await self._tell_more(query)

    async def _tell_more(self, query: Query) -> None:
        if self._opens:
            self._opens = False
            lit = [ArticleId(article) for article in self.hits.order[:1]]
            self.hits.explain(await self.lane.read(_best_places(query, lit)))
            self._open()
        self._count = await self.lane.read(lambda library: library.search.count(query))
        self.show_position()
        if not query.words:
            return
        order = [ArticleId(article) for article in self.hits.order]
        for first in range(0, len(order), EXPLAINED_AT_ONCE):
            some = order[first : first + EXPLAINED_AT_ONCE]
            self.hits.explain(await self.lane.read(_best_places(query, some)))

    def _show(self, query: Query, found: list[Hit], *, keep: bool = False) -> None:
        hits = self.hits
        self._shown = self._text
        if not keep:
            hits.forget_passages()
            self._count = None
        hits.find = lambda title: lit(title, query)
        hits.show([hit.article.id for hit in found], [hit.article for hit in found])
        hits.display = bool(found)
        self.empty.say("" if found else "Nothing found", _advice(query))
        self.show_position()

    def _say_nothing_asked(self) -> None:
        self.empty.say("Search every article, note and highlight", HINT)
        self.status.position = ""

    def _chips(self, query: Query) -> tuple[Chip, ...]:
        return chips(query)

    # -- what lists ask --------------------------------------------------------------------------------
    def total(self) -> str:
        if self._count is None:
            return (
                f"{len(self.hits.order)}+" if len(self.hits.order) >= RESULTS else str(len(self.hits.order))
            )
        return f"{MANY}+" if self._count > MANY else f"{self._count:,}"

    def show_position(self) -> None:
        super().show_position()
        if self.hits.order:
            self.status.position += " · best first" if self.by_rank else " · newest first"

    def leaves(self, fate: Fate) -> bool:
        return fate == "trashed" and not self.asked.mentions("is", "trashed")

    def reload(self) -> None:
        self._search(self._text)

    # -- keys ------------------------------------------------------------------------------------------
    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.hits.active = not self.is_typing
        if self.is_typing:
            self.teach(("Enter", "Open"), ("Tab", "Results"), ("↑ ↓", "Move"), ("Esc", "Back"))
        else:
            self.teach()

    @on(Prompt.Kept)
    def open_lit(self) -> None:
        """Open what is lit; the first result, if what is typed has none on show yet."""
        if self._shown == self._text:
            self._open()
        else:
            self._opens = True

    @on(Prompt.Left)
    def leave_prompt(self) -> None:
        self.dismiss(None)

    @on(Prompt.Moved)
    def move_below(self, message: Prompt.Moved) -> None:
        if message.token in SCROLLING:
            self.hits.move(SCROLLING[message.token])
        elif message.token in PAGING:
            self.hits.page(PAGING[message.token])
        elif self.hits.order:
            self.set_focus(self.hits)

    @on(ArticleList.Moved)
    def follow_cursor(self, message: ArticleList.Moved) -> None:
        message.stop()
        self.show_position()

    @on(ArticleList.Clicked)
    def open_clicked(self) -> None:
        self._open()

    def handler_of(self, command: Command) -> Handler | None:
        """The views are the library's: going to one leaves the search."""
        return self.leave_for if command.action.startswith("go_") else super().handler_of(command)

    def do_list_open(self, press: Pressed) -> None:
        self._open()

    def do_list_filter(self, press: Pressed) -> None:
        self.set_focus(self.prompt)

    def do_list_search(self, press: Pressed) -> None:
        self.set_focus(self.prompt)

    def do_list_other_pane(self, press: Pressed) -> None:
        self.set_focus(self.prompt)

    def do_list_sort(self, press: Pressed) -> None:
        """Newest or best first, from now on."""
        self._fixed = not self.by_rank
        self._search(self._text)

    def do_list_back(self, press: Pressed) -> None:
        if not self.cancel():
            self.dismiss(None)

    def do_list_quit(self, press: Pressed) -> None:
        self.dismiss(None)

    def cancel(self) -> bool:
        chosen = bool(self.hits.chosen)
        if chosen:
            self.hits.choose_none()
            self.show_position()
        return chosen

    def _open(self) -> None:
        current = self.hits.current
        if current is None:
            return
        from reader.tui.screens.article import ArticleScreen

        passage = self.hits.passage
        self.reader.push_screen(
            ArticleScreen(
                current,
                trail=[ArticleId(article) for article in self.hits.order],
                span=passage.span if passage else None,
                query=self.asked,
            )
        )


def _best_places(
    query: Query, articles: Sequence[ArticleId]
) -> Callable[[Library], list[tuple[ArticleId, tuple[Passage, ...]]]]:
    def read(library: Library) -> list[tuple[ArticleId, tuple[Passage, ...]]]:
        return [(article, tuple(library.search.passages(article, query, limit=1))) for article in articles]

    return read


def _advice(query: Query) -> str:
    if len(query.words) > 1:
        return "every word must be there: fewer words find more · Esc goes back"
    return "the beginning of a word finds more, with a star: word* · Esc goes back"
