"""Choosing a passage: by the sentence cursor, by labels, and how caret and visual begin and end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.domain.document import Span
from reader.domain.text import word_count
from reader.tui.keys import Pressed
from reader.tui.widgets.status import NARROW

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen
    from reader.tui.widgets.page import ArticlePage

COUNTED = 50_000  # code points: a longer selection is not counted at every key


class Choosing:
    """All ways end in one selection, which the page holds in code points of the article's text."""

    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen

    @property
    def _page(self) -> ArticlePage:
        return self._screen.page

    @property
    def described(self) -> str:
        """The mode and how much is selected: ``CLAUSE 34 words · 2 sentences``; empty while reading."""
        page = self._page
        if page.mode == "reading":
            return ""
        if page.mode == "caret":
            return "CARET"
        name = (page.unit if page.mode == "sentence" else page.mode).upper()
        counted = self._counted
        return f"{name} {counted}" if counted else name

    @property
    def _counted(self) -> str:
        span = self._page.selection
        if span is None or span.end - span.start > COUNTED:
            return ""
        words, sentences = word_count(self._page.selected_text), self._page.sentences_in(span)
        said = f"{words} word{'s' if words != 1 else ''}"
        return f"{said} · {sentences} sentences" if sentences > 1 else said

    def light_sentence(self) -> None:
        self._page.start_sentence()
        if self._page.mode == "reading":
            self._screen.say("There is nothing to select here")

    # -- entering and leaving --------------------------------------------------------------------------
    def do_article_visual(self, press: Pressed) -> None:
        if match := self._screen.finding.lit_match:
            self._page.select(match)
        else:
            self._page.start_visual()

    def do_article_visual_paragraphs(self, press: Pressed) -> None:
        self._page.select_paragraphs()

    def do_reselect(self, press: Pressed) -> None:
        if not self._page.reselect():
            self._screen.say("Nothing was selected in this article yet")

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

    def do_sentence_unit(self, press: Pressed) -> None:
        self._change_unit(1)

    def do_sentence_unit_back(self, press: Pressed) -> None:
        self._change_unit(-1)

    def _change_unit(self, step: int) -> None:
        missing = self._page.change_unit(step)
        if missing:
            self._screen.say(f"no {' and no '.join(missing)} here")

    def do_sentence_half_down(self, press: Pressed) -> None:
        self._page.clear_selection()
        self._page.half_page(1)

    def do_sentence_page_down(self, press: Pressed) -> None:
        self._page.clear_selection()
        self._page.page_down()

    def do_sentence_visual(self, press: Pressed) -> None:
        self._page.start_visual()

    # -- labels ----------------------------------------------------------------------------------------
    def do_labels(self, press: Pressed) -> None:
        """A letter on each sentence that begins on screen: one selects, another extends to its sentence."""
        self._page.clear_selection()
        self._ask_first()

    def _ask_first(self) -> None:
        if self._page.visible_sentences:
            self._ask(self._select_labelled, "a letter selects, another extends", passes=False)
        else:
            self._screen.say("There is nothing to select here")

    def _select_labelled(self, sentence: Span) -> None:
        self._page.light_sentence(sentence)
        self._ask(self._extend_labelled, f"{self._counted} · another letter extends", passes=True)

    def _extend_labelled(self, sentence: Span) -> None:
        self._page.reach(sentence)

    def _ask(self, chosen: Callable[[Span], None], said: str, *, passes: bool) -> None:
        short = said.replace("another letter extends", "extend").partition(",")[0]
        self._screen.labelling.ask(
            self._page.visible_sentences,
            chosen,
            said=f"LABELS · {short if self._screen.size.width < NARROW else said}",
            passes=passes,
            anew=lambda: self._ask_anew(chosen, said, passes=passes),
        )

    def _ask_anew(self, chosen: Callable[[Span], None], said: str, *, passes: bool) -> None:
        """Label what is on screen now; what was to be extended may have gone with the text it was in."""
        if not passes or self._page.mode != "sentence":
            self._ask_first()
        elif self._page.visible_sentences:
            self._ask(chosen, said, passes=passes)
