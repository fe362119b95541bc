"""Kindle: ``My Clippings.txt``, to which the device adds whatever is marked, and from which it takes nothing away.

Each book becomes an article without a text. A passage that was marked again, a little longer or shorter, stands there
twice, and the last one counts; a note stands beside its highlight and is found by its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from reader.domain.record import Marked
from reader.exchange.imports.clippings import Clipping, read_line
from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.source import Export
from reader.exchange.imports.values import TZ_ASSUMED, when

NAME = "kindle"
_RULE = re.compile(r"={10}\s*")
_LIMIT = re.compile(
    r"<[^<>\n]{10,200}>"
)  # "<You have reached the clipping limit for this item>", in any language
_MARKS = "\ufeff\u200b\u200e\u200f"  # which the device writes before titles
_CLOSING, _OPENING = ")）", "(（"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One clipping. ``made`` is in UTC; ``line`` is its second line where that was not wholly understood."""

    place: str
    title: str
    author: str
    clip: Clipping
    text: str
    made: datetime | None
    is_local: bool
    line: str = ""

    @property
    def where(self) -> str:
        if self.clip.span is None:
            return f"page {self.clip.page}" if self.clip.page else ""
        first, last = self.clip.span
        location = f"location {first}" if first == last else f"location {first}-{last}"
        return f"page {self.clip.page}, {location}" if self.clip.page else location

    @property
    def order(self) -> tuple[int, int]:
        return self.clip.span or (0, 0)

    def is_again(self, other: _Entry) -> bool:
        """Whether one of both texts is in the other, at the same place; at no known place, whether they are equal."""
        if not self.clip.span or not other.clip.span:
            return self.clip == other.clip and self.text == other.text
        if self.order[0] > other.order[1] or other.order[0] > self.order[1]:
            return False
        mine, its = " ".join(self.text.split()), " ".join(other.text.split())
        return mine in its or its in mine


@dataclass(slots=True)
class _Book:
    place: str
    title: str
    author: str
    highlights: list[_Entry] = field(default_factory=list)
    notes: list[_Entry] = field(default_factory=list)


def items(export: Export) -> Iterator[Item | Problem]:
    """An item a book. Raises ExportError if the file is no text."""
    books: dict[tuple[str, str], _Book] = {}
    for number, lines in enumerate(_chunks(export.lines()), 1):
        entry = _entry(f"clipping {number}", lines)
        if isinstance(entry, Problem):
            yield entry
        elif entry.clip.sort == "bookmark":
            yield Problem(entry.place, "a bookmark", "skipped")
        elif not entry.text or _LIMIT.fullmatch(entry.text):
            yield Problem(entry.place, "the Kindle kept no words of it", "skipped")
        else:
            key = entry.title, entry.author
            book = books.setdefault(key, _Book(entry.place, *key))
            (book.notes if entry.clip.sort == "note" else book.highlights).append(entry)
    for book in books.values():
        yield _item(book)


def _chunks(lines: Iterator[str]) -> Iterator[list[str]]:
    """The lines between rules, without empty ones at their beginning."""
    chunk: list[str] = []
    for line in lines:
        if _RULE.fullmatch(line):
            if chunk:
                yield chunk
            chunk = []
        elif chunk or line.strip(_MARKS + " \t\r"):
            chunk.append(line)
    if chunk:
        yield chunk


def _entry(place: str, lines: list[str]) -> _Entry | Problem:
    line = lines[1].strip(_MARKS + " \t\r") if len(lines) > 1 else ""
    if not line.startswith(("-", "–")):
        return Problem(place, "not a clipping")
    title, author = _title(lines[0].strip(_MARKS + " \t\r"))
    clip = read_line(line)
    moment = when(clip.at.isoformat() if clip.at else None)
    is_clear = clip.sort and (clip.span or clip.page) and moment.at
    text = "\n".join(one.rstrip() for one in lines[2:]).strip()
    return _Entry(place, title, author, clip, text, moment.at, moment.is_local, "" if is_clear else line)


def _title(line: str) -> tuple[str, str]:
    """Title and author, who is in the last parentheses of the line; they may hold others: ``((美)米切尔)``."""
    if line[-1:] in _CLOSING and line:
        depth = 0
        for at in range(len(line) - 1, 0, -1):
            depth += (line[at] in _CLOSING) - (line[at] in _OPENING)
            if depth == 0:
                return line[:at].strip(), line[at + 1 : -1].strip()
    return line, ""


def _last_ones(entries: list[_Entry]) -> list[_Entry]:
    """By their place in the book, and of what was marked or written again only the last."""
    kept: dict[int, _Entry] = {}
    near: list[tuple[int, _Entry]] = []  # with their numbers in the file: all that may reach the next place
    for number, entry in sorted(enumerate(entries), key=lambda numbered: numbered[1].order):
        near = [one for one in near if one[1].order[1] >= entry.order[0]]
        again = {other for other, known in near if entry.is_again(known)}
        if any(other > number for other in again):
            continue
        near = [one for one in near if one[0] not in again]
        for other in again:
            del kept[other]
        kept[number] = entry
        near.append((number, entry))
    return list(kept.values())


def _item(book: _Book) -> Item:
    highlights = _last_ones(book.highlights)
    marked = [_marked(entry) for entry in highlights]
    notes = []
    for note in _last_ones(book.notes):
        home = _home(note, highlights)
        if home is None:
            notes.append(f"{note.text} ({note.where})" if note.where else note.text)
        else:
            marked[home] = replace(marked[home], note=f"{marked[home].note}\n\n{note.text}".strip())
    times = [entry.made for entry in (*book.highlights, *book.notes) if entry.made]
    return Item(
        book.place, book.title, author=book.author or None, added=min(times, default=None),
        note="\n\n".join(notes), highlights=tuple(marked), origin=f"{NAME}:{book.title}|{book.author}",
        extra={"kind": "book"},
    )  # fmt: skip


def _home(note: _Entry, highlights: list[_Entry]) -> int | None:
    """The highlight that *note* was written on: one that ends where the note is, else the narrowest around it."""
    at = note.order[0]
    around = [
        number
        for number, entry in enumerate(highlights)
        if note.clip.span and entry.clip.span and entry.order[0] <= at <= entry.order[1]
    ]

    def far(number: int) -> tuple[bool, int]:
        first, last = highlights[number].order
        return last != at, last - first

    return min(around, key=far, default=None)


def _marked(entry: _Entry) -> Marked:
    extra: dict[str, Any] = {"location": entry.where} if entry.where else {}
    if entry.line:
        extra["meta"] = entry.line
    if entry.is_local and entry.made:
        extra[TZ_ASSUMED] = True
    place = "-".join(map(str, entry.clip.span or ())) or entry.clip.page
    # As the device wrote it: the same highlight has the same name wherever, in whatever zone, it is imported.
    at = f"@{entry.clip.at:%Y%m%dT%H%M%S}" if entry.clip.at else ""
    origin = f"{NAME}:{place}{at}" if place or at else ""
    return Marked(entry.text, made=entry.made, origin=origin, extra=extra)
