"""A book in EPUB form: its chapters as one article, or as one each."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from html import escape
from typing import Any

from lxml import etree

from reader.domain.article import Draft
from reader.domain.document import Document
from reader.domain.text import clean_line
from reader.ingest.book import Book, Entry, read_book, resolve
from reader.ingest.decode import decode_html
from reader.ingest.errors import IngestError
from reader.ingest.flow import Flow, same_words
from reader.ingest.html import if_cut
from reader.ingest.language import plausible
from reader.ingest.masthead import cut_title
from reader.ingest.page import parse_tree, sanitise
from reader.ingest.tree import walk
from reader.ingest.zipped import EntryError, Zipped

MEDIA_TYPE = "application/epub+zip"
COVER_WORDS = 5

_VOID = "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr"
# XHTML may close any element at once, and a browser's parser would go on in it: to the end of the book in a <title/>.
_CLOSED = re.compile(rf"<(?!(?:{_VOID})\b)([A-Za-z][\w:-]*)((?:\s[^<>]{{0,2000}})?)/>")
_DECLARATIONS = re.compile(r"<!DOCTYPE[^\[>]{0,500}\[.*?\]\s*>", re.DOTALL | re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class _Chapter:
    name: str
    body: Any
    data: bytes


def parse(data: bytes, *, stem: str = "", url: str | None = None) -> Draft:
    """The book *data* as one article with its chapters as headings.

    ``extra["skipped"]`` names the chapters that are missing or damaged. Raises IngestError if none can be read,
    or the book is protected.
    """
    book, chapters, skipped = _read(data)
    numbers = {chapter.name: number for number, chapter in enumerate(chapters, 1)}
    flow = Flow()
    for chapter in chapters:
        _put(chapter, numbers, flow)
    document = flow.build(book.title)
    return _draft(
        book, document, book.title or stem or cut_title(document.text), book.publisher, url, skipped
    )


def parse_chapters(data: bytes, *, stem: str = "", url: str | None = None) -> list[Draft]:
    """The book *data* as one article for each chapter that has any words, its title the site that it appeared in.

    The draft's original is the chapter alone, ``extra["part"]`` its name in the archive.
    """
    book, chapters, skipped = _read(data)
    drafts: list[Draft] = []
    for chapter in chapters:
        title = _title(chapter, book)
        flow = Flow()
        _put(chapter, {chapter.name: 1}, flow)
        document = flow.build(title)
        if document.text:
            title = title or cut_title(document.text)
            drafts.append(_draft(book, document, title, book.title or stem, None, skipped, chapter))
    if not drafts:
        raise IngestError("", "no text")
    return drafts


def _draft(
    book: Book,
    document: Document,
    title: str,
    site: str | None,
    url: str | None,
    skipped: list[str],
    chapter: _Chapter | None = None,
) -> Draft:
    extra: dict[str, Any] = {"skipped": skipped} if skipped else {}
    return Draft(
        title=title,
        document=document,
        url=url,
        author=book.author,
        site=site,
        published=book.published,
        language=plausible(book.language, document.text),
        media_type=MEDIA_TYPE if chapter is None else "text/html",
        original=chapter.data if chapter else b"",
        extra={**extra, "part": clean_line(chapter.name)} if chapter else extra,
    )


def _read(data: bytes) -> tuple[Book, list[_Chapter], list[str]]:
    """The book, the chapters that can be read, and the names of the others."""
    files = Zipped(data)
    book = read_book(files)
    chapters: list[_Chapter] = []
    skipped: list[str] = []
    for number, name in enumerate(book.chapters):
        try:
            source = files.read(name)
        except EntryError:
            skipped.append(clean_line(posixpath.basename(name)))
            continue
        try:
            body = _body(decode_html(source))
        except (IngestError, etree.LxmlError):
            skipped.append(clean_line(posixpath.basename(name)))
            continue
        if number == 0 and _is_cover(body):
            continue
        _head(body, [entry for entry in book.contents if entry.path == name])
        chapters.append(_Chapter(name, body, source))
    if not chapters:
        raise IngestError("", "no chapter of this book can be read")
    return book, chapters, skipped


def _body(source: str) -> Any:
    """The element with the text of a chapter; one of bare paragraphs if it is nested deeper than a tree can be."""
    tree = parse_tree(_CLOSED.sub(r"<\1\2></\1>", _DECLARATIONS.sub("", source, count=1)))
    _raise_references(tree)
    sanitise(tree)
    if cut := if_cut(source, tree):
        tree = parse_tree("".join(f"<p>{escape(paragraph)}</p>" for paragraph in cut.text.split("\n\n")))
    body = tree.find("body")
    return tree if body is None else body


def _is_cover(body: Any) -> bool:
    """Whether the first page is a picture and hardly a word."""
    words = len("".join(body.itertext()).split())
    return not words or (words <= COVER_WORDS and next(body.iter("img"), None) is not None)


def _head(body: Any, entries: list[Entry]) -> None:
    """Give a chapter the headings that only the table of contents has, and its headings the depth that they have
    there."""
    first = next(body.iter(*_HEADINGS), None)
    if first is not None:
        whole = entries[0].depth if entries else 1
        _push_down(body, whole - int(first.tag[1]))
        return
    places = {element.get("id"): element for element in body.iter() if element.get("id")}
    for entry in entries:
        place = places.get(entry.fragment) if entry.fragment else body
        if not entry.title or place is None:
            continue
        line = next((element for element in place.iter("p", "div") if _is_line(element)), None)
        if line is not None and same_words("".join(line.itertext()), entry.title):
            line.tag = f"h{entry.depth}"
            continue
        heading = body.makeelement(f"h{entry.depth}")
        heading.text = entry.title
        if place is body:
            body.insert(0, heading)
            heading.tail, body.text = body.text, None
        else:
            place.addprevious(heading)


def _is_line(element: Any) -> bool:
    return (
        bool("".join(element.itertext()).strip()) and next(element.iterdescendants("p", "div"), None) is None
    )


def _push_down(body: Any, by: int) -> None:
    if by > 0:
        for heading in body.iter(*_HEADINGS):
            heading.tag = f"h{min(6, int(heading.tag[1]) + by)}"


def _title(chapter: _Chapter, book: Book) -> str:
    """What the table of contents calls *chapter*, or its first heading does."""
    titles = [entry.title for entry in book.contents if entry.path == chapter.name and entry.title]
    headings = (" ".join("".join(heading.itertext()).split()) for heading in chapter.body.iter(*_HEADINGS))
    return titles[0] if titles else next(headings, "")


def _put(chapter: _Chapter, numbers: dict[str, int], flow: Flow) -> None:
    """Walk *chapter*, places in it named so that no two chapters have the same, and links between them kept."""
    own = numbers[chapter.name]
    folder = posixpath.dirname(chapter.name)
    for element in chapter.body.iter():
        for attribute in ("id", "name"):
            if name := element.get(attribute):
                element.set(attribute, f"{own}.{name}")
    for link in chapter.body.iterfind(".//a[@href]"):
        path, fragment = resolve(folder, link.get("href"))
        if path or fragment:
            number = numbers.get(path, 0) if path else own
            link.set("href", f"#{number}.{fragment}")
        elif not link.get("href").startswith(("http:", "https:", "mailto:")):
            del link.attrib["href"]
    flow.target(f"{own}.")
    walk(chapter.body, flow)


def _raise_references(tree: Any) -> None:
    """Set the numbers that refer to notes above the line, as they are in print."""
    for link in list(tree.iterfind(".//a[@href]")):
        is_reference = link.get("role") == "doc-noteref" or link.get("epub:type") == "noteref"
        if is_reference and link.getparent().tag != "sup" and link.text_content().strip().isdecimal():
            raised = tree.makeelement("sup")
            raised.tail, link.tail = link.tail, None
            link.addprevious(raised)
            raised.append(link)
