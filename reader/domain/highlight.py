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
How = Literal["position", "exact", "fuzzy", "short", "empty", "nomatch", "deleted-here", "refused"]
By = Literal["auto", "user"]


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
    """Where an anchor's passage is in the current text. Only ``anchored`` may be painted as such.

    ``review`` offers a span that nobody vouches for. An ``orphan`` has none, except where both neighbours of a
    passage still stand and it is gone between them (``how`` is ``deleted-here``): there the span is empty.
    ``score``, ``quote`` (how much of the words) and ``context`` (of the better side; ``None`` if none was stored)
    are 0–1, ``margin`` is how far the next best place is behind. ``by`` is ``user`` where a hand has attached the
    highlight to another passage than it was made on.
    """

    status: PlacementStatus
    span: Span | None
    score: float = 1.0
    how: How = "position"
    quote: float = 1.0
    context: float | None = None
    margin: float = 1.0
    by: By = "auto"

    @property
    def is_removed(self) -> bool:
        """Whether the passage was taken out of the text at a place that is known."""
        return self.how == "deleted-here"


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
