"""The outline: an article's headings to choose from."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from reader.domain.text import clean_line
from reader.tui.keys import Pressed
from reader.tui.reading import NO_HEADINGS
from reader.tui.widgets.menu import Choice

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen


class Outline:
    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen

    def do_article_outline(self, press: Pressed) -> None:
        from reader.tui.screens.picking import Picking

        page = self._screen.page
        headings = page.outline()
        if not headings:
            self._screen.say(NO_HEADINGS)
            return
        highest = min(level for level, _, _ in headings)
        length = len(page.document.text)
        choices = [
            Choice(
                str(span.start),
                "  " * (level - highest) + clean_line(title),
                f"{100 * span.start // length}%",
            )
            for level, title, span in headings
        ]
        starts = [span.start for _, _, span in headings]
        current = starts[max(0, bisect_right(starts, page.position) - 1)]
        picking = Picking(
            "Outline", choices, lit=str(current), filtered=True, placeholder="words of a heading", verb="Go"
        )
        self._screen.reader.push_screen(picking, self._go)

    def _go(self, picked: str | None) -> None:
        if picked is not None:
            self._screen.jumping.jump(int(picked))
            self._screen.follow_page()
