"""Global identities: given once, never computed again."""

from __future__ import annotations

import secrets
from uuid import NAMESPACE_URL, UUID, uuid5

from reader.domain.text import text_hash


def article_uid(url_key: str | None, title: str, text: str) -> str:
    """The same on every machine for the same address, or for the same title and text without one."""
    return str(uuid5(NAMESPACE_URL, url_key or f"sha256:{text_hash(title + chr(10) + text)}"))


def highlight_uid(stamp: int) -> str:
    """A UUID of version 7, which sorts by time; *stamp* in microseconds. Python 3.11 has none of its own."""
    value = (stamp // 1000 & (1 << 48) - 1) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=value))
