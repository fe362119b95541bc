"""Readwise Reader: the CSV of its library. Every document is a link; texts and highlights are not in it."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

from reader.exchange.imports import table, values
from reader.exchange.imports.fields import Fields
from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.source import Export

NAME = "readwise-reader"
_LONGEST = 65_536  # no list of tags is longer, and the parser of literals needs room for what is nested
_STAR = "favorite"


def items(export: Export) -> Iterator[Item | Problem]:
    """An item a row. Raises ExportError where the file ends to be readable."""
    rows = [Fields.of(row) for row in table.rows(export.text)]
    # The scale is written nowhere: one document beyond 1 tells that all are in percent.
    whole = 100 if any(values.share(fields.get("Reading progress"), 100) > 0.01 for fields in rows) else 1
    for fields in rows:
        yield from _document(fields, whole)


def _document(fields: Fields, whole: float) -> Iterator[Item | Problem]:
    location = fields.text("Location").casefold()
    if location == "feed":
        yield Problem(fields.place, "an item of a feed", "skipped")
        return
    url, fault = fields.address("URL")
    if url is None:
        is_mail = fields.text("URL").casefold().startswith("mailto:")
        yield Problem(fields.place, "a mail" if is_mail else fault, "skipped" if is_mail else "failed")
        return
    try:
        names = read_tags(fields.text("Document tags"))
    except ValueError as error:
        yield Problem(fields.place, str(error))
        return
    archived, progress = location == "archive", values.share(fields.get("Reading progress"), whole)
    starred = any(name.casefold() == _STAR for name in names)
    tags = [name for name in names if name.casefold() != _STAR]
    yield Item(
        place=fields.place,
        title=fields.text("Title"),
        url=url,
        tags=values.tags([*tags, "shortlist"] if location == "shortlist" else tags),
        state="read" if archived or progress >= 1 else "reading" if progress > 0 else "unread",
        starred=starred,
        archived=archived,
        progress=progress,
        added=fields.time("Saved date"),
        origin=f"{NAME}:{fields.text('ID') or url}",
        extra=fields.rest(),
    )
    yield from fields.problems()


def read_tags(cell: str) -> list[str]:
    """The tags in a Python list of strings, as ``['a', "don't"]``; nothing in it is ever run.

    Raises ValueError, with a reason for people, for anything else.
    """
    if not cell:
        return []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a backslash in a tag
            found = ast.literal_eval(cell[:_LONGEST])
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        found = None
    if not isinstance(found, list) or not all(isinstance(tag, str) for tag in found):
        raise ValueError("tags that are no list of texts")
    return found
