"""Other things to ask where a query has found nothing: lines in the empty place, taken with Enter."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.passage import Offer
from reader.domain.query import as_typed, parse
from reader.storage.connection import LibraryError
from reader.tui.background import start
from reader.tui.views import View, narrowed
from reader.tui.widgets.menu import Choice

if TYPE_CHECKING:
    from reader.storage.library import Library
    from reader.tui.screens.base import CommandScreen
    from reader.tui.widgets.empty import Empty

PAUSE = 0.25  # seconds after the last key
GROUP = "offers"
MANY = 1000
NARROW = 60  # columns below which the word that is offered needs the room of the unit


@dataclass(frozen=True, slots=True)
class Way:
    """A query to ask instead; with ``everywhere`` of the whole library, not of this list."""

    title: str
    text: str
    found: int
    everywhere: bool = False


Read = Callable[["Library"], Sequence[Way]]


class Offering:
    """Shows ways on in *empty*. *take* asks this screen for another text; *unit* is what is counted; *changed* is
    called when the ways come or go."""

    def __init__(
        self,
        screen: CommandScreen,
        empty: Empty,
        take: Callable[[str], None],
        *,
        unit: str = "article",
        changed: Callable[[], None] | None = None,
    ) -> None:
        self._screen = screen
        self._empty = empty
        self._take = take
        self._unit = unit
        self._changed = changed
        self._ways: tuple[Way, ...] = ()

    @property
    def is_open(self) -> bool:
        return bool(self._ways)

    def ask(self, read: Read) -> None:
        """Nothing was found: after a pause look for what would find something."""
        self.stop()
        start(self._screen, partial(self._look, read), group=GROUP)

    def stop(self) -> None:
        """Something else is being asked."""
        self._screen.workers.cancel_group(self._screen, GROUP)
        self._show(())

    def move(self, rows: int) -> bool:
        """Light another line; whether there are any."""
        if self._ways:
            self._empty.menu.move(rows)
        return self.is_open

    def take(self) -> bool:
        """Ask what is lit; whether anything was."""
        if not self._ways:
            return False
        way = self._ways[self._empty.menu.cursor]
        self.stop()
        if way.everywhere:
            from reader.tui.screens.search import SearchScreen

            self._screen.reader.push_screen(SearchScreen(way.text))
        else:
            self._take(way.text)
        return True

    async def _look(self, read: Read) -> None:
        await asyncio.sleep(PAUSE)
        try:
            self._show(tuple(await self._screen.lane.read(read)))
        except LibraryError:
            self._show(())  # the search itself tells what is wrong

    def _show(self, ways: tuple[Way, ...]) -> None:
        was = self.is_open
        self._ways = ways
        choices = [
            Choice(str(place), way.title, key=self._counted(way.found)) for place, way in enumerate(ways)
        ]
        self._empty.offer(choices, "Enter takes what is lit" + (" · ↑ ↓ move" if len(choices) > 1 else ""))
        if was != self.is_open and self._changed is not None:
            self._changed()

    def _counted(self, found: int) -> str:
        number = f"{MANY}+" if found > MANY else f"{found:,}"
        if self._screen.size.width < NARROW:
            return number
        return f"{number} {self._unit}{'s' * (found != 1)}"


def ways_of(offers: Sequence[Offer]) -> list[Way]:
    return [
        Way(
            f"did you mean {offer.instead}?" if offer.instead else f"without {offer.changed}",
            offer.text,
            offer.found,
        )
        for offer in offers
    ]


def ways_from(view: View, text: str) -> Read:
    """What would let something of *view* through, and whether *text* is found outside of it."""

    def read(library: Library) -> list[Way]:
        search = library.search
        ways = ways_of(
            search.offers(
                parse(text), count=lambda query: search.count(narrowed(view, str(query)), scope="list")
            )
        )
        if everywhere := search.count(as_typed(parse(text))):
            ways.append(Way("search everything", text, everywhere, everywhere=True))
        return ways

    return read


def ways_in_all(text: str) -> Read:
    return lambda library: ways_of(library.search.offers(parse(text)))
