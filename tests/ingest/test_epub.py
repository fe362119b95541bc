from __future__ import annotations

import struct
import time
import zipfile

import pytest

from reader.domain.document import Document
from reader.ingest import IngestError, epub, read, read_all
from reader.ingest.zipped import Zipped
from tests.ingest.books import CONTAINER, book, page, zipped
from tests.invariants import assert_document

PROSE = "The whistle at the cannery blew at noon, and everybody set a watch by it."
NAV = """<ol><li><a href="a.xhtml">Part One</a><ol><li><a href="b.xhtml">The Whistle</a></li>
<li><a href="c.xhtml#s2">The Watch</a></li></ol></li></ol>"""


def headings(document: Document) -> list[tuple[int, str]]:
    return [(block.level, document.slice(block.span)) for block in document.blocks if block.kind == "heading"]


def test_a_book_is_one_article_with_its_chapters_as_headings() -> None:
    data = book(
        {
            "a.xhtml": page("<p>A part.</p>"),
            "b.xhtml": page(f"<h1>The Whistle</h1><p>{PROSE}</p><h2>Later</h2><p>x</p>"),
            "c.xhtml": page("<p>Before.</p><div id='s2'><p>THE WATCH</p></div><p>After.</p>"),
        },
        nav=NAV,
    )
    draft = epub.parse(data)
    assert_document(draft.document)
    assert (draft.title, draft.author, draft.site) == (
        "The Noon Whistle",
        "Dale R. Whitcomb",
        "Harbour Press",
    )
    assert (draft.language, draft.published, draft.extra) == ("en", "2019-05-04", {})
    assert headings(draft.document) == [
        (1, "Part One"), (2, "The Whistle"), (3, "Later"), (2, "THE WATCH"),
    ]  # fmt: skip
    assert draft.document.text.endswith("Before.\n\nTHE WATCH\n\nAfter.")


def test_each_chapter_can_be_an_article() -> None:
    data = book(
        {
            "a.xhtml": page("<p>One.</p>"),
            "b.xhtml": page("<h1>Two</h1><p>Two.</p>"),
            "c.xhtml": page("<p> </p>"),
        },
        nav='<ol><li><a href="a.xhtml">First</a></li></ol>',
    )
    first, second = read_all(data, name="book.epub", chapters=True)
    assert [(d.title, d.document.text, d.site) for d in (first, second)] == [
        ("First", "One.", "The Noon Whistle"), ("Two", "Two.", "The Noon Whistle"),
    ]  # fmt: skip
    assert first.extra["part"] == "OEBPS/a.xhtml"
    assert first.original.startswith(b"<?xml")
    assert first.media_type == "text/html"
    assert read(data, name="book.epub").media_type == "application/epub+zip"


def test_notes_lead_there_and_back_across_files_and_equal_names() -> None:
    data = book(
        {
            "a.xhtml": page('<p id="n1">Salt<a epub:type="noteref" href="notes.xhtml#n1">1</a>.</p>'),
            "notes.xhtml": page('<p id="n1">1. <a href="a.xhtml#n1">Back</a>; see <a href="https://e.org/x">there</a>'
                                ' and <a href="../../x.html">nowhere</a>.</p>'),
        }
    )  # fmt: skip
    document = epub.parse(data).document
    assert_document(document)
    assert document.text.startswith("Salt¹.")
    links = {document.slice(m.span): m.href for m in document.marks if m.kind == "link"}
    assert document.slice(document.targets[links["¹"]]).startswith("1. Back")
    assert document.slice(document.targets[links["Back"]]) == "Salt¹."
    assert links["there"] == "https://e.org/x"
    assert "nowhere" not in links


def test_covers_and_the_table_of_contents_are_left_out_and_pictures_leave_their_words() -> None:
    data = book(
        {
            "cover.xhtml": page('<svg><image href="c.jpg"/></svg>'),
            "a.xhtml": page(f'<h1>A</h1><p>{PROSE}</p><figure><img src="p.png" alt="A crane"/>'
                            "<figcaption>The crane in 1904</figcaption></figure>"),
        },
        ncx='<navPoint><navLabel><text>Cover</text></navLabel><content src="cover.xhtml"/></navPoint>'
            '<navPoint><navLabel><text>A</text></navLabel><content src="a.xhtml"/></navPoint>',
    )  # fmt: skip
    document = epub.parse(data).document
    assert document.text == f"A\n\n{PROSE}\n\nThe crane in 1904"


