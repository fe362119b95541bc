"""What every screen with a list of articles shares: the cursor, the selection, and what acts on them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from textual import events, on, work

from reader.domain.article import ArticleId, Summary
from reader.storage.connection import LibraryError
from reader.tui.batch import NOTHING, Whole, WithCopies
from reader.tui.copying import Copying
from reader.tui.keys import Pressed
from reader.tui.likening import Likening
from reader.tui.moving import Moving
from reader.tui.refreshing import Refreshing
from reader.tui.screens.base import CommandScreen
from reader.tui.triage import Triage
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.empty import Empty
from reader.tui.widgets.status import StatusLine

if TYPE_CHECKING:
    from reader.storage.library import Library

SELECTED = (
    ("list.archive", "Archive"),
    ("list.tags", "Tags"),
    ("list.back", "Let go"),
    ("list.read", "Read"),
    ("list.star", "Star"),
    ("list.trash", "Trash"),
)
"""What the footer teaches while articles are selected."""
AT_HAND = 500  # selected rows that are gone through here; more are the library's to look at


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
        self.refreshing = Refreshing(self)
        self.likening = Likening(self)
        self._all_of: object = None  # what the list showed when all of it was selected
        self._taught_selection = False

    @property
    def handlers(self) -> tuple[object, ...]:
        return (self, self.moving, self.triage, self.copying, self.refreshing, self.likening)

    # -- what actions ask of a screen ------------------------------------------------------------------
    def targets(self) -> tuple[Summary, ...]:
        """The articles that an action applies to; none in an empty list, or before the row has come. Of a selection
        those whose rows are at hand, and no copies that stand behind a row: see :meth:`beyond`."""
        rows = self.articles
        rows.end_range()
        if not rows.chosen:
            return (rows.summary,) if rows.summary else ()
        chosen = rows.order if rows.chosen.is_all else rows.chosen.ids
        return tuple(known for article in chosen if article in rows.chosen and (known := rows.known(article)))

    def beyond(self) -> Whole | None:
        rows = self.articles
        rows.end_range()
        ids = [ArticleId(article) for article in rows.chosen.ids]
        if rows.chosen.is_all:
            return _all_but(self.whole(), frozenset(map(ArticleId, rows.folds.with_copies(ids))))
        meant = ids or ([] if rows.current is None else [rows.current])
        if any(map(rows.folds.hidden, meant)):
            return WithCopies(meant, [ArticleId(one) for one in rows.folds.with_copies(meant)])
        if len(ids) > AT_HAND or any(rows.known(article) is None for article in ids):
            return lambda library: ids
        return None

    def whole(self) -> Whole:
        """Every article of this list, also those whose rows were not read."""
        order = [ArticleId(article) for article in self.articles.order]
        return lambda library: order

    @property
    def asked_for(self) -> object:
        """What the list shows: when it is another, all of it is not selected any more."""
        return None

    def repaint(self, summaries: Sequence[Summary]) -> None:
        """Show *summaries* as they will be, before the library has answered."""
        self.articles.fill(summaries)

    def repaint_all(
        self, articles: Collection[ArticleId], change: Callable[[Summary], Summary]
    ) -> Callable[[], None]:
        """The same for more articles than there are rows for; until what this gives back is called."""
        end = self.articles.overlay(articles, change)
        if (summary := self.articles.summary) is not None and summary.id in set(articles):
            self.repaint([summary])
        return end

    def handled(self, articles: Collection[ArticleId], *, leaves: bool) -> None:
        """An action was done to *articles*: on to the next row; those that leave the view go at once."""
        rows = self.articles
        was_selection = rows.has_chosen
        rows.choose_none()
        if leaves:
            rows.take_out(articles)
        elif not was_selection:
            rows.move(1)
        self.show_position()

    def do_list_select(self, press: Pressed) -> None:
        rows = self.articles
        rows.end_range()
        for _ in range(press.count or 1):
            if rows.current is None:
                return
            rows.choose(rows.current)
            if not rows.move(1):
                break
        self.show_position()

    def do_list_range(self, press: Pressed) -> None:
        """``V``: select from here on, as the cursor goes; again: that is all."""
        rows = self.articles
        if rows.end_range():
            self.say("Selected · any action applies to all of it · Esc lets go")
        elif rows.current is not None:
            rows.begin_range()
        self.show_position()

    def do_list_all(self, press: Pressed) -> None:
        """``*``: the whole list, as far as it goes; again: nothing."""
        rows = self.articles
        if rows.chosen.is_all:
            rows.choose_none()
        elif rows.order:
            self._all_of = self.asked_for
            rows.choose_all()
        self.show_position()

    def let_go(self) -> bool:
        """Select nothing any more; whether something was."""
        was = self.articles.has_chosen
        if was:
            self.articles.choose_none()
            self.show_position()
        return was

    def do_list_fold(self, press: Pressed) -> None:
        """``za``: the copies of the story under the cursor, or none of them."""
        current = self.articles.current
        if current is None:
            self.say(NOTHING)
        elif not self.articles.turn_fold(current):
            self.say("No copies of it in this list")

    def do_list_related(self, press: Pressed) -> None:
        from reader.tui.screens.related import show_related

        if (summary := self.articles.summary) is not None:
            show_related(self, summary)
        else:
            self.say(NOTHING)

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
        try:
            found = await self.lane.read(lambda library: library.articles.summaries(wanted))
        except LibraryError:
            self.articles.lose(wanted)
            raise
        self.articles.fill(found)

    def library_changed(self, articles: tuple[ArticleId, ...]) -> None:
        """Rows on screen are read again at once; the others of many when they come on screen."""
        rows = self.articles
        shown = [article for article in articles if rows.holds(article)]
        if len(shown) > AT_HAND:
            near = set(rows.near)
            rows.forget(article for article in shown if article not in near)
            shown = [article for article in shown if article in near]
        if shown:
            self._fill(shown)

    # -- status ----------------------------------------------------------------------------------------
    def show_position(self) -> None:
        """Write ``3/12`` into the status line, or how many are selected."""
        rows = self.articles
        if rows.chosen.is_all and self.asked_for != self._all_of:
            rows.choose_none()
        if rows.has_chosen:
            self.status.position = self._selection()
        else:
            self.status.position = f"{rows.cursor + 1:,}/{self.total()}" if rows.cursor >= 0 else "0"
        self._teach_selection()

    def _teach_selection(self) -> None:
        """What acts on a selection, and how to let go of it."""
        has_chosen = self.articles.has_chosen
        if has_chosen == self._taught_selection or self.is_typing:
            return
        self._taught_selection = has_chosen
        labels = {command.id: command.label for command in self.reader.commands}
        taught = [(labels[id], title) for id, title in SELECTED if labels[id]]
        self.teach(*(taught if has_chosen else ()), helps=has_chosen)

    def _selection(self) -> str:
        rows, total = self.articles, self.total()
        if not rows.chosen.is_all:
            return f"{rows.number_chosen:,} selected of {total}"
        if rows.chosen.ids:
            return f"all but {len(rows.chosen.ids):,} of {total} selected"
        return f"all {total} selected"

    def total(self) -> str:
        """How many articles there are, as far as is known: ``12``, ``1000+``."""
        return f"{len(self.articles.order):,}"


def _all_but(whole: Whole, left_out: frozenset[ArticleId]) -> Whole:
    def named(library: Library) -> Sequence[ArticleId]:
        found = whole(library)
        return [article for article in found if article not in left_out] if left_out else found

    return named
