"""Searching everything: results while one types, the best first when one stops."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import ComposeResult
from textual.widgets import Input

from reader.domain.article import ArticleId
from reader.domain.document import Span
from reader.domain.lighting import lit
from reader.domain.passage import Hits, Passage, Tally
from reader.domain.query import Query, as_typed, parse
from reader.domain.terms import Phrase
from reader.storage.connection import LibraryError
from reader.tui.batch import Whole
from reader.tui.completion import Completing
from reader.tui.faceting import Faceting, narrowed_by
from reader.tui.filtering import PAGING, SCROLLING, chips
from reader.tui.going import in_words
from reader.tui.keys import Pressed
from reader.tui.offering import Offering, ways_in_all
from reader.tui.saving import Saving, asked_by
from reader.tui.screens.hits import HitsScreen, Places
from reader.tui.triage import Fate
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.completions import Completions
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.menu import Menu
from reader.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from reader.storage.library import Library

RESULTS = 100
PLACES = 3  # the most lines below an article
LINES_A_HIT = 6  # lines of the screen for which each result has one: on a small screen a few results must fit
PAUSE = 0.25  # seconds after the last key when results are ranked
AT_ONCE = 0.02  # seconds that results wait for their passages; the rest of these comes behind them
MANY = 1000
COUNTING = "count of the search"
WIDE = 100  # columns in which there is room to say both the order and what it is of
HINT = "every word must be there · “an exact phrase” · tag:x · is:unread · before:2024 · -not"


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: ``spelled`` is the query with all the words that it was looked for by."""

    hits: Hits
    spelled: Query
    passages: Places
    most: int = PLACES


