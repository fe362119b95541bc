"""Pocket: the HTML page, and the zip of CSV parts with annotations, of which each part may come alone.

Of a page the headline before a list says whether it was archived. Tables have two generations of headers, the later
with a column ``cursor``. Lost before we see it: favourites, texts, progress, places of highlights.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from itertools import count
from typing import Any

from reader.domain.identity import url_key
from reader.domain.record import Marked
from reader.exchange.imports.archive import Archive, EntryError
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.objects import Broken, as_list, as_mapping, as_text, records
from reader.exchange.imports.source import Export
from reader.exchange.imports.table import rows
from reader.exchange.imports.values import TZ_ASSUMED, address, split_tags, when

_ANNOTATIONS = re.compile(r"(?:.*/)?annotations/part_\d+\.json")
_PARTS = re.compile(r"(?:.*/)?part_\d{6}\.csv")
_MAPPED = ("title", "url", "time_added", "tags", "status", "cursor")


def items(export: Export) -> Iterator[Item | Problem]:
    if export.archive is not None:
        yield from _of_zip(export, export.archive)
        return
    start = export.opening.lstrip("\ufeff \t\r\n")[:1]
    if start == "[":
        marked: _Marked = {}
        yield from _annotations(export.text, "", marked)
        yield from _left_over(marked)
    elif start == "<":
        yield from _of_page(export.text)
    else:
        yield from _of_table(export.text, "", {})


# -- the zip -------------------------------------------------------------------------------------------------
_Marked = dict[str, Item]
"""Items that only have highlights, by the keys of their addresses, each taken out when its article is met."""


def _of_zip(export: Export, archive: Archive) -> Iterator[Item | Problem]:
    marked: _Marked = {}
    for name in archive.names:
        if _ANNOTATIONS.fullmatch(name):
            yield from _annotations_in(export, archive, name, marked)
    parts = [name for name in archive.names if _PARTS.fullmatch(name)]
    for name in parts:
        place = f"{name.rpartition('/')[2]} " if len(parts) > 1 else ""
        try:
            text = export.decoded(archive.read(name))
            yield from _of_table(text, place, marked)
        except EntryError as error:
            yield Problem(name, error.reason)
        except ExportError as error:
            yield Problem(name, error.reason)
    yield from _left_over(marked)


def _annotations_in(export: Export, archive: Archive, name: str, marked: _Marked) -> Iterator[Problem]:
    try:
        text = export.decoded(archive.read(name))
    except (EntryError, ExportError) as error:
        yield Problem(name, error.reason)
        return
    yield from _annotations(text, f"{name.rpartition('/')[2]} ", marked)


def _annotations(text: str, file: str, marked: _Marked) -> Iterator[Problem]:
    """Put the highlights in *text* among *marked*; of one address, those of all its records."""
    for number, record in enumerate(records(text), 1):
        place = f"{file}record {number}"
        if isinstance(record, Broken):
            yield Problem(place, record.reason)
            continue
        record = as_mapping(record)
        url, fault = address(record.get("url"))
        key = url_key(url) if url else None
        if url is None or key is None:
            yield Problem(place, fault)
            continue
        highlights = []
        for given in map(as_mapping, as_list(record.get("highlights"))):
            made = when(given.get("created_at"))
            if made.fault:
                yield Problem(place, made.fault, "warning")
            highlights.append(Marked(as_text(given.get("quote")), made=made.at))
        known = marked.get(key) or Item(place, _title(as_text(record.get("title")), url), url)
        marked[key] = replace(known, highlights=(*known.highlights, *highlights))


def _left_over(marked: _Marked) -> Iterator[Item]:
    """Articles that are in no table and have highlights all the same."""
    yield from (replace(item, origin=f"pocket:{item.url}") for item in marked.values())


# -- the tables ----------------------------------------------------------------------------------------------
def _of_table(text: str, file: str, marked: _Marked) -> Iterator[Item | Problem]:
    for row in rows(text):
        given = {name: row.get(name) for name in ("url", "title", "time_added", "status")}
        tags = split_tags(row.get("tags"), "|")
        yield from _article(f"{file}{row.place}", given, tags, row.rest(*_MAPPED), marked)


def _article(
    place: str, given: Mapping[str, str], tags: tuple[str, ...], extra: dict[str, Any], marked: _Marked
) -> Iterator[Item | Problem]:
    url, fault = address(given["url"])
    if url is None:
        yield Problem(place, fault)
        return
    added = when(given["time_added"])
    if added.fault:
        yield Problem(place, added.fault, "warning")
    known = marked.pop(url_key(url) or "", None)
    is_archived = given["status"].casefold() in ("archive", "archived", "1")
    yield Item(
        place=place,
        title=_title(given["title"], url) or (known.title if known else ""),
        url=url,
        tags=tags,
        state="read" if is_archived else "unread",
        archived=is_archived,
        added=added.at,
        highlights=known.highlights if known else (),
        origin=f"pocket:{url}",
        extra=extra | ({TZ_ASSUMED: True} if added.is_local else {}),
    )


def _title(title: str, url: str) -> str:
    """Pocket gives a page that it never fetched its address for a title."""
    return "" if title.strip() in (url, url.partition("://")[2]) else title


# -- the page ------------------------------------------------------------------------------------------------
def _of_page(text: str) -> Iterator[Item | Problem]:
    page = _Page()
    page.feed(text)
    page.close()
    numbers = count(1)
    for status, attributes, title in page.links:
        given = {
            "url": attributes.get("href") or "", "title": title, "status": status,
            "time_added": attributes.get("time_added") or "",
        }  # fmt: skip
        tags = split_tags(attributes.get("tags") or "", ",")
        yield from _article(f"link {next(numbers)}", given, tags, {}, {})


class _Page(HTMLParser):
    """``links`` are the state of the list that each is in, its attributes and its words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, Mapping[str, str | None], str]] = []
        self._status = "unread"
        self._inside = ""
        self._words: list[str] = []
        self._attributes: Mapping[str, str | None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("a", "h1"):
            self._end()
            self._inside, self._attributes = tag, dict(attrs)
        elif tag in ("li", "ul"):
            self._end()

    def handle_endtag(self, tag: str) -> None:
        if tag in ("a", "h1", "li", "ul"):
            self._end()

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._end()

    def _end(self) -> None:
        """What was begun is over; a tag that was never closed ends where the next one begins."""
        words = "".join(self._words).strip()
        if self._inside == "h1":
            self._status = "archive" if "archive" in words.casefold() else "unread"
        elif self._inside == "a":
            self.links.append((self._status, self._attributes, words))
        self._inside, self._words, self._attributes = "", [], {}
