"""Highlights: a passage, where it was, where it is now, and what the reader thought of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

from reader.domain.colours import COLOURS as COLOURS
from reader.domain.colours import Colour as Colour
from reader.domain.span import Span
from reader.domain.summary import ArticleId

HighlightId = NewType("HighlightId", int)

PlacementStatus = Literal["anchored", "review", "orphan"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """The selector of a passage, written once: its words, up to 32 code points of context on both sides, and
    its place in the text with the hash ``text_hash``."""

    span: Span
    exact: str
    prefix: str
    suffix: str
    text_hash: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an anchor's passage is in the current text. Only ``anchored`` may be painted; ``review`` offers a
    span that nobody vouches for; an ``orphan`` has none."""

    status: PlacementStatus
    span: Span | None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Highlight:
    id: HighlightId
    uid: str
    article: ArticleId
    anchor: Anchor
    placement: Placement
    colour: Colour = "yellow"
    note: str = ""
    tags: tuple[str, ...] = ()
    made: datetime | None = None
    changed: datetime | None = None

    @property
    def reference(self) -> str:
        """The short tail of the uid by which people may name this highlight."""
        return self.uid.replace("-", "")[-8:]
