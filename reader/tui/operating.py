"""The operator: ``gh`` waits for a motion or a text object and highlights what that takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.domain.document import Span
from reader.domain.highlight import Highlight
from reader.tui.keys import Pressed

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen
    from reader.tui.screens.base import CommandScreen
    from reader.tui.widgets.page import ArticlePage

WANTS = "wants a motion or a text object: h is ip ) $ / …"

Taking = Callable[[int, int | None], Span | None]
"""What is taken from an offset, with a count or none."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An operator whose motion is still to come: ``keys`` are those pressed so far."""

    start: int
    count: int | None
    note: bool
    keys: str


class Operating:
    """Begins at the caret, or while reading at what is lit; see ``start_of_operator`` of the page."""

    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen
        self._waiting: Waiting | None = None
        self._made: Highlight | None = None

    @property
    def _page(self) -> ArticlePage:
        return self._screen.page

    @property
    def is_waiting(self) -> bool:
        return self._waiting is not None

    @property
    def start(self) -> int | None:
        return self._waiting.start if self._waiting else None

    @property
    def count(self) -> int:
        """The number typed before ``gh``, or 1."""
        return (self._waiting.count if self._waiting else None) or 1

    @property
    def described(self) -> str:
        """What was pressed, for the mode line: ``HIGHLIGHT 3gh``; nothing while no operator waits."""
        if self._waiting is None:
            return ""
        return f"{'NOTE' if self._waiting.note else 'HIGHLIGHT'} {self._waiting.keys}…"

    # -- gh and gH -----------------------------------------------------------------------------------------
    def do_operate(self, press: Pressed) -> None:
        self._begin(press, note=False)

    def do_operate_note(self, press: Pressed) -> None:
        self._begin(press, note=True)

    def _begin(self, press: Pressed, *, note: bool) -> None:
        start = self._page.start_of_operator
        if start is None:
            self._screen.say("There is nothing to highlight here")
        else:
            self._waiting = Waiting(start, press.count, note, "".join(press.keys))
            self._page.show_start(start)

    def do_operator_cancel(self, press: Pressed) -> None:
        self.cancel()

    def cancel(self) -> bool:
        """Wait no more; whether an operator waited."""
        return self._end() is not None

    def _end(self) -> Waiting | None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._page.show_start(None)
        return waiting

    def refuse(self, keys: tuple[str, ...]) -> None:
        """*keys* are neither a motion nor an object; a key that takes back says nothing."""
        waiting = self._end()
        if waiting is not None and keys[-1] not in ("<escape>", "<c-c>"):
            self._screen.say(f"{waiting.keys} {WANTS} · not {''.join(keys)}")

    # -- what it takes -------------------------------------------------------------------------------------
    def do_operator_sentence(self, press: Pressed) -> None:
        """``ghh``: this sentence, with a count so many."""
        self.take(lambda start, count: self._page.sentences_from(start, count or 1), press)

    def take(self, taking: Taking, press: Pressed) -> None:
        """Highlight what *taking* gives. As in vim a number before the operator times one behind it."""
        waiting = self._waiting
        if waiting is not None:
            numbers = [number for number in (waiting.count, press.count) if number is not None]
            count = numbers[0] * numbers[-1] if len(numbers) > 1 else next(iter(numbers), None)
            self._finish(taking, count, press.command.title)

    def take_words(self, words: str, match: Span | None) -> None:
        """Highlight from the start as far as *match*, which belongs to it; ``.`` goes to the next such words."""
        given = [match]

        def taking(start: int, count: int | None) -> Span | None:
            there = given.pop() if given else self._screen.finding.first_from(start + 1, words)
            return Span(min(start, there.start), max(start, there.end)) if there else None

        if self._waiting is not None and match is not None:
            self._finish(taking, None, "Words")
        else:
            self.cancel()
            self._screen.follow_page()

    def _finish(self, taking: Taking, count: int | None, title: str) -> None:
        waiting = self._end()
        assert waiting is not None
        if self._mark(taking(waiting.start, count), note=waiting.note):
            self._screen.reader.again = lambda screen: _again(screen, taking, count, waiting.note)
        else:
            self._screen.say(f"No {title.lower()} to highlight here")
        self._screen.follow_page()

    def _mark(self, span: Span | None, *, note: bool) -> bool:
        """Highlight *span*. In caret mode the caret goes to its beginning, so that other keys act on it."""
        page = self._page
        had_caret = page.caret is not None
        made = self._screen.annotating.mark(span, note=note) if span is not None else None
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

    def again(self, taking: Taking, count: int | None, note: bool) -> None:
        """Do it once more: behind the highlight that was made last while that is lit, else where one is."""
        start = self._page.start_of_operator
        if self._is_at_made:
            following = self._page.sentence_behind(self._page.last_selection or Span(0, 0))
            start = following.start if following else None
        if start is None or not self._mark(taking(start, count), note=note):
            self._screen.say("No more to highlight here")

    @property
    def _is_at_made(self) -> bool:
        """Whether the highlight that was made last is what the next one would begin at."""
        lit = self._page.lit
        if self._made is None or not isinstance(lit, Highlight) or lit.placement.span is None:
            return False
        return lit.placement.span == self._made.placement.span and self._page.caret in (
            None,
            lit.placement.span.start,
        )


def _again(screen: CommandScreen, taking: Taking, count: int | None, note: bool) -> None:
    operating = next((owner for owner in screen.handlers if isinstance(owner, Operating)), None)
    if operating is None:
        screen.say("That is done in an article")
    else:
        operating.again(taking, count, note)
