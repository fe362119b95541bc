"""Whether a file is an earlier export of ours: what may be replaced without asking."""

from __future__ import annotations

from collections.abc import Callable, Mapping

HEAD = 4096
"""Bytes of a file's beginning, and of its end, that tell."""


def is_ours(form: str, head: bytes, tail: bytes) -> bool:
    """Whether a file that begins with *head* and ends with *tail* is an export in the format *form*."""
    return _SIGNS[form](head, tail)


def _native(head: bytes, tail: bytes) -> bool:
    from reader.exchange.exports.jsonl import FORMAT

    return head.startswith(b'{"format":"%s"' % FORMAT.encode())


def _notes(head: bytes, tail: bytes) -> bool:
    return head.startswith(b"---\n") and b"\nuid: " in head and b"%% reader:" in head + tail


def _annotations(head: bytes, tail: bytes) -> bool:
    from reader.exchange.exports.webannotation import OPENING

    return head.startswith(OPENING.encode())


def _readwise(head: bytes, tail: bytes) -> bool:
    from reader.exchange.exports.readwise import header

    return head.startswith(header().encode())


def _table(head: bytes, tail: bytes) -> bool:
    from reader.exchange.exports import tables

    return head.startswith((tables.row(tables.ARTICLES).encode(), tables.row(tables.PASSAGES).encode()))


def _page(head: bytes, tail: bytes) -> bool:
    from reader.exchange.exports.page import GENERATOR

    return GENERATOR.encode() in head


def _book(head: bytes, tail: bytes) -> bool:
    from reader.exchange.exports.epub import COMMENT

    return head.startswith(b"PK\x03\x04") and tail.endswith(COMMENT)


_SIGNS: Mapping[str, Callable[[bytes, bytes], bool]] = {
    "jsonl": _native,
    "markdown": _notes,
    "webannotation": _annotations,
    "readwise": _readwise,
    "csv": _table,
    "html": _page,
    "epub": _book,
}
