"""Links that lead to a place in the same article: footnotes and back, contents, “see below”."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol
from unicodedata import normalize
from urllib.parse import unquote, urldefrag

from reader.domain.document import Mark
from reader.domain.text import clean

LONGEST_NAME = 200

_NOT_IN_SLUG = re.compile(r"[^\w\- ]")


class Marked(Protocol):
    marks: list[Mark]


def place_name(fragment: str) -> str:
    """What *fragment*, of an address or an ``id``, calls a place; ``""`` if that is no name."""
    name = normalize("NFC", clean(unquote(fragment)).strip())
    return "" if len(name) > LONGEST_NAME or re.search(r"\s", name) else name


def slugs() -> Callable[[str], str]:
    """A function that names the headings of one Markdown file as its renderers do: ``See also`` is ``see-also``,
    a second one ``see-also-1``."""
    seen: dict[str, int] = {}

    def slug(heading: str) -> str:
        name = _NOT_IN_SLUG.sub("", normalize("NFC", heading.strip().lower())).replace(" ", "-")
        number = seen.get(name, -1) + 1
        seen[name] = number
        return f"{name}-{number}" if number else name

    return slug


def settle(pieces: Sequence[Marked], base: str | None) -> None:
    """Let links within the article lead to its own places, and keep no place that no link leads to.

    A link to a place that is not here keeps its address if it has one, else only its words.
    """
    places = {mark.href for piece in pieces for mark in piece.marks if mark.kind == "target"}
    wanted: set[str] = set()
    for piece in pieces:
        piece.marks = [kept for mark in piece.marks if (kept := _settled(mark, places, base)) is not None]
        wanted |= {mark.href for mark in piece.marks if mark.kind == "link"}
    for piece in pieces:
        piece.marks = list(_without_others(piece.marks, wanted))


def _settled(mark: Mark, places: set[str], base: str | None) -> Mark | None:
    if mark.kind != "link":
        return mark
    address, fragment = urldefrag(mark.href)
    inside = f"#{place_name(fragment)}"
    if inside in places and (not address or (base is not None and address == urldefrag(base)[0])):
        return replace(mark, href=inside)
    return mark if address else None


def _without_others(marks: Iterable[Mark], wanted: set[str]) -> Iterable[Mark]:
    """*marks* without the places that nobody wants; one that is named again is the first one's."""
    for mark in marks:
        if mark.kind != "target":
            yield mark
        elif mark.href in wanted:
            wanted.discard(mark.href)
            yield mark
