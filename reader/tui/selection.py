"""The states of selecting a passage, as values: reading, sentence cursor, visual, caret."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from reader.domain.document import Span
from reader.domain.motions import Motions
from reader.domain.units import UNITS, Unit, Units

Mode = Literal["reading", "sentence", "visual", "caret"]


@dataclass(frozen=True, slots=True)
class Selecting:
    """Where the selection is.

    ``caret`` is the moving end, ``anchor`` the other one, both offsets of clusters; ``whole`` says that whole
    paragraphs are meant. In mode ``sentence`` what is lit reaches from the piece ``first`` to the piece ``last``,
    both of one ``unit``, and ``caret`` is the place that another unit is looked for at.
    """

    mode: Mode = "reading"
    anchor: int = 0
    caret: int = 0
    whole: bool = False
    unit: Unit = "sentence"
    first: Span | None = None
    last: Span | None = None

    @classmethod
    def lit(cls, first: Span, last: Span | None = None, *, unit: Unit = "sentence") -> Selecting:
        """The sentence cursor on *first*, or on all from *first* to *last*."""
        return cls("sentence", first.start, first.start, unit=unit, first=first, last=last or first)

    @classmethod
    def over(cls, span: Span, motions: Motions) -> Selecting:
        """Visual over *span*, the caret at its end."""
        last = motions.left_edge(max(span.start, span.end - 1))
        return cls("visual", motions.left_edge(span.start), last)

    def span(self, motions: Motions) -> Span | None:
        """What is selected; nothing while reading or with a free caret."""
        if self.mode in ("reading", "caret"):
            return None
        if self.mode == "sentence":
            if self.first is None or self.last is None:
                return None
            return Span(self.first.start, max(self.first.end, self.last.end))
        first, last = sorted((self.anchor, self.caret))
        if self.whole:
            document = motions.document
            start = document.blocks[document.block_at(first)].span.start
            return Span(start, document.blocks[document.block_at(last)].span.end)
        return Span(first, motions.right_edge(last))

    def moved(self, caret: int) -> Selecting:
        return replace(self, caret=caret)

    def swapped(self) -> Selecting:
        return replace(self, anchor=self.caret, caret=self.anchor)

    def toggled(self) -> Selecting:
        """``v``: a caret drops its anchor, or visual lets it go."""
        if self.mode == "visual":
            return replace(self, mode="caret", whole=False)
        return replace(self, mode="visual", anchor=self.caret, whole=False)

    def cancelled(self) -> Selecting:
        """One step back: visual, caret, reading."""
        return replace(self, mode="caret", whole=False) if self.mode == "visual" else Selecting()

    # -- the sentence cursor ---------------------------------------------------------------------------
    def stepped(self, units: Units, steps: int) -> Selecting:
        """So many pieces on: one piece is lit again."""
        here = self.last if steps > 0 else self.first
        return self if here is None else Selecting.lit(self._walk(units, here, steps), unit=self.unit)

    def grown(self, units: Units, steps: int) -> Selecting:
        """More pieces lit at the end, or fewer; never less than one."""
        if self.first is None or self.last is None:
            return self
        last = self._walk(units, self.last, steps)
        return replace(self, last=last if last.start > self.first.start else self.first)

    def reaching(self, piece: Span) -> Selecting:
        """Lit as far as *piece*, whichever side it is on."""
        if self.first is None or self.last is None:
            return self
        first, last = min(self.first, piece), max(self.last, piece, key=_end)
        return replace(self, first=first, last=last)

    def changed(self, units: Units, step: int) -> tuple[Selecting, tuple[Unit, ...]]:
        """The next unit, or the one before, that there is at this place; and those that there are not."""
        here = UNITS.index(self.unit)
        missing: list[Unit] = []
        for distance in range(1, len(UNITS)):
            unit = UNITS[(here + step * distance) % len(UNITS)]
            piece = units.at(unit, self.caret)
            if piece is not None:
                return replace(self, unit=unit, first=piece, last=piece), tuple(missing)
            missing.append(unit)
        return self, tuple(missing)

    def _walk(self, units: Units, here: Span, steps: int) -> Span:
        for _ in range(abs(steps)):
            there = units.next(self.unit, here) if steps > 0 else units.previous(self.unit, here)
            if there is None:
                break
            here = there
        return here


def _end(span: Span) -> int:
    return span.end
