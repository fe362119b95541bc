"""The operator: ``gh`` waits for a motion or a text object and highlights what that takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.commands import spelled
from reader.domain.document import Span
from reader.tui.keys import Pressed
from reader.tui.repeating import Likeness

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen
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
            self._page.to_offset(start, "nearest")

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
            self._screen.say(f"{waiting.keys} {WANTS} · not {spelled(keys)}")

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
        if self._screen.repeating.mark(taking(waiting.start, count), note=waiting.note):
            self._screen.repeating.after(
                Likeness(lambda start: taking(start, count), self._page.sentence_behind, waiting.note)
            )
        else:
            self._screen.say(f"No {title.lower()} to highlight here")
        self._screen.follow_page()
