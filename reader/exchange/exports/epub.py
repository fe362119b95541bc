"""A book in EPUB 3 (https://www.w3.org/TR/epub-33/): a title page, and a chapter an article.

The same chapters give the same bytes: times in the archive are that of the first day which zip knows, and the book's
own is the last change of what it holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import BinaryIO
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from reader.exchange.exports.counted import counted

MIMETYPE = "application/epub+zip"
COMMENT = b"terminal-reader"
"""At the end of the archive, by which an export of ours is known again."""

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_STYLE = Path(__file__).with_name("book.css")
_NOWHERE = {0xFFFE: None, 0xFFFF: None}
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True)
class Book:
    """``uids`` are the articles'; ``changed`` when something in it was changed last."""

    title: str
    uids: Sequence[str]
    authors: Sequence[str] = ()
    languages: Sequence[str] = ()
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """``inside`` are the elements of its body, well-formed; ``language`` a tag or empty."""

    title: str
    inside: str
    language: str = ""


def write(file: BinaryIO, book: Book, chapters: Iterable[Chapter]) -> None:
    """Put *book* with *chapters* into *file*, one chapter in memory at a time."""
    titles: list[str] = []
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.comment = COMMENT
        _put(archive, "mimetype", MIMETYPE, stored=True)
        _put(archive, "META-INF/container.xml", _CONTAINER)
        _put(archive, "EPUB/book.css", _STYLE.read_text("utf-8"))
        for number, chapter in enumerate(chapters, 1):
            titles.append(chapter.title)
            page = _page(chapter.title, chapter.inside, chapter.language)
            _put(archive, f"EPUB/{_name(number)}", page)
        _put(archive, "EPUB/title.xhtml", _page(book.title, _title_page(book), ""))
        _put(archive, "EPUB/nav.xhtml", _page(book.title, _contents(titles), ""))
        _put(archive, "EPUB/package.opf", _package(book, len(titles)))


def _put(archive: ZipFile, name: str, text: str, *, stored: bool = False) -> None:
    entry = ZipInfo(name, _FIRST_DAY)
    entry.compress_type = ZIP_STORED if stored else ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3  # else it says on which system it was made
    archive.writestr(entry, text.encode())


def _name(number: int) -> str:
    return f"article-{number:05}.xhtml"


def _page(title: str, inside: str, language: str) -> str:
    said = f' lang="{escape(language)}" xml:lang="{escape(language)}"' if language else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f'{said}>\n<head>\n<meta charset="utf-8"/>\n<title>{_text(title)}</title>\n'
        f'<link rel="stylesheet" href="book.css"/>\n</head>\n<body dir="auto">\n{inside}</body>\n</html>\n'
    )


def _title_page(book: Book) -> str:
    authors = f'<p class="facts">{_text(_named(book.authors))}</p>\n' if book.authors else ""
    count = f'<p class="count">{counted(len(book.uids), "article")}</p>\n'
    return f'<section class="title">\n<h1>{_text(book.title)}</h1>\n{authors}{count}</section>\n'


def _named(authors: Sequence[str], most: int = 5) -> str:
    more = len(authors) - most
    return " · ".join(authors[:most]) + (f" and {more:,} more" if more > 0 else "")


def _contents(titles: Sequence[str]) -> str:
    lines = "".join(
        f'<li><a href="{_name(number)}">{_text(title)}</a></li>\n' for number, title in enumerate(titles, 1)
    )
    return (
        f'<nav epub:type="toc" role="doc-toc" id="toc">\n<h1>Contents</h1>\n<ol>\n'
        f'<li><a href="title.xhtml">Title page</a></li>\n{lines}</ol>\n</nav>\n'
    )


def _package(book: Book, chapters: int) -> str:
    items = [(f"c{number}", _name(number)) for number in range(1, chapters + 1)]
    manifest = "".join(
        f'<item id="{id}" href="{name}" media-type="application/xhtml+xml"/>\n' for id, name in items
    )
    spine = "".join(f'<itemref idref="{id}"/>\n' for id, _ in items)
    authors = "".join(f"<dc:creator>{_text(author)}</dc:creator>\n" for author in book.authors)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="id">{_identifier(book.uids)}</dc:identifier>\n'
        f"<dc:title>{_text(book.title)}</dc:title>\n{authors}"
        f"<dc:language>{_text(_language(book.languages))}</dc:language>\n"
        f'<meta property="dcterms:modified">{_moment(book.changed)}</meta>\n</metadata>\n'
        '<manifest>\n<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>\n'
        '<item id="css" href="book.css" media-type="text/css"/>\n'
        f'<item id="title" href="title.xhtml" media-type="application/xhtml+xml"/>\n{manifest}</manifest>\n'
        f'<spine>\n<itemref idref="title"/>\n{spine}</spine>\n</package>\n'
    )


def _identifier(uids: Sequence[str]) -> str:
    """That of the one article, or of these articles together."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, 'reader:' + ' '.join(sorted(uids)))}"


def _language(languages: Sequence[str]) -> str:
    """The one that most are in; *undetermined* if nobody says."""
    counts = Counter(sorted(language for language in languages if language))
    return counts.most_common(1)[0][0] if counts else "und"


def _moment(changed: datetime | None) -> str:
    return f"{(changed or datetime(1980, 1, 1, tzinfo=UTC)).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _text(text: str) -> str:
    return escape(text, quote=False).translate(_NOWHERE)
