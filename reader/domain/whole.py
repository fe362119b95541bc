"""Articles with all that a library knows of them, as they go from one library to another without loss.

Only what hangs on the one library stays there: its numbers, its history, paths of files and the original bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from reader.domain.colours import Colour
from reader.domain.summary import State

if TYPE_CHECKING:
    from reader.domain.highlight import Anchor, Placement
    from reader.domain.view import SavedView


@dataclass(frozen=True, slots=True)
class WholeText:
    """A version. ``blocks`` is the JSON of ``Document.blocks_json``; ``rules`` the number of the rules that made it;
    ``head`` what its source said besides; ``sketch`` that of the text, or ``b""`` if it has to be made. ``words`` are
    as many as there are in the text."""

    version: int
    text: str
    blocks: str
    hash: str
    words: int
    made: datetime | None = None
    rules: int = 1
    head: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    sketch: bytes = b""


@dataclass(frozen=True, slots=True)
class WholeHighlight:
    """``placement`` is where it is in the current text, ``None`` if it has to be looked for; ``refused`` the hash of
    a text that it is not in, by its reader's word; ``is_by_hand`` that its reader attached it to these words."""

    uid: str
    anchor: Anchor
    placement: Placement | None = None
    colour: Colour = "yellow"
    note: str = ""
    tags: tuple[str, ...] = ()
    made: datetime | None = None
    changed: datetime | None = None
    refused: str = ""
    origin: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    is_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """``place`` is the article's in the order by time, of equal times too. ``keys`` are those that it is known by,
    ``None`` if they have to be made. ``version`` is the current one, ``chosen`` whether its reader settled that.
    Without ``texts`` its text is not told."""

    uid: str
    title: str
    url: str | None = None
    author: str | None = None
    site: str | None = None
    published: str | None = None
    language: str | None = None
    added: datetime | None = None
    place: int = 0
    changed: datetime | None = None
    opened: datetime | None = None
    finished: datetime | None = None
    tags: tuple[str, ...] = ()
    state: State = "unread"
    starred: bool = False
    archived: bool = False
    trashed: bool = False
    progress: float = 0.0
    position: int = 0
    note: str = ""
    origin: str = ""
    unfetched: str | None = None
    keys: tuple[str, ...] | None = None
    version: int = 1
    chosen: bool = False
    texts: tuple[WholeText, ...] = ()
    highlights: tuple[WholeHighlight, ...] = ()

    @property
    def text(self) -> WholeText | None:
        """The current one."""
        return next((one for one in self.texts if one.version == self.version), None)


@dataclass(frozen=True, slots=True)
class WholeView:
    """A saved view; ``place`` is where it stands among the others."""

    view: SavedView
    place: int = 0
    made: datetime | None = None


@dataclass(frozen=True, slots=True)
class Purged:
    """All that is known of an article that was purged."""

    uid: str
    at: datetime | None = None
