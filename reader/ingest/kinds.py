"""What a file is, told by its content first and its name second; and files we do not read, by name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Literal

from reader.ingest.errors import IngestError

Kind = Literal["text", "markdown", "html"]

KINDS: Mapping[str, Kind] = {
    "": "text", ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html",
}  # fmt: skip
"""The suffixes, in lower case, of files that a walk through a folder picks up."""

MEDIA_TYPES: Mapping[Kind, str] = {"text": "text/plain", "markdown": "text/markdown", "html": "text/html"}

_MAGIC = (
    (b"\x89PNG", "an image"), (b"\xff\xd8\xff", "an image"), (b"GIF8", "an image"), (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a compressed file"), (b"\xfd7zXZ", "a compressed file"), (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"), (b"\x7fELF", "a program"), (b"\xcf\xfa\xed\xfe", "a program"),
    (b"SQLite format 3\x00", "a database"), (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"), (b"%!PS", "a PostScript file"), (b"ID3", "a sound file"),
    (b"OggS", "a sound file"), (b"fLaC", "a sound file"),
)  # fmt: skip
_XML = {"rss": "a feed", "feed": "a feed", "rdf:rdf": "a feed", "opml": "an OPML file"}
_MAIL_SUFFIXES = {".eml": "a mail", ".mhtml": "a web archive", ".mht": "a web archive"}

_LEAD = re.compile(
    r"(?:\s+|<\?xml[^>]{0,500}\?>|<!--.{0,2000}?-->|<\?xml-stylesheet[^>]{0,500}\?>)*", re.DOTALL
)
_TAG = re.compile(r"<(!doctype\s+html|[a-z][\w:-]*)", re.IGNORECASE)
_FRAGMENT = frozenset(["head", "body", "title", "meta", "article", "main", "section", "div", "p", "h1", "h2"])
_MAIL = re.compile(r"(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){1,60}?MIME-Version:", re.IGNORECASE)


def kind_of(data: bytes, name: str = "") -> Kind:
    """How *data*, called *name*, is to be read. Raises IngestError, naming the kind, for what we cannot read."""
    refuse(data, name)
    suffix = PurePath(name).suffix.lower()
    found = _TAG.match(head := _head(data), _lead(head))
    tag = found[1].lower() if found else ""
    if tag.startswith("!doctype") or tag == "html":
        return "html"
    if tag in _XML:
        raise _refusal(name, _XML[tag])
    if tag in _FRAGMENT and not suffix:
        return "html"
    return KINDS.get(suffix, "text")


def refuse(data: bytes, name: str = "") -> None:
    """Raises IngestError if *data* is of a kind known to hold no text that we can read."""
    kind = _binary(data) or _MAIL_SUFFIXES.get(PurePath(name).suffix.lower())
    if kind is None and _MAIL.match(_head(data).replace("\r\n", "\n")):
        kind = "a mail"
    if kind is not None:
        raise _refusal(name, kind)


def _binary(data: bytes) -> str | None:
    if b"%PDF-" in data[:1024]:
        return "a PDF"
    if data.startswith(b"PK\x03\x04"):
        return "an EPUB" if b"application/epub+zip" in data[:128] else "a zip archive"
    if data.startswith(b"RIFF") and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "an image" if data[8:12] == b"WEBP" else "a media file"
    if data[4:8] == b"ftyp":
        return "a media file"
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)


def _head(data: bytes) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data[:4096].decode("utf-16" if wide else "utf-8", "ignore").lstrip("\ufeff")


def _lead(head: str) -> int:
    found = _LEAD.match(head)
    return found.end() if found else 0


def _refusal(name: str, kind: str) -> IngestError:
    return IngestError(name, f"{kind}: this kind cannot be read")
