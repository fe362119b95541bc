"""The library: views at the left, the list in the middle, a preview at the right."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from reader.commands import Command, commands_of
from reader.domain.article import ArticleId, Summary
from reader.domain.highlight import Highlight
from reader.domain.query import Query
from reader.domain.view import SavedView
from reader.storage.connection import LibraryError
from reader.tui.batch import Whole
from reader.tui.beside import Beside
from reader.tui.faceting import Faceting, narrowed_by
from reader.tui.filtering import Filtering
from reader.tui.going import Going
from reader.tui.keys import Pressed
from reader.tui.layout import Layout
from reader.tui.loading import Loading
from reader.tui.offering import ways_from
from reader.tui.opening import BLOCK, FIRST, Opening
from reader.tui.saving import Asked, Saving, keep_order
from reader.tui.screens.listing import ListScreen
from reader.tui.triage import Fate
from reader.tui.viewing import Viewing, commands_beside
from reader.tui.views import View, is_saved, narrowed, saved_id, saved_view, view_of
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.completions import Completions
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.menu import Menu
from reader.tui.widgets.preview import Preview
from reader.tui.widgets.prompt import Prompt
from reader.tui.widgets.sidebar import Sidebar

RELOAD_DELAY = 0.15
MOST_HELD = 1000  # of a larger batch what does not belong any more goes at once
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
        self.beside = Beside(self, opening.saved)
        self._lit_before: tuple[ArticleId, ...] = ()  # where the cursor was when the filter was opened
        self.filtering = Filtering(
            self,
            self.articles,
            self.show_again,
            offers=lambda text: ways_from(self.view, text),
            opened=self._remember_row,
        )
        self.going = Going(self)
        self.viewing = Viewing(self)
        self.saving = Saving(self, self._asked)
        self.faceting = Faceting(self, lambda: self.shown, self.narrow)
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
            self.saving,
            self.faceting,
        )

    @property
    def commands(self) -> tuple[Command, ...]:
        own = super().commands
        if self.mode != "views":
            return own
        return commands_beside(own, commands_of("list", self.reader.commands))

    def advise(self, waiting: Command) -> None:
        super().advise(waiting)
        if waiting.id == "list.view":
            self.say(self.going.keys_of_views())

    def targets(self) -> tuple[Summary, ...]:
        return () if self.sidebar.active else super().targets()

    def beyond(self) -> Whole | None:
        return None if self.sidebar.active else super().beyond()

    def whole(self) -> Whole:
        query, sort, held = self.shown, self.sort, tuple(self.held)
        return lambda library: library.articles.order(query, sort=sort, sticky=held)

    @property
    def asked_for(self) -> object:
        return self.shown

    def compose(self) -> ComposeResult:
        with Horizontal(id="panes"):
            yield self.sidebar
            with Vertical(id="middle"):
                yield self.articles
                yield self.empty
            yield self.preview
        yield Completions(id="filter-completions")
        yield Prompt(
            id="filter", placeholder="words, tag:x, is:unread, mins:..10 …", history=[], queries=True
        )
        yield self.status
        yield CommandFooter()

    def on_mount(self) -> None:
        opening = self._opening
        self.query_one("#filter").display = False
        rows = self.articles
        lit = () if opening.cursor is None else (opening.cursor,)
        rows.show(opening.folds.arranged(opening.order), opening.summaries, cursor=lit, folds=opening.folds)
        rows.focus()
        self.sidebar.current = self.view.id
        self.beside.show()
        self.panes.apply()
        self.loaded()
        if len(opening.order) >= FIRST:
            if set(lit).issubset(opening.order):
                self.orders.go_on(opening.order[-1])
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

    def _asked(self) -> Asked:
        """The same, to be saved."""
        usual = "added"
        order = self.sort if self.sort != usual else None
        return Asked(narrowed(self.view, self.filtering.text, typed=False), self.shown, order)

    def narrow(self, term: str) -> None:
        """Filter by *term* besides."""
        self.filtering.ask(narrowed_by(self.filtering.text, term))

    @property
    def sort(self) -> str:
        return self._sorts.get(self.view.id, self.view.sort)

    def sort_by(self, order: str) -> None:
        """Show this view in another order, and remember it; a saved view keeps it for good."""
        saved = self._saved(self.view)
        if saved is not None:
            self.view = replace(self.view, sort=order)
            keep_order(self, saved, order)
        else:
            self._sorts[self.view.id] = order
        self.show_again()

    def show_view(self, view: View, *, to_list: bool = True) -> None:
        """Go to another view; what was held in this one is let go."""
        self.view = view
        self.held.clear()
        self.filtering.text = ""
        self.articles.choose_none()
        self.sidebar.current = view.id
        if to_list:
            self.panes.to_list()
        self.orders.start(stay=False)
        self.beside.count()
        self._keep_place()

    def views_read(self, saved: Sequence[SavedView]) -> None:
        """The saved views are these now: the one on show may have got another name, query or order."""
        now = self._saved(self.view)
        if now is None and is_saved(self.view):  # renamed: the one that asks the same
            now = next((one for one in saved if saved_view(one).query == self.view.query), None)
        if now is None or (view := saved_view(now)) == self.view:
            return
        was, self.view = self.view, view
        self.sidebar.current = view.id
        self.status.place = view.title
        if (view.query, view.sort) != (was.query, was.sort):
            self.show_again()
        self._keep_place()

    def view_changed(self, old: SavedView, new: SavedView) -> None:
        """The saved view *old* was made *new*; what follows from it is done when the views are read again."""
        if self.view.id == saved_id(old.name):
            self.view = replace(self.view, id=saved_id(new.name))

    def _saved(self, view: View) -> SavedView | None:
        return next((one for one in self.beside.saved if saved_id(one.name) == view.id), None)

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
        if not leaves and len(articles) <= MOST_HELD:
            self.held.update(dict.fromkeys(articles))
        super().handled(articles, leaves=leaves)
        self._show_emptiness()

    def library_changed(self, articles: tuple[ArticleId, ...]) -> None:
        is_here = self.articles.is_near
        self.orders.again(lit=articles, after=RELOAD_DELAY if all(map(is_here, articles)) else 0.0)
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
        self.filtering.show_chips()
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
            self.filtering.offering.stop()
            empty.say("")
        elif self.filtering.text:
            self.filtering.show_emptiness()
        else:
            empty.say(self.view.emptied, self.view.advice)

    @on(Sidebar.Chosen)
    def go_to_chosen(self, message: Sidebar.Chosen) -> None:
        message.stop()
        self.going.to(view_of(message.identity, self.beside.saved))

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
        elif not self.filtering.offering.take():
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
        else:
            return self.let_go()
        return True

    def do_list_quit(self, press: Pressed) -> None:
        self.reader.end()

    @on(Menu.Picked)
    def take_offer(self, message: Menu.Picked) -> None:
        message.stop()
        self.filtering.offering.take()

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
        """As if nothing had been typed: the cursor, too, is where it was."""
        typed = self.filtering.text
        self.filtering.leave()
        if self.filtering.text != typed:
            self.orders.start(lit=self._lit_before)

    def _remember_row(self) -> None:
        current = self.articles.current
        self._lit_before = () if current is None else (current,)

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
