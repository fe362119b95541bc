"""An article that is hard to select from: CJK, emoji of many code points, quotations, brackets, abbreviations."""

from __future__ import annotations

import pytest

from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document
from reader.storage.library import Library

SENTENCES = (
    "The keeper (a quiet man, of the sea) wrote in the ledger.",
    "“The sea,” he told Mr. Brown, “does not care; but the ledger does.”",
    "図書館は静かです。",
    "本を読みます。",
    "Emoji 👩‍👩‍👧‍👦 and flags 🇯🇵🇫🇷 stay whole, and n\u0304 too.",
    "The last one pays 3.50 for it.",
)
TEXT = "{} {}\n\n{}{} {}\n\n{}".format(*SENTENCES)
SIZES = [(100, 30), (46, 24)]


@pytest.fixture
def wide(library: Library) -> ArticleId:
    return library.articles.add(Draft("Wide", Document.plain(TEXT))).id


def exacts(library: Library, article: ArticleId) -> list[str]:
    """The words of the article's highlights, by place."""
    return [
        one.anchor.exact for one in sorted(library.highlights.of(article), key=lambda one: one.anchor.span)
    ]
