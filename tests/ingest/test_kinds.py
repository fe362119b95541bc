from __future__ import annotations

import gzip

import pytest

from reader.domain.text import clean
from reader.ingest import IngestError, Kind, is_feed_list, read, read_all, read_feed_list
from reader.ingest.kinds import BOOK_LIMIT, SIZE_LIMIT, kind_of, size_limit
from tests.ingest.books import book, page, zipped
from tests.ingest.drawn import Put
from tests.ingest.drawn import pdf as drawn

BOOK = book({"a.xhtml": page("<p>One.</p>")})
BOMB = b'<!DOCTYPE opml [<!ENTITY a "lol"><!ENTITY f SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"words", "a.txt", "text"),
        (b"words", "", "text"),
        (b"words", "notes.md", "markdown"),
        (b"words", "NOTES.MARKDOWN", "markdown"),
        (b"words", "main.py", "text"),
        (b"<p>words", "a.html", "html"),
        (b"\n <!DOCTYPE html><p>x", "a.txt", "html"),
        (b"<!-- saved --><html>", "a.md", "html"),
        (b'<?xml version="1.0"?><html xmlns="x">', "a", "html"),
        ("<html>".encode("utf-16"), "a.txt", "html"),
        (b"<div>words", "", "html"),
        (b"<div>words", "a.md", "markdown"),
        (b"<3 you", "", "text"),
        (b"%PDF-1.7\n", "a.txt", "pdf"),
        (b"\r\n" * 300 + b"%PDF-1.4", "", "pdf"),
        (BOOK, "", "epub"),
        (zipped({"a": "", "mimetype": "application/epub+zip"}), "book.EPUB", "epub"),
        (b"<?xml version='1.0'?>\n<rss version='2.0'>", "a.xml", "feed"),
        (BOMB.replace(b"opml", b"rss") + b"<rss>", "a.html", "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "", "feed"),
        (b"<rdf:RDF xmlns='x'>", "", "feed"),
        (b'{"title": "x", "version": "https:\\/\\/jsonfeed.org\\/version\\/1"}', "a.json", "feed"),
        (b'{"version": "1"}', "", "text"),
        (b"From: a@b.org\r\nSubject: x\r\n y\r\nMIME-Version: 1.0\r\n\r\nx", "a.txt", "mail"),
        (b"Received: by x\nFrom: a@b.org\n\nx", "", "mail"),
        (b"From: a@b.org\nTo: c@d.org\nSubject: x\n\nx", "a.txt", "mail"),
        (b"x", "page.mhtml", "mail"),
        (b"Note: this\nFrom: me\nis a text", "", "text"),
        (b"Title: A\nDate: 2021-01-01\nFrom: me\n\ntext", "", "text"),
    ],
)
def test_content_tells_the_kind_before_the_name_does(data: bytes, name: str, kind: Kind) -> None:
    assert kind_of(data, name) == kind


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (zipped({"a.txt": "x"}), "a.docx", "a zip archive"),
        (gzip.compress(b"x", mtime=0), "a.txt", "a gzip file"),
        (b"\x89PNG\r\n", "a.txt", "an image"),
        (b"\x7fELF\x02", "a", "a program"),
        (b"SQLite format 3\0", "a.db", "a database"),
        (b"From a@b.org Mon Jan  1 00:00:00 2021\nFrom: a@b.org\nSubject: x\n\nx", "mail.mbox", "a mailbox"),
    ],
    ids=["zip", "gzip", "png", "elf", "database", "mailbox"],
)
def test_what_cannot_be_read_is_refused_by_name(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(IngestError) as refused:
        read(data, name=name)
    assert refused.value.reason == f"{reason}: this kind cannot be read"
    assert refused.value.source == name


def test_a_book_is_not_read_as_if_it_were_a_text() -> None:
    with pytest.raises(IngestError, match="a PDF, which cannot be read as text"):
        read(b"%PDF-1.4", kind="text")
    with pytest.raises(IngestError, match="an EPUB, which cannot be read as html"):
        read(BOOK, name="a.epub", kind="html")


def test_books_may_be_larger_than_texts() -> None:
    assert (size_limit(b"%PDF-1.4"), size_limit(BOOK), size_limit(b"words")) == (
        BOOK_LIMIT,
        BOOK_LIMIT,
        SIZE_LIMIT,
    )


def test_a_list_of_feeds_gives_their_addresses_and_nothing_else() -> None:
    outline = """<outline text="Sea"><outline text="A" xmlUrl="https://e.org/a"/>
    <outline text="again" xmlUrl="https://e.org/a"/>
    <outline xmlUrl="ftp://e.org/x"/><outline xmlUrl="https://e.org/&f;b"/></outline>"""
    data = BOMB + f"<opml version='2.0'><body>{outline}</body></opml>".encode()
    assert is_feed_list(data)
    assert not is_feed_list(b"<rss>")
    feeds = read_feed_list(data, name="feeds.opml")
    assert feeds[0].url == "https://e.org/a"
    assert "root" not in str([feed.url for feed in feeds])
    assert [feed.title for feed in feeds[:1]] == ["A"]
    with pytest.raises(IngestError, match="a list of feeds"):
        read(data, name="feeds.opml")
    for broken in (b"<opml", b"<opml><body/></opml>"):
        with pytest.raises(IngestError, match=r"no feeds in this list|a damaged list"):
            read_feed_list(broken)


def test_no_kind_brings_in_what_steers_a_terminal() -> None:
    evil = "A &#27;]0;x&#7;&#157;word\u202e"
    raw = "A \x1b]0;x\x07word"
    feed = f"<item><title>T</title><description><![CDATA[<p>{evil}</p>]]></description></item>"
    mail = "From: a@e.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    sources = (
        book({"a.xhtml": page(f"<h1>{evil}</h1><p>{evil}</p>")}, absent=("gone\x1b[2J.xhtml",)),
        drawn([[Put(72, 72, raw, 24), Put(72, 120, raw)]], info={"Title": raw, "Author": raw}),
        f"<rss version='2.0'><channel>{feed}</channel></rss>".encode(),
        f"{mail}<div hidden>{evil}</div><p>{evil}</p>".encode(),
    )
    for data in sources:
        for draft in read_all(data):
            said = f"{draft.title}{draft.author}{draft.document.text}{draft.extra}".replace("\n", "")
            assert "word" in said
            assert clean(said) == said
            assert not any(escape in said for escape in ("\\x1b", "\\x07", "\\u202e"))
