"""What is done to the highlights of the commonplace book: the selected ones, else the one that is lit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reader.commands import COLOUR_KEYS
from reader.domain.change import Change
from reader.domain.commonplace import Entry
from reader.domain.highlight import Highlight, HighlightId
from reader.domain.quoting import passage
from reader.domain.retagging import retagged
from reader.tui.copying import copy
from reader.tui.keys import Pressed
from reader.tui.noting import note_on

if TYPE_CHECKING:
    from reader.storage.library import Library
    from reader.tui.screens.base import CommandScreen
    from reader.tui.screens.highlights import HighlightsScreen

NOTHING = "There is no passage here"
Lesson = tuple[tuple[str, str], ...]
SELECTED: Lesson = (
    ("highlights.recolour", "Colour"),
    ("highlights.tag", "Tag"),
    ("highlights.delete", "Delete"),
    ("highlights.copy_quote", "Copy quotes"),
    ("highlights.back", "Let go"),
)
REVIEWED: Lesson = (
    ("highlights.accept", "Accept"),
    ("highlights.refuse", "Refuse"),
    ("highlights.open", "Open"),
    ("highlights.grouping", "Grouping"),
    ("highlights.filter", "Filter"),
)
LOST: Lesson = (
    ("highlights.accept", "Attach by hand"),
    ("highlights.comment", "Note"),
    ("highlights.delete", "Delete"),
    ("highlights.grouping", "Grouping"),
    ("highlights.filter", "Filter"),
)


def lesson(chosen: int, current: Entry | None) -> Lesson:
    """Ids of the commands that are worth teaching now, with titles; none = the mode's own."""
    if chosen:
        return SELECTED
    status = current.highlight.placement.status if current is not None else "anchored"
    return {"review": REVIEWED, "orphan": LOST}.get(status, ())


