"""Readwise: the CSV of all highlights. Each book becomes an article without a text; its highlights wait for one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from reader.domain.record import Marked
from reader.exchange.imports import table, values
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.fields import Fields
from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.source import Export

NAME = "readwise"
_NUMBER = re.compile(r"\d{1,9}")


@dataclass(slots=True)
class _Book:
    """``highlights`` are sorted by their place in the book, where all have one, else by the order of the file."""

    place: str
    title: str
    author: str
    number: str
    tags: dict[str, None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    highlights: list[tuple[int, Marked]] = field(default_factory=list)
    times: list[datetime] = field(default_factory=list)

    def item(self) -> Item:
        extra = {"kind": "book"} | ({"Amazon Book ID": self.number} if self.number else {})
        highlights = sorted(self.highlights, key=lambda placed: placed[0])
        return Item(
            self.place, self.title, author=self.author or None, tags=values.tags(self.tags),
            added=min(self.times, default=None), note="\n\n".join(self.notes),
            highlights=tuple(marked for _, marked in highlights),
            origin=f"{NAME}:{self.number or f'{self.title}|{self.author}'}", extra=extra,
        )  # fmt: skip


def items(export: Export) -> Iterator[Item | Problem]:
    """An item a book, behind the rows that have none. Raises ExportError where the file ends to be readable."""
    books: dict[tuple[str, str, str], _Book] = {}
    broken: ExportError | None = None
    try:
        for row in table.rows(export.text):
            yield from _row(Fields.of(row), books)
    except ExportError as error:
        broken = error  # what came before it is whole
    yield from (book.item() for book in books.values())
    if broken:
        raise broken


def _row(fields: Fields, books: dict[tuple[str, str, str], _Book]) -> Iterator[Problem]:
    exact, note, title = fields.text("Highlight"), fields.text("Note"), fields.text("Book Title")
    if not exact and not note:
        yield Problem(fields.place, "no highlight")
        return
    if not title:
        yield Problem(fields.place, "no book")
        return
    key = title, fields.text("Book Author"), fields.text("Amazon Book ID")
    book = books.setdefault(key, _Book(fields.place, *key))
    book.tags |= dict.fromkeys(values.split_tags(fields.text("Document tags"), ","))
    made = fields.time("Highlighted at")
    if made:
        book.times.append(made)
    if not exact:
        book.notes.append(note)
    else:
        book.highlights.append(_marked(fields, exact, note, made))
    yield from fields.problems()


def _marked(fields: Fields, exact: str, note: str, made: datetime | None) -> tuple[int, Marked]:
    colour, other = values.colour_of(fields.text("Color"))
    tags = values.tags(tag.strip().lstrip(".") for tag in fields.text("Tags").split(","))
    unit, location = fields.text("Location Type"), fields.text("Location")
    where = {"location": f"{unit} {location}".strip()} if location and unit != "none" else {}
    extra = fields.rest() | where | ({"color": other} if other else {})
    number = int(location) if _NUMBER.fullmatch(location) else 0
    return number, Marked(exact, note, colour, tags, made, extra=extra)
