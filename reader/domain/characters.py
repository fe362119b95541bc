"""Finding a character that was typed: what ``f F t T`` look for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from reader.domain.document import Span

# What a keyboard has for signs that texts are set in; what Unicode knows to be the same is not listed.
_TYPED = {
    '"': "“”„‟«»「」『』｢｣",
    "'": "‘’‚‹›′",
    "-": "‐‑‒–—―−",
    ",": "、،",
    ".": "。｡۔।",
    "?": "؟",
    ";": "؛",
    "[": "【〔",
    "]": "】〕",
}


def places(text: str, span: Span, typed: str, *, back: bool = False) -> Iterator[int]:
    """Where *typed* stands in *span*, or what it is typed for: ``"`` finds “, ``-`` finds —, ``e`` finds é."""
    wanted = frozenset(sign for sign in set(text[span.start : span.end]) if _stands_for(typed, sign))
    if wanted:
        places = range(span.end - 1, span.start - 1, -1) if back else range(*span)
        yield from (at for at in places if text[at] in wanted)


def _stands_for(typed: str, sign: str) -> bool:
    if sign == typed:
        return True
    if sign.isascii() or not typed.isascii():
        return False
    return sign in _TYPED.get(typed, "") or unicodedata.normalize("NFKD", sign)[0] == typed
