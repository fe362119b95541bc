"""What a reader of a foreign format gives, one after the other, in the order of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from reader.domain.record import Marked
from reader.domain.summary import State

BodyKind = Literal["html", "extracted", "markdown", "text", "pdf", "epub"]


@dataclass(frozen=True, slots=True)
class Body:
    """A text as the other program kept it. ``extracted`` is HTML of an article alone: nothing is to be looked for in
    it any more, so that it keeps every word."""

    data: bytes
    kind: BodyKind


@dataclass(frozen=True, slots=True)
class Item:
    """An article as the format has it, texts not yet cleaned, its body not yet read.

    ``place`` says where in the file it stands (``row 17``). The rest is as in :class:`Record` and :class:`Draft`;
    what has no field of ours goes into ``extra`` under its own name.
    """

    place: str
    title: str = ""
    url: str | None = None
    author: str | None = None
    site: str | None = None
    published: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    state: State = "unread"
    starred: bool = False
    archived: bool = False
    progress: float = 0.0
    added: datetime | None = None
    note: str = ""
    body: Body | None = None
    highlights: tuple[Marked, ...] = ()
    origin: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of the file that gives no article: ``failed`` since something is wrong with it, ``skipped`` since it is
    of a kind that is left out on purpose, ``warning`` for what is told and costs nothing."""

    place: str
    reason: str
    kind: Literal["failed", "skipped", "warning"] = "failed"
