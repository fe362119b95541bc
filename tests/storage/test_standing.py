"""What many articles have in common, and the words that related ones share."""

from __future__ import annotations

from pathlib import Path

from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document
from reader.domain.standing import Standing
from reader.storage.library import Library
from reader.storage.likeness import words_in_common
from reader.storage.standing import standing


def _add(library: Library, title: str, text: str, *tags: str) -> ArticleId:
    return library.articles.add(Draft(title, Document.plain(text), tags=tags)).id


def test_the_library_counts_what_the_summaries_say(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        ids = [_add(library, f"Number {number}", f"The text of {number}.", "all") for number in range(5)]
        library.tags.apply(ids[:2], ["some"])
        library.articles.mark(ids[:3], "read")
        library.articles.mark(ids[1:], "starred")
        library.articles.mark(ids[4:], "archived")
        library.articles.trash(ids[:1])
        assert standing(library, ids) == Standing.of(library.articles.summaries(ids))
        assert standing(library, ids) == Standing(5, 3, 4, 1, 1, {"all": 5, "some": 2})


def test_what_is_not_there_is_not_counted(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        assert standing(library, [ArticleId(7)]) == Standing(0, 0, 0, 0, 0, {})


def test_related_articles_share_their_telling_words(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        harbour = _add(library, "Harbour", "The lighthouse and the ledger of the harbour.")
        ledger = _add(library, "A Ledger", "Nobody reads a ledger in that lighthouse.")
        bread = _add(library, "Bread", "Flour, water and salt.")
        _add(library, "Clay", "Nothing but earth.")
        shared = words_in_common(library, harbour, [ledger, bread])
        assert set(shared[ledger]) == {"ledger", "lighthouse"}
        assert "ledger" not in shared[bread]
        assert words_in_common(library, ArticleId(99), [ledger]) == {}
