"""The child process: reads items from its standard input, parses each under limits, writes drafts.

A frame is four bytes of length, big end first, and as many bytes. An item is a frame of JSON and a
frame with the bytes of the file; an answer is a frame that begins with ``+`` (drafts follow, one a line), ``-``
(nothing to read: a reason follows) or ``!`` (a failure). Nothing here may print: what libraries write goes to
standard error.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from typing import Any, BinaryIO, Literal

from reader.domain.article import Draft
from reader.ingest.decode import decode
from reader.ingest.errors import IngestError
from reader.ingest.wire import all_to_wire

ADDRESS_SPACE = 1536 * 2**20
RESULT_LIMIT = 64 * 2**20
RECURSION = 5000  # the tree builder stops at a depth of about 254, a few frames each

ParserName = Literal[
    "html", "extracted", "tokens", "markdown", "epub", "chapters", "pdf", "mail", "feed", "opml"
]


def serve() -> None:
    """Answer items until the parent closes the pipe."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.setrecursionlimit(RECURSION)
    while (header := read_frame(sys.stdin.buffer)) is not None:
        item = json.loads(header)
        data = read_frame(sys.stdin.buffer) or b""
        write_frame(answers, _answer(item, data))


def read_frame(stream: BinaryIO, limit: int = 2**32) -> bytes | None:
    """The next frame; ``None`` at the end of *stream*, within a frame too, or if it is longer than *limit*."""
    size = stream.read(4)
    length = int.from_bytes(size, "big")
    if len(size) < 4 or length > limit:
        return None
    data = stream.read(length)
    return data if len(data) == length else None


def write_frame(stream: BinaryIO, data: bytes) -> None:
    stream.write(len(data).to_bytes(4, "big") + data)
    stream.flush()


def _answer(item: dict[str, Any], data: bytes) -> bytes:
    try:
        # Imported before the limits, since a process that may not write files cannot keep compiled modules.
        parse = parser_of(item["parser"])
        limit(item["seconds"])
        found = parse(data, stem=item["stem"], url=item["url"], **item["options"])
        drafts = all_to_wire(found if isinstance(found, list) else [found])
    except IngestError as error:
        return b"-" + error.reason.encode("utf-8", "replace")
    except MemoryError:
        return b"!memory"
    except Exception as error:  # noqa: BLE001  a parser of foreign bytes may raise anything
        return b"!" + type(error).__name__.encode()
    return b"+" + drafts if len(drafts) <= RESULT_LIMIT else b"!size"


def parser_of(name: ParserName) -> Callable[..., Draft | list[Draft]]:
    """What is called *name*, loaded with all that it will need."""
    match name:
        case "html":
            from reader.ingest import html

            return html.parse
        case "extracted":
            from reader.ingest import html

            return html.parse_extracted
        case "tokens":
            from reader.ingest import tokens

            return tokens.parse
        case "markdown":
            from reader.ingest import markdown

            return lambda data, **known: markdown.parse(decode(data), **known)
        case "epub" | "chapters":
            from reader.ingest import epub

            return epub.parse if name == "epub" else epub.parse_chapters
        case "pdf":
            from reader.ingest import pdf

            return pdf.parse
        case "mail":
            from reader.ingest import mail

            return mail.parse
        case "feed":
            from reader.ingest import feed

            return feed.parse_all
        case "opml":
            from reader.ingest import opml

            return opml.parse_all


def limit(seconds: int) -> None:
    """No core, no new files, and *seconds* of processor time from now on."""
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_CPU, int(time.process_time()) + 1 + seconds)
    if sys.platform == "linux":  # elsewhere the parent's watch over memory has to do
        _lower(resource.RLIMIT_AS, ADDRESS_SPACE)


def _lower(limit: int, value: int) -> None:
    _, hard = resource.getrlimit(limit)
    try:
        resource.setrlimit(limit, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
    except (OSError, ValueError):  # a limit that this system does not know how to keep
        pass