def test_elements_that_xhtml_closes_at_once_swallow_nothing() -> None:
    body = page('<a id="p1"/><p>One <i/>two <span class="x" />three.</p><div/><p>Four.</p>').replace(
        "<title>x</title>", '<title/><script src="a.js"/>'
    )
    assert epub.parse(book({"a.xhtml": body})).document.text == "One two three.\n\nFour."


def test_missing_and_damaged_chapters_are_named_and_the_rest_is_read() -> None:
    body = page("<p>Bytes that will be changed, later.</p>")
    data = bytearray(
        book({"a.xhtml": page("<p>Größe.</p>").encode("utf-16"), "b.xhtml": body}, absent=("gone.xhtml",))
    )
    import io

    with zipfile.ZipFile(io.BytesIO(bytes(data))) as file:
        offset = file.getinfo("OEBPS/b.xhtml").header_offset
    crc = data.index(
        struct.pack("<I", zipfile.crc32(body.encode())), offset + 30
    )  # that of the central directory
    data[crc] ^= 0xFF
    draft = epub.parse(bytes(data))
    assert draft.document.text == "Größe."
    assert draft.extra["skipped"] == ["b.xhtml", "gone.xhtml"]


def _locked(algorithm: str) -> dict[str, str]:
    return {
        "META-INF/encryption.xml": '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
        f'<e:EncryptionMethod Algorithm="{algorithm}"/></e:EncryptedData></encryption>'
    }


ONE = {"a.xhtml": page("<p>One.</p>")}


NO_CHAPTERS = "a damaged EPUB: no list of its chapters"
OUTSIDE = "../../../etc/passwd"
MANY = {"mimetype": "application/epub+zip", **{f"{number}": "" for number in range(20_001)}}
REFUSED = {
    "drm": (book(ONE, files=_locked("http://www.w3.org/2001/04/xmlenc#aes256-cbc")), "protected by DRM"),
    "bomb": (book({"a.xhtml": "<p>" + "0" * 30_000_000}), "too large when unpacked"),
    "entries": (zipped(MANY), "more than 20,000 files in it"),
    "package outside": (book(ONE, container=CONTAINER.replace("OEBPS/book.opf", OUTSIDE)), NO_CHAPTERS),
    "chapters outside": (book({}, absent=(OUTSIDE, "%2e%2e/%2e%2e/etc/passwd")), NO_CHAPTERS),
    "all missing": (book({}, absent=("a.xhtml",)), "no chapter of this book can be read"),
    "empty": (book({"a.xhtml": page("<p> </p>")}), "no chapter of this book can be read"),
    "no container": (zipped({"mimetype": "application/epub+zip"}), NO_CHAPTERS),
    "cut": (book(ONE)[:300], "a damaged zip or EPUB file"),
    "stub": (b"PK\x03\x04", "a damaged zip or EPUB file"),
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_readable_book_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(IngestError) as refused:
        epub.parse(data)
    assert refused.value.reason == reason


def test_garbled_fonts_are_no_protection() -> None:
    data = book(ONE, files=_locked("http://www.idpf.org/2008/embedding"))
    assert epub.parse(data).document.text == "One."


def test_entities_bring_in_no_files_and_blow_up_nothing() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    evil = f'<!DOCTYPE x [<!ENTITY e0 "lol"><!ENTITY f SYSTEM "file:///etc/passwd">{bomb}]>'
    container = CONTAINER.replace("?>", f"?>{evil}", 1)
    data = book(
        {"a.xhtml": evil + page("<p>One &f; &e11; two.</p>")},
        metadata="<dc:title>&f;&e11;The Title</dc:title>",
        container=container,
    )
    begun = time.process_time()
    draft = epub.parse(data, stem="x")
    assert time.process_time() - begun < 2
    assert "root:" not in draft.title + draft.document.text
    assert draft.document.text.startswith("One")
    assert len(draft.document.text) < 100


def test_a_zip_whose_lists_lie_about_sizes_is_counted_while_it_is_read() -> None:
    data = bytearray(zipped({"a": b"0" * 10_000_000}))
    place = data.index(struct.pack("<I", 10_000_000), data.index(b"PK\x01\x02"))
    data[place : place + 4] = struct.pack("<I", 100)
    with pytest.raises(Exception, match=r"too large when unpacked|^a$"):
        Zipped(bytes(data)).read("a")


def test_a_chapter_nested_deeper_than_any_tree_keeps_its_words() -> None:
    deep = page("<div>" * 400 + "<p>Words &amp; more.</p><p>Again.</p>")
    assert epub.parse(book({"a.xhtml": deep})).document.text == "Words & more.\n\nAgain."
