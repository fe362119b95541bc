"""From an open article to what is like it, or like the words that are selected or lit in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.highlight import Highlight
from reader.tui.keys import Pressed
from reader.tui.taking import say_nothing_selected

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen


class Relating:
    """``gm``: of a selection and of a lit highlight the passages like it, else the articles like this one."""

    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen

    def do_article_related(self, press: Pressed) -> None:
        from reader.tui.screens.related import show_related

        lit = self._screen.page.lit
        if isinstance(lit, Highlight):
            self._show_passages(lit.anchor.exact)
        elif self._screen.article is not None:
            show_related(self._screen, self._screen.article.summary)

    def do_selection_related(self, press: Pressed) -> None:
        words = self._screen.page.selected_text
        if words.strip():
            self._show_passages(words)
        else:
            say_nothing_selected(self._screen)

    def _show_passages(self, words: str) -> None:
        from reader.tui.screens.related import show_related_passages

        show_related_passages(self._screen, words, self._screen.article_id)
