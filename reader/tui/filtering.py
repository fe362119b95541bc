"""Narrowing the list while one types, and showing how the words were understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.query import Query, parse
from reader.tui.keys import Pressed
from reader.tui.widgets.prompt import Prompt
from reader.tui.widgets.status import Chip

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen

SCROLLING = {"<up>": -1, "<c-p>": -1, "<down>": 1, "<c-n>": 1}
PAGING = {"<pageup>": -1, "<pagedown>": 1}


class Filtering:
    """The live filter of the library's list. ``text`` is what is in force."""

    def __init__(self, screen: LibraryScreen) -> None:
        self._screen = screen
        self.text = ""
        self._before = ""  # what Escape goes back to

    @property
    def prompt(self) -> Prompt:
        return self._screen.query_one("#filter", Prompt)

    def do_list_filter(self, press: Pressed) -> None:
        self._before = self.text
        self.prompt.display = True
        self.prompt.value = self.text
        self.prompt.cursor_position = len(self.text)
        self._screen.set_focus(self.prompt)
        self._screen.teach(("Enter", "Keep"), ("Esc", "Never mind"), ("↑ ↓", "Move"))

    def typed(self, text: str) -> None:
        """The prompt holds *text* now."""
        if text.strip() != self.text.strip():
            self.text = text
            self._screen.show_again()

    def keep(self) -> None:
        """Enter: the filter stays, the keys go to the list again."""
        self._close()

    def leave(self) -> None:
        """Escape in the prompt: back to what was before it was opened."""
        text, self._before = self._before, ""
        self._close()
        self.typed(text)

    def clear(self) -> bool:
        """Show the whole view again; whether something was filtered."""
        was = bool(self.text)
        self.text = ""
        if was:
            self._screen.show_again()
        return was

    def moved(self, token: str) -> None:
        """A key in the prompt that moves in the list below it."""
        rows = self._screen.articles
        if token in SCROLLING:
            rows.move(SCROLLING[token])
        elif token in PAGING:
            rows.page(PAGING[token])
        else:
            self.keep()

    def _close(self) -> None:
        self.prompt.display = False
        self._screen.teach()
        self._screen.set_focus(self._screen.articles)


def chips(query: Query) -> tuple[Chip, ...]:
    """What of *query* was understood as more than words, and what in it was not understood."""
    understood = tuple(Chip(text) for text in query.understood)
    return (
        *understood,
        *(Chip(f"{problem.text}: {problem.reason}", warns=True) for problem in query.problems),
    )


def filter_chips(text: str) -> tuple[Chip, ...]:
    """The chips of a filter; its plain words are one chip of their own."""
    if not text.strip():
        return ()
    query = parse(text)
    words = " ".join(str(word) for word in query.words)
    return (*((Chip(words),) if words else ()), *chips(query))
