"""Narrowing the list while one types, and showing how the words were understood."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.domain.query import Query, parse
from reader.domain.terms import Field, leaves
from reader.tui.keys import Pressed
from reader.tui.widgets.prompt import Prompt
from reader.tui.widgets.status import Chip

if TYPE_CHECKING:
    from reader.tui.screens.base import CommandScreen
    from reader.tui.widgets.article_list import ArticleList
    from reader.tui.widgets.passage_list import PassageList

SCROLLING = {"<up>": -1, "<c-p>": -1, "<down>": 1, "<c-n>": 1}
PAGING = {"<pageup>": -1, "<pagedown>": 1}


class Filtering:
    """The live filter of a list, typed into the prompt named ``filter``. ``text`` is what is in force; *show* shows
    what it lets through."""

    def __init__(
        self, screen: CommandScreen, rows: ArticleList | PassageList, show: Callable[[], None]
    ) -> None:
        self._screen = screen
        self._rows = rows
        self._show = show
        self.text = ""
        self._before = ""  # what Escape goes back to

    @property
    def prompt(self) -> Prompt:
        return self._screen.query_one("#filter", Prompt)

    def do_filter(self, press: Pressed) -> None:
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
            self._show()

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
            self._show()
        return was

    def moved(self, token: str) -> None:
        """A key in the prompt that moves in the list below it."""
        if token in SCROLLING:
            self._rows.move(SCROLLING[token])
        elif token in PAGING:
            self._rows.page(PAGING[token])
        else:
            self.keep()

    def _close(self) -> None:
        self.prompt.display = False
        self._screen.teach()
        self._screen.set_focus(self._rows)


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
    words = " ".join(
        str(node) for node, wanted in leaves(query.root) if wanted and not isinstance(node, Field)
    )
    return (*((Chip(words),) if words else ()), *chips(query))
