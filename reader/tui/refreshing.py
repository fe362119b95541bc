"""Fetching what is under the cursor: the text of a link, or a page once more; and taking a text from a saved page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.article import ArticleId, Summary
from reader.tui.batch import Batch, act_on, read_of
from reader.tui.keys import Pressed
from reader.tui.screens.base import CommandScreen

if TYPE_CHECKING:
    from reader.storage.library import Library

HOSTS_NAMED = 3


class Refreshing:
    """Works on lists and on an open article. A host that was never asked before is named first."""

    def __init__(self, screen: CommandScreen) -> None:
        self._screen = screen

    def do_fetch(self, press: Pressed) -> None:
        read_of(self._screen, self._fetch)

    def do_refresh(self, press: Pressed) -> None:
        act_on(self._screen, self._refresh)

    def do_replace(self, press: Pressed) -> None:
        read_of(self._screen, self._replace)

    def fetch(self, articles: Sequence[ArticleId]) -> None:
        """Fetch those of *articles* that are links."""
        self._screen.reader.fetching.ask(articles)

    def refresh(self, articles: Sequence[ArticleId]) -> None:
        """Fetch *articles* again, once the reader has agreed to the hosts that are new."""
        self._screen.ask(partial(self._plan, tuple(articles)), group="refresh")

    # -- inside ----------------------------------------------------------------------------------------
    def _fetch(self, summaries: tuple[Summary, ...]) -> None:
        links = [summary.id for summary in summaries if summary.unfetched is not None]
        if links:
            self.fetch(links)
        else:
            self._screen.say(
                "Its text is here · gR fetches it again" if len(summaries) == 1 else "No link among them"
            )

    def _refresh(self, batch: Batch) -> None:
        self.refresh(batch.ids)

    async def _plan(self, articles: Sequence[ArticleId]) -> None:
        wanted, hosts = await self._screen.lane.read(partial(_hosts, articles))
        if not wanted:
            self._screen.say(
                "It has no address to fetch it from" if len(articles) == 1 else "None has an address"
            )
            return

        def go_on(yes: bool | None = True) -> None:
            if yes:
                self._screen.reader.fetching.ask(wanted, anew=True)
            else:
                self._screen.say("Nothing was fetched")

        if not hosts:
            go_on()
            return
        from reader.tui.screens.confirm import Confirm

        more = f" and {len(hosts) - HOSTS_NAMED} more" if len(hosts) > HOSTS_NAMED else ""
        named = ", ".join(hosts[:HOSTS_NAMED]) + more
        detail = "Nothing was fetched from there so far. Its server learns that somebody reads the page."
        self._screen.reader.push_screen(Confirm(f"Fetch from {named}?", detail=detail), go_on)

    def _replace(self, summaries: tuple[Summary, ...]) -> None:
        if len(summaries) != 1 or not summaries[0].url:
            self._screen.say("A saved page takes the place of one article that has an address")
            return
        from reader.tui.screens.add import AddDialog

        self._screen.reader.push_screen(AddDialog(url=summaries[0].url))


def _hosts(articles: Sequence[ArticleId], library: Library) -> tuple[list[ArticleId], list[str]]:
    """Those of *articles* that have an address, and the hosts among theirs that nobody has asked yet."""
    wanted = library.fetching.wanted(articles)
    known = library.fetching.hosts()
    return [one.article for one in wanted], sorted({one.host for one in wanted} - known)
