"""Deciding what becomes of articles: read, star, archive, trash, tags. Works on lists and on an open article."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal, Protocol

from reader.domain.article import ArticleId, Summary
from reader.domain.change import Change, Marking
from reader.domain.retagging import retagged
from reader.tui.batch import Batch, Meaning, act_on
from reader.tui.keys import Pressed
from reader.tui.screens.base import CommandScreen

if TYPE_CHECKING:
    from reader.storage.library import Library

Fate = Literal[Marking, "trashed", "restored"]


class TriagedScreen(Meaning, Protocol):
    """What a screen gives so that its articles can be triaged; it is a CommandScreen besides."""

    def repaint(self, summaries: Sequence[Summary]) -> None: ...

    def repaint_all(
        self, articles: Collection[ArticleId], change: Callable[[Summary], Summary]
    ) -> Callable[[], None]: ...

    def handled(self, articles: Collection[ArticleId], *, leaves: bool) -> None: ...

    def leaves(self, fate: Fate) -> bool:
        """Whether an article that meets *fate* does not belong on this screen any more."""
        ...

    def reload(self) -> None:
        """Show again what the library says: a change that was painted already did not happen."""
        ...


class Triage:
    """Every action turns over: on a selection it first makes all the same, then the opposite.

    Nothing is asked, however many articles are meant: how many is on screen before, said afterwards, and one ``u``
    takes all of it back.
    """

    def __init__(self, screen: CommandScreen) -> None:
        self._screen = screen

    @property
    def _triaged(self) -> TriagedScreen:
        return self._screen  # type: ignore[return-value]

    def do_read(self, press: Pressed) -> None:
        act_on(self._screen, lambda batch: self._mark(batch, batch.standing.read, "read", "unread"))

    def do_star(self, press: Pressed) -> None:
        act_on(self._screen, lambda batch: self._mark(batch, batch.standing.starred, "starred", "unstarred"))

    def do_archive(self, press: Pressed) -> None:
        act_on(
            self._screen, lambda batch: self._mark(batch, batch.standing.archived, "archived", "unarchived")
        )

    def do_trash(self, press: Pressed) -> None:
        act_on(self._screen, self._trash)

    def do_tags(self, press: Pressed) -> None:
        act_on(self._screen, lambda batch: self._screen.ask(partial(self._pick_tags, batch), group="tags"))

    def do_edit(self, press: Pressed) -> None:
        act_on(self._screen, lambda batch: self._screen.ask(partial(self._edit, batch.ids[0]), group="edit"))

    # -- inside ----------------------------------------------------------------------------------------
    def _mark(self, batch: Batch, number: int, marking: Marking, opposite: Marking) -> None:
        """*number* of them are so already: if it is all, the opposite is meant."""
        wanted = opposite if number == len(batch.ids) else marking
        self._write(batch, wanted, lambda library: library.articles.mark(batch.ids, wanted))

    def _trash(self, batch: Batch) -> None:
        if batch.standing.trashed == len(batch.ids):
            self._write(batch, "restored", lambda library: library.articles.restore(batch.ids))
        else:
            self._write(batch, "trashed", lambda library: library.articles.trash(batch.ids))

    def _write(self, batch: Batch, fate: Fate, write: Callable[[Library], Change]) -> None:
        """Paint at once what *fate* makes of the articles, go on to the next, and have it written."""
        label = _SAID.get(fate, fate.capitalize()) + _number(batch) + _with_copies(batch)
        self._act(batch, label, partial(fated, fate=fate), write, leaves=self._triaged.leaves(fate))

    async def _pick_tags(self, batch: Batch) -> None:
        from reader.tui.screens.tags import TagChange, TagPicker
        from reader.tui.suggesting import suggestions

        known = await self._screen.lane.read(lambda library: library.tags.all())
        number = len(batch.ids)
        told = f"{number:,} article{'s' * (number != 1)}"
        title = batch.summaries[0].title if batch.summaries and batch.is_one else told

        def done(picked: TagChange | None) -> None:
            if picked is not None and (picked.add or picked.remove):
                self._screen.reader.again = lambda screen: retag(screen, picked.add, picked.remove)
                self._retag(batch, picked.add, picked.remove)

        bearing, of = batch.standing.tags, batch.standing.articles
        suggest = partial(suggestions, self._screen.lane, batch.ids)
        self._screen.reader.push_screen(TagPicker(title, bearing, of, known, suggest=suggest), done)

    def _retag(self, batch: Batch, add: Sequence[str], remove: Sequence[str]) -> None:
        label = " ".join([*(f"+{tag}" for tag in add), *(f"-{tag}" for tag in remove)])
        if not batch.is_one:
            label += f" ·{_number(batch)} articles{_with_copies(batch)}"
        self._act(
            batch,
            label,
            partial(_retagged, add=add, remove=remove),
            lambda library: library.tags.apply(batch.ids, add, remove),
        )

    def _act(
        self,
        batch: Batch,
        label: str,
        change: Callable[[Summary], Summary],
        write: Callable[[Library], Change],
        *,
        leaves: bool = False,
    ) -> None:
        shown: Callable[[], None] | None = None
        if batch.summaries:
            self._triaged.repaint([change(article) for article in batch.summaries])
        elif not leaves:
            shown = self._triaged.repaint_all(batch.ids, change)
        self._triaged.handled(batch.ids, leaves=leaves)

        def ended(_: Change | None = None) -> None:
            if shown is not None:
                shown()
            if not batch.summaries and self._screen.is_attached:  # rows that were never here came or went
                self._triaged.reload()

        def failed() -> None:
            ended()
            self._triaged.reload()

        self._screen.change(label, write, done=ended, failed=failed, painted=True)

    async def _edit(self, article: ArticleId) -> None:
        from reader.tui.screens.edit import EditDialog

        whole = await self._screen.lane.read(lambda library: library.articles.get(article))
        self._screen.reader.push_screen(EditDialog(whole))


_SAID: dict[str, str] = {"unread": "Marked unread", "read": "Marked read", "unstarred": "Star taken away"}


def retag(screen: CommandScreen, add: Sequence[str], remove: Sequence[str]) -> None:
    """Give the articles lit on *screen* the tags of another time; what ``.`` does after ``t``."""
    triage = next((owner for owner in screen.handlers if isinstance(owner, Triage)), None)
    if triage is not None:
        act_on(screen, lambda batch: triage._retag(batch, add, remove))


def _retagged(article: Summary, *, add: Sequence[str], remove: Sequence[str]) -> Summary:
    return article._replace(tags=tuple(sorted(retagged(article.tags, add, remove), key=str.casefold)))


def fated(article: Summary, fate: Fate) -> Summary:
    """*article* as it will be."""
    match fate:
        case "read" | "unread":
            return article._replace(state=fate)
        case "starred" | "unstarred":
            return article._replace(starred=fate == "starred")
        case "archived" | "unarchived":
            return article._replace(archived=fate == "archived")
        case "trashed" | "restored":
            return article._replace(trashed=fate == "trashed")


def _number(batch: Batch) -> str:
    return "" if batch.is_one else f" {len(batch.ids):,}"


def _with_copies(batch: Batch) -> str:
    if not batch.copies:
        return ""
    return f": with {batch.copies:,} cop{'ies' if batch.copies > 1 else 'y'}"


def label_of(fate: Fate, number: int) -> str:
    """What is said when *number* articles have met *fate*."""
    return _SAID.get(fate, fate.capitalize()) + (f" {number:,}" if number != 1 else "")


def writing(fate: Fate, articles: Sequence[ArticleId]) -> Callable[[Library], Change]:
    """How *articles* come to meet *fate*."""
    if fate == "trashed":
        return lambda library: library.articles.trash(articles)
    if fate == "restored":
        return lambda library: library.articles.restore(articles)
    return lambda library: library.articles.mark(articles, fate)


def meet(screen: CommandScreen, fate: Fate) -> None:
    """Have what is lit on *screen* meet *fate*, whatever it met before; what the command line asks for."""
    triage = next((owner for owner in screen.handlers if isinstance(owner, Triage)), None)
    if triage is not None:
        act_on(screen, lambda batch: triage._write(batch, fate, writing(fate, batch.ids)))
