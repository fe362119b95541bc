"""What an action did to the library, and what can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from reader.domain.summary import ArticleId

Marking = Literal["read", "unread", "starred", "unstarred", "archived", "unarchived"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a draft.

    ``added``: a new article, perhaps ``similar`` to another one (its id, how much of 0–1). ``known``: it was here
    with this very text, which is the version ``unused`` if the reader has settled on another one. ``updated``: it
    was here with another text and has a new version now, in which ``placed`` highlights were found again, ``review``
    perhaps, and ``orphan`` were not. ``trashed``: the article that was met is in the trash.
    """

    status: Literal["added", "known", "updated"]
    id: ArticleId
    title: str
    similar: tuple[ArticleId, float] | None = None
    trashed: bool = False
    placed: int = 0
    review: int = 0
    orphan: int = 0
    unused: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A finished action. ``articles`` are those that it really changed; ``history`` is its entry there, ``None``
    when nothing changed; ``skipped`` says in words what was left alone."""

    action: str
    articles: tuple[ArticleId, ...] = ()
    history: int | None = None
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Switch(Change):
    """Another version of an article's text became current. How many of its highlights are certain in that text,
    only proposed, and nowhere."""

    version: int = 0
    placed: int = 0
    review: int = 0
    orphan: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the history. ``summary`` is the action with its article, or with how many there were.

    ``standing``: ``done``; ``undone``, which can be redone; ``gone``, undone for good, since something else was
    done afterwards; ``final``, a purge.
    """

    id: int
    at: datetime
    session: str
    action: str
    summary: str
    articles: tuple[ArticleId, ...]
    standing: Literal["done", "undone", "gone", "final"]

    @property
    def undone(self) -> bool:
        return self.standing in ("undone", "gone")


@dataclass(frozen=True, slots=True)
class Undone:
    """An action taken back, or done again. ``skipped`` names what something else has changed since; if that was
    all of it, nothing ``changed``."""

    action: str
    articles: tuple[ArticleId, ...]
    skipped: tuple[str, ...] = ()
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag with the number of articles that bear it, those in the trash aside."""

    name: str
    count: int
