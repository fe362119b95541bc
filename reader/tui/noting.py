"""Writing notes on highlights and on articles: what the note editor is given, and where it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.change import Change
from reader.domain.highlight import Highlight
from reader.tui.drafts import article_draft, highlight_draft

if TYPE_CHECKING:
    from reader.storage.library import Library
    from reader.tui.screens.article import ArticleScreen


class Noting:
    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen

    def on_highlight(self, highlight: Highlight) -> None:
        from reader.tui.screens.note import NoteEditor

        passages = self._screen.passages

        def write(library: Library, text: str) -> Highlight:
            return library.highlights.edit(passages.true_id(highlight), note=text)

        self._screen.reader.push_screen(
            NoteEditor(
                "Note on the highlight",
                " ".join(highlight.anchor.exact.split()),
                highlight.note,
                draft=lambda: highlight_draft(passages.true_id(highlight)),
                write=write,
            )
        )

    def on_article(self) -> None:
        from reader.tui.screens.note import NoteEditor

        article = self._screen.article
        if article is None:
            return
        id = article.summary.id

        def write(library: Library, text: str) -> Change:
            return library.articles.edit(id, note=text)

        self._screen.reader.push_screen(
            NoteEditor(
                "Note on the article",
                article.summary.title,
                article.note,
                draft=lambda: article_draft(id),
                write=write,
            )
        )
