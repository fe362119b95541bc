"""What makes two articles the same one: the key of an address, the key of a text, and the sketch of a text.

Keys are for comparison only; what the user gave is kept as it was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from hashlib import blake2b, sha256
from struct import unpack_from
from urllib.parse import SplitResult, quote, urlsplit

from reader.domain.text import PLAIN_WORDS, clean, clean_body, without_signs

URL_LIMIT = 2048
SKETCH_SIZE = 64
WORDS_TO_SKETCH = 20

_HASH_BYTES = 8
_HASH_RANGE = 1 << 8 * _HASH_BYTES
_WORD = re.compile(r"\w+")
_PERCENT_CODE = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEPT_IN_URLS = "!#$%&'()*+,/:;=?@[]~"
_TRACKERS = frozenset(["fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "yclid"])


def valid_url(url: str) -> bool:
    """Whether *url* may be stored and followed: http or https with a host, no control or space, not too long."""
    return _split(url) is not None


def url_key(url: str) -> str | None:
    """The form of *url* under which the same page met twice is recognised; ``None`` if it is not valid.

    http and https, ``www.``, default ports, user info, trackers, the order of the query and the fragment make
    no difference, unless the fragment is itself an address (``#!…`` or ``#/…``).
    """
    parts = _split(url)
    if parts is None:
        return None
    path = _without_dots(_plain_codes(parts.path)).removesuffix("/")
    query = _sorted_query(_plain_codes(parts.query))
    fragment = _plain_codes(parts.fragment) if parts.fragment[:1] in ("!", "/") else ""
    return (
        f"https://{_host(parts)}{path}"
        + (f"?{query}" if query else "")
        + (f"#{fragment}" if fragment else "")
    )


def text_key(title: str, text: str) -> str:
    """A hexadecimal hash, the same for titles and texts that differ in case and white space only."""
    folded = "\n".join(" ".join(clean_body(part).casefold().split()) for part in (title, text))
    return sha256(folded.encode()).hexdigest()


def sketch(text: str) -> bytes:
    """The smallest 64 hashes of the runs of three words in *text*, ascending, eight bytes each.

    A text with fewer runs gives all of them; one with fewer than twenty words gives one hash of the whole,
    so that it resembles nothing but itself; one without words gives ``b""``.
    """
    words = _words(text)
    if not words:
        return b""
    if len(words) < WORDS_TO_SKETCH:
        return b"".join(_hashed([b"=" + b" ".join(words)]))
    runs = map(b" ".join, zip(words, words[1:], words[2:], strict=False))
    return b"".join(_smallest(set(_hashed(runs))))


def similarity(a: bytes, b: bytes) -> float:
    """How much the texts of two sketches have in common, 0–1: an estimate of the share of common word runs."""
    left, right = _hashes(a), _hashes(b)
    common = left & right
    if not common:
        return 0.0
    union = left | right
    # A full sketch knows nothing beyond its largest hash, so only the smallest of the union can be judged.
    judged = sorted(union)[:SKETCH_SIZE] if SKETCH_SIZE in (len(left), len(right)) else union
    return len(common.intersection(judged)) / len(judged)


def _split(url: str) -> SplitResult | None:
    if len(url) > URL_LIMIT or clean(url) != url or any(character.isspace() for character in url):
        return None
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.hostname and "\\" not in parts.netloc
        _ = parts.port  # raises when it is no port
    except ValueError:
        return None
    return parts if known else None


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii").lower()
    except UnicodeError:  # a label that is too long or not allowed: compared as it is written
        pass
    host = host.removeprefix("www.") if host.count(".") > 1 else host
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in (None, 80, 443) else f"{host}:{parts.port}"


def _plain_codes(text: str) -> str:
    """Percent codes of unreserved characters decoded, the others in upper case, bare characters encoded."""

    def decoded(code: re.Match[str]) -> str:
        character = chr(int(code[1], 16))
        return character if character in _UNRESERVED else code[0].upper()

    return quote(_PERCENT_CODE.sub(decoded, text), safe=_KEPT_IN_URLS)


def _without_dots(path: str) -> str:
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _sorted_query(query: str) -> str:
    pairs = (pair for pair in query.split("&") if pair)
    return "&".join(sorted(pair for pair in pairs if not _tracks(pair.partition("=")[0].lower())))


def _tracks(name: str) -> bool:
    return name.startswith("utm_") or name in _TRACKERS


def _words(text: str) -> list[bytes]:
    """The words of *text* in lower case, as UTF-8."""
    text = text.lower()
    plain = without_signs(text)
    if plain.isascii():  # a tenth of the time, and most texts in English are so
        return plain.encode().translate(PLAIN_WORDS).split()
    return " ".join(_WORD.findall(text)).encode("utf-8", "surrogatepass").split()


def _hashed(runs: Iterable[bytes]) -> Iterable[bytes]:
    # Without a frame of Python for each: a long text has as many runs as words.
    return map(blake2b.digest, map(partial(blake2b, digest_size=_HASH_BYTES), runs))


def _smallest(hashes: set[bytes]) -> list[bytes]:
    """As many as a sketch holds, ascending. Hashes are spread evenly, so few of very many have to be sorted."""
    bound = 2 * SKETCH_SIZE * _HASH_RANGE // max(1, len(hashes))
    if bound < _HASH_RANGE:
        below = bound.to_bytes(_HASH_BYTES, "big")
        few = [one for one in hashes if one < below]
        if len(few) >= SKETCH_SIZE:
            return sorted(few)[:SKETCH_SIZE]
    return sorted(hashes)[:SKETCH_SIZE]


def _hashes(sketch: bytes) -> set[int]:
    count = len(sketch) // _HASH_BYTES
    return set(unpack_from(f">{count}Q", sketch))
