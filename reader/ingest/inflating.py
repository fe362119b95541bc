"""A body as it came over the wire, unpacked a little at a time: a bomb is noticed before it has gone off."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reader.ingest.errors import FetchError

ENCODINGS = ("gzip", "x-gzip", "deflate")

_AT_ONCE = 2**20
_MEMBER = b"\x1f"  # with which each part of a gzip file begins
_EITHER = 32 + zlib.MAX_WBITS  # gzip or zlib, whichever its head says
_SMALL = 2**12  # bytes of a packed body up to which its ratio tells nothing


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes on the wire, bytes unpacked, and how many times larger the one may be than the other."""

    raw: int = 20 * 2**20
    decoded: int = 10 * 2**20
    ratio: int = 200


def unpacked(chunks: Iterable[bytes], encoding: str, sizes: Sizes) -> bytes:
    """All of *chunks*, without *encoding*. Raises FetchError where a limit of *sizes* is passed, for what is damaged,
    and for an encoding that was not asked for."""
    if encoding in ("", "identity"):
        return _joined(_counted(chunks, sizes.raw), sizes.decoded)
    if encoding not in ENCODINGS:
        raise FetchError(f"packed as {encoding}, which was not asked for", is_final=True)
    try:
        return _inflated(_counted(chunks, sizes.raw), sizes)
    except zlib.error as error:
        raise FetchError("damaged: it cannot be unpacked", is_final=True) from error


def too_large(limit: int) -> FetchError:
    return FetchError(f"too large: more than {limit // 2**20} MB", is_final=True)


def _counted(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    came = 0
    for chunk in chunks:
        came += len(chunk)
        if came > limit:
            raise too_large(limit)
        yield chunk


def _joined(chunks: Iterable[bytes], limit: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise too_large(limit)
    return bytes(body)


def _inflated(chunks: Iterable[bytes], sizes: Sizes) -> bytes:
    body = bytearray()
    came = 0
    packer = None
    for chunk in chunks:
        came += len(chunk)
        if packer is None:
            packer = zlib.decompressobj(_window(chunk))
        left = chunk
        while left and (not packer.eof or left.startswith(_MEMBER)):
            if packer.eof:  # gzip may come in several parts, one behind the other
                packer = zlib.decompressobj(_EITHER)
            body += packer.decompress(left, _AT_ONCE)
            left = packer.unused_data if packer.eof else packer.unconsumed_tail
            if len(body) > sizes.decoded:
                raise too_large(sizes.decoded)
            if len(body) > sizes.ratio * max(came, _SMALL):
                raise FetchError(f"too large: unpacks to more than {sizes.ratio} times", is_final=True)
    if packer is not None and not packer.eof:
        raise FetchError("the answer broke off", is_hiccup=True)
    return bytes(body)


def _window(head: bytes) -> int:
    """Some servers send ``deflate`` without the head that belongs to it."""
    is_gzip = head.startswith(_MEMBER)
    is_zlib = len(head) > 1 and head[0] & 15 == 8 and int.from_bytes(head[:2], "big") % 31 == 0
    return _EITHER if is_gzip or is_zlib else -zlib.MAX_WBITS
