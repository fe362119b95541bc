"""Which program a file comes from, told by its content alone: names of files are changed too easily."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from typing import Literal, get_args

from reader.exchange.imports.archive import Archive, EntryError
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.source import Export
from reader.exchange.imports.table import headers

AppName = Literal[
    "reader", "pocket", "instapaper", "omnivore", "readwise", "readwise-reader", "wallabag", "readeck", "kindle",
    "hypothesis", "newsboat", "webannotation", "bookmarks", "opml", "urls",
]  # fmt: skip
APPS: tuple[AppName, ...] = get_args(AppName)

Chosen = AppName | Literal["auto"]

WHAT: Mapping[AppName, str] = {
    "reader": "Reader's own export", "pocket": "a Pocket export", "instapaper": "an Instapaper export",
    "omnivore": "an Omnivore export", "readwise": "Readwise highlights", "readwise-reader": "a Readwise Reader export",
    "wallabag": "a wallabag export", "readeck": "a Readeck export", "kindle": "Kindle clippings",
    "hypothesis": "Hypothesis annotations", "newsboat": "a newsboat cache", "webannotation": "W3C annotations",
    "bookmarks": "a browser's bookmarks", "opml": "a list of feeds (OPML)", "urls": "a list of addresses",
}  # fmt: skip
_MODULES: Mapping[AppName, str] = {"reader": "jsonl", "readwise-reader": "readwise_reader"}

Shape = Literal["zip", "csv", "json", "html", "xml", "text", "database"]

Items = Callable[[Export], Iterator[Item | Problem]]


@dataclass(frozen=True, slots=True)
class Detected:
    """``what`` is for people, with its article. ``app`` is ``None`` for a format that is known and not read.
    ``files`` are those in it that will be read; ``export`` is the file inside, where a zip held it alone."""

    app: AppName | None
    what: str
    shape: Shape
    files: tuple[str, ...]
    export: Export


def is_worth_a_look(head: bytes) -> bool:
    """Whether a file that begins so can be an export at all: cheap, and wrong only by saying yes too often."""
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start[:1] in (b"{", b"[", b"<") or start[:4].lower() in (b"pk\x03\x04", b"sqli", b"http"):
        return True
    first = start.splitlines()[:1]
    return b"==========" in start or any(mark in line for line in first for mark in (b",", b";", b"\t", b"#"))


def detect(export: Export) -> Detected | None:
    """What *export* is; ``None`` if it is no export that we know. Raises ExportError for a zip that is damaged."""
    if export.archive is not None:
        return _of_zip(export, export.archive)
    return _of_file(export)


def chosen(export: Export, app: Chosen) -> Detected:
    """How to read *export*: as its content tells, which *app* must not contradict.

    Raises ExportError, which says what was found, if it does, and for what cannot be read at all. A file that
    tells nothing is read as *app*.
    """
    found = detect(export)
    if app == "auto":
        if found is None:
            raise ExportError("no export that Reader knows; a text to be read is taken by reader add")
        if found.app is None:
            raise ExportError(f"{found.what}, which Reader does not import")
        return found
    if found is not None and found.app != app:
        raise ExportError(f"not {WHAT[app]}: the file is {found.what}")
    return found or Detected(app, WHAT[app], _shape(export), (export.name,) if export.name else (), export)


def items_of(app: AppName, *, everything: bool = False) -> Items:
    """The reader of *app*'s format, whose module is loaded now. *everything*: also what it leaves out by habit, as
    the articles of a newsboat cache that nobody flagged."""
    module = import_module(f"reader.exchange.imports.{_MODULES.get(app, app)}")
    items: Items = (
        partial(module.items, everything=True) if everything and app == "newsboat" else module.items
    )
    return items


# -- zips ----------------------------------------------------------------------------------------------------
_OMNIVORE = re.compile(r"(?:.*/)?metadata_\d+_to_\d+\.json")
_POCKET = re.compile(r"(?:.*/)?(?:part_\d{6}\.csv|annotations/part_\d+\.json)")
_READECK = re.compile(r"(?:.*/)?(?:data\.json|bookmarks/[^/]+/info\.json)")
_LITTER = re.compile(r"(?:__MACOSX/.*|(?:.*/)?\.[^/]*)", re.DOTALL)
_FEW = 50


def _of_zip(export: Export, archive: Archive) -> Detected | None:
    names = [name for name in archive.names if not _LITTER.fullmatch(name)]

    def found(app: AppName, pattern: re.Pattern[str]) -> Detected:
        return Detected(
            app, WHAT[app], "zip", tuple(name for name in names if pattern.fullmatch(name)), export
        )

    if "mimetype" in archive and _is_epub(archive):
        return Detected(None, "an EPUB book, which reader add takes", "zip", (), export)
    if "data.json" in names and any(name.endswith("/info.json") for name in names):
        return found("readeck", _READECK)
    if any(map(_OMNIVORE.fullmatch, names)):
        return found("omnivore", _OMNIVORE)
    if any(map(_POCKET.fullmatch, names)):
        return found("pocket", _POCKET)
    if len(names) > _FEW:
        return None
    inside = [one for name in names if (one := _inside(export, name)) is not None]
    return inside[0] if len(inside) == 1 else None


def _is_epub(archive: Archive) -> bool:
    try:
        return archive.head("mimetype", 100).strip() == b"application/epub+zip"
    except EntryError:
        return False


def _inside(export: Export, name: str) -> Detected | None:
    try:
        entry = export.inside(name)
    except ExportError:
        return None
    detected = _of_file(entry)
    return replace(detected, files=(name,)) if detected is not None else None


# -- single files --------------------------------------------------------------------------------------------
def _of_file(export: Export) -> Detected | None:
    text = export.opening.lstrip("\ufeff \t\r\n")
    found = _known(export.head, text)
    if found is None:
        return None
    told, shape = found
    app = next((known for known in APPS if known == told), None)
    name = (export.name,) if export.name else ()
    return Detected(app, WHAT[app] if app else told, shape, name, export)


def _known(head: bytes, text: str) -> tuple[str, Shape] | None:
    """The name of the format, or of one that is not read with its article, and its shape."""
    if head.startswith(b"SQLite format 3\x00"):
        return ("newsboat", "database") if b"rss_item" in head and b"rss_feed" in head else None
    if text[:1] in ("{", "["):
        app = _of_json(text)
        return (app, "json") if app else None
    if text[:1] == "<":
        return _of_markup(text)
    if _is_kindle(text):
        return "kindle", "text"
    if app := _of_table(text):
        return app, "csv"
    return ("urls", "text") if _is_mostly_addresses(text) else None


_NATIVE = re.compile(r'\{\s*"format"\s*:\s*"reader-jsonl"')
# A string that is never closed ends with the text: looked for again from each quotation mark inside it, a page of
# them would take minutes.
_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)(?:"(\s*:)?|\\?\Z)', re.DOTALL)


def _of_json(text: str) -> str | None:
    if _NATIVE.match(text):
        return "reader"
    keys = {found[1] for found in _STRING.finditer(text) if found[2]}
    if "@context" in keys and "anno.jsonld" in text:
        return "webannotation"
    if text[0] == "{":
        if "annotations" in keys and keys & {"export_userid", "client_version"}:
            return "hypothesis"
        return "a Karakeep export" if {"bookmarks", "content"} <= keys else None
    if "hashed_url" in keys or {"is_archived", "content"} <= keys:
        return "wallabag"
    if {"href", "description"} <= keys:
        return "a Pinboard export"
    return "pocket" if {"url", "highlights", "quote"} <= keys else None


_NETSCAPE = re.compile(r"<!doctype\s+netscape-bookmark-file-1", re.IGNORECASE)
# Possessive: a page that begins with many comments would be tried in all ways for ever.
_OPML = re.compile(
    r"(?:<!--(?:(?!-->).){0,2000}+-->|<[?!][^>]{0,2000}+>|\s++)*+<opml[\s>]", re.IGNORECASE | re.DOTALL
)
_POCKET_LIST = re.compile(r"<h1>\s*(?:unread|read archive)\s*</h1>", re.IGNORECASE)


def _of_markup(text: str) -> tuple[str, Shape] | None:
    if _NETSCAPE.search(text[:1000]):
        return "bookmarks", "html"
    if _OPML.match(text[:8000]):
        return "opml", "xml"
    if _POCKET_LIST.search(text) and "time_added=" in text:
        return "pocket", "html"
    return None


def _is_kindle(text: str) -> bool:
    lines = text.splitlines()
    return (
        len(lines) > 1
        and lines[1].lstrip("\ufeff").startswith("- ")
        and "==========" in map(str.rstrip, lines)
    )


# The columns that tell, of the most specific first.
_TABLES: tuple[tuple[frozenset[str], str], ...] = tuple(
    (frozenset(columns.split(",")), app)
    for columns, app in (
        ("highlight,book title,book author", "readwise"),
        ("title,url,id,document tags,saved date", "readwise-reader"),
        ("id,title,excerpt,url,folder,created", "a Raindrop export"),
        ("title,publisher,url,in queue,favorited", "a Matter export"),
        ("title,url,content,mime type,creation date", "wallabag"),
        ("created at,url,quote/description,comment", "hypothesis"),
        ("creation date,url,annotation/reply type,quote,body", "hypothesis"),
        ("title,url,time_added", "pocket"),
        ("url,title,selection,folder", "instapaper"),
        ("url,state", "readeck"),
        ("url,labels", "readeck"),
        ("url,folder", "readeck"),
    )
)


def _of_table(text: str) -> str | None:
    columns = headers(text)
    return next((app for needed, app in _TABLES if needed <= columns), None)


_ADDRESS = re.compile(r"https?://\S", re.IGNORECASE)


def _is_mostly_addresses(text: str) -> bool:
    lines = [line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#")]
    return bool(lines) and sum(_ADDRESS.match(line) is not None for line in lines) > 0.8 * len(lines)


def _shape(export: Export) -> Shape:
    if export.archive is not None:
        return "zip"
    shapes: Mapping[str, Shape] = {"{": "json", "[": "json", "<": "html"}
    return shapes.get(export.opening.lstrip("\ufeff \t\r\n")[:1], "text")