class SearchScreen(HitsScreen):
    """``by_rank`` is the order on show; ``fixed`` says that the reader chose it, so that it stays."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.line = Completions(id="search-completions")
        self.offering = Offering(self, self.empty, self.ask_instead, changed=self._teach)
        self._text = text
        self._shown = ""  # the text whose results are on show
        self._opens = False  # Enter came before the results did
        self._query = self._spelled = Query()
        self.by_rank = False
        self._newest: int | None = None  # how many were judged, if not all
        self._newest_passages: int | None = None  # how many marked passages were looked at, if not all
        self._fixed: bool | None = None
        self._count: int | None = None
        self._tally: Tally | None = None
        self._most = PLACES  # places of each article
        self.saving = Saving(self, lambda: asked_by(self._text), "all")
        self._faceting = Faceting(self, lambda: self.asked, self.narrow, "all")

    @property
    def handlers(self) -> tuple[object, ...]:
        return (*super().handlers, self.saving, self._faceting)

    def compose(self) -> ComposeResult:
        yield Prompt(
            self._text,
            placeholder="Search every article, note and highlight",
            history=self.reader.searches,
            queries=True,
            walks=False,
            id="search-prompt",
        )
        yield self.line
        yield self.hits
        yield self.empty
        yield self.status
        yield CommandFooter()

    def on_mount(self) -> None:
        self.status.place = "Search"
        self._completing = Completing(self.prompt, self.line, changed=self._teach)
        self._completing.begin()
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
            self.offering.stop()
            self._search(message.value)

    @work(exclusive=True, group="search")
    async def _search(self, text: str, stay: ArticleId | None = None) -> None:
        """Newest first at once, then how many; after a pause the best first. The cursor goes to *stay*, if that is
        found."""
        query = as_typed(parse(text))
        self.reader.idle.drop(COUNTING)
        self.status.chips = chips(query)
        if not text.strip():
            self._show(query, Found(Hits(), query, []))
            self._say_nothing_asked()
            return
        try:
            ranked = self.by_rank if stay is not None else bool(self._fixed)
            await self._find(text, query, ranked=ranked, stay=stay)
            await self._tell_count(query)
            if self._fixed is None and not self.by_rank and query.words:
                await asyncio.sleep(PAUSE)
                if self.hits.cursor == 0 and not self.hits.has_chosen:
                    await self._find(text, query, ranked=True)
        except LibraryError as error:
            self._show(query, Found(Hits(), query, []))
            self.empty.say(str(error), "Esc goes back", failed=True)

    async def _find(self, text: str, query: Query, *, ranked: bool, stay: ArticleId | None = None) -> None:
        found = await self.lane.read(
            _finding(parse(text), query, ranked=ranked, is_typed=self._fixed is None, lines=self._lines)
        )
        self.by_rank, self._newest = ranked, found.hits.newest
        self._newest_passages = found.hits.newest_passages
        is_same = self._shown == text
        if not is_same or [hit.article.id for hit in found.hits] != list(self.hits.order):
            self._show(query, found, keep=is_same, stay=stay)
        self.show_position()
        if self._opens:
            self._opens = False
            self.open_hit()

    @property
    def _lines(self) -> int:
        """How many lines there are for results."""
        return max(1, self.size.height - 5)

    def on_resize(self) -> None:
        """In another window there is room for more places of each article, or for fewer."""
        most = _most_places(len(self.hits.order), self._lines)
        if most != self._most and self.hits.order:
            self._most = most
            self.hits.forget_passages()
            self.hits.explain(())

    def _show(self, query: Query, found: Found, *, keep: bool = False, stay: ArticleId | None = None) -> None:
        """Show what was found; *keep* what is known of the same words already."""
        hits, spelled = self.hits, found.spelled
        self._most = found.most
        self._shown, self._query, self._spelled = self._text, query, spelled
        self.status.chips = chips(query, spelled)
        if not keep:
            hits.forget_passages()
            self._count = self._tally = None
        hits.explains = bool(query.words)
        hits.find = partial(_lit, spelled)
        hits.tell(found.passages)
        hits.show(
            [hit.article.id for hit in found.hits],
            [hit.article for hit in found.hits],
            cursor=() if stay is None else (stay,),
        )
        hits.display = bool(found.hits)
        self._say_emptiness(query)
        self.show_position()
        self._teach()

    async def _tell_count(self, query: Query) -> None:
        count = await self.lane.read(lambda library: library.search.count(query))
        self._count = count if query.limit is None else min(count, query.limit)
        self.show_position()
        if self._count > MANY and query.limit is None:
            self._tally = Tally()
            self.reader.idle.do(COUNTING, partial(self._count_on, query))

    async def _count_on(self, query: Query) -> bool:
        """A slice of the exact count; whether there is more to count."""
        if self._tally is None or not self.is_attached:
            return False
        so_far = self._tally
        tally = await self.lane.read(lambda library: library.search.tally(query, so_far))
        if self._tally is not so_far:  # something else is asked meanwhile
            return False
        self._tally = tally
        self.show_position()
        return not tally.is_complete

    def places(self, articles: Sequence[ArticleId]) -> Callable[[Library], Places]:
        query, most = self._query, self._most
        return lambda library: [_places(library, article, query, most) for article in articles]

    def ask_instead(self, text: str) -> None:
        """Search for *text*, as if it had been typed."""
        self.prompt.value = text
        self.prompt.cursor_position = len(text)

    def narrow(self, term: str) -> None:
        self.ask_instead(narrowed_by(self._text, term))

    # -- what is said ----------------------------------------------------------------------------------
    def _say_emptiness(self, query: Query) -> None:
        self.empty.say("" if self.hits.order else "Nothing found", _advice(query))
        if self.hits.order or not self._text.strip():
            self.offering.stop()
        elif not self.offering.is_open:
            self.offering.ask(ways_in_all(self._text))

    def _say_nothing_asked(self) -> None:
        self.empty.say("Search every article, note and highlight", HINT)
        self.status.position = ""

    def total(self) -> str:
        """How many there are: what is counted exactly, when there was time for it."""
        if self._tally is not None and self._tally.is_complete:
            return f"{self._tally.found:,}"
        if self._count is None:
            number = len(self.hits.order)
            return f"{number}+" if number >= RESULTS else str(number)
        return f"{MANY}+" if self._count > MANY else f"{self._count:,}"

    def show_position(self) -> None:
        super().show_position()
        if not self._text.strip():
            self.status.position = ""
        elif self.hits.order and not self.hits.has_chosen:
            self.status.position += f" · {self._order}"

    @property
    def _order(self) -> str:
        if (chosen := in_words(self._query.sort)) is not None:
            return chosen
        order = "newest first" if not self.by_rank else "best first"
        if self.by_rank and self._newest is not None:
            order = f"best of the newest {self._newest:,}"
        if self._newest_passages is None:
            return order
        looked_at = f"newest {self._newest_passages:,} highlights"
        return f"{order} · {looked_at}" if self.size.width >= WIDE else looked_at

    # -- what lists ask --------------------------------------------------------------------------------
    def whole(self) -> Whole:
        """All that is found, not only what is listed."""
        asked = self.asked
        return lambda library: library.articles.find(asked, scope="all")

    @property
    def asked_for(self) -> object:
        return self._text

    def leaves(self, fate: Fate) -> bool:
        return fate == "trashed" and not self.asked.mentions("is", "trashed")

    def reload(self) -> None:
        """Ask again; the cursor stays where it is."""
        self._shown = ""
        self._search(self._text, self.hits.current)

    def library_changed(self, articles: tuple[ArticleId, ...]) -> None:
        """What came, or came back, may belong here."""
        super().library_changed(articles)
        if self._text.strip() and (not articles or any(self.hits.place(one) is None for one in articles)):
            self.reload()

    def written(self, articles: tuple[ArticleId, ...]) -> None:
        super().library_changed(articles)

    @property
    def lighting(self) -> Query | None:
        return self._spelled

    # -- keys ------------------------------------------------------------------------------------------
    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.hits.active = not self.is_typing
        self._teach()

    def _teach(self) -> None:
        if self.is_typing:
            enter = ("Enter", "Take" if self.offering.is_open else "Open")
            below = [("Tab", "Results")] if self.hits.order else []
            tab = [("Tab", "Complete")] if self._completing.is_offering else below
            moves = [("↑ ↓", "Move")] if self.hits.order or self.offering.is_open else []
            self.teach(enter, *tab, *moves, ("Esc", "Back"))
        else:
            self.teach()

    @on(Menu.Picked)
    def take_offer(self, message: Menu.Picked) -> None:
        message.stop()
        self.offering.take()

    @on(Prompt.Kept)
    def open_lit(self) -> None:
        """Open what is lit; the first result, if what is typed has none on show yet. Where nothing is found, ask the
        offer that is lit."""
        if self.offering.take():
            return
        if self._shown == self._text:
            self.open_hit()
        else:
            self._opens = True

    @on(Prompt.Left)
    def leave_prompt(self) -> None:
        self.dismiss(None)

    @on(Prompt.Moved)
    def move_below(self, message: Prompt.Moved) -> None:
        if message.token in SCROLLING:
            if not self.offering.move(SCROLLING[message.token]):
                self.hits.move(SCROLLING[message.token])
        elif message.token in PAGING:
            self.hits.page(PAGING[message.token])
        elif self.hits.order:
            self.set_focus(self.hits)

    @on(ArticleList.Moved)
    def follow_cursor(self, message: ArticleList.Moved) -> None:
        message.stop()
        self.show_position()

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


def _finding(
    asked: Query, typed: Query, *, ranked: bool, is_typed: bool, lines: int
) -> Callable[[Library], Found]:
    def read(library: Library) -> Found:
        search = library.search
        newest = partial(search.live, asked, is_typed=is_typed)
        hits = search.ranked(typed, limit=RESULTS) if ranked else newest(limit=RESULTS)
        spelled = search.spelled_out(typed)
        passages: Places = []
        most = _most_places(len(hits), lines)
        left, until = lines, perf_counter() + AT_ONCE
        if typed.words:
            for hit in hits:
                passages.append(_places(library, hit.article.id, typed, most))
                left -= 1 + max(1, len(passages[-1][1]))
                if left <= 0 or perf_counter() > until:
                    break
        return Found(hits, spelled, passages, most)

    return read


def _most_places(hits: int, lines: int) -> int:
    """As many as there is room for; where there are many results each has fewer, so that one sees some of them."""
    if hits * (PLACES + 1) <= lines:
        return PLACES
    return max(1, min(PLACES, lines // LINES_A_HIT - 1))


def _places(
    library: Library, article: ArticleId, query: Query, most: int
) -> tuple[ArticleId, tuple[Passage, ...]]:
    return article, tuple(library.search.passages(article, query, limit=most))


def _lit(query: Query, title: str) -> Sequence[Span]:
    return lit(title, query)


def _advice(query: Query) -> str:
    if any(isinstance(word, Phrase) for word in query.words):
        return "words in quotation marks are found only as they are written · Esc goes back"
    if len(query.words) > 1:
        return "every word must be there: fewer words find more · Esc goes back"
    return "the beginning of a word finds more, with a star: word* · Esc goes back"
