"""Results of a search: a line for the article, and below it the places where the words stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from reader.domain.article import ArticleId, Summary
from reader.domain.document import Span
from reader.domain.passage import Passage
from reader.tui.rows import LEAD, Part, bar, lighted
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.bar import clipped

SIGNS: Mapping[str, str] = {"text": "", "highlight": "▎ ", "note": "note: "}
Explained = Iterable[tuple[int, tuple[Passage, ...]]]


class HitList(ArticleList):
    """An :class:`ArticleList` with places below each article: as many lines as there are, and one while none is known.

    ``find`` gives the ranges of found words in a title. Places are asked for as rows come on screen, with
    :class:`Unexplained`, if ``explains`` is set.
    """

    class Unexplained(Message):
        """The places in these articles are needed: answer with :meth:`HitList.explain`."""

        def __init__(self, articles: tuple[ArticleId, ...]) -> None:
            super().__init__()
            self.articles = articles

    find: Callable[[str], Sequence[Span]]

    def __init__(self, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self._passages: dict[int, tuple[Passage, ...]] = {}
        self._wanted: set[int] = set()
        self._tops: list[int] | None = None
        self._clicked: int | None = None
        self._lines_below: dict[tuple[int, int, bool, bool], Strip] = {}
        self.explains = True
        self.find = lambda title: ()

    @property
    def passage(self) -> Passage | None:
        """The place in the article under the cursor that was clicked, else the best one, when it is known."""
        found = self._passages.get(self.current or 0, ())
        if self._clicked is not None and self._clicked < len(found):
            return found[self._clicked]
        return found[0] if found else None

    def passages_of(self, article: int) -> tuple[Passage, ...]:
        return self._passages.get(article, ())

    def forget_passages(self) -> None:
        self._passages.clear()
        self._wanted.clear()
        self._clicked = None
        self._strips.clear()
        self._lines_below.clear()
        self._tops = None

    def tell(self, passages: Explained) -> None:
        """Know the places in articles that are shown next."""
        self._passages.update(passages)
        self._lines_below.clear()
        self._tops = None

    def explain(self, passages: Explained) -> None:
        """Show the places of these articles where the words stand. The cursor's row stays where it is on screen."""
        before = self.top_of(self.cursor) - self.scroll_offset.y if self.cursor >= 0 else 0
        self.tell(passages)
        self._resize_lines()
        if self.cursor >= 0 and (wanted := self.top_of(self.cursor) - before) != self.scroll_offset.y:
            self.scroll_to(y=max(0, wanted), animate=False, force=True, immediate=True)
        self._scroll_to_cursor()
        self.refresh()

    # -- lines -----------------------------------------------------------------------------------------
    @property
    def rows_on_screen(self) -> int:
        top = self.scroll_offset.y
        first = bisect_right(self._lines, top - 1)
        last = bisect_right(self._lines, top + self.size.height) - 1
        return max(1, last - first)

    def top_of(self, index: int) -> int:
        return self._lines[max(0, min(index, len(self._lines) - 1))]

    def at_line(self, line: int) -> tuple[int, int]:
        index = bisect_right(self._lines, line) - 1
        return index, line - self._lines[index]

    @property
    def _lines(self) -> list[int]:
        """The first line of each row, and the number of all."""
        if self._tops is None or len(self._tops) != len(self._order) + 1:
            heights = (1 + max(1, len(self._passages.get(article, ()))) for article in self._order)
            self._tops = [0, *accumulate(heights)]
        return self._tops

    def _resize_lines(self) -> None:
        self._tops = None
        super()._resize_lines()

    # -- painting --------------------------------------------------------------------------------------
    def lights(self, article: Summary) -> Sequence[tuple[int, int]]:
        return self.find(article.title)

    def paint_below(self, index: int, line: int, width: int) -> Strip:
        key = (self.order[index], line, index == self.cursor, self._is_chosen(index))
        strip = self._lines_below.get(key)
        if strip is None:
            strip = self._lines_below[key] = self._painted_below(index, line, width)
        return strip

    def _painted_below(self, index: int, line: int, width: int) -> Strip:
        styles, cursor = self.ground(index), index == self.cursor
        article = self.known(self.order[index])
        found = self._passages.get(self.order[index])
        room = max(0, width - LEAD - 2)
        pieces: list[tuple[str, Part]]
        if found:
            pieces = snippet(found[line - 1], room)
        elif article is not None:
            said = " · ".join(part for part in (article.author, article.site) if part)
            pieces = [(clipped(said, room), "snippet")]
        else:
            pieces = []
        if found is None and self.explains:
            self._want_passages(index)
        lead: list[tuple[str, Part]] = [(bar(cursor, active=self.active), "bar"), (" " * (LEAD - 1), "blank")]
        strip = Strip([Segment(text, styles[part, cursor]) for text, part in (*lead, *pieces) if text])
        return strip.adjust_cell_length(width, styles["blank", cursor])

    def _forget_strips(self, article: int) -> None:
        super()._forget_strips(article)
        self._lines_below.clear()

    def forget_paint(self) -> None:
        self._lines_below.clear()
        super().forget_paint()

    def on_resize(self, event: events.Resize) -> None:
        self._lines_below.clear()
        super().on_resize(event)

    def _want_passages(self, index: int) -> None:
        """Ask for the places of what is on screen from this row on, and of the next screen: scrolling shows them."""
        some = self._order[index : index + 2 * max(4, self.rows_on_screen)]
        missing = [one for one in some if one not in self._passages and one not in self._wanted]
        if missing:
            self._wanted.update(missing)
            self.post_message(self.Unexplained(tuple(ArticleId(article) for article in missing)))

    # -- mouse -----------------------------------------------------------------------------------------
    def clicked_line(self, index: int, line: int) -> None:
        self._clicked = line - 1 if line else None

    def move_to(self, index: int) -> bool:
        if index != self.cursor:
            self._clicked = None
        return super().move_to(index)


def snippet(passage: Passage, width: int) -> list[tuple[str, Part]]:
    """The line of *passage* in at most *width* cells, moved to the left so that its first match is in view."""
    sign = SIGNS[passage.source]
    text, marks = passage.snippet, [(mark.start, mark.end) for mark in passage.marks]
    room = width - cell_len(sign)
    if marks and cell_len(text[: marks[0][1]]) > room * 2 // 3:
        start = text.rfind(" ", 0, max(0, marks[0][0] - room // 3)) + 1
        if start:
            text = "…" + text[start:]
            marks = [(first - start + 1, last - start + 1) for first, last in marks if first >= start]
    cut = clipped(text, room)
    return [(sign, "highlights"), *lighted(cut, [mark for mark in marks if mark[0] < len(cut)], "snippet")]
