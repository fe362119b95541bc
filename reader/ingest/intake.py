"""The door of this room: bytes in, a clean draft out."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any, BinaryIO

from reader.domain.article import Draft
from reader.domain.identity import url_key, valid_url
from reader.domain.text import clean_line, clean_tag
from reader.ingest import plain
from reader.ingest.decode import decode
from reader.ingest.errors import IngestError
from reader.ingest.kinds import KINDS, MEDIA_TYPES, Kind, kind_of, refuse, size_limit
from reader.ingest.sandbox import HASTE, ParserError, Sandbox
from reader.ingest.worker import ParserName

_HEAD = 1024

_REASONS = {
    errno.ENOENT: "no such file", errno.EACCES: "no permission to read it", errno.EISDIR: "a folder",
    errno.ELOOP: "a link that leads to itself", errno.ENAMETOOLONG: "the name is too long",
    errno.ENXIO: "not a regular file", errno.ENOTDIR: "no such file",
}  # fmt: skip


def read(
    data: bytes,
    *,
    name: str = "",
    kind: Kind | None = None,
    url: str | None = None,
    sandbox: Sandbox | None = None,
    charset: str | None = None,
) -> Draft:
    """The article in *data*, a file called *name*, from *url* if that is known; the first one of several.

    *kind* beats what content and name tell; *charset* is what the server of a web page called it. Plain text is
    parsed here, everything else in the child of *sandbox*; without one a child is started for this item alone.
    Raises IngestError, nothing else.
    """
    return read_all(data, name=name, kind=kind, url=url, sandbox=sandbox, charset=charset)[0]


def read_all(
    data: bytes,
    *,
    name: str = "",
    kind: Kind | None = None,
    url: str | None = None,
    sandbox: Sandbox | None = None,
    charset: str | None = None,
    chapters: bool = False,
) -> list[Draft]:
    """All articles in *data*, at least one: a feed has several, and a book if its *chapters* are asked for.

    Each of several has bytes of its own as its original, and says in ``extra["part"]`` which of them it is. The
    rest is as with :func:`read`.
    """
    try:
        chosen = kind or kind_of(data, name)
        if kind is not None:
            refuse(data, name, kind)
        if len(data) > (limit := size_limit(data, name)):
            raise _too_large(name, limit)
        given = url if url and valid_url(url) else None
        options = {"charset": charset} if charset and chosen in ("html", "text") else {}
        parser: Kind | ParserName = "chapters" if chapters and chosen == "epub" else chosen
        drafts = _parse(parser, data, readable(name), given, sandbox, options)
        return _finished(drafts, data, chosen)
    except IngestError as error:
        raise IngestError(name, error.reason) from error


def read_feed_list(data: bytes, *, name: str = "", sandbox: Sandbox | None = None) -> list[Draft]:
    """The feeds that the OPML file *data* lists, as drafts of links. Raises IngestError if there is none."""
    if sandbox is None:
        with Sandbox() as own:
            return read_feed_list(data, name=name, sandbox=own)
    try:
        return [tidy(draft) for draft in sandbox.parse_all("opml", data)]
    except (ParserError, IngestError) as error:
        raise IngestError(name, error.reason) from error


def open_source(path: Path) -> bytes:
    """The bytes of the regular file at *path*. Raises IngestError if it is none, is too large or not readable."""
    try:
        # Without O_NONBLOCK, opening a pipe that nobody writes to would never return.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise IngestError(str(path), _reason(error)) from error
    kind = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(kind):
        os.close(descriptor)
        raise IngestError(str(path), "a folder" if stat.S_ISDIR(kind) else "not a regular file")
    with os.fdopen(descriptor, "rb") as file:
        return read_stream(file, str(path))


def read_stream(stream: BinaryIO, name: str = "-") -> bytes:
    """All of *stream*. Raises IngestError if it cannot be read or is too large: 50 MiB, 200 for a PDF or an EPUB."""
    try:
        head = stream.read(_HEAD)
        limit = size_limit(head, name)
        data = head + stream.read(limit - len(head) + 1)
    except OSError as error:
        raise IngestError(name, _reason(error)) from error
    if len(data) > limit:
        raise _too_large(name, limit)
    return data


def readable(name: str) -> str:
    """A file's name as a title: ``the-noon_whistle.txt`` is ``The noon whistle``."""
    path = PurePath(name)
    stem = path.stem if path.suffix.lower() in KINDS else path.name
    words = clean_line(re.sub(r"[-_+]+|%20", " ", stem)).strip(". ")
    return words[:1].upper() + words[1:] if any(map(str.isalnum, words)) else ""


