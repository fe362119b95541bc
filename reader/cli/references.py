"""What people write to name one highlight: its number, or the end of its uid, as ``hl-1a2b3c4d``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.cli.base import CommandError
from reader.domain.scope import ids_in

if TYPE_CHECKING:
    from reader.domain.highlight import Highlight
    from reader.storage.library import Library

# With the ``hl-`` that the Markdown which we write puts in front, or without.
_REFERENCE = re.compile(r"\[?\^?(hl-)?([0-9a-f-]{8,36})\]?", re.IGNORECASE)


def bare(reference: str) -> str:
    """*reference* as the library knows it: ``[hl-1a2b3c4d]`` is ``1a2b3c4d``."""
    found = _REFERENCE.fullmatch(reference.strip())
    return found[2] if found else reference


def passage(library: Library, words: Sequence[str]) -> Highlight | None:
    """The highlight that *words* name by the end of its uid; ``None`` if they may name articles.

    A whole number that is an article's is the article. Raises CommandError for a reference that is none, and
    LibraryError for one that several highlights answer to.
    """
    found = _REFERENCE.fullmatch(words[0]) if len(words) == 1 else None
    if found is None:
        return None
    numbers = ids_in(words)
    if numbers and library.articles.summaries(numbers):
        return None
    from reader.storage.references import named

    if named(library.connection, found[2].replace("-", "").lower()):
        return library.highlights.get(found[2])
    if found[1]:
        raise CommandError(f"no highlight {words[0]}")
    return None
