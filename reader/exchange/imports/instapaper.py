"""Instapaper's CSV, old (``URL,Title,Selection,Folder``) and current (with ``Timestamp`` and ``Tags``).

A folder of one's own becomes the tag ``folder/<name>``. The file has the newest first; it is given from its end, so
that what came in one second keeps its order. Lost before we see it: texts and highlights.
"""

from __future__ import annotations

from collections.abc import Iterator

from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.objects import load
from reader.exchange.imports.source import Export
from reader.exchange.imports.table import Row, rows
from reader.exchange.imports.values import TZ_ASSUMED, address, split_tags, tags, when

_MAPPED = ("url", "title", "selection", "folder", "timestamp", "tags")


def items(export: Export) -> Iterator[Item | Problem]:
    table: list[Row] = []
    broken = ""
    try:
        table.extend(rows(export.text))
    except ExportError as error:
        broken = error.reason
    for row in reversed(table):
        yield from _article(row)
    if broken:
        raise ExportError(broken)


def _article(row: Row) -> Iterator[Item | Problem]:
    url, fault = address(row.get("url"))
    if url is None:
        yield Problem(row.place, fault)
        return
    added = when(row.get("timestamp"))
    if added.fault:
        yield Problem(row.place, added.fault, "warning")
    folder = row.get("folder")
    is_archived = folder.casefold() == "archive"
    is_own = folder.casefold() not in ("", "unread", "archive", "starred")
    title = row.get("title")
    yield Item(
        place=row.place,
        title="" if title == url else title,
        url=url,
        tags=tags([*_tags(row.get("tags")), *([f"folder/{folder}"] if is_own else [])]),
        state="read" if is_archived else "unread",
        starred=folder.casefold() == "starred",
        archived=is_archived,
        added=added.at,
        note=row.get("selection"),
        origin=f"instapaper:{url}",
        extra=row.rest(*_MAPPED) | ({TZ_ASSUMED: True} if added.is_local else {}),
    )


def _tags(cell: str) -> tuple[str, ...]:
    """A JSON array; of a cell that is none, what its commas divide."""
    try:
        value = load(cell) if cell else []
    except ExportError:
        value = None
    return tags(value) if isinstance(value, list) else split_tags(cell.strip("[]"), ",")
