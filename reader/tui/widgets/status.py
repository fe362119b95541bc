"""The status line: where one is, what is filtered, what just happened, what is pending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.reactive import reactive

from reader.tui.widgets.bar import PLAIN, Bar, Piece, Tone

NARROW = 60
PLACE = Tone("accent", bold=True)
MODE = Tone("page", "mode", bold=True)
CHIP = Tone("ink", "chip")
WARNING = Tone("ink", "warning")
DEMO = Tone("muted", italic=True)
SAVING = Tone("star")
PENDING = Tone("accent", bold=True)


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of a query as it was understood, or with ``warns`` one that was not."""

    text: str
    warns: bool = False


class StatusLine(Bar):
    """Everything on it is plain text; ``message`` gives way to nothing but the mode and the right-hand side."""

    place: reactive[str] = reactive("")
    chips: reactive[tuple[Chip, ...]] = reactive(())
    message: reactive[str] = reactive("")
    position: reactive[str] = reactive("")
    pending: reactive[str] = reactive("")
    mode: reactive[str] = reactive("")
    saving: reactive[bool] = reactive(False)
    busy: reactive[str] = reactive("")
    demo: reactive[bool] = reactive(False)

    def left(self) -> list[Piece]:
        mode: list[Piece] = [(f" {self.mode} ", MODE), (" ", PLAIN)] if self.mode else []
        place: list[Piece] = [(f" {self.place} ", PLACE)] if self.place else []
        rest: list[Piece] = []
        for chip in self.chips:
            rest += [(" ", PLAIN), (f" {chip.text} ", WARNING if chip.warns else CHIP)]
        if self.message:
            rest.append((f"  {self.message} ", PLAIN))
            if cells([*mode, *place, *rest, *self.right()]) > self.size.width:
                place = []
        return [*mode, *place, *rest]

    def right(self) -> list[Piece]:
        pieces: list[Piece] = []
        if self.demo:
            said = "demo" if self.size.width < NARROW else "demo: nothing is saved"
            pieces.append((f" {said} ", DEMO))
        if self.saving:
            pieces.append((" saving… ", SAVING))
        if self.busy:
            pieces.append((f" {self.busy} ", SAVING))
        if self.pending:
            pieces.append((f" {self.pending}… ", PENDING))
        if self.position:
            pieces.append((f" {self.position} ", PLAIN))
        return pieces


def cells(pieces: Sequence[Piece]) -> int:
    return sum(cell_len(text) for text, _ in pieces)
