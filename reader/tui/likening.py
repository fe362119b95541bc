"""What becomes of an article that is similar to another one: a version of it, or an article of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.domain.article import ArticleId, Summary
from reader.tui.batch import NOTHING
from reader.tui.keys import Pressed
from reader.tui.screens.base import CommandScreen
from reader.tui.widgets.bar import clipped

if TYPE_CHECKING:
    from reader.domain.alike import Similar
    from reader.tui.batch import Meaning
    from reader.tui.triage import TriagedScreen

GLIMPSE = 40  # cells of a title in the status line


class Likening:
    """Works on lists and on an open article: that makes ready for being gone *before* two are made one, and *then*
    shows the one that is left."""

    def __init__(
        self,
        screen: CommandScreen,
        *,
        before: Callable[[], None] | None = None,
        then: Callable[[ArticleId], None] | None = None,
    ) -> None:
        self._screen = screen
        self._before = before
        self._then = then

    def do_same(self, press: Pressed) -> None:
        """``g=``: the texts of this article are versions of the other one."""
        if (pair := self._pair()) is None:
            return
        article, similar = pair
        kept = similar.article
        meaning: TriagedScreen = self._screen  # type: ignore[assignment]
        if self._before is not None:
            self._before()

        def joined(_: object) -> None:
            if self._then is not None and self._screen.is_attached:
                self._then(kept)

        self._screen.change(
            f"a version of {_named(similar)} now",
            lambda library: library.duplicates.join(article.id, kept),
            done=joined,
            failed=meaning.reload,
        )

    def do_different(self, press: Pressed) -> None:
        """``g!``: nothing more is said of the two."""
        if (pair := self._pair()) is None:
            return
        article, similar = pair
        self._screen.change(
            f"not the same as {_named(similar)}",
            lambda library: library.duplicates.settle(article.id, similar.article),
        )

    def _pair(self) -> tuple[Summary, Similar] | None:
        """The article that is meant with the one that it is similar to; that there is none is said."""
        meaning: Meaning = self._screen  # type: ignore[assignment]
        meant = meaning.targets()
        if len(meant) == 1 and meant[0].similar is not None:
            return meant[0], meant[0].similar
        self._screen.say(
            NOTHING
            if not meant
            else "It is similar to no other article"
            if len(meant) == 1
            else "This is decided for one article at a time"
        )
        return None


def _named(similar: Similar) -> str:
    """Lists show no numbers: what an article is called says more."""
    return f"“{clipped(similar.title, GLIMPSE)}”"
