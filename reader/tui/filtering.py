"""Narrowing the list while one types, and showing how the words were understood."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol

from reader.domain.query import Query, as_typed, parse
from reader.domain.terms import Phrase, Word, leaves
from reader.storage.connection import LibraryError
from reader.tui.background import start
from reader.tui.completion import Completing
from reader.tui.keys import Pressed
from reader.tui.offering import Offering, Read
from reader.tui.widgets.completions import Completions
from reader.tui.widgets.prompt import Prompt
from reader.tui.widgets.status import Chip

if TYPE_CHECKING:
    from reader.tui.screens.base import CommandScreen
    from reader.tui.widgets.article_list import ArticleList
    from reader.tui.widgets.empty import Empty
    from reader.tui.widgets.passage_list import PassageList
    from reader.tui.widgets.status import StatusLine

SCROLLING = {"<up>": -1, "<c-p>": -1, "<down>": 1, "<c-n>": 1}
PAGING = {"<pageup>": -1, "<pagedown>": 1}
FORMS_SHOWN = 2
HINT = "tag: is: author: site: before: … · “a phrase” · -not"


class FilteredScreen(Protocol):
    """What a screen with a filter has; it is a CommandScreen besides."""

    status: StatusLine
    empty: Empty


class Filtering:
    """The live filter of a list, typed into the prompt named ``filter``, completed on the line ``filter-completions``.

    ``text`` is what is in force; *show* shows what it lets through. *offers* asks what else there is, where that is
    nothing; what it finds is counted in *unit*. *opened* is called when the prompt opens.
    """

    def __init__(
        self,
        screen: CommandScreen,
        rows: ArticleList | PassageList,
        show: Callable[[], None],
        *,
        offers: Callable[[str], Read],
        unit: str = "article",
        opened: Callable[[], None] | None = None,
    ) -> None:
        self._screen = screen
        self._rows = rows
        self._opened = opened
        self._show = show
        self._offers = offers
        self.offering = Offering(screen, self._filtered.empty, self.ask, unit=unit, changed=self._teach)
        self.text = ""
        self._before = ""  # what Escape goes back to
        self._completing: Completing | None = None

    @property
    def _filtered(self) -> FilteredScreen:
        return self._screen  # type: ignore[return-value]

    @property
    def prompt(self) -> Prompt:
        return self._screen.query_one("#filter", Prompt)

    @property
    def line(self) -> Completions:
        return self._screen.query_one("#filter-completions", Completions)

    def do_filter(self, press: Pressed) -> None:
        if self._completing is None:
            self._completing = Completing(self.prompt, self.line, changed=self._teach)
        self._before = self.text
        if self._opened is not None:
            self._opened()
        self.prompt.display = self.line.display = True
        self.line.hint = "" if self.text else HINT
        self.prompt.value = self.text
        self.prompt.cursor_position = len(self.text)
        self._screen.set_focus(self.prompt)
        self._completing.begin()
        self._teach()

    def typed(self, text: str) -> None:
        """The prompt holds *text* now."""
        self.line.hint = "" if text else HINT
        if text != self.text:
            self.offering.stop()
            self.text = text
            self._show()

    def ask(self, text: str) -> None:
        """Filter by *text* instead, in the prompt if it is open."""
        if self.prompt.display:
            self.prompt.value = text
            self.prompt.cursor_position = len(text)
        self.typed(text)

    def keep(self) -> None:
        """Enter: what is offered is taken, else the filter stays and the keys go to the list again."""
        if not self.offering.take():
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
            self.offering.stop()
            self._show()
        return was

    def moved(self, token: str) -> None:
        """A key in the prompt that moves in the list below it."""
        if token in SCROLLING:
            if not self.offering.move(SCROLLING[token]):
                self._rows.move(SCROLLING[token])
        elif token in PAGING:
            self._rows.page(PAGING[token])
        else:
            self._close()

    def show_chips(self) -> None:
        """Say how the filter was understood: at once as far as the words say it, then what the library knows."""
        self._filtered.status.chips = filter_chips(self.text)
        if self.text.strip():
            start(self._screen, self._spell_out, group="chips")

    def show_emptiness(self) -> None:
        """The filter lets nothing through."""
        self._filtered.empty.say("Nothing here matches", "Esc clears the filter · \\ searches everything")
        if not self.offering.is_open:
            self.offering.ask(self._offers(self.text))

    async def _spell_out(self) -> None:
        text = self.text
        query = as_typed(parse(text))
        try:
            spelled = await self._screen.lane.read(lambda library: library.search.spelled_out(query))
        except LibraryError:
            return  # the list itself tells
        if text == self.text:
            self._filtered.status.chips = filter_chips(text, spelled)

    def _teach(self) -> None:
        if not self.prompt.display:
            return
        enter = "Take" if self.offering.is_open else "Keep"
        tab = (("Tab", "Complete"),) if self._completing is not None and self._completing.is_offering else ()
        self._screen.teach(("Enter", enter), ("Esc", "Never mind"), *tab, ("↑ ↓", "Move"))

    def _close(self) -> None:
        self.prompt.display = self.line.display = False
        self._screen.teach()
        self._screen.set_focus(self._rows)


def chips(query: Query, spelled: Query | None = None) -> tuple[Chip, ...]:
    """What in *query* was not understood, and what was understood as more than words.

    *spelled* is what the library made of it: the inflections that count as a word, the views that are not there.
    """
    problems = (spelled or query).problems
    return (
        *(Chip(problem.told, warns=True) for problem in problems),
        *(Chip(text) for text in query.understood),
        *(Chip(text) for text in _inflected(query, spelled)),
    )


def filter_chips(text: str, spelled: Query | None = None) -> tuple[Chip, ...]:
    """The chips of a filter; its plain words are one chip of their own."""
    if not text.strip():
        return ()
    query = parse(text)
    odd = {problem.text for problem in query.problems}
    words = " ".join(
        str(part) for part in query.parts if isinstance(part, (Word, Phrase)) and part.text not in odd
    )
    parts = chips(query, spelled)
    warnings = tuple(chip for chip in parts if chip.warns)
    return (*warnings, *((Chip(words),) if words else ()), *parts[len(warnings) :])


def _inflected(query: Query, spelled: Query | None) -> Iterator[str]:
    """``annotate ~ annotated, annotations``, for words that the query itself says."""
    if spelled is None:
        return
    said = {node.text for node, _ in leaves(query.root) if isinstance(node, Word)}
    said -= {problem.text for problem in query.problems}
    for node, wanted in leaves(spelled.root):
        if wanted and isinstance(node, Word) and node.forms and node.text in said:
            more = "…" if len(node.forms) > FORMS_SHOWN else ""
            yield f"{node.text} ~ {', '.join(node.forms[:FORMS_SHOWN])}{more}"
