"""The article that is open: fetched, shown, and shown again when the library says something new of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.anchor import anchor_of, locate
from reader.domain.article import Article, ArticleId, State, Summary
from reader.domain.document import Document, Span
from reader.domain.highlight import Anchor, Highlight
from reader.storage.connection import LibraryError
from reader.tui.looks import LooksOf, kept_looks
from reader.tui.marks import kept_marks

if TYPE_CHECKING:
    from reader.storage.library import Library
    from reader.tui.screens.article import ArticleScreen

GONE = "This article is not in the library any more"
OPENING = "article"  # what presses wait for
PLACE = 80  # code points by which a place is found again in another text


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the library says of the article that is to be shown."""

    article: Article
    highlights: tuple[Highlight, ...]
    looks: LooksOf
    marks: Mapping[str, Anchor]


def load(library: Library, article: ArticleId) -> Loaded | None:
    """*article* with all that belongs to it, ``None`` if it is not in the library any more."""
    if not library.articles.summaries([article]):
        return None
    return Loaded(
        library.articles.get(article),
        tuple(library.highlights.of(article)),
        kept_looks(library),
        kept_marks(library, article),
    )


def place_in(document: Document, before: Document, position: int) -> int:
    """Where the words that stand at *position* of *before* are in *document*."""
    anchor = anchor_of(before, Span(position, position + PLACE)) if position else None
    span = locate(document, anchor).span if anchor is not None else None
    return span.start if span is not None else min(position, len(document.text))


class Current:
    """``id`` is the article that is shown, or is to be shown first; ``article`` is ``None`` until it is there."""

    def __init__(self, screen: ArticleScreen, article: ArticleId) -> None:
        self._screen = screen
        self.id = article
        self.article: Article | None = None
        self.is_gone = False
        self.is_going = False  # to the trash, by what was done here: another one is about to be shown

    # -- opening ---------------------------------------------------------------------------------------
    def open(self, article: ArticleId, span: Span | None = None, *, position: int | None = None) -> None:
        """Show *article*, at *span* or with *position* on top if one is given, else where it was left; what cannot
        be shown is told, and nothing changes."""
        self._screen.expect(OPENING)
        self._screen.start(partial(self._open, article, span, position), group="article")

    async def _open(self, article: ArticleId, span: Span | None, position: int | None) -> None:
        loaded = await self._ask(article)
        if loaded is not None:
            self._show(loaded, span, position)
        elif self.article is None:
            self._screen.go_back()
        self._screen.frame.show()
        self._screen.came(OPENING)

    async def _ask(self, article: ArticleId) -> Loaded | None:
        """What is to be shown, or ``None`` after saying what is wrong."""
        try:
            loaded = await self._screen.lane.read(lambda library: load(library, article))
        except LibraryError as error:
            self._screen.reader.fail(error)
            return None
        if loaded is None:
            self._screen.reader.fail(GONE)
        return loaded

    def _show(self, loaded: Loaded, span: Span | None, position: int | None) -> None:
        screen = self._screen
        screen.progress.close()
        self.is_going = False
        self.article, self.id = loaded.article, loaded.article.summary.id
        screen.trail.start()
        screen.looks.start(loaded.looks)
        screen.passages.start(loaded.highlights)
        screen.marks.start(loaded.marks)
        screen.page.show(loaded.article, screen.passages.by_age, position=position, end=screen.trail.end_line)
        screen.show_title()
        screen.finding.start(span)
        screen.progress.start()
        screen.follow_page()

    # -- what changes while it is open -------------------------------------------------------------------
    def take(self, summary: Summary) -> None:
        """*summary* is what holds from now on; a key that turns something over starts from it."""
        if self.article is not None:
            self.article = replace(self.article, summary=summary)

    def take_state(self, state: State) -> None:
        """*state* came about by reading."""
        if self.article is not None:
            self.take(self.article.summary._replace(state=state))

    def reload(self) -> None:
        """Show again what the library says of this article, at the place where one is."""
        self._screen.start(self._reload, group="reload")

    async def _reload(self) -> None:
        try:
            fresh = await self._screen.lane.read(lambda library: load(library, self.id))
        except LibraryError as error:
            self._screen.reader.fail(error)
            return
        if self.article is None or self.is_gone:
            return
        if fresh is not None and fresh.article.summary.id != self.id:
            return  # another article was opened meanwhile
        if fresh is None:
            self._leave_gone(GONE)
        elif fresh.article.summary.trashed and not (self.article.summary.trashed or self.is_going):
            self._leave_gone("This article was put into the trash elsewhere")
        else:
            await self._show_again(self.article, fresh)

    async def _show_again(self, before: Article, fresh: Loaded) -> None:
        screen = self._screen
        document = fresh.article.document
        if document.text == before.document.text:
            # The same document goes on: what was found out about it (its hash, its sentences) need not be again.
            self.article = replace(fresh.article, document=before.document)
            screen.page.set_summary(fresh.article.summary)
            screen.passages.refresh(fresh.highlights)
        else:
            # Words that were edited may take a tenth of a second to be found: not on the thread that answers keys.
            position = await asyncio.to_thread(place_in, document, before.document, screen.page.position)
            if self.id != fresh.article.summary.id or self.is_gone:
                return  # another article was opened meanwhile
            self.article = fresh.article
            screen.passages.start(fresh.highlights)
            screen.page.show(
                fresh.article, screen.passages.by_age, position=position, end=screen.trail.end_line
            )
            screen.modes.text_changed()
            screen.finding.start(None)
            screen.say(f"The text changed{screen.passages.told}")
        screen.show_title()
        screen.progress.refresh(fresh.article.summary.state)
        screen.follow_page()

    def _leave_gone(self, why: str) -> None:
        """Back to the list, at once or when the dialog over the screen has closed."""
        self._screen.reader.fail(why)
        self.is_gone = True
        self._screen.reader.broadcast((self.id,), painted_by=self._screen)  # lists have it no more, either
        self._screen.go_back()
