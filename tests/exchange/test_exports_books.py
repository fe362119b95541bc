"""One HTML page, and one EPUB."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from zipfile import ZIP_STORED, ZipFile

from hypothesis import given, settings
from lxml import etree

from reader.exchange.exports import epub, page
from reader.exchange.exports.recognition import is_ours
from tests.exchange.exported import UID, article, hostile

INSIDE = "<header>\n<h1>T</h1>\n</header>\n<p>Words</p>\n"
BOOK = epub.Book("A book", [UID], ["Ann", "Bo"], ["en", "de", "en"], datetime(2026, 11, 22, 12, tzinfo=UTC))


def bound(book: epub.Book = BOOK, titles: tuple[str, ...] = ("One", "Two")) -> bytes:
    file = io.BytesIO()
    epub.write(file, book, (epub.Chapter(title, INSIDE, "en") for title in titles))
    return file.getvalue()


def test_a_book_has_what_a_reading_program_asks_for() -> None:
    data = bound()
    with ZipFile(io.BytesIO(data)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, archive.read(first)) == (
            "mimetype", ZIP_STORED, b"application/epub+zip",
        )  # fmt: skip
        assert data[30:58] == b"mimetypeapplication/epub+zip"
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        package = etree.fromstring(archive.read("EPUB/package.opf"))
        names = set(archive.namelist())
        parts = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
        assert package.findtext(".//opf:meta", namespaces=parts) == "2026-11-22T12:00:00Z"
        assert package.findtext(".//dc:language", namespaces=parts) == "en"
        items = {item.get("id"): item.get("href") for item in package.iterfind(".//opf:item", parts)}
        assert {f"EPUB/{name}" for name in items.values()} < names
        spine = [items[ref.get("idref")] for ref in package.iterfind(".//opf:itemref", parts)]
        assert spine == ["title.xhtml", "article-00001.xhtml", "article-00002.xhtml"]
        nav = etree.fromstring(archive.read("EPUB/nav.xhtml"))
        assert [a.text for a in nav.iter("{http://www.w3.org/1999/xhtml}a")] == ["Title page", "One", "Two"]
    assert is_ours("epub", data[:4096], data[-4096:])


def test_the_same_book_has_the_same_bytes_and_without_chapters_it_is_one_too() -> None:
    assert bound() == bound()
    assert bound(replace(BOOK, uids=[], changed=None, languages=[]), ()).startswith(b"PK")


@given(hostile)
@settings(max_examples=40)
def test_no_title_breaks_a_book_or_a_page(title: str) -> None:
    data = bound(replace(BOOK, title=title, authors=[title], languages=[title]), (title,))
    with ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith(("xhtml", "opf", "xml")):
                etree.fromstring(archive.read(name))
    summary = article(title).summary
    text = page.opening(title) + page.contents_begin(title, 2, 1) + page.contents_line(summary, 1)
    text += page.CONTENTS_END + page.article(summary, INSIDE, is_alone=False) + page.END
    found = etree.fromstring(text, etree.HTMLParser())
    assert not list(found.iter("script"))
    assert len(list(found.iter("style"))) == len(list(found.iter("article"))) == 1
    if title.isprintable():
        assert "".join(found.find(".//h1").itertext()) == title


def test_a_page_loads_and_runs_nothing_and_is_known_again() -> None:
    opening = page.opening("A & B", "en")
    assert opening.startswith('<!doctype html>\n<html lang="en">\n')
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in opening
    assert "prefers-color-scheme: dark" in opening
    assert "url(" not in opening
    assert "@import" not in opening
    assert is_ours("html", opening.encode()[:4096], b"")
