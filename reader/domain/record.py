"""What other programs' libraries become: articles with all that their reader had done with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from reader.domain.colours import Colour
from reader.domain.summary import State

if TYPE_CHECKING:
    from reader.domain.article import Draft
    from reader.domain.change import Outcome
    from reader.domain.span import Span


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage that was marked in another program.

    ``span`` is its place in the text of the record's draft, if that is known for sure; else it is looked for by its
    words, with ``prefix`` and ``suffix`` where there are any. ``origin`` names it in the other program; ``extra`` is
    what that knew of it and we have no field for.
    """

    exact: str
    note: str = ""
    colour: Colour = "yellow"
    tags: tuple[str, ...] = ()
    made: datetime | None = None
    prefix: str = ""
    suffix: str = ""
    span: Span | None = None
    origin: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """An article as another program kept it. A draft without text is a link, whose text can be fetched.

    ``origin`` is the program and, behind a colon, its own id (``pocket:https://e.org/a``), so that the same record
    is known when it comes again; ``progress`` is 0–1; ``added`` is when it came to the other program.
    """

    draft: Draft
    state: State = "unread"
    starred: bool = False
    archived: bool = False
    progress: float = 0.0
    added: datetime | None = None
    note: str = ""
    highlights: tuple[Marked, ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a record. ``updated`` is a known article that was given something: a field that was empty, a
    tag, a passage, a text, further progress; ``known`` one to which the record had nothing to add.

    ``unplaced`` of the added highlights have no place in the text.
    """

    outcome: Outcome
    highlights_added: int = 0
    highlights_known: int = 0
    unplaced: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that the library cannot hold; those beside it are stored all the same."""

    title: str
    reason: str
