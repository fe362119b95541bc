"""The commonplace book: every highlighted passage with its note, whatever article it is from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from reader.commands import Command
from reader.domain.article import ArticleId
from reader.domain.commonplace import GROUPINGS, Entry, Grouping
from reader.domain.highlight import HighlightId
from reader.storage.connection import LibraryError
from reader.tui.background import start
from reader.tui.collecting import Collecting, Lesson, lesson
from reader.tui.filtering import Filtering
from reader.tui.gathering import arranged, offered, renewed, whole
from reader.tui.keys import Pressed
from reader.tui.leafing import Leafing
from reader.tui.offering import Way
from reader.tui.screens.base import CommandScreen, Handler
from reader.tui.widgets.completions import Completions
from reader.tui.widgets.empty import Empty
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.menu import Menu
from reader.tui.widgets.passage_detail import PassageDetail
from reader.tui.widgets.passage_list import PassageList
from reader.tui.widgets.prompt import Prompt
from reader.tui.widgets.status import NARROW, StatusLine

if TYPE_CHECKING:
    from reader.storage.library import Library

BOOK = "book"  # what presses wait for
PATIENCE = 0.1  # seconds until it is said that something is being loaded
DETAIL_FROM = 100  # columns


class HighlightsScreen(CommandScreen):
    """*query* is the filter that it opens with; with *article* it shows the passages of that one.

    ``book`` holds all passages that are not in the trash, in the library's order. Filtering and grouping are done
    on the thread that reads, so that ten thousand of them hold no key up.
    """

    def __init__(self, query: str = "", *, article: ArticleId | None = None) -> None:
        super().__init__(mode="highlights")
        self.passages = PassageList(id="passages")
        self.detail = PassageDetail(id="passage")
        self.empty = Empty(id="empty")
        self.status = StatusLine()
        self.filtering = Filtering(self, self.passages, self.show_again, offers=self._ways_on, unit="passage")
        self.filtering.text = f"id:{article}" if article is not None else query
        self._handlers = (self, Leafing(self), Collecting(self), self.filtering)
        self.book: list[Entry] = []
        self.grouping: Grouping = "article"
        self._is_loaded = False
        self._stale: set[ArticleId] = set()  # articles of which the library knows something newer
        self._regroups = False  # what is newer may belong elsewhere
        self._range: int | None = None  # where V began
        self._taught: Lesson = ()

    def compose(self) -> ComposeResult:
        with Horizontal(id="commonplace"):
            with Vertical(id="commonplace-list"):
                yield self.passages
                yield self.empty
            with Vertical(id="commonplace-detail"):
                yield self.detail
        yield Completions(id="filter-completions")
        yield Prompt(
            id="filter", placeholder="words, tag:x, colour:green, note:why …", history=[], queries=True
        )
        yield self.status
        yield CommandFooter()

    @property
    def handlers(self) -> tuple[object, ...]:
        return self._handlers

    def on_mount(self) -> None:
        self.query_one("#filter").display = False
        meanings = self.reader.config.meanings
        self.passages.meanings = self.detail.meanings = meanings
        self.passages.focus()
        self._fit()
        self._tell_place()
        self.expect(BOOK)
        start(self, self._load, group=BOOK)

    # -- the book --------------------------------------------------------------------------------------
    async def _load(self) -> None:
        """All of it, for the first time or anew."""
        waiting = self.set_timer(PATIENCE, self._tell_loading)
        try:
            self.book, kept = await self.lane.read(whole)
            if not self._is_loaded and kept is not None:
                self.grouping = kept
            self._is_loaded = True
            await self._arrange()
        except LibraryError as error:
            self._tell_failure(error)
        finally:
            waiting.stop()
            self.came(BOOK)

    async def _renew(self) -> None:
        """Take in what changed of the articles that are known to be stale.

        After a change of our own its rows only get what the library made of it: they stay where they were.
        """
        try:
            book, stale = None, frozenset[ArticleId]()
            fresh: list[Entry] = []
            while book is not self.book:  # it is another one if a key was done meanwhile
                book, stale = self.book, frozenset(self._stale)
                fresh = await self.lane.read(renewed(book, stale))
            if self.reader.saving and not self._regroups:
                return  # the next change will be written in a moment; until then what is painted is newer
            self.book = fresh
            self._stale -= stale
            if self._regroups:
                await self._arrange()
                self._regroups = False
            else:
                self.passages.put({entry.highlight.id: entry for entry in fresh if entry.article.id in stale})
        except LibraryError as error:
            self._tell_failure(error)

    async def _arrange(self) -> None:
        """Show what the filter lets through, in groups; the cursor stays on its passage."""
        by, today = self.grouping, self.reader.clock().astimezone().date()
        meanings = self.reader.config.meanings
        groups = await self.lane.read(arranged(self.book, self.filtering.text, by, meanings, today))
        rows = self.passages
        rows.show(groups, by, keep=rows.current, key=rows.group_key)
        self._tell_place()
        self._tell_emptiness()

    def _ways_on(self, text: str) -> Callable[[Library], list[Way]]:
        return offered(self.book, text, self.reader.clock().astimezone().date())

    def show_again(self) -> None:
        if self._is_loaded:
            start(self, self._arrange_or_tell, group="arrange")

    async def _arrange_or_tell(self) -> None:
        try:
            await self._arrange()
        except LibraryError as error:
            self._tell_failure(error)

    def reload(self) -> None:
        start(self, self._load, group=BOOK)

    def library_changed(self, articles: tuple[ArticleId, ...]) -> None:
        if articles and self._is_loaded:
            self._regroups = True
            self.written(articles)
        else:
            self.reload()

    def written(self, articles: tuple[ArticleId, ...]) -> None:
        """It is on show already, where it was: a passage that belongs to another group now goes there when one
        groups or filters anew, not from under the cursor."""
        self._stale.update(articles)
        start(self, self._renew, group=BOOK)

    # -- what its actions ask for (see reader.tui.collecting) --------------------------------------------
    def repaint(self, changed: Iterable[Entry]) -> None:
        """Show *changed* as they will be, before the library has answered."""
        now = {entry.highlight.id: entry for entry in changed}
        self.book = [now.get(entry.highlight.id, entry) for entry in self.book]
        self.passages.put(now)

    def take_out(self, highlights: Collection[HighlightId]) -> None:
        gone = set(highlights)
        self.book = [entry for entry in self.book if entry.highlight.id not in gone]
        self.passages.take_out(gone)
        self.drop_selection()
        self._tell_emptiness()

    def drop_selection(self) -> bool:
        """Select nothing any more; whether something was."""
        was = bool(self.passages.chosen) or self._range is not None
        self._range = None
        self.passages.choose_none()
        self.show_position()
        return was

    # -- selecting a range -------------------------------------------------------------------------------
    def turn_range(self) -> None:
        """``V``: select from here on, as the cursor goes; again: that is all."""
        if self._range is not None:
            self.end_range()
            self.say("Selected · H # dd y act on all of it")
        elif self.passages.current is not None:
            self._range = self.passages.cursor

    def end_range(self) -> None:
        self._range = None

    def perform(self, press: Pressed) -> None:
        super().perform(press)
        if self._range is not None and self.is_attached:
            self.passages.choose_between(self._range, self.passages.cursor)
            self.show_position()

    # -- keys ------------------------------------------------------------------------------------------
    def do_highlights_grouping(self, press: Pressed) -> None:
        self.grouping = GROUPINGS[(GROUPINGS.index(self.grouping) + 1) % len(GROUPINGS)]
        self._tell_place()
        self.show_again()
        self.reader.remember("highlights", {"grouping": self.grouping})

    def do_highlights_search(self, press: Pressed) -> None:
        from reader.tui.screens.search import SearchScreen

        self.reader.push_screen(SearchScreen())

    def do_highlights_open(self, press: Pressed) -> None:
        current = self.passages.current
        if current is not None:
            self.open(current)
        elif not self.filtering.offering.take():
            self.say("There is no passage here")

    def open(self, entry: Entry) -> None:
        """Read its article, at the passage; one without a certain place waits there for it."""
        from reader.tui.screens.article import ArticleScreen

        highlight = entry.highlight
        trail = list(dict.fromkeys(other.article.id for other in self.passages.entries()))
        screen = ArticleScreen(entry.article.id, trail=trail, span=highlight.placement.span)
        if highlight.placement.status != "anchored":
            screen.reviewing.wait_for(highlight.id)
        self.reader.push_screen(screen)

    def handler_of(self, command: Command) -> Handler | None:
        """The views are the library's: going to one leaves the passages."""
        return self.leave_for if command.action.startswith("go_") else super().handler_of(command)

    def do_highlights_back(self, press: Pressed) -> None:
        if not (self.cancel() or self.filtering.clear()):
            self.dismiss(None)

    def cancel(self) -> bool:
        return self.drop_selection()

    # -- what is said ------------------------------------------------------------------------------------
    def show_position(self) -> None:
        """How many are selected, else where the cursor is; and in the footer what can be done there."""
        rows = self.passages
        if rows.chosen:
            self.status.position = f"{len(rows.chosen):,} selected of {len(rows.entries()):,}"
        else:
            self.status.position = f"{rows.cursor + 1:,}/{rows.count:,}" if rows.count else "0"
        taught = lesson(len(rows.chosen), rows.current)
        if taught != self._taught and not self.is_typing:
            self._taught = taught
            labels = {command.id: command.label for command in self.reader.commands}
            self.teach(*((labels[id], title) for id, title in taught if labels[id]), helps=bool(taught))

    def _tell_place(self) -> None:
        narrow = self.size.width < NARROW
        self.status.place = f"By {self.grouping}" if narrow else f"Highlights by {self.grouping}"
        self.filtering.show_chips()
        self.show_position()

    def _tell_emptiness(self) -> None:
        rows = self.passages
        rows.display = bool(rows.count)
        if rows.count:
            self.filtering.offering.stop()
            self.empty.say("")
        elif self.filtering.text:
            self.filtering.show_emptiness()
        else:
            self.empty.say(
                "No highlights yet", "while reading, Enter lights a sentence and Enter again keeps it"
            )

    def _tell_loading(self) -> None:
        if not self.passages.count:
            self.passages.display = False
            self.empty.say("Loading…")
        self.status.position = "loading…"

    def _tell_failure(self, error: LibraryError) -> None:
        self.passages.display = False
        self.empty.say(str(error), "q goes back", failed=True)

    @on(PassageList.Moved)
    def _moved(self, message: PassageList.Moved) -> None:
        message.stop()
        self.show_position()
        if self.detail.display:
            self.detail.show(self.passages.current)

    @on(PassageList.Clicked)
    def _clicked(self) -> None:
        if self.passages.current is not None:
            self.open(self.passages.current)

    def on_resize(self, event: events.Resize) -> None:
        self._fit()
        self._tell_place()

    def _fit(self) -> None:
        self.query_one("#commonplace-detail").display = self.detail.display = self.size.width >= DETAIL_FROM
        if self.detail.display:
            self.detail.show(self.passages.current)

    @on(Menu.Picked)
    def _take_offer(self, message: Menu.Picked) -> None:
        message.stop()
        self.filtering.offering.take()

    # -- the filter's prompt ---------------------------------------------------------------------------
    @on(Input.Changed, "#filter")
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        self.filtering.typed(message.value)

    @on(Prompt.Kept)
    def _kept(self) -> None:
        self.filtering.keep()
        self._teach_again()

    @on(Prompt.Left)
    def _left(self) -> None:
        self.filtering.leave()
        self._teach_again()

    @on(Prompt.Moved)
    def _prompt_moved(self, message: Prompt.Moved) -> None:
        self.filtering.moved(message.token)
        self._teach_again()

    def _teach_again(self) -> None:
        """The prompt had the footer, and gave it back empty."""
        if not self.is_typing:
            self._taught = ()
            self.show_position()
