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
from reader.ingest.kinds import KINDS, MEDIA_TYPES, Kind, kind_of, refuse
from reader.ingest.sandbox import HASTE, ParserError, Sandbox

SIZE_LIMIT = 50 * 2**20

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
) -> Draft:
    """The article in *data*, a file called *name*, from *url* if that is known.

    *kind* beats what content and name tell. Plain text is parsed here, everything else in the child of
    *sandbox*; without one a child is started for this item alone. Raises IngestError, nothing else.
    """
    try:
        chosen = kind or kind_of(data, name)
        if kind is not None:
            refuse(data, name)
        if len(data) > SIZE_LIMIT:
            raise IngestError(name, "too large: more than 50 MiB")
        draft = _parse(chosen, data, readable(name), url if url and valid_url(url) else None, sandbox)
    except IngestError as error:
        raise IngestError(name, error.reason) from error
    return _finished(draft, data, chosen)


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
    """All of *stream*. Raises IngestError if that is more than 50 MiB or cannot be read."""
    try:
        data = stream.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise IngestError(name, _reason(error)) from error
    if len(data) > SIZE_LIMIT:
        raise IngestError(name, "too large: more than 50 MiB")
    return data


def readable(name: str) -> str:
    """A file's name as a title: ``the-noon_whistle.txt`` is ``The noon whistle``."""
    path = PurePath(name)
    stem = path.stem if path.suffix.lower() in KINDS else path.name
    words = clean_line(re.sub(r"[-_+]+|%20", " ", stem)).strip(". ")
    return words[:1].upper() + words[1:] if any(map(str.isalnum, words)) else ""


def _parse(kind: Kind, data: bytes, stem: str, url: str | None, sandbox: Sandbox | None) -> Draft:
    if kind == "text":
        return replace(plain.parse(decode(data), stem=stem), url=url)
    if sandbox is None:
        with Sandbox() as own:
            return _parse(kind, data, stem, url, own)
    try:
        return sandbox.parse(kind, data, stem=stem, url=url)
    except ParserError as failure:
        draft = _fallback(kind, data, stem, url, sandbox, failure)
        return replace(draft, extra={**draft.extra, "fallback": failure.reason})


def _fallback(
    kind: Kind, data: bytes, stem: str, url: str | None, sandbox: Sandbox, failure: ParserError
) -> Draft:
    """Less of the structure, all of the words: what a parser that failed on *data* is replaced with."""
    if kind == "markdown":
        return replace(plain.parse(decode(data), stem=stem), url=url)
    try:
        return sandbox.parse("tokens", data, stem=stem, url=url, limits=HASTE)
    except ParserError as second:
        raise IngestError("", str(failure)) from second


def _finished(draft: Draft, data: bytes, kind: Kind) -> Draft:
    """*draft* with its source, every field one clean line, and the key of its address first among its keys."""
    if not draft.title and not draft.document.text:
        raise IngestError("", "no text")
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
        original=data,
        media_type=MEDIA_TYPES[kind],
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
