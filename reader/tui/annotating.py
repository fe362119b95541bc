"""What can be done with a selected passage, and with the highlight that is lit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.commands import COLOUR_KEYS
from reader.domain.anchor import anchor_of
from reader.domain.document import Span
from reader.domain.highlight import Colour, Highlight
from reader.tui.keys import Pressed
from reader.tui.noting import Noting
from reader.tui.taking import say_nothing_selected

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
            self._mark_by(press, None)

    def do_selection_in_colour(self, press: Pressed) -> None:
        colour = _colour(press.argument)
        under = self._under_caret
        if under is not None:
            self._recolour(under, colour)
            self._screen.reader.again = lambda screen: _colour_again(screen, press)
        else:
            self._mark_by(press, colour)

    def do_selection_comment(self, press: Pressed) -> None:
        highlight = self._under_caret or self._mark(None)
        if highlight is not None:
            self.write_note(highlight)

    def do_selection_tag(self, press: Pressed) -> None:
        highlight = self._under_caret or self._mark(None)
        if highlight is not None:
            self._pick_tags(highlight)

    def mark(
        self, span: Span | None, *, colour: Colour | None = None, note: bool = False
    ) -> Highlight | None:
        """Highlight *span*, in the last colour unless one is given, and with *note* open its note.

        The selection is let go, and the highlight stays lit. White space at the ends is left out; the highlight of
        that very range, if there is one, is edited instead. ``None`` if there is nothing but white space.
        """
        page, article = self._screen.page, self._screen.article
        anchor = anchor_of(article.document, span) if article is not None and span is not None else None
        if anchor is None:
            say_nothing_selected(self._screen)
            return None
        page.clear_selection()
        existing = self._screen.passages.at(anchor)
        if existing is not None:
            marked = self._mark_again(existing, colour)
        else:
            if colour is not None:
                self._screen.looks.remember_colour(colour)
            marked = self._screen.passages.add(anchor, colour or self._screen.looks.colour, MADE)
        if note:
            self.write_note(marked)
        return marked

    def _mark_again(self, existing: Highlight, colour: Colour | None) -> Highlight:
        self._screen.page.light(existing)
        if colour is not None and colour != existing.colour:
            self._recolour(existing, colour)
        else:
            self._screen.say("highlighted before · c note")
        return existing

    def _mark(self, colour: Colour | None) -> Highlight | None:
        return self.mark(self._screen.page.selection, colour=colour)

    def _mark_by(self, press: Pressed, colour: Colour | None) -> None:
        """Highlight what is selected; ``.`` does *press* again, or goes on to the next passage like it."""
        pieces = self._screen.page.pieces
        made = self._mark(colour)
        if made is not None:
            self._screen.repeating.after_selection(press, made, pieces, colour)

    @property
    def _under_caret(self) -> Highlight | None:
        """What keys act on in caret mode, where nothing is selected."""
        page = self._screen.page
        return page.under_caret if page.mode == "caret" else None

    # -- on the lit highlight --------------------------------------------------------------------------
    def do_article_comment(self, press: Pressed) -> None:
        """With no highlight lit it is a note on the article itself."""
        lit = self._lit
        if lit is not None:
            self.write_note(lit)
        else:
            self._noting.on_article()

    def do_article_recolour(self, press: Pressed) -> None:
        lit = self.lit_or_say()
        if lit is not None:
            self._recolour(lit, _colour(press.argument))
            self._screen.reader.again = lambda screen: _colour_again(screen, press)

    def do_article_tag_highlight(self, press: Pressed) -> None:
        lit = self.lit_or_say()
        if lit is not None:
            self._pick_tags(lit)

    def write_note(self, highlight: Highlight) -> None:
        self._noting.on_highlight(self._screen.passages.now(highlight) or highlight)

    @property
    def _lit(self) -> Highlight | None:
        return self._screen.reviewing.aimed_at

    def lit_or_say(self) -> Highlight | None:
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
        lit = self.lit_or_say()
        if lit is not None:
            self._recolour(lit, colour)

    def retag_lit(self, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
        lit = self.lit_or_say()
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
