"""Articles whose texts are nearly one: what is told of them, and how copies of one story become one row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import filterfalse
from typing import NamedTuple

from reader.domain.summary import ArticleId

SAME_ARTICLE = 0.8
"""The share of common word runs from which on two texts are one, the reader agreeing."""
ALIKE = 0.5
"""And from which on one is worth a mention: perhaps it is a newer version."""


class Similar(NamedTuple):
    """The article that another one resembles most, and how much: ``share`` is 0–1."""

    article: ArticleId
    share: float
    title: str

    @property
    def is_same(self) -> bool:
        return self.share >= SAME_ARTICLE

    @property
    def score(self) -> str:
        """``.86``; ``1.00`` for the very same words."""
        return f"{self.share:.2f}".removeprefix("0")

    def __str__(self) -> str:
        return f"similar to {self.article} ({self.score})"


@dataclass(frozen=True, slots=True)
class Folds:
    """``copies`` are the further articles of each story that has several in a list, under the one that stands for all:
    the head. Those of the heads in ``opened`` are shown, below their head."""

    copies: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    opened: frozenset[int] = frozenset()
    heads: Mapping[int, int] = field(init=False)

    def __post_init__(self) -> None:
        heads = {copy: head for head, copies in self.copies.items() for copy in copies}
        object.__setattr__(self, "heads", heads)

    def hidden(self, article: int) -> tuple[int, ...]:
        """The copies that stand behind the row of *article*, and are not shown."""
        return () if article in self.opened else self.copies.get(article, ())

    def row_of(self, article: int) -> int:
        """The article in whose row *article* is: itself, or the head of the copies that it is one of."""
        head = self.heads.get(article, article)
        return article if head in self.opened else head

    def with_copies(self, articles: Iterable[int]) -> list[int]:
        """*articles* with the copies that are hidden behind them."""
        return [one for article in articles for one in (article, *self.hidden(article))]

    def without(self, gone: Collection[int]) -> Folds:
        """When the rows of *gone* were taken out; what was below a head that is gone is a row of its own."""
        if not self.copies:
            return self
        left = {
            head: tuple(copy for copy in copies if copy not in gone)
            for head, copies in self.copies.items()
            if head not in gone
        }
        copies = {head: some for head, some in left.items() if some}
        return Folds(copies, self.opened & copies.keys())

    def turned(self, head: int) -> Folds:
        """With the copies of *head* shown, or hidden again."""
        return replace(self, opened=self.opened ^ {head})

    def opening(self, opened: Iterable[int]) -> Folds:
        """With the copies of those of *opened* shown that are heads here, or copies of one."""
        return replace(
            self, opened=frozenset(self.heads.get(one, one) for one in opened) & self.copies.keys()
        )

    def arranged(self, order: Sequence[int]) -> Sequence[int]:
        """*order* with each copy left out, or moved below its head. *order* itself where there are none: a list may
        be long."""
        if not self.copies:
            return order
        arranged = list(filterfalse(self.heads.__contains__, order))
        for head in self.opened.intersection(arranged) if self.opened else ():
            at = arranged.index(head) + 1
            arranged[at:at] = self.copies[head]
        return arranged


NO_FOLDS = Folds()
