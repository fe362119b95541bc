"""Deciding what becomes of articles: read, star, archive, trash, tags. Works on lists and on an open article."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Literal, Protocol

from reader.domain.article import ArticleId, Summary
from reader.domain.change import Change, Marking
from reader.tui.keys import Pressed
from reader.tui.screens.base import CommandScreen

if TYPE_CHECKING:
    from reader.storage.library import Library

Fate = Literal[Marking, "trashed", "restored"]


class TriagedScreen(Protocol):
    """What a screen gives so that its articles can be triaged; it is a CommandScreen besides."""

    def targets(self) -> tuple[Summary, ...]: ...

    def repaint(self, summaries: Sequence[Summary]) -> None: ...

    def handled(self, articles: Collection[ArticleId], *, leaves: bool) -> None: ...

    def leaves(self, fate: Fate) -> bool:
        """Whether an article that meets *fate* does not belong on this screen any more."""
        ...

    def reload(self) -> None:
        """Show again what the library says: a change that was painted already did not happen."""
        ...


class Triage:
    """Every action turns over: on a selection it first makes all the same, then the opposite."""

    def __init__(self, screen: CommandScreen) -> None:
        self._screen = screen

    @property
    def _triaged(self) -> TriagedScreen:
        return self._screen  # type: ignore[return-value]

    def do_read(self, press: Pressed) -> None:
        if targets := self._targets():
            everyone = all(article.state == "read" for article in targets)
            self._mark(targets, "unread" if everyone else "read")

    def do_star(self, press: Pressed) -> None:
        if targets := self._targets():
            everyone = all(article.starred for article in targets)
            self._mark(targets, "unstarred" if everyone else "starred")

    def do_archive(self, press: Pressed) -> None:
        if targets := self._targets():
            everyone = all(article.archived for article in targets)
            self._mark(targets, "unarchived" if everyone else "archived")

    def do_trash(self, press: Pressed) -> None:
        targets = self._targets()
        if not targets:
            return
        ids = _ids(targets)
        if all(article.trashed for article in targets):
            self._write(targets, "restored", lambda library: library.articles.restore(ids))
        else:
            self._write(targets, "trashed", lambda library: library.articles.trash(ids))

    def do_tags(self, press: Pressed) -> None:
        if targets := self._targets():
            self._screen.ask(partial(self._pick_tags, targets), group="tags")

    def do_edit(self, press: Pressed) -> None:
        if targets := self._targets():
            self._screen.ask(partial(self._edit, targets[0].id), group="edit")

    # -- inside ----------------------------------------------------------------------------------------
    def _targets(self) -> tuple[Summary, ...]:
        targets = self._triaged.targets()
        if not targets:
            self._screen.say("There is no article here")
        return targets

    def _mark(self, targets: tuple[Summary, ...], marking: Marking) -> None:
        ids = _ids(targets)
        self._write(targets, marking, lambda library: library.articles.mark(ids, marking))

    def _write(self, targets: tuple[Summary, ...], fate: Fate, write: Callable[[Library], Change]) -> None:
        """Paint at once what *fate* makes of the articles, go on to the next, and have it written."""
        label = _SAID.get(fate, fate.capitalize()) + (f" {len(targets)}" if len(targets) > 1 else "")
        self._triaged.repaint([fated(article, fate) for article in targets])
        self._triaged.handled(_ids(targets), leaves=self._triaged.leaves(fate))
        self._screen.change(label, write, failed=self._triaged.reload, painted=True)

    async def _pick_tags(self, targets: tuple[Summary, ...]) -> None:
        from reader.tui.screens.tags import TagChange, TagPicker

        known = await self._screen.lane.read(lambda library: library.tags.all())
        on: dict[str, int] = {}
        for article in targets:
            for tag in article.tags:
                on[tag] = on.get(tag, 0) + 1
        title = targets[0].title if len(targets) == 1 else f"{len(targets)} articles"

        def done(picked: TagChange | None) -> None:
            if picked is not None and (picked.add or picked.remove):
                self._screen.reader.again = lambda screen: retag(screen, picked.add, picked.remove)
                self._retag(targets, picked.add, picked.remove)

        self._screen.reader.push_screen(TagPicker(title, on, len(targets), known), done)

    def _retag(self, targets: tuple[Summary, ...], add: Sequence[str], remove: Sequence[str]) -> None:
        ids = _ids(targets)
        gone = {tag.casefold() for tag in remove}
        self._triaged.repaint(
            [
                replace(
                    article,
                    tags=tuple(
                        sorted(
                            dict.fromkeys(
                                [*(tag for tag in article.tags if tag.casefold() not in gone), *add]
                            ),
                            key=str.casefold,
                        )
                    ),
                )
                for article in targets
            ]
        )
        self._triaged.handled(ids, leaves=False)
        label = " ".join([*(f"+{tag}" for tag in add), *(f"-{tag}" for tag in remove)])
        self._screen.change(
            label,
            lambda library: library.tags.apply(ids, add, remove),
            failed=self._triaged.reload,
            painted=True,
        )

    async def _edit(self, article: ArticleId) -> None:
        from reader.tui.screens.edit import EditDialog

        whole = await self._screen.lane.read(lambda library: library.articles.get(article))
        self._screen.reader.push_screen(EditDialog(whole))


_SAID: dict[str, str] = {"unread": "Marked unread", "read": "Marked read", "unstarred": "Star taken away"}


def retag(screen: CommandScreen, add: Sequence[str], remove: Sequence[str]) -> None:
    """Give the articles lit on *screen* the tags of another time; what ``.`` does after ``t``."""
    triage = next((owner for owner in screen.handlers if isinstance(owner, Triage)), None)
    if triage is not None and (targets := triage._targets()):
        triage._retag(targets, add, remove)


def fated(article: Summary, fate: Fate) -> Summary:
    """*article* as it will be."""
    match fate:
        case "read" | "unread":
            return replace(article, state=fate)
        case "starred" | "unstarred":
            return replace(article, starred=fate == "starred")
        case "archived" | "unarchived":
            return replace(article, archived=fate == "archived")
        case "trashed" | "restored":
            return replace(article, trashed=fate == "trashed")


def _ids(articles: Sequence[Summary]) -> list[ArticleId]:
    return [article.id for article in articles]
