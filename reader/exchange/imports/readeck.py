"""Readeck: the zip of a full export, and CSV.

The zip (``internal/portability/export.go``) holds ``data.json``, a ``bookmarks/<uid>/info.json`` for each bookmark,
whose keys are the names of a Go struct, and the extracted page beside it. ``data.json`` holds users and their access
tokens too: of these only the number is ever read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from reader.domain.record import Marked
from reader.exchange.imports import objects, table, values
from reader.exchange.imports.archive import Archive, EntryError
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.fields import Fields
from reader.exchange.imports.item import Body, Item, Problem
from reader.exchange.imports.passages import Markup, Place
from reader.exchange.imports.source import Export

NAME = "readeck"
_INFO = re.compile(r"bookmarks/([^/]+)/info\.json")
# What Readeck keeps for itself: where it stores the page and its pictures, and the text that the page has anyway.
_INTERNAL = (
    "ID", "UserID", "UID", "State", "Files", "FilePath", "Text", "Links", "Domain", "WordCount", "Updated",
)  # fmt: skip


def items(export: Export) -> Iterator[Item | Problem]:
    """An item a bookmark. Raises ExportError if the file cannot be read, or not further."""
    archive = export.archive
    if archive is None:
        yield from _rows(export.text)
        return
    yield from _overview(export, archive)
    for name in archive.names:
        if found := _INFO.fullmatch(name):
            yield from _bookmark(export, archive, found[1])


def _overview(export: Export, archive: Archive) -> Iterator[Problem]:
    """What must be told of the file as a whole. Nothing of users and tokens leaves this function but numbers."""
    try:
        data = objects.as_mapping(objects.load(export.decoded(archive.read("data.json"))))
    except (EntryError, ExportError):
        yield Problem("data.json", "cannot be read", "warning")
        return
    if tokens := len(objects.as_list(data.get("Tokens"))):
        keys = "an access token" if tokens == 1 else f"{tokens} access tokens"
        yield Problem(
            "data.json",
            f"the zip holds {keys} of Readeck: none is taken over; keep the file from others",
            "warning",
        )
    bookmarks = map(objects.as_mapping, objects.as_list(data.get("Bookmarks")))
    if (users := len({str(bookmark.get("UserID")) for bookmark in bookmarks})) > 1:
        yield Problem("data.json", f"the bookmarks of {users} users come together", "warning")
    if collections := len(objects.as_list(data.get("BookmarkCollections"))):
        searches = "a saved search" if collections == 1 else f"{collections} saved searches"
        yield Problem("data.json", f"{searches} of Readeck left out", "skipped")


def _bookmark(export: Export, archive: Archive, uid: str) -> Iterator[Item | Problem]:
    place = f"bookmarks/{uid}"
    try:
        record = objects.load(export.decoded(archive.read(f"{place}/info.json")))
    except (EntryError, ExportError) as error:
        yield Problem(place, str(error))
        return
    if not isinstance(record, Mapping):
        yield Problem(place, "not a bookmark")
        return
    fields = Fields(record, place)
    page = _page(archive, f"{place}/container/index.html", fields)
    highlights = tuple(_annotations(export, page, fields))
    url, fault = fields.address("URL")
    if url is None and not (page or highlights):
        yield Problem(place, fault)
        return
    if url is None:
        fields.warn(fault)
    fields.get(*_INTERNAL)
    archived, progress = fields.flag("IsArchived"), values.share(fields.get("ReadProgress"), 100)
    yield Item(
        place=place,
        title=fields.text("Title"),
        url=url,
        author="; ".join(fields.texts("Authors")) or None,
        site=fields.text("SiteName", "Site") or None,
        published=values.published(fields.get("Published")),
        language=fields.text("Lang") or None,
        tags=values.tags(fields.texts("Labels")),
        state="read" if archived or progress >= 1 else "reading" if progress > 0 else "unread",
        starred=fields.flag("IsMarked"),
        archived=archived,
        progress=progress,
        added=fields.time("Created"),
        body=Body(page, "extracted") if page else None,
        highlights=highlights,
        origin=f"{NAME}:{uid}",
        extra=fields.rest(),
    )
    yield from fields.problems()


def _page(archive: Archive, name: str, fields: Fields) -> bytes:
    """The extracted page; ``b""`` if there is none, as for pictures and videos."""
    try:
        return archive.read(name).strip() if name in archive else b""
    except EntryError as error:
        fields.warn(str(error))
        return b""


def _annotations(export: Export, page: bytes, fields: Fields) -> Iterator[Marked]:
    annotations = objects.as_list(fields.get("Annotations"))
    try:
        markup = Markup(export.decoded(page)) if annotations and page else None
    except ExportError:
        markup = None
    for annotation in annotations:
        known = Fields(objects.as_mapping(annotation), fields.place)
        exact = known.text("text")
        if not exact:
            fields.warn("an annotation without its passage")
            continue
        start = _place(known.text("start_selector"), known.get("start_offset"))
        end = _place(known.text("end_selector"), known.get("end_offset"))
        around = markup.around(exact, start, end, utf16=False) if markup and start and end else None
        prefix, suffix = around or ("", "")
        colour, other = values.colour_of(known.get("color"))
        note, made, number = known.text("note"), known.time("created"), known.text("id")
        extra = known.rest() | ({"color": other} if other else {})
        origin = f"{NAME}:{number}" if number else ""
        yield Marked(exact, note, colour, (), made, prefix, suffix, origin=origin, extra=extra)


def _place(path: str, offset: Any) -> Place | None:
    return Place(path, offset) if isinstance(offset, int) and not isinstance(offset, bool) else None


def _rows(text: str) -> Iterator[Item | Problem]:
    """The rows of its CSV, as it exports them and as it takes them in."""
    for row in table.rows(text):
        fields = Fields.of(row)
        url, fault = fields.address("url")
        if url is None:
            yield Problem(row.place, fault)
            continue
        archived = fields.flag("is_archived") or fields.text("state", "folder").casefold() == "archive"
        yield Item(
            place=row.place,
            title=fields.text("title"),
            url=url,
            tags=_labels(fields.text("labels", "tags")),
            state="read" if archived else "unread",
            starred=fields.flag("is_marked"),
            archived=archived,
            added=fields.time("created", "timestamp"),
            origin=f"{NAME}:{url}",
            extra=fields.rest(),
        )
        yield from fields.problems()


def _labels(cell: str) -> tuple[str, ...]:
    """A JSON array; else, as people write such files by hand, names between commas."""
    try:
        return values.tags(objects.as_list(json.loads(cell)))
    except (ValueError, RecursionError):
        return values.split_tags(cell.strip("[]"), ",") if cell else ()
