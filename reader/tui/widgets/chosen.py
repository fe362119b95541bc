"""Which rows of a list are selected."""

from __future__ import annotations

from collections.abc import Container, Iterable


class Chosen:
    """Articles by their ids, in the order they were selected; or with ``is_all`` every one of the list but those.

    So all of a million rows are one flag: who acts on them asks the library which they are.
    """

    __slots__ = ("ids", "is_all")

    def __init__(self) -> None:
        self.ids: dict[int, None] = {}
        self.is_all = False

    def __contains__(self, article: object) -> bool:
        return (article in self.ids) is not self.is_all

    def __bool__(self) -> bool:
        return self.is_all or bool(self.ids)

    def number(self, total: int) -> int:
        """How many of *total* rows."""
        return total - len(self.ids) if self.is_all else len(self.ids)

    def put(self, articles: Iterable[int], chosen: bool) -> None:
        """Select *articles*, or not."""
        if chosen is self.is_all:
            for article in articles:
                self.ids.pop(article, None)
        else:
            self.ids.update(dict.fromkeys(articles))

    def take_all(self) -> None:
        self.ids.clear()
        self.is_all = True

    def clear(self) -> None:
        self.ids.clear()
        self.is_all = False

    def keep(self, shown: Container[int]) -> None:
        """Forget what is not among *shown* any more."""
        if self.ids:
            self.ids = {article: None for article in self.ids if article in shown}
