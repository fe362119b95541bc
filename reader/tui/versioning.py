"""The way from an article to the versions of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.keys import Pressed

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen


class Versioning:
    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen

    def do_article_versions(self, press: Pressed) -> None:
        from reader.tui.screens.versions import VersionsScreen

        self._screen.reader.push_screen(VersionsScreen(self._screen.article_id))
