"""Whether the structure of a text is of the stored form and fits its text: everything that shows an article relies on
that, and a file may say anything."""

from __future__ import annotations

from typing import Any, get_args

from reader.domain.document import BlockKind, MarkKind

_BLOCKS, _MARKS = frozenset(get_args(BlockKind)), frozenset(get_args(MarkKind))
_HIGHEST = {"level": 6, "depth": 1_000, "head": 1_000_000, "q": 1_000, "in": 1_000}
_WORDS = frozenset(["marker", "lang", "src", "alt"])


def fits(blocks: Any, text: str) -> bool:
    """*blocks* is what JSON gave for ``Document.blocks_json``. The blocks are in order and hold their marks."""
    if not isinstance(blocks, list) or (text and not blocks):
        return False
    end = 0
    for block in blocks:
        if not isinstance(block, dict) or not _is_block(block):
            return False
        if not end <= block["s"] <= block["e"] <= len(text):
            return False
        end = block["e"]
        if not all(_is_mark(mark, block["s"], block["e"]) for mark in block.get("m", ())):
            return False
    return True


def _is_block(block: dict[str, Any]) -> bool:
    if not (
        _is_number(block.get("s")) and _is_number(block.get("e")) and isinstance(block.get("m", []), list)
    ):
        return False
    if not isinstance(block.get("k"), str) or block["k"] not in _BLOCKS:
        return False
    return all(
        (_is_number(value) and value <= _HIGHEST[key]) if key in _HIGHEST else isinstance(value, str)
        for key, value in block.items()
        if key in _HIGHEST or key in _WORDS
    )


def _is_mark(mark: Any, first: int, until: int) -> bool:
    if not isinstance(mark, list) or len(mark) not in (3, 4):
        return False
    start, end, *words = mark
    if not (_is_number(start) and _is_number(end) and all(isinstance(word, str) for word in words)):
        return False
    if words[0] not in _MARKS:
        return False
    return bool(first <= start <= end <= until)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