class Collecting:
    """Painted at once; however many there are, it is one action that one ``u`` takes back."""

    def __init__(self, screen: HighlightsScreen) -> None:
        self._screen = screen

    # -- selecting -------------------------------------------------------------------------------------
    def do_highlights_select(self, press: Pressed) -> None:
        rows = self._screen.passages
        self._screen.end_range()
        for _ in range(press.count or 1):
            if rows.current is None:
                return
            rows.choose(rows.current.highlight.id)
            if not rows.move(1):
                break
        self._screen.show_position()

    def do_highlights_range(self, press: Pressed) -> None:
        self._screen.turn_range()

    def do_highlights_all(self, press: Pressed) -> None:
        """All that are shown; if all are selected already, none."""
        rows = self._screen.passages
        self._screen.end_range()
        if len(rows.chosen) == len(rows.entries()):
            rows.choose_none()
        else:
            rows.choose_all()
        self._screen.show_position()

    # -- changing --------------------------------------------------------------------------------------
    def do_highlights_recolour(self, press: Pressed) -> None:
        colour = COLOUR_KEYS[press.argument]
        self._edit(
            self._targets(),
            colour,
            lambda highlight: replace(highlight, colour=colour),
            lambda library, ids: library.highlights.edit_all(ids, colour=colour),
        )

    def do_highlights_tag(self, press: Pressed) -> None:
        if targets := self._targets():
            self._screen.ask(partial(self._pick_tags, targets), group="tags")

    def do_highlights_delete(self, press: Pressed) -> None:
        if not (targets := self._targets()):
            return
        ids = _ids(targets)
        self._screen.take_out(ids)
        label = "highlight deleted" if len(ids) == 1 else f"{len(ids)} highlights deleted"
        self._write(label, lambda library: library.highlights.remove(ids))

    def do_highlights_comment(self, press: Pressed) -> None:
        current = self._screen.passages.current
        if current is None:
            self._screen.say(NOTHING)
            return
        id = current.highlight.id
        note_on(self._screen, current.highlight, lambda: id)

    async def _pick_tags(self, targets: Sequence[Entry]) -> None:
        from reader.tui.screens.tags import TagChange, TagPicker

        known = await self._screen.lane.read(lambda library: library.tags.all())
        bearing: dict[str, int] = {}
        for entry in targets:
            for tag in entry.highlight.tags:
                bearing[tag] = bearing.get(tag, 0) + 1

        def picked(change: TagChange | None) -> None:
            if change is not None:
                self._screen.reader.again = lambda screen: _tags_again(screen, change.add, change.remove)
                self._retag(targets, change.add, change.remove)

        first = f"“{' '.join(targets[0].highlight.anchor.exact.split())}”"
        title = first if len(targets) == 1 else f"{len(targets)} passages"
        self._screen.reader.push_screen(TagPicker(title, bearing, len(targets), known), picked)

    def _retag(self, targets: Sequence[Entry], add: Sequence[str], remove: Sequence[str]) -> None:
        label = " ".join([*(f"+{tag}" for tag in add), *(f"-{tag}" for tag in remove)])
        self._edit(
            targets,
            label,
            lambda highlight: replace(highlight, tags=retagged(highlight.tags, add, remove)),
            lambda library, ids: library.highlights.edit_all(ids, tags_add=add, tags_remove=remove),
        )

    def retag_targets(self, add: Sequence[str], remove: Sequence[str]) -> None:
        if targets := self._targets():
            self._retag(targets, add, remove)

    def retag_shown(self, add: Sequence[str], remove: Sequence[str]) -> None:
        """The selected passages, else all that the filter lets through; several are asked about."""
        rows = self._screen.passages
        targets = rows.targets() if rows.chosen else rows.entries()
        if not targets:
            self._screen.say(NOTHING)
            return

        def act(yes: bool | None = True) -> None:
            if yes:
                self._screen.reader.again = lambda screen: _tags_again(screen, add, remove)
                self._retag(targets, add, remove)
            else:
                self._screen.say("Nothing was changed")

        if len(targets) == 1 or rows.chosen:
            act()
            return
        from reader.tui.screens.confirm import Confirm

        changes = " ".join([*(f"+{tag}" for tag in add), *(f"-{tag}" for tag in remove)])
        self._screen.reader.push_screen(Confirm(f"Tag {changes}: {len(targets):,} passages?"), act)

    # -- places ----------------------------------------------------------------------------------------
    def do_highlights_accept(self, press: Pressed) -> None:
        """Say yes to the places that are offered; the one passage that is offered none is attached by hand."""
        targets = self._targets()
        offered = [entry for entry in targets if entry.highlight.placement.status == "review"]
        if offered:
            self._decide(offered, "accepted", lambda library, ids: library.highlights.accept(ids))
        elif len(targets) == 1 and targets[0].highlight.placement.status == "orphan":
            self._screen.open(targets[0])
        elif targets:
            self._screen.say("Nothing here is to review")

    def do_highlights_refuse(self, press: Pressed) -> None:
        targets = self._targets()
        offered = [entry for entry in targets if entry.highlight.placement.status == "review"]
        if offered:
            self._decide(offered, "kept without a place", lambda library, ids: library.highlights.refuse(ids))
        elif targets:
            self._screen.say("Nothing here is to review")

    def _decide(
        self,
        targets: Sequence[Entry],
        label: str,
        write: Callable[[Library, list[HighlightId]], Change],
    ) -> None:
        """They leave their group: it is shown again when it is written, with the cursor on the next one."""
        ids = _ids(targets)
        self._screen.take_out(ids)
        count = f" {len(ids)}" if len(ids) > 1 else ""
        self._screen.change(
            f"{label}{count}", lambda library: write(library, ids), failed=self._screen.reload
        )

    # -- copying ---------------------------------------------------------------------------------------
    def do_highlights_copy(self, press: Pressed) -> None:
        if targets := self._targets():
            copy(self._screen, "\n\n".join(entry.highlight.anchor.exact for entry in targets), _told(targets))

    def do_highlights_copy_quote(self, press: Pressed) -> None:
        if targets := self._targets():
            style = self._screen.reader.config.citation
            quotes = [passage(entry.article, entry.highlight, style=style) for entry in targets]
            copy(self._screen, "\n\n".join(quotes), f"{_told(targets)} as Markdown")

    # -- inside ----------------------------------------------------------------------------------------
    def _targets(self) -> list[Entry]:
        targets = self._screen.passages.targets()
        if not targets:
            self._screen.say(NOTHING)
        return targets

    def _edit(
        self,
        targets: Sequence[Entry],
        label: str,
        repaint: Callable[[Highlight], Highlight],
        write: Callable[[Library, list[HighlightId]], Change],
    ) -> None:
        """Show what becomes of *targets* where they stand, go on to the next one, and have it written."""
        if not targets:
            return
        ids = _ids(targets)
        was_selection = bool(self._screen.passages.chosen)
        self._screen.repaint([replace(entry, highlight=repaint(entry.highlight)) for entry in targets])
        self._screen.drop_selection()
        if not was_selection:
            self._screen.passages.move(1)
        label += f" · {len(ids)} passages" if len(ids) > 1 else ""
        self._write(label, lambda library: write(library, ids))

    def _write(self, label: str, write: Callable[[Library], Change]) -> None:
        self._screen.change(label, write, failed=self._screen.reload, painted=True)


def _ids(entries: Sequence[Entry]) -> list[HighlightId]:
    return [entry.highlight.id for entry in entries]


def _told(entries: Sequence[Entry]) -> str:
    return "the passage" if len(entries) == 1 else f"{len(entries)} passages"


def collecting_on(screen: CommandScreen) -> Collecting | None:
    return next((owner for owner in screen.handlers if isinstance(owner, Collecting)), None)


def _tags_again(screen: CommandScreen, add: Sequence[str], remove: Sequence[str]) -> None:
    """What ``.`` does after tags were given here."""
    collecting = collecting_on(screen)
    if collecting is None:
        screen.say("That is done among the highlights")
    else:
        collecting.retag_targets(add, remove)
