"""A list of any length, painted line by line: only what is on screen is fetched and painted."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from reader.domain.alike import NO_FOLDS, Folds
from reader.domain.article import ArticleId, Summary
from reader.tui.rows import Styles, row, styles_of
from reader.tui.widgets.chosen import Chosen
from reader.tui.widgets.known import MOST, Known
from reader.tui.widgets.line_view import LineView

BLOCK = 256
NEAR = 512  # rows around the cursor that are looked at before all of them
FEW = 16  # rows that are taken out one by one
PAGES_AHEAD = 4  # whose rows are asked for before they are on screen
STRIPS_KEPT = 2000
AGES_HOLD = timedelta(minutes=1)  # how long rows may say the same age


class ArticleList(LineView, can_focus=True):
    """Shows an order of ids; rows it does not know yet are asked for with :class:`Wanted`, a block at a time.

    It knows no keys: the screen calls :meth:`move` and the like. ``cursor`` is an index into the order, -1 in an
    empty list. Positions count from 0.
    """

    class Wanted(Message):
        """The summaries of these articles are needed: answer with :meth:`ArticleList.fill`."""

        def __init__(self, articles: tuple[ArticleId, ...]) -> None:
            super().__init__()
            self.articles = articles

    class Moved(Message):
        """The cursor is on another article, or on none."""

        def __init__(self, article: ArticleId | None) -> None:
            super().__init__()
            self.article = article

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, ArticleList.Moved)

    class Clicked(Message):
        """The row under the cursor was clicked once more."""

    active: reactive[bool] = reactive(True)

    def __init__(self, *, clock: Callable[[], datetime], id: str | None = None) -> None:
        super().__init__(id=id)
        self._clock = clock
        self._painted_at: datetime | None = None  # the moment that all ages are told of
        self._order: array[int] = array("q")
        self._places: dict[int, int] | None = None  # id -> index, made when first needed
        self._known = Known()
        self._strips: dict[tuple[int, bool, bool], Strip] = {}
        self._styles: dict[bool, Styles] = {}
        self.chosen = Chosen()
        self._range_from: int | None = None  # the row where a range under way began
        self.folds = NO_FOLDS
        self.put_away: Callable[[Summary], bool] = lambda article: False  # rows to dim
        self.cursor = -1

    # -- what it shows ---------------------------------------------------------------------------------
    @property
    def order(self) -> Sequence[int]:
        return self._order

    @property
    def current(self) -> ArticleId | None:
        return ArticleId(self._order[self.cursor]) if 0 <= self.cursor < len(self._order) else None

    @property
    def summary(self) -> Summary | None:
        """What is known of the article under the cursor."""
        return self._known.get(self._order[self.cursor]) if 0 <= self.cursor < len(self._order) else None

    def known(self, article: int) -> Summary | None:
        return self._known.get(article)

    def holds(self, article: int) -> bool:
        """Whether its row is known, or is on its way."""
        return self._known.holds(article)

    @property
    def near(self) -> Sequence[int]:
        """The articles on screen, and about as many before and behind."""
        rows = self.rows_on_screen
        first = self.at_line(self.scroll_offset.y)[0]
        return self._order[max(0, first - rows) : first + 2 * rows]

    def place(self, article: int) -> int | None:
        """The position of *article*, if it is in the list; of a copy that is not shown, that of its story. Those near
        the cursor are found without looking at all."""
        article = self.folds.row_of(article)
        first = max(0, self.cursor - NEAR)
        with suppress(ValueError):
            return first + self._order[first : self.cursor + NEAR].index(article)
        return self._all_places.get(article)

    def is_near(self, article: int) -> bool:
        """Whether it is in the list, not far from the cursor."""
        return article in self._order[max(0, self.cursor - NEAR) : self.cursor + NEAR]

    @property
    def _all_places(self) -> dict[int, int]:
        if self._places is None:
            self._places = {known: index for index, known in enumerate(self._order)}
        return self._places

    def show(
        self,
        order: Sequence[int],
        summaries: Iterable[Summary] = (),
        *,
        cursor: Iterable[int] = (),
        fallback: int = 0,
        folds: Folds = NO_FOLDS,
    ) -> None:
        """Show another order, which is arranged by *folds*. The cursor goes to the first of *cursor* that is in it,
        else to the position *fallback*."""
        self.end_range()
        if folds != self.folds:
            self.folds = folds
            self._strips.clear()
        self._order = array("q", order)
        self._places = None
        self._keep_chosen()
        self._learn(summaries)
        at = next((place for article in cursor if (place := self.place(article)) is not None), None)
        self.cursor = at if at is not None else min(max(0, fallback), len(self._order) - 1)
        self._resize_lines()
        self._scroll_to_cursor(centre=at is not None)
        self.refresh()
        self.post_message(self.Moved(self.current))

    def extend(self, order: Iterable[int]) -> None:
        """More of the same order, as it is loaded."""
        self._order.extend(order)
        self._places = None
        self._resize_lines()
        if self.cursor < 0 and self._order:
            self.cursor = 0
            self.post_message(self.Moved(self.current))

    def fill(self, summaries: Iterable[Summary]) -> None:
        """Rows that were wanted, or that changed."""
        filled = {summary.id for summary in self._learn(summaries)}
        first = self.at_line(self.scroll_offset.y)[0]
        if not filled.isdisjoint(self._order[first : first + self.size.height + 1]):
            self.refresh()

    def expect(self, index: int) -> None:
        """Ask for the rows around *index*, since the cursor may go there next."""
        if self._order:
            self._want(max(0, min(index, len(self._order) - 1)))

    def lose(self, articles: Iterable[int]) -> None:
        """Rows that were wanted could not be read: they are asked for again at the next move."""
        self._known.lose(articles)

    def forget(self, articles: Iterable[int]) -> None:
        """What is known of *articles* is old: they are asked for again when they come on screen."""
        for article in articles:
            self._known.forget(article)
            self._forget_strips(article)
        self.refresh()

    def overlay(self, articles: Collection[int], change: Callable[[Summary], Summary]) -> Callable[[], None]:
        """Show *articles* as *change* makes them, those that come on screen later too, until what this gives back
        is called."""
        overlay = self._known.lay_over(articles, change)
        near = set(self.near)
        known = self._known.under(overlay)
        self.forget(one.id for one in known if one.id not in near)
        self.fill([one for one in known if one.id in near])
        return lambda: self._known.uncover(overlay)

    def take_out(self, articles: Collection[int]) -> None:
        """Take rows out at once; the cursor stays at its position, so that it is on the next row."""
        self.end_range()
        before = self._take_out_few(articles) if len(articles) <= FEW else self._take_out_many(articles)
        self._places = None
        self.folds = self.folds.without(articles)
        self._keep_chosen()
        self.cursor = min(self.cursor - before, len(self._order) - 1)
        self._resize_lines()
        self._scroll_to_cursor()
        self.refresh()
        self.post_message(self.Moved(self.current))

    def _take_out_few(self, articles: Collection[int]) -> int:
        """How many of them were before the cursor."""
        places = sorted({place for article in articles if (place := self.place(article)) is not None})
        for place in reversed(places):
            del self._order[place]
        return sum(place < self.cursor for place in places)

    def _take_out_many(self, articles: Collection[int]) -> int:
        gone = set(articles)
        before = sum(1 for known in self._order[: max(0, self.cursor)] if known in gone)
        self._order = array("q", (known for known in self._order if known not in gone))
        return before

    def turn_fold(self, article: int) -> bool:
        """Show the copies of the story of *article* below its row, or take them away again; whether it has any."""
        head = self.folds.heads.get(article, article)
        at = None if head not in self.folds.copies else self.place(head)
        if at is None:
            return False
        self.end_range()
        copies = self.folds.copies[head]
        if head in self.folds.opened:
            end = at + 1
            while end < len(self._order) and self._order[end] in copies:
                end += 1
            del self._order[at + 1 : end]
        else:
            self._order[at + 1 : at + 1] = array("q", copies)
        self.folds = self.folds.turned(head)
        self._places = None
        self._strips.clear()
        self._keep_chosen()
        self.cursor = at
        self._resize_lines()
        self._scroll_to_cursor()
        self.refresh()
        self.post_message(self.Moved(self.current))
        return True

    # -- moving ----------------------------------------------------------------------------------------
    def move(self, rows: int) -> bool:
        """Move the cursor by *rows*, as far as there are; whether it moved."""
        return self.move_to(self.cursor + rows)

    def move_to(self, index: int) -> bool:
        old, new = self.cursor, max(0, min(len(self._order) - 1, index))
        if new == old or not self._order:
            return False
        self._known.hope()
        self.cursor = new
        if self._range_from is not None:
            self._scroll_to_cursor()
            self.refresh()
        elif not self._scroll_to_cursor():
            self.refresh_row(old)
            self.refresh_row(new)
        self.post_message(self.Moved(self.current))
        return True

    def page(self, pages: float) -> bool:
        """Move by *pages* of what is on screen, keeping a line of context for whole pages."""
        height = max(1, self.rows_on_screen - (1 if abs(pages) >= 1 else 0))
        return self.move(round(pages * height) or (1 if pages > 0 else -1))

    # -- selecting -------------------------------------------------------------------------------------
    def choose(self, article: int, chosen: bool | None = None) -> None:
        """Select *article*, or not; ``None`` turns it over."""
        if chosen is None:
            chosen = article not in self.chosen
        self.chosen.put((article,), chosen)
        if not self.chosen.number(len(self._order)):
            self.chosen.clear()
        if (at := self.place(article)) is not None:
            self.refresh_row(at)

    def choose_all(self) -> None:
        """Every row, those too that are still to come."""
        self._range_from = None
        self.chosen.take_all()
        self.refresh()

    def choose_none(self) -> None:
        self._range_from = None
        self.chosen.clear()
        self.refresh()

    def begin_range(self) -> None:
        """From now on the rows from this one to the cursor are selected, besides those that are."""
        if self._order:
            self._range_from = self.cursor
            self.refresh()

    def end_range(self) -> bool:
        """What the range holds now is selected for good; whether there was one."""
        if self._range_from is None:
            return False
        first, last = self._range
        self._range_from = None
        self.chosen.put(self._order[first:last], True)
        return True

    @property
    def is_ranging(self) -> bool:
        return self._range_from is not None

    @property
    def has_chosen(self) -> bool:
        return self.is_ranging or bool(self.chosen)

    @property
    def number_chosen(self) -> int:
        """How many of the rows that are here are selected."""
        number = self.chosen.number(len(self._order))
        if not self.is_ranging:
            return number
        first, last = self._range
        if not self.chosen:
            return last - first
        return number + sum(1 for article in self._order[first:last] if article not in self.chosen)

    @property
    def _range(self) -> tuple[int, int]:
        """The rows of the range under way: the first, and the one behind the last."""
        if self._range_from is None:
            return 0, 0
        return min(self._range_from, self.cursor), max(self._range_from, self.cursor) + 1

    def _is_chosen(self, index: int) -> bool:
        first, last = self._range
        return first <= index < last or self._order[index] in self.chosen

    # -- lines: here one a row ---------------------------------------------------------------------------
    @property
    def rows_on_screen(self) -> int:
        """How many rows are on screen whole."""
        return self.size.height

    def top_of(self, index: int) -> int:
        """The first line of the row at *index*; of the one behind the last, the number of lines."""
        return index

    def at_line(self, line: int) -> tuple[int, int]:
        """The row of a line, and the number of the line in it."""
        return line, 0

    # -- painting --------------------------------------------------------------------------------------
    def refresh_row(self, index: int) -> None:
        if not 0 <= index < len(self._order):
            return
        y, tall = self.top_of(index) - self.scroll_offset.y, self.top_of(index + 1) - self.top_of(index)
        if -tall < y < self.size.height:
            self.refresh(Region(0, max(0, y), self.size.width, tall + min(0, y)))

    def paint(self, line: int) -> Strip:
        self._keep_time()
        index, line = self.at_line(line)
        width = self.size.width
        if index >= len(self._order):
            return Strip.blank(width, self._style(False)["blank", False])
        if line:
            return self.paint_below(index, line, width)
        article = self._order[index]
        lit, chosen = index == self.cursor, self._is_chosen(index)
        key = (article, lit, chosen)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._painted(article, index, width, lit, chosen)
        return strip

    def _keep_time(self) -> None:
        """Ages are told of one moment, so that rows painted early do not look younger than those painted late."""
        now = self._clock()
        if self._painted_at is None or not timedelta(0) <= now - self._painted_at < AGES_HOLD:
            if self._painted_at is not None:
                self._strips.clear()
                self.call_later(self.refresh)  # the rows, too, that would not be painted now
            self._painted_at = now

    def paint_below(self, index: int, line: int, width: int) -> Strip:
        """Line number *line* ≥ 1 of a row; for lists that are more than one line tall."""
        return Strip.blank(width, self.ground(index)["blank", index == self.cursor])

    def lights(self, article: Summary) -> Sequence[tuple[int, int]]:
        """The ranges of the title to light."""
        return ()

    def ground(self, index: int) -> Styles:
        """The styles of the row at *index*."""
        return self._style(self._is_chosen(index))

    def _painted(self, article: int, index: int, width: int, lit: bool, chosen: bool) -> Strip:
        styles = self._style(chosen)
        summary = self._known.get(article)
        if summary is None:
            self._want(index)
            return Strip.blank(width, styles["blank", lit])
        if len(self._strips) >= STRIPS_KEPT:
            self._strips.clear()
        strip = self._strips[article, lit, chosen] = row(
            summary,
            width,
            styles,
            now=self._painted_at,
            cursor=lit,
            selected=chosen,
            dimmed=self.put_away(summary),
            active=self.active,
            lit=self.lights(summary),
            copies=len(self.folds.copies.get(article, ())),
            opened=article in self.folds.opened,
            below=article in self.folds.heads,
        )
        return strip

    def _style(self, chosen: bool) -> Styles:
        """The styles of rows; selected rows have a ground of their own, and so has the cursor's."""
        if chosen not in self._styles:
            self._styles[chosen] = styles_of(self.inks, chosen=chosen, active=self.active)
        return self._styles[chosen]

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.forget_paint()

    def watch_active(self) -> None:
        self.forget_paint()

    def forget_paint(self) -> None:
        """Paint every row anew: the theme, the width or the time changed."""
        self._styles.clear()
        self._strips.clear()
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        self._strips.clear()
        self._resize_lines()
        self._scroll_to_cursor()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._known.hope()
        ahead = PAGES_AHEAD * self.size.height * (1 if new_value > old_value else -1)
        if self._order:
            self.expect(self.at_line(max(0, min(round(new_value) + ahead, self.virtual_size.height - 1)))[0])

    # -- mouse -----------------------------------------------------------------------------------------
    def on_click(self, event: events.Click) -> None:
        index, line = self.at_line(event.y + self.scroll_offset.y)
        if index >= len(self._order):
            return
        event.stop()
        was_lit = index == self.cursor
        self.move_to(index)
        self.clicked_line(index, line)
        if was_lit:
            self.post_message(self.Clicked())

    def clicked_line(self, index: int, line: int) -> None:
        """Line number *line* of a row was clicked; for lists whose rows have more than one."""

    # -- inside ----------------------------------------------------------------------------------------
    def _learn(self, summaries: Iterable[Summary]) -> Collection[Summary]:
        learned = [*summaries]
        for summary in learned:
            self._known.learn(summary)
            self._forget_strips(summary.id)
        if self._known.is_full:
            first = max(0, self.at_line(self.scroll_offset.y)[0] - MOST // 4)
            # What came last may be about to be looked at, far from the screen.
            came = (summary.id for summary in learned)
            self._known.keep((*self._order[first : first + MOST // 2], *came))
        return learned

    def _keep_chosen(self) -> None:
        if self.chosen.ids:
            self.chosen.keep(self._all_places)

    def _forget_strips(self, article: int) -> None:
        for lit in (False, True):
            for chosen in (False, True):
                self._strips.pop((article, lit, chosen), None)

    def _want(self, index: int) -> None:
        first = index - index % BLOCK
        if missing := self._known.ask(self._order[first : first + BLOCK]):
            self.post_message(self.Wanted(missing))

    def _resize_lines(self) -> None:
        self.virtual_size = Size(self.size.width, self.top_of(len(self._order)))

    def _scroll_to_cursor(self, *, centre: bool = False) -> bool:
        """Bring the cursor on screen; whether that moved the list."""
        height, top = self.size.height, self.scroll_offset.y
        if height <= 0 or self.cursor < 0:
            return False
        first, end = self.top_of(self.cursor), self.top_of(self.cursor + 1)
        if top <= first and end <= top + max(height, end - first):
            return False
        nearest = first if first < top else end - height
        wanted = first - height // 2 if centre else nearest
        self.scroll_to(y=max(0, wanted), animate=False, force=True, immediate=True)
        return True
