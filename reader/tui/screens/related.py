"""More like this: the articles most like one, or the passages of others that say something like these words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from reader.domain.article import ArticleId, Summary
from reader.domain.passage import Passage
from reader.domain.span import Span
from reader.storage.connection import LibraryError
from reader.tui.background import start
from reader.tui.keys import Pressed
from reader.tui.screens.base import CommandScreen
from reader.tui.screens.hits import HitsScreen, Places
from reader.tui.triage import Fate
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.footer import CommandFooter

if TYPE_CHECKING:
    from reader.storage.library import Library

RELATED = "related"  # what presses wait for
MOST = 20
MOST_WORDS = 6
BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Related:
    """Articles, the best first, and below each one why it is here."""

    articles: Sequence[Summary]
    places: Places


Read = Callable[["Library"], Related]


class RelatedScreen(HitsScreen):
    """*to* says in words what these are like; ``^o`` and ``q`` go back to it."""

    def __init__(self, read: Read, to: str) -> None:
        super().__init__()
        self._read = read
        self._to = to
        self.hits.explains = False

    def compose(self) -> ComposeResult:
        yield self.hits
        yield self.empty
        yield self.status
        yield CommandFooter()

    def on_mount(self) -> None:
        self.status.place = f"Like {self._to}"
        self.set_focus(self.hits)
        self.reload()

    def reload(self) -> None:
        self.expect(RELATED)
        start(self, self._load, group=RELATED)

    async def _load(self) -> None:
        try:
            found = await self.lane.read(self._read)
        except LibraryError as error:
            self.hits.display = False
            self.empty.say(str(error), "q goes back", failed=True)
        else:
            self._show(found)
        finally:
            self.came(RELATED)

    def _show(self, found: Related) -> None:
        hits = self.hits
        lit = hits.current
        hits.forget_passages()
        hits.tell(found.places)
        hits.show(
            [article.id for article in found.articles],
            found.articles,
            cursor=() if lit is None else (lit,),
        )
        hits.display = bool(found.articles)
        self.empty.say(
            "" if found.articles else "Nothing like it in the library",
            "what is alike shares words that few articles hold · q goes back",
        )
        self.show_position()

    def leaves(self, fate: Fate) -> bool:
        return fate == "trashed"

    @on(ArticleList.Moved)
    def follow_cursor(self, message: ArticleList.Moved) -> None:
        message.stop()
        self.show_position()

    # -- keys ------------------------------------------------------------------------------------------
    def press(self, token: str) -> None:
        """``^o`` goes back here as it does in an article."""
        if token == "<c-o>" and not self.parser.pending:
            self.dismiss(None)
        else:
            super().press(token)

    def do_list_filter(self, press: Pressed) -> None:
        self.do_list_search(press)

    def do_list_search(self, press: Pressed) -> None:
        from reader.tui.screens.search import SearchScreen

        self.reader.push_screen(SearchScreen())


def show_related(screen: CommandScreen, article: Summary) -> None:
    """Show what is like *article*."""

    def read(library: Library) -> Related:
        from reader.storage.likeness import words_in_common

        found = [hit.article for hit in library.search.related(article.id, limit=MOST)]
        shared = words_in_common(library, article.id, [one.id for one in found])
        return Related(found, [(one, (_why(one, words),)) for one, words in shared.items() if words])

    screen.reader.push_screen(RelatedScreen(read, f"“{article.title}”"))


def show_related_passages(screen: CommandScreen, words: str, besides: ArticleId) -> None:
    """Show marked passages and notes of other articles that say something like *words*."""

    def read(library: Library) -> Related:
        grouped: dict[ArticleId, list[Passage]] = {}
        for passage in library.search.related_passages(words, besides=besides, limit=MOST):
            grouped.setdefault(passage.article, []).append(passage)
        places = [(article, tuple(passages)) for article, passages in grouped.items()]
        return Related(library.articles.summaries(list(grouped)), places)

    screen.reader.push_screen(RelatedScreen(read, f"“{' '.join(words.split())}”"))


def _why(article: ArticleId, words: Sequence[str]) -> Passage:
    """The shared words as a place without a place."""
    said = "in both: "
    marks: list[Span] = []
    for number, word in enumerate(words[:MOST_WORDS]):
        said += BETWEEN if number else ""
        marks.append(Span(len(said), len(said) + len(word)))
        said += word
    return Passage(article, None, "text", said, tuple(marks))
