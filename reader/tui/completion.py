"""Completing the query in a prompt: what may come next stands on a line beside it, and Tab takes it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.completion import FROM_LIBRARY, Begun, begun, completed, fixed
from reader.storage.connection import LibraryError
from reader.tui.background import start
from reader.tui.typeahead import PressedScreen

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.vocabulary import Vocabulary
    from reader.tui.widgets.completions import Completions
    from reader.tui.widgets.prompt import Prompt

NAMES = "names"  # what presses wait for


class Completing:
    """Hung on a prompt as its ``helper``. *changed* is called when something begins or ceases to be offered.

    Only what stands at the end of the text is completed, with the cursor there. Typing never waits: names that are
    still being read are offered when they have come.
    """

    def __init__(
        self, prompt: Prompt, line: Completions, *, changed: Callable[[], None] | None = None
    ) -> None:
        self._prompt = prompt
        self._line = line
        self._changed = changed
        self._typed: tuple[str, int] | None = None
        self._begun: Begun | None = None
        self._learning: str | None = None
        self._is_awaited = False  # by Tab
        prompt.helper = self

    @property
    def is_offering(self) -> bool:
        return bool(self._line.offered)

    @property
    def vocabulary(self) -> Vocabulary:
        app: ReaderApp = self._prompt.app  # type: ignore[assignment]
        return app.everywhere.vocabulary

    def begin(self) -> None:
        """Somebody is about to type."""
        self.vocabulary.expire()
        self._typed = None
        self.typed()

    def typed(self) -> None:
        """The prompt holds another text now, or its cursor is elsewhere."""
        text, cursor = typed = self._prompt.value, self._prompt.cursor_position
        if typed == self._typed:
            return
        self._typed = typed
        self._begun = self.begun(text) if cursor == len(text) else None
        self._offer()

    def takes(self, token: str) -> bool:
        """Do what *token* means here, if it means anything."""
        if not self._line.offered:
            return token == "<tab>" and self._wait()
        if token == "<tab>":
            self.take(self._line.offered[self._line.lit])
        elif token == "<s-tab>":
            self._line.lit = (self._line.lit + 1) % len(self._line.offered)
        else:
            return False
        return True

    def take(self, value: str) -> None:
        """Put *value* in place of what is begun."""
        if self._begun is not None:
            self._prompt.value = self.completed(self._prompt.value, self._begun, value)
            self._prompt.cursor_position = len(self._prompt.value)
            self.typed()

    def _wait(self) -> bool:
        """Have Tab take what is offered when the names have come, and what is pressed until then wait behind it;
        whether any are on their way."""
        screen = self._prompt.screen
        if self._learning is None or self._begun is None or not isinstance(screen, PressedScreen):
            return False
        self._is_awaited = True
        screen.expect(NAMES)
        return True

    # -- what is offered; a command line knows more than queries -----------------------------------------
    def begun(self, text: str) -> Begun | None:
        return begun(text)

    def completed(self, text: str, begun: Begun, value: str) -> str:
        return completed(text, begun, value)

    def values(self, begun: Begun) -> tuple[str, ...]:
        app: ReaderApp = self._prompt.app  # type: ignore[assignment]
        if begun.field not in FROM_LIBRARY:
            return fixed(begun, app.clock().astimezone().date())
        if self.vocabulary.needs(begun.field):
            self._learn(begun.field)
        return self.vocabulary.like(begun.field, begun.typed)

    def _offer(self) -> None:
        was = self.is_offering
        offered = self.values(self._begun) if self._begun is not None else ()
        if offered != self._line.offered:
            self._line.lit = 0
            self._line.offered = offered
        if was != self.is_offering and self._changed is not None:
            self._changed()

    def _learn(self, field: str) -> None:
        """The lane answers one question after the other: what is asked for while one types comes first, since it
        was asked before."""
        if self._learning != field:
            self._learning = field
            start(
                self._prompt, partial(self._learn_and_offer, field), group=f"learn-{field}", exclusive=False
            )

    async def _learn_and_offer(self, field: str) -> None:
        try:
            await self.vocabulary.learn(field)
        except LibraryError:
            pass  # the list below says what is wrong with the library
        finally:
            self._learning = None
        if self._begun is not None:
            self._offer()
        if self._is_awaited and self._learning is None:
            self._is_awaited = False
            if self._line.offered:
                self.take(self._line.offered[0])
            screen = self._prompt.screen
            if isinstance(screen, PressedScreen):
                screen.came(NAMES)
