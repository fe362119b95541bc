"""What a file is, told by its content first and its name second; and files we do not read, by name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Literal

from reader.ingest.errors import IngestError

Kind = Literal["text", "markdown", "html", "epub", "pdf", "mail", "feed"]

KINDS: Mapping[str, Kind] = {
    "": "text", ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".epub": "epub", ".pdf": "pdf",
    ".eml": "mail", ".mhtml": "mail", ".mht": "mail", ".rss": "feed", ".atom": "feed",
}  # fmt: skip
"""The suffixes, in lower case, of files that a walk through a folder picks up."""

MEDIA_TYPES: Mapping[Kind, str] = {
    "text": "text/plain", "markdown": "text/markdown", "html": "text/html", "epub": "application/epub+zip",
    "pdf": "application/pdf", "mail": "message/rfc822", "feed": "application/xml",
}  # fmt: skip

SIZE_LIMIT = 50 * 2**20
BOOK_LIMIT = 200 * 2**20  # of what holds pictures as well

_MAGIC = (
    (b"\x89PNG", "an image"), (b"\xff\xd8\xff", "an image"), (b"GIF8", "an image"), (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a compressed file"), (b"\xfd7zXZ", "a compressed file"), (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"), (b"\x7fELF", "a program"), (b"\xcf\xfa\xed\xfe", "a program"),
    (b"SQLite format 3\x00", "a database"), (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"), (b"%!PS", "a PostScript file"), (b"ID3", "a sound file"),
    (b"OggS", "a sound file"), (b"fLaC", "a sound file"),
)  # fmt: skip
_PLAIN: frozenset[Kind] = frozenset(["text", "markdown", "html"])
_FEEDS = frozenset(["rss", "feed", "rdf"])
_ZIP = b"PK\x03\x04"
_EPUB = b"application/epub+zip"

_LEAD = re.compile(
    r"(?:\s+|<\?xml[^>]{0,500}\?>|<!--.{0,2000}?-->|<\?xml-stylesheet[^>]{0,500}\?>"
    r"|<!doctype\s+(?!html)[^\[>]{0,300}(?:\[[^\]]{0,3000}\]\s*)?>)*",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"<(!doctype\s+html|[a-z][\w:-]*)", re.IGNORECASE)
_FRAGMENT = frozenset(["head", "body", "title", "meta", "article", "main", "section", "div", "p", "h1", "h2"])
_JSON_FEED = re.compile(r'\s*\{.{0,3500}?"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version', re.DOTALL)
_HEADERS = re.compile(r"(?:([A-Za-z][\w-]{1,60}):[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_NAME = re.compile(r"^([A-Za-z][\w-]{1,60}):", re.MULTILINE)
_TELLING = frozenset(["mime-version", "received", "message-id", "return-path", "delivered-to"])
_OF_A_LETTER = frozenset(["from", "to", "subject", "date"])
_MAILBOX = re.compile(r"From \S+.{0,60}\d{4}\n[A-Za-z][\w-]+:")


def kind_of(data: bytes, name: str = "") -> Kind:
    """How *data*, called *name*, is to be read. Raises IngestError, naming the kind, for what we cannot read."""
    suffix = PurePath(name).suffix.lower()
    if book := _book(data, suffix):
        return book
    refuse(data, name)
    head = _head(data)
    found = _TAG.match(head, _lead(head))
    tag = found[1].lower() if found else ""
    root = tag.rpartition(":")[2]
    if tag.startswith("!doctype") or tag == "html":
        return "html"
    if root in _FEEDS or _JSON_FEED.match(head):
        return "feed"
    if root == "opml":
        raise IngestError(
            name, "a list of feeds (OPML): reader add reads each once, where it is named by itself"
        )
    if _is_mail(head):
        return "mail"
    if tag in _FRAGMENT and not suffix:
        return "html"
    return KINDS.get(suffix, "text")


def is_feed_list(data: bytes) -> bool:
    """Whether *data* is OPML."""
    head = _head(data)
    found = _TAG.match(head, _lead(head))
    return found is not None and found[1].lower() == "opml"


def refuse(data: bytes, name: str = "", kind: Kind | None = None) -> None:
    """Raises IngestError if *data* is known to hold no text that we can read, or none that is read as *kind*."""
    suffix = PurePath(name).suffix.lower()
    found = None if kind == "epub" and data.startswith(_ZIP) else _binary(data)
    if found is None and suffix != ".eml" and _MAILBOX.match(_head(data)):
        found = "a mailbox"
    if found is not None:
        raise _refusal(name, found)
    book = _book(data, suffix) if kind in _PLAIN else None
    if book is not None:
        raise IngestError(name, f"{'an EPUB' if book == 'epub' else 'a PDF'}, which cannot be read as {kind}")


def size_limit(data: bytes, name: str = "") -> int:
    """The most bytes that a file beginning with *data* may have."""
    return BOOK_LIMIT if _book(data, PurePath(name).suffix.lower()) else SIZE_LIMIT


def _book(data: bytes, suffix: str) -> Kind | None:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    is_zip = data.startswith(_ZIP)
    return "epub" if is_zip and (suffix == ".epub" or _EPUB in data[:128]) else None


def _binary(data: bytes) -> str | None:
    if data.startswith(_ZIP):
        return None if _EPUB in data[:128] else "a zip archive"
    if data.startswith(b"RIFF") and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "an image" if data[8:12] == b"WEBP" else "a media file"
    if data[4:8] == b"ftyp":
        return "a media file"
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)


def _is_mail(head: str) -> bool:
    """Whether *head* begins with a block of headers among which are some that only mails have."""
    found = _HEADERS.match(head.removeprefix("\n"))
    if found is None:
        return False
    names = {name.lower() for name in _NAME.findall(found[0])}
    return len(names) > 1 and (bool(names & _TELLING) or ("from" in names and len(names & _OF_A_LETTER) > 2))


def _head(data: bytes) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    head = data[:4096].decode("utf-16" if wide else "utf-8", "ignore").lstrip("\ufeff")
    return head.replace("\r\n", "\n")


def _lead(head: str) -> int:
    found = _LEAD.match(head)
    return found.end() if found else 0


def _refusal(name: str, kind: str) -> IngestError:
    return IngestError(name, f"{kind}: this kind cannot be read")
