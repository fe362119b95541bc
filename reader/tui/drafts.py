"""Where a note that was not finished waits for its author."""

from __future__ import annotations

from reader.domain.article import ArticleId
from reader.domain.highlight import HighlightId


def article_draft(article: ArticleId) -> str:
    """The setting that holds the draft of an article's own note."""
    return f"draft:{article}"


def highlight_draft(highlight: HighlightId) -> str:
    return f"draft:h{highlight}"
