"""newsboat: ``cache.db``, an SQLite file with the feeds and their items.

The cache holds whatever the feeds ever brought, mostly never looked at. What somebody wanted to keep bears a flag:
flagged items come along, all others only when they are asked for.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

from reader.exchange.imports import values
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.fields import Fields
from reader.exchange.imports.item import Body, Item, Problem
from reader.exchange.imports.source import Export

NAME = "newsboat"
MAGIC = b"SQLite format 3\x00"
_STARS = frozenset("sS")  # "star" and "save" in most configurations that are public
_FLAGS = re.compile("[A-Za-z]")
_STEPS = 10_000  # of SQLite's machine between two looks at how much it has done
_MOST_STEPS = 2_000  # of those: a view or an index made to turn in circles ends here
_FEEDS = "select rssurl, title, url from rss_feed"
_ITEMS = "select * from rss_item order by id"


def items(export: Export, *, everything: bool = False) -> Iterator[Item | Problem]:
    """An item a flagged entry, or with *everything* an entry that is not deleted.

    Raises ExportError if it is no cache of newsboat, or is damaged; then what was read before is whole.
    """
    try:
        with closing(_opened(export.data)) as connection:
            yield from _entries(connection, everything)
    except (sqlite3.Error, OverflowError, UnicodeError) as error:
        raise ExportError("damaged, or not a cache of newsboat") from error


def _opened(data: bytes) -> sqlite3.Connection:
    """*data* as a database in memory: nothing of the file, and nothing beside it, is touched."""
    if not data.startswith(MAGIC):
        raise ExportError("not a cache of newsboat")
    # A file in WAL mode cannot be opened from memory; its header says so in two bytes.
    data = data[:18] + b"\x01\x01" + data[20:]
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    del data
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    connection.row_factory = sqlite3.Row
    for pragma in ("query_only = on", "trusted_schema = off", "cell_size_check = on"):
        connection.execute(f"pragma {pragma}")
    left = iter(range(_MOST_STEPS))
    connection.set_progress_handler(lambda: next(left, None) is None, _STEPS)
    tables = dict(
        connection.execute("select name, type from sqlite_master where name in ('rss_feed', 'rss_item')")
    )
    if tables != {"rss_feed": "table", "rss_item": "table"}:
        raise ExportError("not a cache of newsboat")
    return connection


def _entries(connection: sqlite3.Connection, everything: bool) -> Iterator[Item | Problem]:
    feeds = {row[0]: Fields(dict(row), "") for row in connection.execute(_FEEDS)}
    left_out = 0
    for number, row in enumerate(connection.execute(_ITEMS), 1):
        fields = Fields(dict(row), f"item {number}")
        if fields.flag("deleted"):
            continue
        if not everything and not fields.text("flags"):
            left_out += 1
            continue
        yield from _entry(fields, feeds)
    if left_out:
        items_left = "1 item" if left_out == 1 else f"{left_out:,} items"
        yield Problem("rss_item", f"{items_left} without a flag left out", "skipped")


def _entry(fields: Fields, feeds: Mapping[Any, Fields]) -> Iterator[Item | Problem]:
    feed_url = fields.text("feedurl")
    feed = feeds.get(feed_url) or Fields({}, "")
    flags = sorted(set(_FLAGS.findall(fields.text("flags"))))
    body = _body(fields)
    url, fault = fields.address("url")
    if url is None:
        if body is None:
            yield Problem(fields.place, fault)
            return
        fields.warn(fault)
    fields.get("id", "deleted")
    site = feed.text("title")
    yield Item(
        place=fields.place,
        title=fields.text("title"),
        url=url,
        author=fields.text("author") or None,
        site=site or None,
        published=values.published(fields.get("pubDate")),
        tags=values.tags(f"newsboat/{flag}" for flag in flags),
        state="unread" if fields.flag("unread") else "read",
        starred=not _STARS.isdisjoint(flags),
        body=body,
        origin=f"{NAME}:{feed_url}|{fields.text('guid') or url}",
        extra=fields.rest() | {"feedurl": feed_url},
    )
    yield from fields.problems()


def _body(fields: Fields) -> Body | None:
    content, media_type = fields.text("content"), fields.text("content_mime_type").casefold()
    if not content:
        return None
    data = content.encode("utf-8", "replace")
    is_text = media_type.startswith("text/plain") or (not media_type and "<" not in content)
    return Body(data, "text" if is_text else "extracted")
