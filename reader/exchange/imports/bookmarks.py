"""Bookmarks of a browser or a bookmark service, in Netscape's format, whose tags nobody closes.

Folders become the tag ``folder/<path>``; those that every browser makes itself become none. All are unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.source import Export
from reader.exchange.imports.values import address, split_tags, tags, truth, when

_MAPPED = frozenset(
    ["href", "add_date", "tags", "toread", "icon", "icon_uri", "last_visit", "shortcuturl_", "starred"]
)
# Folders that are places on the screen, and say nothing of what is in them.
_PLACES = frozenset(["personal_toolbar_folder", "unfiled_bookmarks_folder", "mobile_bookmarks_folder"])
_OPENS_BROWSER = ("javascript:", "place:", "about:", "chrome:", "edge:", "data:", "file:", "moz-extension:")


def items(export: Export) -> Iterator[Item | Problem]:
    page = _Page()
    number = 0
    for at in range(0, len(export.text), 2**16):
        page.feed(export.text[at : at + 2**16])
        for mark in page.taken():
            number += 1
            yield from _article(f"bookmark {number}", mark)
    page.close()
    for mark in page.marks:
        number += 1
        yield from _article(f"bookmark {number}", mark)


class _Mark:
    def __init__(self, attributes: Mapping[str, str | None], folders: tuple[str, ...]) -> None:
        self.attributes = {name: value or "" for name, value in attributes.items()}
        self.folders = folders
        self.title = ""
        self.note = ""


def _article(place: str, mark: _Mark) -> Iterator[Item | Problem]:
    given = mark.attributes
    url, fault = address(given.get("href"))
    if url is None:
        is_command = given.get("href", "").strip().casefold().startswith(_OPENS_BROWSER)
        yield Problem(place, fault, "skipped" if is_command else "failed")
        return
    added = when(given.get("add_date"))
    if added.fault:
        yield Problem(place, added.fault, "warning")
    folder = "/".join(mark.folders)
    yield Item(
        place=place,
        title="" if mark.title.strip() == url else mark.title,
        url=url,
        tags=tags([*split_tags(given.get("tags", ""), ","), *([f"folder/{folder}"] if folder else [])]),
        starred=truth(given.get("starred", "")),
        added=added.at,
        note=mark.note,
        origin=f"bookmarks:{url}",
        extra={name: value for name, value in given.items() if name not in _MAPPED and value},
    )


class _Page(HTMLParser):
    """Walks the tags as they come: a folder lasts from its ``<H3>`` over the ``<DL>`` that follows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._folders: list[str] = []  # one for each open list
        self._next = ""  # the name of the folder whose list is about to begin
        self.marks: list[_Mark] = []
        self._inside = ""
        self._words: list[str] = []

    def taken(self) -> list[_Mark]:
        """Those of ``marks`` that are complete, no longer among them: to the last one a note may still come."""
        done, self.marks = self.marks[:-1], self.marks[-1:]
        return done

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("a", "h3", "dl", "dt", "dd"):
            self._end()
        given = dict(attrs)
        if tag == "a":
            self.marks.append(_Mark(given, tuple(name for name in self._folders if name)))
            self._inside = "a"
        elif tag == "h3":
            self._inside = "" if _PLACES.intersection(given) else "h3"
            self._next = ""
        elif tag == "dl":
            self._folders.append(self._next)
            self._next = ""
        elif tag == "dd":
            self._inside = "dd"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("a", "h3", "dl"):
            self._end()
        if tag == "dl" and self._folders:
            self._folders.pop()

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._end()

    def _end(self) -> None:
        words = "".join(self._words).strip()
        if self._inside == "h3":
            self._next = " ".join(words.replace("/", " ").split())
        elif self._inside == "a":
            self.marks[-1].title = words
        elif self._inside == "dd" and self.marks and not self.marks[-1].note:
            self.marks[-1].note = words
        self._inside, self._words = "", []
