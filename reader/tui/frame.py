"""The first frame of an article."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen

PATIENCE = 0.1  # seconds that the screen before may stay while an article is fetched


class Frame:
    """Nothing is painted until the article is there: an empty page would flash. Not for long, though."""

    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen
        self._held: ExitStack | None = None

    def hold(self) -> None:
        self._held = ExitStack()
        self._held.enter_context(self._screen.app.batch_update())
        self._screen.set_timer(PATIENCE, self.show)

    def show(self) -> None:
        """Paint from now on."""
        held, self._held = self._held, None
        if held is not None:
            held.close()
            self._screen.refresh()
