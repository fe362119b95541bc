"""Results of a search: a line for the article, a line for the place where the words stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from reader.domain.article import Summary
from reader.domain.document import Span
from reader.domain.passage import Passage
from reader.tui.rows import LEAD, Part, bar, lighted
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.bar import clipped

SIGNS: Mapping[str, str] = {"text": "", "highlight": "▎ ", "note": "note: "}


class HitList(ArticleList):
    """An :class:`ArticleList` two lines tall. ``find`` gives the places of found words in a title."""

    tall: ClassVar[int] = 2
    find: Callable[[str], Sequence[Span]]

    def __init__(self, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self._passages: dict[int, tuple[Passage, ...]] = {}
        self.find = lambda title: ()

    @property
    def passage(self) -> Passage | None:
        """The best place in the article under the cursor, when it is known."""
        found = self._passages.get(self.current or 0, ())
        return found[0] if found else None

    def forget_passages(self) -> None:
        self._passages.clear()
        self._strips.clear()

    def explain(self, passages: Iterable[tuple[int, tuple[Passage, ...]]]) -> None:
        """Show the places of these articles where the words stand."""
        self._passages.update(passages)
        self.refresh()

    def lights(self, article: Summary) -> Sequence[tuple[int, int]]:
        return self.find(article.title)

    def paint_below(self, index: int, line: int, width: int) -> Strip:
        styles, cursor = self.ground(index), index == self.cursor
        article = self.known(self.order[index])
        found = self._passages.get(self.order[index])
        room = max(0, width - LEAD - 2)
        pieces: list[tuple[str, Part]]
        if found:
            pieces = snippet(found[0], room)
        elif article is not None:
            said = " · ".join(part for part in (article.author, article.site) if part)
            pieces = [(clipped(said, room), "snippet")]
        else:
            pieces = []
        lead: list[tuple[str, Part]] = [(bar(cursor, active=self.active), "bar"), (" " * (LEAD - 1), "blank")]
        strip = Strip([Segment(text, styles[part, cursor]) for text, part in (*lead, *pieces) if text])
        return strip.adjust_cell_length(width, styles["blank", cursor])


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