def _too_large(name: str, limit: int) -> IngestError:
    return IngestError(name, f"too large: more than {limit // 2**20} MiB")


def _parse(
    parser: Kind | ParserName,
    data: bytes,
    stem: str,
    url: str | None,
    sandbox: Sandbox | None,
    options: Mapping[str, object],
) -> list[Draft]:
    if parser == "text":
        return [replace(plain.parse(_decoded(data, options.get("charset")), stem=stem), url=url)]
    if sandbox is None:
        with Sandbox() as own:
            return _parse(parser, data, stem, url, own, options)
    try:
        return sandbox.parse_all(parser, data, stem=stem, url=url, options=options)
    except ParserError as failure:
        draft = _fallback(parser, data, stem, url, sandbox, failure)
        return [replace(draft, extra={**draft.extra, "fallback": failure.reason})]


def _decoded(data: bytes, charset: object) -> str:
    """*data* as its server says it is to be read, if that is possible."""
    try:
        return data.decode(str(charset)) if charset else decode(data)
    except (LookupError, UnicodeError):
        return decode(data)


def _fallback(
    parser: Kind | ParserName,
    data: bytes,
    stem: str,
    url: str | None,
    sandbox: Sandbox,
    failure: ParserError,
) -> Draft:
    """Less of the structure, all of the words: what a parser that failed on *data* is replaced with."""
    if parser == "markdown":
        return replace(plain.parse(decode(data), stem=stem), url=url)
    if parser != "html":
        raise IngestError("", str(failure)) from failure
    try:
        return sandbox.parse("tokens", data, stem=stem, url=url, limits=HASTE)
    except ParserError as second:
        raise IngestError("", str(failure)) from second


def _finished(drafts: list[Draft], data: bytes, kind: Kind) -> list[Draft]:
    """Those of *drafts* that say something, each with its source and every field one clean line. Raises IngestError
    if none does."""
    telling = [draft for draft in drafts if draft.title or draft.document.text]
    if not telling:
        raise IngestError("", "no text")
    return [
        tidy(draft if "part" in draft.extra else replace(draft, original=data, media_type=MEDIA_TYPES[kind]))
        for draft in telling
    ]


def tidy(draft: Draft) -> Draft:
    """*draft* with clean fields, and the key of its address first among its keys."""
    key = url_key(draft.url) if draft.url else None
    return replace(
        draft,
        title=clean_line(draft.title) or "Untitled",
        url=draft.url if key else None,
        author=clean_line(draft.author or "") or None,
        site=clean_line(draft.site or "") or None,
        published=clean_line(draft.published or "") or None,
        language=clean_line(draft.language or "") or None,
        tags=tuple(dict.fromkeys(tag for given in draft.tags if (tag := clean_tag(given)))),
        keys=tuple(dict.fromkeys([*([f"url:{key}"] if key else []), *draft.keys])),
        extra=_cleaned(draft.extra),
    )


def _cleaned(extra: Mapping[str, Any]) -> dict[str, Any]:
    """Texts among the extras are clean already where they came from a body; names and values get it here."""
    front = extra.get("front")
    if not isinstance(front, Mapping):
        return dict(extra)
    return {**extra, "front": {clean_line(str(key)): clean_line(str(value)) for key, value in front.items()}}


def _reason(error: OSError | ValueError) -> str:
    if not isinstance(error, OSError):
        return "not a file name"
    return _REASONS.get(error.errno or 0, error.strerror or "cannot be read")
