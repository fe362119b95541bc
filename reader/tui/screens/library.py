"""The library: views at the left, the list in the middle, a preview at the right."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from typing import cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from reader.domain.article import ArticleId, Summary
from reader.domain.highlight import Highlight
from reader.domain.query import Query
from reader.storage.connection import LibraryError
from reader.tui.beside import Beside
from reader.tui.counting import lines_of_views
from reader.tui.filtering import Filtering, filter_chips
from reader.tui.going import Going
from reader.tui.keys import Pressed
from reader.tui.layout import Layout
from reader.tui.loading import Loading
from reader.tui.opening import BLOCK, FIRST, Opening
from reader.tui.screens.listing import ListScreen
from reader.tui.triage import Fate
from reader.tui.viewing import Viewing
from reader.tui.views import View, narrowed, view_of
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.preview import Preview
from reader.tui.widgets.prompt import Prompt
from reader.tui.widgets.sidebar import Sidebar, entries_of

RELOAD_DELAY = 0.15
QUIET = 1.0  # seconds after the first frame when what it left behind is collected


class LibraryScreen(ListScreen):
    """``held`` are articles that stay in the view until it is left, though they do not belong there any more."""

    def __init__(self, opening: Opening) -> None:
        super().__init__(ArticleList(clock=lambda: self.reader.clock(), id="articles"))
        self.sidebar = Sidebar(id="sidebar")
        self.preview = Preview(id="preview")
        self._opening = opening
        kept = opening.layout or {}
        self.panes = Layout(
            self, preview=bool(kept.get("preview", True)), share=int(kept.get("share", 50) or 50)
        )
        self.orders = Loading(self)
        self.beside = Beside(self)
        self.filtering = Filtering(self, self.articles, self.show_again)
        self.going = Going(self)
        self.viewing = Viewing(self)
        self.view = opening.view
        self._sorts: dict[str, str] = {opening.view.id: opening.sort} if opening.sort else {}
        self.held: dict[ArticleId, None] = {}

    @property
    def handlers(self) -> tuple[object, ...]:
        return (
            *((self.viewing,) if self.sidebar.active else ()),
            *super().handlers,
            self.panes,
            self.filtering,
            self.going,
        )

    def targets(self) -> tuple[Summary, ...]:
        return () if self.sidebar.active else super().targets()

    def compose(self) -> ComposeResult:
        with Horizontal(id="panes"):
            yield self.sidebar
            with Vertical(id="middle"):
                yield self.articles
                yield self.empty
            yield self.preview
        yield Prompt(id="filter", placeholder="words, tag:x, is:unread, mins:..10 …", history=[])
        yield self.status
        yield CommandFooter()

    def on_mount(self) -> None:
        opening = self._opening
        self.query_one("#filter").display = False
        rows = self.articles
        lit = () if opening.cursor is None else (opening.cursor,)
        rows.show(opening.order, opening.summaries, cursor=lit)
        rows.focus()
        self.sidebar.current = self.view.id
        self.sidebar.entries = entries_of(lines_of_views({}), ())
        self.panes.apply()
        self.loaded()
        if len(opening.order) >= FIRST:
            if set(lit).issubset(opening.order):
                self.orders.go_on()
            else:
                self.orders.start(lit=lit)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """What the first frame did not have to wait for."""
        gc.enable()
        self.set_timer(QUIET, _keep_what_stays)
        self.beside.count()
        if self._opening.empty:
            self._welcome()
        elif self._opening.reading is not None:
            self.open_article(ArticleId(self._opening.reading), self._opening.passage)

    def on_resize(self, event: events.Resize) -> None:
        if self.is_mounted:  # the first one comes before there is anything to divide
            self.panes.apply()
            self.beside.preview()

    # -- the view --------------------------------------------------------------------------------------
    @property
    def shown(self) -> Query:
        """The query whose articles are on show."""
        return narrowed(self.view, self.filtering.text)

    @property
    def sort(self) -> str:
        return self._sorts.get(self.view.id, self.view.sort)

    def sort_by(self, order: str) -> None:
        self._sorts[self.view.id] = order
        self.show_again()

    def show_view(self, view: View) -> None:
        """Go to another view; what was held in this one is let go."""
        self.view = view
        self.held.clear()
        self.filtering.text = ""
        self.articles.choose_none()
        self.sidebar.current = view.id
        self.panes.to_list()
        self.orders.start(stay=False)
        self.beside.count()
        self._keep_place()

    def show_again(self) -> None:
        """Another order of this view, or another part of it; the cursor stays on its article if that is in it."""
        self.orders.start()

    def reload(self) -> None:
        self.orders.again()
        if self.articles.order:
            self._fill([ArticleId(article) for article in self.articles.order[:BLOCK]])

    def leaves(self, fate: Fate) -> bool:
        match fate:
            case "archived" | "unarchived":
                return self.shown.mentions("is", "archived") == (fate == "unarchived")
            case "trashed" | "restored":
                return self.shown.mentions("is", "trashed") == (fate == "restored")
            case _:
                return False

    def handled(self, articles: Sequence[ArticleId], *, leaves: bool) -> None:  # type: ignore[override]
        if not leaves:
            self.held.update(dict.fromkeys(articles))
        super().handled(articles, leaves=leaves)
        self._show_emptiness()

    def library_changed(self, articles: tuple[ArticleId, ...]) -> None:
        came = [article for article in articles if self.articles.place(article) is None]
        self.orders.again(lit=came, after=0.0 if came else RELOAD_DELAY)
        self.written(articles)

    def written(self, articles: tuple[ArticleId, ...]) -> None:
        super().library_changed(articles)
        self.beside.count()
        if self.articles.current in articles:
            self.beside.preview()

    # -- what the list says ----------------------------------------------------------------------------
    def loaded(self) -> None:
        """The beginning of an order is on screen."""
        self.status.place = self.view.title
        self.status.chips = filter_chips(self.filtering.text)
        self.show_position()
        self._show_emptiness()
        self.beside.preview()

    def show_loading(self) -> None:
        if not self.articles.order:
            self.empty.say("Loading…")
        self.status.position = "loading…"

    def show_failure(self, error: LibraryError) -> None:
        """The order could not be read."""
        self.articles.show(())
        self.articles.display = False
        self.empty.say(str(error), "gi tries again · ^q quits", failed=True)

    def total(self) -> str:
        return super().total() + ("" if self.orders.complete else "+")

    def _show_emptiness(self) -> None:
        rows, empty = self.articles, self.empty
        rows.display = bool(rows.order)
        if rows.order:
            empty.say("")
        elif self.filtering.text:
            empty.say("Nothing here matches", "Esc clears the filter · \\ searches everything")
        else:
            empty.say(self.view.emptied, self.view.advice)

    @on(Sidebar.Chosen)
    def go_to_chosen(self, message: Sidebar.Chosen) -> None:
        message.stop()
        self.going.to(view_of(message.identity))

    # -- the list and its preview ----------------------------------------------------------------------
    @on(ArticleList.Moved)
    def follow_cursor(self, message: ArticleList.Moved) -> None:
        message.stop()
        self.show_position()
        self.beside.preview()

    def repaint(self, summaries: Sequence[Summary]) -> None:
        super().repaint(summaries)
        for summary in summaries:
            self.preview.set_summary(summary)

    # -- commands --------------------------------------------------------------------------------------
    def do_list_open(self, press: Pressed) -> None:
        if (current := self.articles.current) is not None:
            self.open_article(current)
        else:
            self.say(self.view.advice)

    @on(ArticleList.Clicked)
    def open_clicked(self) -> None:
        if (current := self.articles.current) is not None:
            self.open_article(current)

    def open_article(self, article: ArticleId, passage: Highlight | None = None) -> None:
        """Read *article*, at *passage* if there is one; that it has no place in the text any more is told."""
        from reader.tui.screens.article import ArticleScreen

        span = passage.placement.span if passage is not None else None
        if passage is not None and passage.placement.status == "orphan":
            self.reader.notify(f"Not in the text any more: “{passage.anchor.exact}” · gA shows it")
        screen = ArticleScreen(article, trail=cast("Sequence[ArticleId]", self.articles.order[:]), span=span)
        self.held[article] = None
        self._keep_place(reading=article)

        def closed(_: None) -> None:
            if (at := self.articles.place(screen.article_id)) is not None:
                self.articles.move_to(at)
            self.held[ArticleId(screen.article_id)] = None
            self._keep_place()

        self.reader.push_screen(screen, closed)

    def do_list_search(self, press: Pressed) -> None:
        from reader.tui.screens.search import SearchScreen

        self.reader.push_screen(SearchScreen())

    def do_list_back(self, press: Pressed) -> None:
        if not (self.cancel() or self.filtering.clear() or self.going.back()):
            self.say("q quits · ? help")

    def cancel(self) -> bool:
        if self.sidebar.active:
            self.panes.to_list()
        elif self.articles.chosen:
            self.articles.choose_none()
            self.show_position()
        else:
            return False
        return True

    def do_list_quit(self, press: Pressed) -> None:
        self.reader.end()

    # -- the filter's prompt ---------------------------------------------------------------------------
    @on(Input.Changed, "#filter")
    def filter_typed(self, message: Input.Changed) -> None:
        message.stop()
        self.filtering.typed(message.value)

    @on(Prompt.Kept)
    def filter_kept(self, message: Prompt.Kept) -> None:
        self.filtering.keep()

    @on(Prompt.Left)
    def filter_left(self, message: Prompt.Left) -> None:
        self.filtering.leave()

    @on(Prompt.Moved)
    def filter_moved(self, message: Prompt.Moved) -> None:
        self.filtering.moved(message.token)

    # -- beginning and end -----------------------------------------------------------------------------
    def _welcome(self) -> None:
        from reader.tui.screens.welcome import WelcomeScreen

        self.reader.push_screen(WelcomeScreen())

    def leave(self) -> None:
        reading = next(
            (getattr(screen, "article_id", None) for screen in reversed(self.app.screen_stack)), None
        )
        self._keep_place(reading=reading)

    def _keep_place(self, *, reading: int | None = None) -> None:
        place = {
            "view": self.view.id,
            "sort": self._sorts.get(self.view.id),
            "cursor": reading or self.articles.current,
            "reading": reading,
        }
        self.reader.remember("place", place)


def _keep_what_stays() -> None:
    """Collections need not look any more at what stays until the end: no pause between two keys. Costs 30 ms."""
    gc.collect()
    gc.freeze()
