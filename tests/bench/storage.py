"""What a key asks of the list: its pages and counts, at the large size."""

from __future__ import annotations

from pathlib import Path

from reader.domain.query import parse
from reader.storage.library import Library
from tests.bench.libraries import library_of
from tests.bench.measuring import figures


def run(home: Path, size: int) -> None:
    path = library_of(home, size)
    figures(f"open and first page of {size:,}", lambda: _first_page(path), "<= 2 warm")
    with Library.open(path, write=False) as library:
        articles = library.articles
        everything = parse("")
        middle = articles.order(everything, limit=size // 2)[-1]
        page = articles.order(everything, limit=256)
        figures("a page of ids, first", lambda: articles.order(everything, limit=256), "<= .3")
        figures(
            "a page of ids, in the middle",
            lambda: articles.order(everything, after=middle, limit=256),
            "<= .3",
        )
        figures("256 rows", lambda: articles.summaries(page))
        figures("the whole order", lambda: articles.order(everything), times=5)
        figures("count of unread", lambda: articles.count(parse("is:unread")))


def _first_page(path: Path) -> None:
    with Library.open(path, write=False) as library:
        library.articles.summaries(library.articles.order(parse(""), limit=40))
