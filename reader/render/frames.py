"""Where each block stands: its indent, bars, marker and the space above it. Does not depend on the width."""

from __future__ import annotations

from typing import NamedTuple

from reader.domain.document import Block, Document
from reader.domain.text import clean_line
from reader.render.wrap import cells

_BULLETS = "•◦▪"
_PLAIN_BULLETS = frozenset("•*-+–·◦▪")
_LOOSE = 150
_DEFINITION = 4


class Frame(NamedTuple):
    """``indent`` in cells, of which an item's marker takes the last ``hang``; ``bars`` of quotations left of it.

    ``gap`` counts the empty lines above, of which all carry ``gap_bars`` bars, since a quotation goes on there.
    """

    indent: int
    hang: int
    marker: str
    bars: int
    gap: int
    gap_bars: int


def frames(document: Document) -> list[Frame]:
    """The frame of every block, in one pass."""
    found: list[Frame] = []
    hangs: list[int] = []
    loose = _loose_lists(document)
    previous: Block | None = None
    for index, block in enumerate(document.blocks):
        indent, hang, marker = 0, 0, ""
        if block.kind == "item":
            marker = _marker(block)
            hang = _hang(document.blocks, index, marker, hangs)
            hangs = [*hangs[: block.depth], *[2] * (block.depth - len(hangs)), hang]
            indent = sum(hangs)
        elif block.list:
            indent = sum(hangs[: block.list]) or 2 * block.list
        else:
            hangs = []
        bars = bars_of(block)
        gap = _gap(previous, block, index in loose)
        found.append(Frame(indent, hang, marker, bars, gap, min(bars, bars_of(previous)) if previous else 0))
        previous = block
    return found


def bars_of(block: Block) -> int:
    """How deep *block* stands in quotations."""
    return max(block.quote, block.depth + 1) if block.kind == "quote" else block.quote


def _marker(block: Block) -> str:
    marker = clean_line(block.marker, 12)
    if marker in _PLAIN_BULLETS:
        return _BULLETS[min(block.depth, len(_BULLETS) - 1)]
    return marker


def _hang(blocks: tuple[Block, ...], index: int, marker: str, hangs: list[int]) -> int:
    """The cells of the marker and its space. A definition has no marker, and is set in from its term."""
    if not marker:
        return _DEFINITION if blocks[index].depth else 0
    return max(_number_room(blocks, index, marker, hangs), cells(marker)) + 1


def _number_room(blocks: tuple[Block, ...], index: int, marker: str, hangs: list[int]) -> int:
    """The widest marker of the list that begins at *index*, so that ``9.`` and ``10.`` line up; an item that is
    not the first one keeps the room that the first one found."""
    block = blocks[index]
    if not marker[:1].isdigit():
        return 0
    before = blocks[index - 1] if index else None
    if before is not None and (before.list or (before.kind == "item" and before.depth >= block.depth)):
        return hangs[block.depth] - 1 if block.depth < len(hangs) else 0
    widest = 0
    for later in blocks[index:]:
        if later.kind == "item" and later.depth == block.depth:
            widest = max(widest, cells(_marker(later)))
        elif not later.list and (later.kind != "item" or later.depth < block.depth):
            break
    return widest


def _loose_lists(document: Document) -> set[int]:
    """The blocks of lists whose items deserve an empty line between them: long ones, or of several blocks."""
    loose: set[int] = set()
    run: list[int] = []
    for index, block in enumerate((*document.blocks, None)):
        if block is not None and (block.kind == "item" or block.list):
            run.append(index)
            continue
        if run and _is_loose(document, run):
            loose.update(run)
        run = []
    return loose


def _is_loose(document: Document, run: list[int]) -> bool:
    blocks = [document.blocks[index] for index in run]
    size = sum(block.span.end - block.span.start for block in blocks)
    return any(block.list for block in blocks if block.kind != "item") or size > _LOOSE * len(run)


def _gap(previous: Block | None, block: Block, loose: bool) -> int:
    if previous is None:
        return 0
    if block.kind == "heading":
        return 2 if block.level <= 2 and previous.kind != "heading" else 1
    tight = block.kind == "item" and previous.kind == "item" and not loose
    return 0 if tight and bars_of(block) == bars_of(previous) else 1
