"""OPML: feeds, and no articles. What is in the file is told, feed by feed, with the folders around it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from reader.domain.text import clean_line
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.source import Export
from reader.exchange.imports.values import address

DEPTH = 250
_ADVICE = "Reader follows no feeds; reader add ADDRESS takes what one holds now"


def items(export: Export) -> Iterator[Item | Problem]:
    feeds: list[tuple[str, str]] = []
    broken = ""
    try:
        _parser(feeds).Parse(_without_declaration(export.text), True)
    except expat.ExpatError as error:
        broken = f"not XML from line {error.lineno} on"
    except ExportError as error:
        broken = error.reason
    yield from _told(feeds)
    if broken:
        raise ExportError(broken)


def _told(feeds: list[tuple[str, str]]) -> Iterator[Problem]:
    for number, (title, given) in enumerate(feeds, 1):
        place = f"feed {number}"
        url, fault = address(given)
        name = f"“{clean_line(title, 80)}”, " if title.strip() else ""
        yield (
            Problem(place, f"{name}{url}: {_ADVICE}", "skipped") if url else Problem(place, f"{name}{fault}")
        )


def _parser(feeds: list[tuple[str, str]]) -> expat.XMLParserType:
    """One that puts the title and the address of each feed among *feeds*, and refuses entities of a file's own, with
    which a few lines can grow to gigabytes or read other files."""
    folders: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(folders) >= DEPTH:
            raise ExportError(f"nested deeper than {DEPTH} levels")
        given = {key.lower(): value for key, value in attributes.items()}
        title = given.get("title") or given.get("text") or ""
        folders.append(title if name.lower() == "outline" else "")
        if name.lower() == "outline" and given.get("xmlurl"):
            path = " / ".join(folder for folder in folders if folder)
            feeds.append((path, given["xmlurl"]))

    def end(name: str) -> None:
        folders.pop()

    def refuse(*declaration: object) -> None:
        raise ExportError("it declares entities of its own")

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.EntityDeclHandler = refuse
    return parser


def _without_declaration(text: str) -> bytes:
    """*text* in UTF-8, without the declaration that may say that it is in another encoding: it was decoded already."""
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith("<?xml"):
        text = text.partition("?>")[2]
    return text.encode("utf-8", "replace")
