"""The states of selecting a passage, as values: reading, sentence cursor, visual, caret."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from reader.domain.document import Span
from reader.domain.motions import Motions
from reader.domain.sentences import Sentences

Mode = Literal["reading", "sentence", "visual", "caret"]


@dataclass(frozen=True, slots=True)
class Selecting:
    """Where the selection is.

    ``caret`` is the moving end, ``anchor`` the other one, both offsets of clusters. In mode ``sentence`` the two
    are the starts of the first and the last lit sentence. ``whole`` says that whole paragraphs are meant.
    """

    mode: Mode = "reading"
    anchor: int = 0
    caret: int = 0
    whole: bool = False

    def span(self, motions: Motions) -> Span | None:
        """What is selected; nothing while reading or with a free caret."""
        if self.mode in ("reading", "caret"):
            return None
        first, last = sorted((self.anchor, self.caret))
        if self.mode == "sentence":
            ends = motions.sentences.at(last)
            return Span(first, ends.end) if ends else None
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

    def stepped(self, sentences: Sentences, steps: int) -> Selecting:
        """The sentence cursor so many sentences on: one sentence is lit again."""
        there = _walk(
            sentences, max(self.anchor, self.caret) if steps > 0 else min(self.anchor, self.caret), steps
        )
        return replace(self, anchor=there, caret=there)

    def grown(self, sentences: Sentences, steps: int) -> Selecting:
        """More sentences lit at the end, or fewer; never less than one."""
        last = _walk(sentences, max(self.anchor, self.caret), steps)
        first = min(self.anchor, self.caret)
        return replace(self, anchor=first, caret=max(first, last))


def _walk(sentences: Sentences, start: int, steps: int) -> int:
    here = sentences.at(start)
    for _ in range(abs(steps)):
        if here is None:
            break
        there = sentences.next(here) if steps > 0 else sentences.previous(here)
        if there is None:
            break
        here = there
    return here.start if here else start
