"""What an EPUB says of itself: its title and people, its chapters in reading order, and its table of contents."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from reader.domain.text import clean_line
from reader.ingest.dates import published
from reader.ingest.errors import IngestError
from reader.ingest.zipped import EntryError, Zipped

ENTRIES_OF_CONTENTS = 10_000

_DC = "{http://purl.org/dc/elements/1.1/}"
_OPS = "{http://www.idpf.org/2007/ops}"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")
_OF_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_DAMAGED = "a damaged EPUB: no list of its chapters"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents: a place in the file ``path``, ``depth`` from 1."""

    title: str
    path: str
    fragment: str
    depth: int


@dataclass(frozen=True, slots=True)
class Book:
    """``chapters`` are names in the archive, in reading order, without the cover and the table of contents."""

    title: str
    author: str | None
    language: str | None
    published: str | None
    publisher: str | None
    chapters: tuple[str, ...]
    contents: tuple[Entry, ...]


def read_book(files: Zipped) -> Book:
    """The book in *files*. Raises IngestError if it is protected, or its chapters cannot be found."""
    if "META-INF/encryption.xml" in files.names:
        _refuse_protected(_tree(files, "META-INF/encryption.xml"))
    container = _tree(files, "META-INF/container.xml")
    roots = [element.get("full-path") for element in container.iterfind(".//{*}rootfile")]
    path = next((root for root in roots if root), None)
    if path is None:
        raise IngestError("", _DAMAGED)
    package = _tree(files, path)
    return _book(files, package, posixpath.dirname(path))


def resolve(folder: str, href: str) -> tuple[str, str]:
    """The name in the archive that *href*, in a file in *folder*, leads to, and the fragment; ``""`` for a name
    outside the archive."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return "", ""
    if parts.scheme or parts.netloc:
        return "", ""
    path = posixpath.normpath(posixpath.join(folder, unquote(parts.path))) if parts.path else ""
    return ("" if path.startswith(("../", "/")) else path), parts.fragment


def _refuse_protected(encryption: Any) -> None:
    """Fonts may be garbled, which is no protection of the text; anything else is."""
    for method in encryption.iterfind(".//{*}EncryptedData/{*}EncryptionMethod"):
        if method.get("Algorithm") not in _OF_FONTS:
            raise IngestError("", "protected by DRM")


def _book(files: Zipped, package: Any, folder: str) -> Book:
    metadata = next(package.iterfind(".//{*}metadata"), package)
    items = {item.get("id"): item for item in package.iterfind(".//{*}manifest/{*}item") if item.get("href")}
    names = {id: resolve(folder, item.get("href"))[0] for id, item in items.items()}
    order = [reference.get("idref") for reference in package.iterfind(".//{*}spine/{*}itemref")]
    if not any(id in items for id in order):
        order = [id for id, item in items.items() if item.get("media-type") in _PAGES]
    cover = {
        resolve(folder, reference.get("href", ""))[0]
        for reference in package.iterfind(".//{*}guide/{*}reference")
        if reference.get("type", "").lower() == "cover"
    }
    chapters = [
        name
        for id in dict.fromkeys(order)
        if (item := items.get(id)) is not None
        and (name := names[id])
        and name not in cover
        and "nav" not in item.get("properties", "").split()
    ]
    if not chapters:
        raise IngestError("", _DAMAGED)
    return Book(
        title=_said(metadata, "title"),
        author=_people(metadata),
        language=_said(metadata, "language") or None,
        published=_date(metadata),
        publisher=_said(metadata, "publisher") or None,
        chapters=tuple(dict.fromkeys(chapters)),
        contents=_contents(files, package, items, names),
    )


def _said(metadata: Any, name: str) -> str:
    return next((said for element in metadata.iter(_DC + name) if (said := _text(element))), "")


def _people(metadata: Any) -> str | None:
    """The authors, or whoever made the book if nobody is called its author."""
    roles = {
        element.get("refines", "").removeprefix("#"): _text(element)
        for element in metadata.iterfind("{*}meta[@property='role']")
    }
    people = [
        (
            _text(element),
            element.get("{http://www.idpf.org/2007/opf}role") or roles.get(element.get("id", ""), "aut"),
        )
        for element in metadata.iter(_DC + "creator")
    ]
    authors = [name for name, role in people if role == "aut"] or [name for name, _ in people]
    return ", ".join(dict.fromkeys(filter(None, authors))) or None


def _date(metadata: Any) -> str | None:
    dates = list(metadata.iter(_DC + "date"))
    dates.sort(
        key=lambda element: element.get("{http://www.idpf.org/2007/opf}event") not in (None, "publication")
    )
    return next((date for element in dates if (date := published(_text(element)))), None)


def _contents(files: Zipped, package: Any, items: dict[str, Any], names: dict[str, str]) -> tuple[Entry, ...]:
    """The table of contents of EPUB 3, or else that of EPUB 2; none if neither can be read."""
    nav = next((id for id, item in items.items() if "nav" in item.get("properties", "").split()), None)
    spine = next(package.iterfind(".//{*}spine"), None)
    ncx = spine.get("toc") if spine is not None else None
    for id, entries in ((nav, _of_nav), (ncx, _of_ncx)):
        if id in names:
            try:
                found = tuple(entries(_tree(files, names[id]), posixpath.dirname(names[id])))
            except IngestError:
                continue
            if found:
                return found[:ENTRIES_OF_CONTENTS]
    return ()


def _of_nav(tree: Any, folder: str) -> Iterator[Entry]:
    lists = [nav for nav in tree.iterfind(".//{*}nav") if "toc" in nav.get(_OPS + "type", "").split()]
    for nav in lists[:1]:
        for link in nav.iterfind(".//{*}a"):
            depth = sum(1 for around in link.iterancestors("{*}ol"))
            yield _entry(_text(link), link.get("href", ""), folder, depth)


def _of_ncx(tree: Any, folder: str) -> Iterator[Entry]:
    for point in tree.iterfind(".//{*}navMap//{*}navPoint"):
        content = point.find("{*}content")
        label = point.find("{*}navLabel")
        if content is not None and label is not None:
            depth = 1 + sum(1 for around in point.iterancestors("{*}navPoint"))
            yield _entry(_text(label), content.get("src", ""), folder, depth)


def _entry(title: str, href: str, folder: str, depth: int) -> Entry:
    path, fragment = resolve(folder, href)
    return Entry(title, path, unquote(fragment), max(1, min(depth, 6)))


def _text(element: Any) -> str:
    return clean_line("".join(element.itertext()))


def _tree(files: Zipped, name: str) -> Any:
    # No entity is replaced and nothing is loaded, so that neither bombs nor files of this machine can come in.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        recover=True, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        tree = etree.fromstring(files.read(name), parser)
    except (EntryError, etree.LxmlError, ValueError) as error:
        raise IngestError("", _DAMAGED) from error
    if tree is None:
        raise IngestError("", _DAMAGED)
    return tree
