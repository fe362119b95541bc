"""Writing notes on highlights and on articles: what the note editor is given, and where it is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.domain.change import Change
from reader.domain.highlight import Highlight, HighlightId
from reader.tui.drafts import article_draft, highlight_draft

if TYPE_CHECKING:
    from reader.storage.library import Library
    from reader.tui.screens.article import ArticleScreen
    from reader.tui.screens.base import CommandScreen


def note_on(screen: CommandScreen, highlight: Highlight, true_id: Callable[[], HighlightId]) -> None:
    """Open the note of *highlight*; *true_id* is asked when it is written, and gives its id in the library."""
    from reader.tui.screens.note import NoteEditor

    def write(library: Library, text: str) -> Highlight:
        return library.highlights.edit(true_id(), note=text)

    screen.reader.push_screen(
        NoteEditor(
            "Note on the highlight",
            " ".join(highlight.anchor.exact.split()),
            highlight.note,
            draft=lambda: highlight_draft(true_id()),
            write=write,
        )
    )


class Noting:
    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen

    def on_highlight(self, highlight: Highlight) -> None:
        note_on(self._screen, highlight, lambda: self._screen.passages.true_id(highlight))

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
