"""How many articles the parts of a library hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """Articles as the views show them: all but ``archive`` and ``trash`` leave those two out.

    ``highlights`` counts articles with a highlight or a note of their own.
    """

    inbox: int = 0
    unread: int = 0
    starred: int = 0
    archive: int = 0
    highlights: int = 0
    trash: int = 0
