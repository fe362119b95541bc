"""The versions of an article's text: what each changed, where the highlights are in it, and going back to one."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from reader.domain.article import ArticleId
from reader.domain.change import Switch
from reader.domain.document import Document
from reader.domain.version import Version, highlights_in_words
from reader.storage.connection import LibraryError
from reader.tui.background import start
from reader.tui.comparing import Comparison, Placed, compare, counts, head_lines
from reader.tui.keys import Pressed
from reader.tui.screens.base import CommandScreen
from reader.tui.widgets.difference import DifferenceColumn
from reader.tui.widgets.empty import Empty
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.status import StatusLine
from reader.tui.widgets.version_list import VersionList

if TYPE_CHECKING:
    from reader.storage.library import Library

PAUSE = 0.05  # seconds for which a version is under the cursor before it is compared
PATIENCE = 0.1  # seconds after which it is said that something is being compared
WIDTHS = [(0, "-narrow"), (90, "-wide")]  # columns of the terminal
KEPT = 8  # comparisons that are kept: each holds two texts


class VersionsScreen(CommandScreen):
    """``shown`` is the number of the version under the cursor; at first the one that is current.

    The current version is compared with the one before it, any other with the current one: what Enter would change.
    """

    HORIZONTAL_BREAKPOINTS = WIDTHS

    def __init__(self, article: ArticleId) -> None:
        super().__init__(mode="versions")
        self.article = article
        self.list = VersionList(id="versions")
        self.difference = DifferenceColumn(id="difference")
        self.empty = Empty(id="empty")
        self.status = StatusLine()
        self.versions: tuple[Version, ...] = ()
        self.shown: int | None = None
        self._comparisons: dict[tuple[int, int | None], Comparison] = {}
        self._generation = 0  # of what the library said: what was found out of an older one is of no use

    def compose(self) -> ComposeResult:
        with Horizontal(id="versions-body"):
            yield self.list
            yield self.difference
        yield self.empty
        yield self.status
        yield CommandFooter()

    def on_mount(self) -> None:
        self._show_body(False)
        self.reload()

    # -- what the library says ---------------------------------------------------------------------------
    def library_changed(self, articles: tuple[ArticleId, ...]) -> None:
        if not articles or self.article in articles:
            self.reload()

    def reload(self) -> None:
        self._generation += 1
        self._comparisons.clear()
        start(self, self._load, group="versions")

    async def _load(self) -> None:
        try:
            versions = await self.lane.read(lambda library: library.versions.of(self.article))
        except LibraryError as error:
            self.reader.fail(error)
            self.dismiss(None)
            return
        self.versions = tuple(versions)
        self.status.place = "Versions"
        numbers = {version.number for version in versions}
        self.list.show(versions, lit=self.shown if self.shown in numbers else self._current.number)
        self.teach(*([("q", "Back")] if len(versions) == 1 else []))
        if len(versions) == 1:
            words = f"{versions[0].words:,} word{'s' * (versions[0].words != 1)}"
            made = versions[0].made.astimezone().strftime("%Y-%m-%d")
            self._show_body(False)
            self.empty.say(
                f"Only one version: {words} of {made}",
                "another one comes when the source is added again with other words",
            )
            return
        self._compare()
        start(self, partial(self._count, self._generation), group="counts")

    async def _count(self, generation: int) -> None:
        """Where the highlights are in each version: found out one after the other, while keys are answered."""
        for version in self.versions:
            placed = await self.lane.read(partial(_placed, article=self.article, number=version.number))
            if generation != self._generation:
                return
            self.list.tell(version.number, counts(placed))

    # -- comparing ---------------------------------------------------------------------------------------
    @property
    def _current(self) -> Version:
        return next((version for version in self.versions if version.current), self.versions[0])

    def _beside(self, shown: Version) -> Version | None:
        """The version that *shown* is compared with."""
        if not shown.current:
            return self._current
        older = (version for version in self.versions if version.number < shown.number)
        return next(older, None)

    def _compare(self) -> None:
        shown = self.list.lit
        if shown is not None:
            self.shown = shown.number
            start(self, partial(self._compared, shown, self._beside(shown)), group="difference")

    async def _compared(self, shown: Version, other: Version | None) -> None:
        key = (shown.number, other.number if other else None)
        generation = self._generation
        waiting = self.set_timer(PATIENCE, self._say_comparing)
        try:
            if key not in self._comparisons:
                if self.difference.display:
                    await asyncio.sleep(PAUSE)  # who goes on to another version does not wait for this one
                comparison = await self._make(shown, other)
                if generation != self._generation:
                    return
                if len(self._comparisons) >= KEPT:
                    del self._comparisons[next(iter(self._comparisons))]
                self._comparisons[key] = comparison
        finally:
            waiting.stop()
        self._show(self._comparisons[key])

    async def _make(self, shown: Version, other: Version | None) -> Comparison:
        read = partial(_texts, article=self.article, shown=shown, other=other)
        document, before, placed = await self.lane.read(read)
        return await asyncio.to_thread(compare, shown, document, other, before, placed)

    def _say_comparing(self) -> None:
        self.status.position = "comparing…"
        if not self.difference.display:
            self.empty.say("Comparing…")

    def _show(self, comparison: Comparison) -> None:
        self.empty.say("")
        self._show_body(True)
        self.difference.show(comparison.merged, partial(head_lines, comparison))
        self._tell_position()

    def _show_body(self, shown: bool) -> None:
        self.query_one("#versions-body").display = shown
        self.list.display = self.difference.display = shown

    def _tell_position(self) -> None:
        total, lit = len(self.difference.changes), self.difference.lit
        if lit is not None:
            self.status.position = f"{lit + 1:,}/{total:,}"
        else:
            self.status.position = f"{total:,} change{'s' * (total != 1)}" if total else ""

    # -- keys --------------------------------------------------------------------------------------------
    def do_versions_use(self, press: Pressed) -> None:
        version = self.list.lit
        if version is None:
            return
        if version.current:
            self.say(f"Version {version.number} is the text already")
            return
        self._paint_current(version.number)
        self.change(
            f"version {version.number} is the text now",
            lambda library: library.versions.use(self.article, version.number),
            done=self._used,
            failed=self.reload,
            painted=True,
        )

    def _paint_current(self, number: int) -> None:
        """Before the library has answered."""
        from dataclasses import replace

        self.versions = tuple(replace(one, current=one.number == number) for one in self.versions)
        self.list.show(self.versions, lit=number)

    def _used(self, switch: Switch) -> None:
        if switch.history is not None:
            highlights = highlights_in_words(switch.placed, switch.review, switch.orphan)
            said = f"version {switch.version} is the text now"
            self.say(" · ".join(filter(None, (said, highlights, "u undo"))))

    def do_versions_older(self, press: Pressed) -> None:
        self._turn(press.count or 1, "The oldest version")

    def do_versions_newer(self, press: Pressed) -> None:
        self._turn(-(press.count or 1), "The newest version")

    def _turn(self, rows: int, at_end: str) -> None:
        if self.list.move(rows):
            self._compare()
        else:
            self.say(at_end)

    @on(VersionList.Picked)
    def _picked(self, message: VersionList.Picked) -> None:
        numbers = [version.number for version in self.versions]
        self._turn(numbers.index(message.number) - self.list.cursor, "")

    def do_versions_next_change(self, press: Pressed) -> None:
        self._step(press.count or 1, "No change below")

    def do_versions_previous_change(self, press: Pressed) -> None:
        self._step(-(press.count or 1), "No change above")

    def _step(self, steps: int, otherwise: str) -> None:
        if self.difference.step(steps):
            self._tell_position()
        else:
            self.say(otherwise)

    def do_versions_down(self, press: Pressed) -> None:
        self._scrolled(self.difference.scroll_lines(press.count or 1), "The end")

    def do_versions_up(self, press: Pressed) -> None:
        self._scrolled(self.difference.scroll_lines(-(press.count or 1)), "The beginning")

    def do_versions_page_down(self, press: Pressed) -> None:
        self._scrolled(self.difference.page_down(press.count or 1), "The end")

    def do_versions_page_up(self, press: Pressed) -> None:
        self._scrolled(self.difference.page_up(press.count or 1), "The beginning")

    def do_versions_half_down(self, press: Pressed) -> None:
        self._scrolled(self.difference.half_page(press.count or 1), "The end")

    def do_versions_half_up(self, press: Pressed) -> None:
        self._scrolled(self.difference.half_page(-(press.count or 1)), "The beginning")

    def do_versions_top(self, press: Pressed) -> None:
        self._scrolled(self.difference.top(), "")

    def do_versions_end(self, press: Pressed) -> None:
        self._scrolled(self.difference.end(), "")

    def _scrolled(self, moved: bool, otherwise: str) -> None:
        if moved:
            self._tell_position()
        elif otherwise and self.difference.display:
            self.say(otherwise)

    def do_versions_back(self, press: Pressed) -> None:
        self.dismiss(None)


def _placed(library: Library, article: ArticleId, number: int) -> Placed:
    return library.versions.placements(article, number)


def _texts(
    library: Library, article: ArticleId, shown: Version, other: Version | None
) -> tuple[Document, Document, Placed]:
    """What is shown, what it is compared with (the same where there is nothing), and where the highlights are."""
    document = library.versions.document(article, shown.number)
    before = library.versions.document(article, other.number) if other else document
    return document, before, library.versions.placements(article, shown.number)
