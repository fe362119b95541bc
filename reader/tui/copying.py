"""Taking something out of an article: its address, title, a link, a citation; its page; its text for a program."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.domain.article import Summary
from reader.domain.citation import bibliography
from reader.tui.clipboard import put
from reader.tui.keys import Pressed
from reader.tui.links import open_link
from reader.tui.screens.base import CommandScreen

if TYPE_CHECKING:
    from reader.tui.triage import TriagedScreen


class Copying:
    """``o``, ``yy yt ym yc`` and ``|``, on lists and on an open article."""

    def __init__(self, screen: CommandScreen) -> None:
        self._screen = screen

    def do_browser(self, press: Pressed) -> None:
        if articles := self._targets():
            open_link(self._screen.reader, articles[0].url)

    def do_copy_url(self, press: Pressed) -> None:
        self._copy("address", lambda article: article.url or "")

    def do_copy_title(self, press: Pressed) -> None:
        self._copy("title", lambda article: article.title)

    def do_copy_link(self, press: Pressed) -> None:
        self._copy("link", markdown_link)

    def do_copy_citation(self, press: Pressed) -> None:
        if articles := self._targets():
            text = bibliography(articles, style=self._screen.reader.config.citation)
            copy(self._screen, text, "citation" if len(articles) == 1 else f"{len(articles)} citations")

    def do_pipe(self, press: Pressed) -> None:
        if articles := self._targets():
            from reader.tui.piping import ask_program

            ask_program(self._screen, articles)

    def _targets(self) -> tuple[Summary, ...]:
        screen: TriagedScreen = self._screen  # type: ignore[assignment]
        targets = screen.targets()
        if not targets:
            self._screen.say("There is no article here")
        return targets

    def _copy(self, what: str, of: Callable[[Summary], str]) -> None:
        targets = self._targets()
        lines = [line for article in targets if (line := of(article))]
        if lines:
            copy(self._screen, "\n".join(lines), what if len(lines) == 1 else f"{len(lines)} of them")
        elif targets:
            self._screen.say(f"This article has no {what}")


def copy(screen: CommandScreen, text: str, what: str) -> None:
    """Put *text* on the clipboard through the terminal, and say so."""
    screen.say(put(screen.reader, text, what))


def markdown_link(article: Summary) -> str:
    """``""`` if there is nothing to link to."""
    title = article.title.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return f"[{title}](<{article.url}>)" if article.url else ""
