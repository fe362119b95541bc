"""What ``.`` does after a passage was highlighted: the next one like it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.document import Span
from reader.domain.highlight import Colour, Highlight
from reader.domain.units import Unit
from reader.tui.keys import Pressed

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen
    from reader.tui.screens.base import CommandScreen

Taking = Callable[[int], Span | None]
"""What is taken from an offset."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a passage is found that is like the one before it.

    ``taking`` gives it from where one is, ``following`` says where it begins behind a passage.
    """

    taking: Taking
    following: Callable[[Span], Span | None]
    note: bool = False
    colour: Colour | None = None


class Repeating:
    """Goes on behind the highlight that was made last while that is lit, else where one is."""

    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen
        self._made: Highlight | None = None

    def mark(self, span: Span | None, *, colour: Colour | None = None, note: bool = False) -> bool:
        """Highlight *span* and bring it on screen; whether there was anything to highlight.

        In caret mode the caret goes to its beginning, so that other keys act on it.
        """
        page = self._screen.page
        had_caret = page.caret is not None
        made = self._screen.annotating.mark(span, colour=colour, note=note) if span is not None else None
        if made is None or made.placement.span is None:
            return False
        self._made = made
        page.remember(made.placement.span)
        if had_caret:
            page.put_caret(made.placement.span.start)
        else:
            page.to_offset(made.placement.span.start, "nearest")
            page.light(made)
        return True

    def after(self, likeness: Likeness) -> None:
        """``.`` looks for a passage by *likeness* from now on."""
        self._screen.reader.again = partial(_go_on, likeness)

    def after_selection(
        self, press: Pressed, made: Highlight, pieces: tuple[Unit, int] | None, colour: Colour | None
    ) -> None:
        """``.`` does *press* again with what is selected then, or gives a highlight that is lit the *colour*; else it
        goes on by as many *pieces* as were selected when *made* was highlighted."""
        self._made = made
        self._screen.reader.again = partial(_do_again, press, self._like(pieces, colour), colour)

    def _like(self, pieces: tuple[Unit, int] | None, colour: Colour | None) -> Likeness | None:
        if pieces is None:
            return None
        page, (unit, count) = self._screen.page, pieces
        return Likeness(
            lambda start: page.pieces_from(unit, start, count),
            lambda span: page.piece_behind(unit, span),
            colour=colour,
        )

    def do_again(self, press: Pressed, likeness: Likeness | None, colour: Colour | None) -> None:
        lit = self._screen.page.lit
        if self._screen.mode != "article":
            self._screen.perform_again(press)
        elif colour is not None and isinstance(lit, Highlight) and not self._is_made(lit):
            self._screen.annotating.recolour_lit(colour)
        elif likeness is not None:
            self.go_on(likeness)
        else:
            self._screen.say("Select words first · . highlights them, too")

    def go_on(self, likeness: Likeness) -> None:
        page = self._screen.page
        start = page.start_of_operator
        if self._is_at_made and self._made is not None and self._made.placement.span is not None:
            following = likeness.following(self._made.placement.span)
            start = following.start if following else None
        marked = start is not None and self.mark(
            likeness.taking(start), colour=likeness.colour, note=likeness.note
        )
        if not marked:
            self._screen.say("No more to highlight here")

    def _is_made(self, highlight: Highlight) -> bool:
        """Whether *highlight* is the one that was made last."""
        return self._made is not None and self._made.placement.span == highlight.placement.span

    @property
    def _is_at_made(self) -> bool:
        """Whether the highlight that was made last is what the next one would begin at."""
        lit = self._screen.page.lit
        if not isinstance(lit, Highlight) or lit.placement.span is None or not self._is_made(lit):
            return False
        return self._screen.page.caret in (None, lit.placement.span.start)


def repeating_of(screen: CommandScreen) -> Repeating | None:
    """That of *screen*, or ``None`` after saying that it is no article."""
    found = next((owner for owner in screen.handlers if isinstance(owner, Repeating)), None)
    if found is None:
        screen.say("That is done in an article")
    return found


def _go_on(likeness: Likeness, screen: CommandScreen) -> None:
    repeating = repeating_of(screen)
    if repeating is not None:
        repeating.go_on(likeness)


def _do_again(
    press: Pressed, likeness: Likeness | None, colour: Colour | None, screen: CommandScreen
) -> None:
    repeating = repeating_of(screen)
    if repeating is not None:
        repeating.do_again(press, likeness, colour)
