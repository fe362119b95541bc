"""Choosing a passage: by the sentence cursor, and by caret and visual mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.text import word_count
from reader.tui.keys import Pressed

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen
    from reader.tui.widgets.page import ArticlePage

COUNTED = 50_000  # code points: a longer selection is not counted at every key


class Choosing:
    """All motions end in one selection, which the page holds in code points of the article's text."""

    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen

    @property
    def _page(self) -> ArticlePage:
        return self._screen.page

    @property
    def described(self) -> str:
        """The mode and how much is selected: ``VISUAL 34 words · 2 sentences``; empty while reading."""
        page = self._page
        if page.mode == "reading":
            return ""
        if page.mode == "caret":
            return "CARET"
        span = page.selection
        if span is None or span.end - span.start > COUNTED:
            return page.mode.upper()
        words, sentences = word_count(page.selected_text), page.sentences_in(span)
        said = f"{page.mode.upper()} {words} word{'s' if words != 1 else ''}"
        return f"{said} · {sentences} sentences" if sentences > 1 else said

    def light_sentence(self) -> None:
        self._page.start_sentence()
        if self._page.mode == "reading":
            self._screen.say("There is nothing to select here")

    # -- entering --------------------------------------------------------------------------------------
    def do_article_visual(self, press: Pressed) -> None:
        if match := self._screen.finding.lit_match:
            self._page.select(match)
        else:
            self._page.start_visual()

    def do_article_visual_paragraphs(self, press: Pressed) -> None:
        self._page.select_paragraphs()

    def do_selection_cancel(self, press: Pressed) -> None:
        self._page.cancel()

    # -- the sentence cursor ---------------------------------------------------------------------------
    def do_sentence_next(self, press: Pressed) -> None:
        self._page.next_sentence(press.count or 1)

    def do_sentence_previous(self, press: Pressed) -> None:
        self._page.next_sentence(-(press.count or 1))

    def do_sentence_grow(self, press: Pressed) -> None:
        self._page.grow(press.count or 1)

    def do_sentence_shrink(self, press: Pressed) -> None:
        self._page.grow(-(press.count or 1))

    def do_sentence_half_down(self, press: Pressed) -> None:
        self._page.clear_selection()
        self._page.half_page(1)

    def do_sentence_page_down(self, press: Pressed) -> None:
        self._page.clear_selection()
        self._page.page_down()

    def do_sentence_visual(self, press: Pressed) -> None:
        self._page.start_visual()

    # -- caret and visual ------------------------------------------------------------------------------
    def do_visual_left(self, press: Pressed) -> None:
        self._page.move("h", press.count)

    def do_visual_down(self, press: Pressed) -> None:
        self._page.move("j", press.count)

    def do_visual_up(self, press: Pressed) -> None:
        self._page.move("k", press.count)

    def do_visual_right(self, press: Pressed) -> None:
        self._page.move("l", press.count)

    def do_visual_word(self, press: Pressed) -> None:
        self._page.move("w", press.count)

    def do_visual_word_back(self, press: Pressed) -> None:
        self._page.move("b", press.count)

    def do_visual_word_end(self, press: Pressed) -> None:
        self._page.move("e", press.count)

    def do_visual_line_start(self, press: Pressed) -> None:
        self._page.move("0")

    def do_visual_line_text(self, press: Pressed) -> None:
        self._page.move("^")

    def do_visual_line_end(self, press: Pressed) -> None:
        self._page.move("$")

    def do_visual_sentence_next(self, press: Pressed) -> None:
        self._page.move(")", press.count)

    def do_visual_sentence_back(self, press: Pressed) -> None:
        self._page.move("(", press.count)

    def do_visual_paragraph_next(self, press: Pressed) -> None:
        self._page.move("}", press.count)

    def do_visual_paragraph_back(self, press: Pressed) -> None:
        self._page.move("{", press.count)

    def do_visual_top(self, press: Pressed) -> None:
        self._page.move("gg")

    def do_visual_bottom(self, press: Pressed) -> None:
        self._page.move("G")

    def do_visual_swap(self, press: Pressed) -> None:
        self._page.swap_ends()

    def do_visual_anchor(self, press: Pressed) -> None:
        self._page.start_visual()

    def do_visual_paragraphs(self, press: Pressed) -> None:
        self._page.select_paragraphs()
