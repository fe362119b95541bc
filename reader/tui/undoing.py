"""Undo and redo: this session's own actions at once, another session's after a question."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from reader.domain.change import Entry, Undone

if TYPE_CHECKING:
    from reader.storage.library import Library
    from reader.tui.app import ReaderApp

Direction = Literal["undo", "redo"]
NAMED = 3  # things that were left alone and are told by name
Step = Callable[["Library"], Undone | Entry | None]


class Undoing:
    """What ``u`` and ``^r`` do, on every screen."""

    def __init__(self, app: ReaderApp) -> None:
        self._app = app
        self._agreed: set[int] = set()  # entries of other sessions that the user has said yes to

    def undo(self, times: int) -> None:
        self._app.change(
            "", _own("undo", times, self._agreed), done=lambda outcome: self._tell("undo", outcome)
        )

    def redo(self, times: int) -> None:
        self._app.change(
            "", _own("redo", times, self._agreed), done=lambda outcome: self._tell("redo", outcome)
        )

    def _tell(self, direction: Direction, outcome: Undone | Entry | None) -> None:
        if isinstance(outcome, Entry):
            self._ask(direction, outcome)
        elif outcome is None:
            self._app.say(f"Nothing to {direction}")
        else:
            self._app.say(_said(direction, outcome))
            if outcome.skipped:
                names = ", ".join(outcome.skipped[:NAMED])
                if len(outcome.skipped) > NAMED:
                    names += f" and {len(outcome.skipped) - NAMED:,} more"
                self._app.notify(f"Left alone, since they changed meanwhile: {names}", severity="warning")

    def _ask(self, direction: Direction, entry: Entry) -> None:
        from reader.tui.screens.confirm import Confirm

        question = f"{direction.capitalize()} “{entry.summary}”, which was not done in this session?"

        def answered(yes: bool | None) -> None:
            if yes:
                self._agreed.add(entry.id)
                self._app.change(
                    "", _agreed_to(direction, entry.id), done=lambda outcome: self._tell(direction, outcome)
                )

        self._app.push_screen(Confirm(question), answered)


def _said(direction: Direction, outcome: Undone) -> str:
    if not outcome.changed:
        return f"Nothing of it could be {'undone' if direction == 'undo' else 'redone'}: {outcome.action}"
    if direction == "undo":
        return f"Undone: {outcome.action} · ^r does it again"
    return f"Done again: {outcome.action} · u takes it back"


def _own(direction: Direction, times: int, agreed: Container[int]) -> Step:
    """Take back this session's last actions, and those *agreed* on. If there is none, the entry of another
    session's, untouched. Of several actions it is the last that changed something, with all that was skipped."""

    def step(library: Library) -> Undone | Entry | None:
        history = library.history
        act = history.undo if direction == "undo" else history.redo
        look = history.last if direction == "undo" else history.next
        outcome: Undone | None = None
        for _ in range(times):
            taken = act(session=library.session)
            if taken is None and (other := look(None)) is not None and other.id in agreed:
                taken = act(entry=other.id)
            if taken is None:
                break
            outcome = _joined(outcome, taken)
        return outcome or look(None)

    return step


def _joined(first: Undone | None, then: Undone) -> Undone:
    if first is None:
        return then
    told = then if then.changed else first
    return replace(told, skipped=first.skipped + then.skipped)


def _agreed_to(direction: Direction, entry: int) -> Step:
    """That very action: something else may have been done while the question was on screen."""

    def step(library: Library) -> Undone | None:
        history = library.history
        return history.undo(entry=entry) if direction == "undo" else history.redo(entry=entry)

    return step
