"""A block cut into runs of one look, and runs cut into the pieces of a line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from reader.domain.document import Mark
from reader.render.lines import Piece
from reader.render.wrap import Extent, clusters, is_simple

_MARK_ROLES = {"em": "em", "strong": "strong", "code": "mono", "strike": "strike", "link": "link"}


class Run(NamedTuple):
    """A part of a block in which the same inline marks hold."""

    start: int
    end: int
    role: str


def pieces_of(text: str, extent: Extent, runs: Sequence[Run]) -> list[Piece]:
    """The document's *extent* as pieces, one a run; a TAB becomes one space."""
    start, end = extent
    if start >= end:
        return []
    pieces = []
    number = 0 if len(runs) == 1 else max(0, bisect_right(runs, start, key=run_start) - 1)
    while number < len(runs) and runs[number].start < end:
        run = runs[number]
        first, last = max(start, run.start), min(end, run.end)
        if first < last:
            pieces.append(Piece(text[first:last].replace("\t", " "), first, last, run.role))
        number += 1
    return pieces


def whole_clusters(text: str, start: int, end: int) -> Callable[[int], int]:
    """A function that moves an offset inside ``text[start:end]`` back to the start of its cluster: the parts of
    a cluster do not add up to its width."""
    if is_simple(text[start:end]):
        return lambda offset: offset
    starts = [*(cluster.start for cluster in clusters(text, start, end)), end]
    return lambda offset: starts[max(0, bisect_right(starts, offset) - 1)]


def run_start(run: Run) -> int:
    return run.start


def cut_at_marks(text: str, start: int, end: int, role: str, marks: Iterable[Mark]) -> list[Run]:
    """``text[start:end]`` cut at the edges of *marks*, which move back to the start of a cluster."""
    whole = whole_clusters(text, start, end)
    changes: list[tuple[int, int, str]] = []
    for mark in marks:
        if mark.kind == "target":
            continue
        name = _MARK_ROLES[mark.kind]
        changes += [(whole(mark.span.start), 1, name), (whole(min(end, mark.span.end)), -1, name)]
    open_marks = dict.fromkeys(_MARK_ROLES.values(), 0)
    runs: list[Run] = []
    at = start
    for place, step, name in sorted(changes):
        if place > at:
            runs.append(Run(at, place, _role_of(role, open_marks)))
            at = place
        open_marks[name] += step
    if at < end:
        runs.append(Run(at, end, role))
    return runs


def _role_of(role: str, open_marks: dict[str, int]) -> str:
    return "+".join([role, *(name for name, count in open_marks.items() if count)])
