"""Sums over the heights of many sections, any of which may change."""

from __future__ import annotations

from collections.abc import Sequence


class Heights:
    """A Fenwick tree: where a section begins, and which one holds a row, in logarithmic time.

    Sections and rows count from 0. Heights are not negative.
    """

    def __init__(self, heights: Sequence[int]) -> None:
        self._tree: list[int] = []
        self._heights: list[int] = []
        self.replace(heights)

    def replace(self, heights: Sequence[int]) -> None:
        """Take new heights for every section at once, in linear time."""
        self._heights = list(heights)
        tree = [0, *heights]
        count = len(heights)
        for index in range(1, count + 1):
            parent = index + (index & -index)
            if parent <= count:
                tree[parent] += tree[index]
        self._tree = tree
        self._top = 1 << (count.bit_length() - 1) if count else 0
        self.total = sum(self._heights)

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, section: int) -> int:
        return self._heights[section]

    def set(self, section: int, height: int) -> int:
        """Give *section* its *height*; returns by how much it grew."""
        change = height - self._heights[section]
        if change:
            self._heights[section] = height
            self.total += change
            index = section + 1
            while index < len(self._tree):
                self._tree[index] += change
                index += index & -index
        return change

    def before(self, section: int) -> int:
        """The rows above *section*: the row where it begins."""
        rows = 0
        while section:
            rows += self._tree[section]
            section &= section - 1
        return rows

    def at(self, row: int) -> tuple[int, int]:
        """The section that holds *row*, and the row's place inside it.

        A row past the end gives the number of sections.
        """
        section, step = 0, self._top
        while step:
            reached = section + step
            if reached <= len(self._heights) and self._tree[reached] <= row:
                section = reached
                row -= self._tree[reached]
            step >>= 1
        return section, row
