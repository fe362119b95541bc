"""Tags put on and taken off, as the library does it, for what is painted before it is written."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.text import clean_tag


def retagged(tags: Sequence[str], add: Sequence[str], remove: Sequence[str]) -> tuple[str, ...]:
    """*tags* without *remove* and with *add*, all compared without regard to case."""
    gone = {clean_tag(tag).casefold() for tag in remove}
    kept = [tag for tag in tags if tag.casefold() not in gone]
    known = {tag.casefold() for tag in kept}
    return (*kept, *(tag for tag in map(clean_tag, add) if tag and tag.casefold() not in known))
