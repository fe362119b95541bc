"""What can be done with a selected passage, and with the highlight that is lit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.commands import COLOUR_KEYS
from reader.domain.anchor import anchor_of
from reader.domain.highlight import Colour, Highlight
from reader.domain.query import quoted
from reader.domain.text import word_count
from reader.tui.copying import copy
from reader.tui.keys import Pressed
from reader.tui.noting import Noting
from reader.tui.quoting import markdown_quote

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen
    from reader.tui.screens.base import CommandScreen

MADE = "highlighted · c note · u undo"


class Annotating:
    """A passage is highlighted at once; the highlight stays lit, so that the next key can act on it."""

    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen
        self._noting = Noting(screen)

    # -- on a selection --------------------------------------------------------------------------------
    def do_selection_highlight(self, press: Pressed) -> None:
        """In caret mode nothing is selected: there Enter acts on the highlight that the caret is in."""
        under = self._under_caret
        if under is not None:
            self.write_note(under)
        else:
            self._mark(None)

    def do_selection_in_colour(self, press: Pressed) -> None:
        colour = _colour(press.argument)
        under = self._under_caret
        if under is not None:
            self._recolour(under, colour)
        else:
            self._mark(colour)
        # On a highlight, too, `.` gives the same colour.
        self._screen.reader.again = lambda screen: _colour_again(screen, press)

    def do_selection_comment(self, press: Pressed) -> None:
        highlight = self._under_caret or self._mark(None)
        if highlight is not None:
            self.write_note(highlight)

    def do_selection_tag(self, press: Pressed) -> None:
        highlight = self._under_caret or self._mark(None)
        if highlight is not None:
            self._pick_tags(highlight)

    def do_selection_copy(self, press: Pressed) -> None:
        text = self._screen.page.selected_text
        if text.strip():
            words = word_count(text)
            self._screen.page.clear_selection()
            copy(self._screen, text, f"{words} word{'s' if words != 1 else ''}")
        else:
            self._nothing_selected()

    def do_selection_copy_quote(self, press: Pressed) -> None:
        text = self._screen.page.selected_text
        if text.strip():
            self._screen.page.clear_selection()
            self._copy_quote(text)
        else:
            self._nothing_selected()

    def do_selection_search(self, press: Pressed) -> None:
        text = self._screen.page.selected_text
        if text.strip():
            self._screen.page.clear_selection()
            self._screen.search(quoted(text))
        else:
            self._nothing_selected()

    def _mark(self, colour: Colour | None) -> Highlight | None:
        """Highlight what is selected; the highlight of that very range, if there is one, is edited instead."""
        page, article = self._screen.page, self._screen.article
        selection = page.selection
        anchor = (
            anchor_of(article.document, selection) if article is not None and selection is not None else None
        )
        if anchor is None:
            self._nothing_selected()
            return None
        page.clear_selection()
        existing = self._screen.passages.at(anchor)
        if existing is not None:
            page.light(existing)
            if colour is not None and colour != existing.colour:
                self._recolour(existing, colour)
            else:
                self._screen.say("highlighted before · c note")
            return existing
        if colour is not None:
            self._screen.looks.remember_colour(colour)
        return self._screen.passages.add(anchor, colour or self._screen.looks.colour, MADE)

    @property
    def _under_caret(self) -> Highlight | None:
        page = self._screen.page
        if page.mode != "caret" or page.caret is None:
            return None
        return page.highlight_at(page.caret)

    def _nothing_selected(self) -> None:
        in_caret = self._screen.page.mode == "caret"
        self._screen.say("Nothing is selected · v selects from here" if in_caret else "Nothing is selected")

    # -- on the lit highlight --------------------------------------------------------------------------
    def do_article_comment(self, press: Pressed) -> None:
        """With no highlight lit it is a note on the article itself."""
        lit = self._lit
        if lit is not None:
            self.write_note(lit)
        else:
            self._noting.on_article()

    def do_article_recolour(self, press: Pressed) -> None:
        lit = self._lit_or_say()
        if lit is not None:
            self._recolour(lit, _colour(press.argument))
            self._screen.reader.again = lambda screen: _colour_again(screen, press)

    def do_article_tag_highlight(self, press: Pressed) -> None:
        lit = self._lit_or_say()
        if lit is not None:
            self._pick_tags(lit)

    def do_article_delete_highlight(self, press: Pressed) -> None:
        lit = self._lit_or_say()
        if lit is not None:
            self._screen.passages.remove(lit)

    def do_article_copy_highlight(self, press: Pressed) -> None:
        lit = self._lit_or_say()
        if lit is not None:
            self._copy_quote(lit.anchor.exact)

    def write_note(self, highlight: Highlight) -> None:
        self._noting.on_highlight(self._screen.passages.now(highlight) or highlight)

    @property
    def _lit(self) -> Highlight | None:
        lit = self._screen.page.lit
        return self._screen.passages.now(lit) if isinstance(lit, Highlight) else None

    def _lit_or_say(self) -> Highlight | None:
        lit = self._lit
        if lit is None:
            self._screen.say("No highlight is lit · ]h lights one")
        return lit

    def _recolour(self, highlight: Highlight, colour: Colour) -> None:
        self._screen.looks.remember_colour(colour)
        if highlight.colour == colour:
            self._screen.say(f"{colour} already")
        else:
            self._screen.passages.recolour(highlight, colour)

    def _copy_quote(self, text: str) -> None:
        article = self._screen.article
        if article is not None:
            copy(self._screen, markdown_quote(article.summary, text), "a quote with its source")

    # -- tags ------------------------------------------------------------------------------------------
    def _pick_tags(self, highlight: Highlight) -> None:
        self._screen.ask(partial(self._tags, highlight), group="tags")

    async def _tags(self, highlight: Highlight) -> None:
        from reader.tui.screens.tags import TagChange, TagPicker

        known = await self._screen.lane.read(lambda library: library.tags.all())
        now = self._screen.passages.now(highlight) or highlight

        def picked(change: TagChange | None) -> None:
            if change is not None:
                self._screen.passages.retag(
                    self._screen.passages.now(highlight) or highlight, change.add, change.remove
                )
                self._screen.reader.again = lambda screen: _tags_again(screen, change.add, change.remove)

        title = f"“{' '.join(now.anchor.exact.split())}”"
        self._screen.reader.push_screen(TagPicker(title, dict.fromkeys(now.tags, 1), 1, known), picked)

    def recolour_lit(self, colour: Colour) -> None:
        lit = self._lit_or_say()
        if lit is not None:
            self._recolour(lit, colour)

    def retag_lit(self, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
        lit = self._lit_or_say()
        if lit is not None:
            self._screen.passages.retag(lit, add, remove)


def _colour(key: str) -> Colour:
    return COLOUR_KEYS[key]


def _annotating(screen: CommandScreen) -> Annotating | None:
    return next((owner for owner in screen.handlers if isinstance(owner, Annotating)), None)


def _colour_again(screen: CommandScreen, press: Pressed) -> None:
    """What ``.`` does after a colour was given: the same to the selection, or to the lit highlight."""
    annotating = _annotating(screen)
    if annotating is None:
        screen.say("That is done in an article")
    elif screen.mode == "article":
        annotating.recolour_lit(_colour(press.argument))
    else:
        annotating.do_selection_in_colour(press)


def _tags_again(screen: CommandScreen, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
    annotating = _annotating(screen)
    if annotating is None:
        screen.say("That is done in an article")
    else:
        annotating.retag_lit(add, remove)
