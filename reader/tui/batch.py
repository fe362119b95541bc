"""What an action applies to, be it the row under the cursor or every article that a query finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from reader.domain.article import ArticleId, Summary
from reader.domain.standing import Standing
from reader.tui.screens.base import CommandScreen

if TYPE_CHECKING:
    from reader.storage.library import Library

Whole = Callable[["Library"], Sequence[ArticleId]]
"""Asks the library which articles are meant."""

NOTHING = "There is no article here"
READ_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class WithCopies:
    """Articles that are meant with the copies that stand behind their rows; what is asked about each by itself, as its
    title, is asked of the ``rows`` alone."""

    rows: Sequence[ArticleId]
    ids: Sequence[ArticleId]

    def __call__(self, library: Library) -> Sequence[ArticleId]:
        return self.ids


@dataclass(frozen=True, slots=True)
class Batch:
    """``summaries`` are those of all of them; none where the screen does not hold them all. So many ``copies`` of
    others are among them."""

    ids: Sequence[ArticleId]
    standing: Standing
    summaries: tuple[Summary, ...] = ()
    copies: int = 0

    @property
    def is_one(self) -> bool:
        return len(self.ids) == 1


class Meaning(Protocol):
    """What a screen gives so that actions know what they apply to; it is a CommandScreen besides."""

    def targets(self) -> tuple[Summary, ...]:
        """The articles that are meant, if nothing is :meth:`beyond`."""
        ...

    def beyond(self) -> Whole | None:
        """How to learn which articles are meant, where there are more than the screen holds the rows of."""
        ...


def act_on(screen: CommandScreen, act: Callable[[Batch], None]) -> None:
    """Have *act* done to what is meant: at once if its rows are at hand, else when the library has named it, and
    what is pressed meanwhile waits. That nothing is meant is said."""
    meaning: Meaning = screen  # type: ignore[assignment]
    beyond = meaning.beyond()
    if beyond is not None:
        screen.ask(partial(_act_beyond, screen, beyond, act), group="batch")
    elif targets := meaning.targets():
        act(Batch([article.id for article in targets], Standing.of(targets), targets))
    else:
        screen.say(NOTHING)


def read_of(screen: CommandScreen, act: Callable[[tuple[Summary, ...]], None]) -> None:
    """The same for what needs all the summaries."""
    meaning: Meaning = screen  # type: ignore[assignment]
    beyond = meaning.beyond()
    if beyond is not None:
        screen.ask(partial(_read_beyond, screen, beyond, act), group="batch")
    elif targets := meaning.targets():
        act(targets)
    else:
        screen.say(NOTHING)


async def _act_beyond(screen: CommandScreen, beyond: Whole, act: Callable[[Batch], None]) -> None:
    batch = await screen.lane.read(partial(_named, beyond))
    if batch.ids:
        act(batch)
    else:
        screen.say(NOTHING)


async def _read_beyond(
    screen: CommandScreen, beyond: Whole, act: Callable[[tuple[Summary, ...]], None]
) -> None:
    ids = beyond.rows if isinstance(beyond, WithCopies) else await screen.lane.read(beyond)
    summaries: list[Summary] = []
    for start in range(0, len(ids), READ_AT_ONCE):
        some = ids[start : start + READ_AT_ONCE]
        summaries += await screen.lane.read(partial(_summaries, some))
    if summaries:
        act(tuple(summaries))
    else:
        screen.say(NOTHING)


def _named(beyond: Whole, library: Library) -> Batch:
    from reader.storage.standing import standing

    ids = beyond(library)
    copies = len(ids) - len(beyond.rows) if isinstance(beyond, WithCopies) else 0
    return Batch(ids, standing(library, ids), copies=copies)


def _summaries(ids: Sequence[ArticleId], library: Library) -> list[Summary]:
    return library.articles.summaries(ids)
