"""The lines of a printed page in the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reader.ingest.drawn import Run

FEWEST_RUNS = 20
STEP = 4.0
CROSSING = 0.1
EACH_SIDE = 0.25
SHORTEST = 12  # characters of half the lines of a column
OVERHANG = 0.12
_SAME_LINE = 0.45  # of the size of the letters: notes' numbers are raised by less


@dataclass(frozen=True, slots=True)
class Line:
    """Text from ``left`` to ``right`` on the baseline ``base``, in a column from ``begin`` to ``end``, on the page
    number ``page``, of which it stands at ``share`` of the height, 0 at the top."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    begin: float
    end: float
    mono: bool = False
    page: int = 0
    share: float = 0.0


def lines_of(runs: Sequence[Run], width: float, gutter: float | None = None) -> list[Line]:
    """The lines that *runs* form on a page *width* wide: in two columns what stands left of the gutter before what
    stands right of it, and what goes across both in its place between them.

    *gutter* is where other pages of the same document have theirs; this one may have so few lines, or such a long
    heading, that it would not be seen.
    """
    where = gutter_of(runs, width)
    if where is None and gutter is not None and _is_divided(runs, gutter):
        where = gutter
    if where is None:
        return _column(runs)
    lines: list[Line] = []
    left: list[Run] = []
    right: list[Run] = []
    across: list[Run] = []
    for run in sorted(runs, key=lambda run: (run.base, run.left)):
        side = _side(run, where)
        if side == 0 and (left or right):
            lines += _column(left) + _column(right)
            left, right = [], []
        elif side and across:
            lines += _column(across)
            across = []
        (left if side < 0 else right if side else across).append(run)
    return lines + _column(across) + _column(left) + _column(right)


def gutter_of(runs: Sequence[Run], width: float) -> float | None:
    """Where the page is parted into two columns; ``None`` if it has one."""
    if len(runs) < FEWEST_RUNS:
        return None
    places = [0.35 * width + STEP * number for number in range(int(0.3 * width / STEP) + 1)]
    crossed = [(sum(run.left < x < run.right for run in runs), abs(x - width / 2), x) for x in places]
    if not crossed:
        return None
    count, _, x = min(crossed)
    sides = (sum(run.right <= x for run in runs), sum(run.left >= x for run in runs))
    parts = count <= CROSSING * len(runs) and min(sides) > EACH_SIDE * len(runs)
    return x if parts and _are_beside(runs, x) else None


def _are_beside(runs: Sequence[Run], x: float) -> bool:
    """Whether the two sides of *x* are columns of text, and not text with labels beside it."""
    lengths = [sorted(len(run.text) for run in runs if _side(run, x) == side) for side in (-1, 1)]
    letters = [sum(of_side) for of_side in lengths]
    return min(letters) > EACH_SIDE * sum(letters) and all(
        of_side[len(of_side) // 2] >= SHORTEST for of_side in lengths
    )


def _is_divided(runs: Sequence[Run], x: float) -> bool:
    sides = [_side(run, x) for run in runs]
    return min(sides.count(-1), sides.count(1)) > 0 and sides.count(0) <= max(sides.count(-1), sides.count(1))


def _side(run: Run, x: float) -> int:
    """-1 for what stands left of *x*, 1 for what stands right of it, 0 for what goes across; a line that is only a
    little too long for its column does not."""
    overhang = OVERHANG * (run.right - run.left)
    if run.right <= x + overhang:
        return -1
    return 1 if run.left >= x - overhang else 0


def _column(runs: Sequence[Run]) -> list[Line]:
    """One column: runs on about the same baseline are one line."""
    if not runs:
        return []
    begin, end = min(run.left for run in runs), max(run.right for run in runs)
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.base, run.left)):
        if rows and abs(run.base - _largest(rows[-1]).base) <= _SAME_LINE * max(
            run.size, _largest(rows[-1]).size
        ):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [_line(row, begin, end) for row in rows]


def _largest(row: Sequence[Run]) -> Run:
    return max(row, key=lambda run: (run.size, len(run.text)))


def _line(row: list[Run], begin: float, end: float) -> Line:
    row = sorted(row, key=lambda run: run.left)
    main = max(row, key=lambda run: len(run.text))
    return Line(
        text=" ".join(run.text for run in row),
        left=row[0].left,
        right=row[-1].right,
        base=_largest(row).base,
        size=main.size,
        bold=all(run.bold for run in row),
        begin=begin,
        end=end,
        mono=all(run.mono for run in row),
    )
