"""Taking a passage elsewhere: to the clipboard, a program, a dictionary, the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.query import quoted
from reader.domain.quoting import quote
from reader.domain.text import word_count
from reader.tui.copying import copy
from reader.tui.keys import Pressed

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen

NAMED = "a quote with its source"


class Taking:
    """What is copied or searched lets go of the selection; what is only looked at keeps it."""

    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen

    # -- on a selection --------------------------------------------------------------------------------
    def do_selection_copy(self, press: Pressed) -> None:
        if text := self._selected():
            words = word_count(text)
            self._screen.page.clear_selection()
            copy(self._screen, text, f"{words} word{'s' if words != 1 else ''}")

    def do_selection_copy_quote(self, press: Pressed) -> None:
        if text := self._selected():
            self._screen.page.clear_selection()
            self._copy_quote(text)

    def do_selection_search(self, press: Pressed) -> None:
        if text := self._selected():
            self._screen.page.clear_selection()
            self._screen.search(quoted(text))

    def do_selection_look_up(self, press: Pressed) -> None:
        if text := self._selected():
            from reader.tui.looking_up import look_up

            look_up(self._screen, text)

    def do_selection_pipe(self, press: Pressed) -> None:
        if text := self._selected():
            from reader.tui.piping import ask_program_for

            ask_program_for(self._screen, text)

    def _selected(self) -> str:
        """The selected words; that there are none is said."""
        text = self._screen.page.selected_text
        if not text.strip():
            say_nothing_selected(self._screen)
            return ""
        return text

    # -- on the lit highlight --------------------------------------------------------------------------
    def do_article_copy_highlight(self, press: Pressed) -> None:
        lit = self._screen.annotating.lit_or_say()
        if lit is not None:
            # One that is still being written has no name yet.
            self._copy_quote(lit.anchor.exact, lit.reference if lit.uid else "")

    def _copy_quote(self, text: str, reference: str = "") -> None:
        article = self._screen.article
        if article is not None:
            style = self._screen.reader.config.citation
            copy(self._screen, quote(article.summary, text, style=style, reference=reference), NAMED)


def say_nothing_selected(screen: ArticleScreen) -> None:
    in_caret = screen.page.mode == "caret"
    screen.say("Nothing is selected · v selects from here" if in_caret else "Nothing is selected")
