"""What a list knows of its rows: those read, those on their way, and changes on show before they are written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from reader.domain.article import ArticleId, Summary

MOST = 12_288  # rows that are kept


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """What becomes of many articles, on show before it is written."""

    articles: frozenset[int]
    change: Callable[[Summary], Summary]


class Known:
    def __init__(self) -> None:
        self._summaries: dict[int, Summary] = {}
        self._asked: set[int] = set()
        self._lost: set[int] = set()
        self._overlays: list[Overlay] = []

    @property
    def is_full(self) -> bool:
        return len(self._summaries) > MOST

    def get(self, article: int) -> Summary | None:
        return self._summaries.get(article)

    def holds(self, article: int) -> bool:
        """Whether its row is known, or is on its way."""
        return article in self._summaries or article in self._asked

    def ask(self, articles: Iterable[int]) -> tuple[ArticleId, ...]:
        """Those of *articles* that are to be read; they are on their way from now on."""
        missing = tuple(ArticleId(article) for article in articles if not self.holds(article))
        self._asked.update(missing)
        return missing

    def lose(self, articles: Iterable[int]) -> None:
        """They could not be read. They stay asked for until :meth:`hope`: a list that is painted again because of the
        error's message must not ask, and fail, without end."""
        self._lost.update(articles)

    def hope(self) -> None:
        """What could not be read may be asked for again."""
        self._asked -= self._lost
        self._lost.clear()

    def learn(self, summary: Summary) -> None:
        """It is shown as the overlays make it."""
        for overlay in self._overlays:
            if summary.id in overlay.articles:
                summary = overlay.change(summary)
        self._summaries[summary.id] = summary
        self._asked.discard(summary.id)

    def forget(self, article: int) -> None:
        self._summaries.pop(article, None)

    def keep(self, articles: Iterable[int]) -> None:
        """Forget all but *articles*."""
        self._summaries = {article: known for article in articles if (known := self.get(article))}

    def lay_over(self, articles: Collection[int], change: Callable[[Summary], Summary]) -> Overlay:
        overlay = Overlay(frozenset(articles), change)
        self._overlays.append(overlay)
        return overlay

    def under(self, overlay: Overlay) -> list[Summary]:
        """What is known of the articles of *overlay*."""
        return [known for article, known in self._summaries.items() if article in overlay.articles]

    def uncover(self, overlay: Overlay) -> None:
        if overlay in self._overlays:
            self._overlays.remove(overlay)
