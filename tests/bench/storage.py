"""What a key asks of the library: pages of the list, counts, searches, at the large size."""

from __future__ import annotations

from pathlib import Path

from reader.domain.query import parse
from reader.storage.library import Library
from tests.bench.libraries import library_of
from tests.bench.measuring import figures

COMMON, TWO, RARE, PREFIX, FILTERED = (
    "time",
    "still world",
    '"new york" OR plan',
    "wor",
    "tag:linux after:2015",
)


def run(home: Path, size: int) -> None:
    path = library_of(home, size)
    figures(f"open and first page of {size:,}", lambda: _first_page(path), "<= 2 warm")
    with Library.open(path, write=False) as library:
        articles, search = library.articles, library.search
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
        for text in (COMMON, TWO, RARE, PREFIX):
            query = parse(text)
            figures(f"as you type: {text}", lambda query=query: search.live(query), "<= 5")
            figures(f"ranked: {text}", lambda query=query: search.ranked(query), "<= 12")
            figures(f"count to 1001: {text}", lambda query=query: search.count(query), "<= 1")
        figures(f"filtered: {FILTERED}", lambda: articles.order(parse(FILTERED), limit=50), "<= 3")
        hits = search.live(parse(COMMON), limit=15)
        figures(
            "15 snippets",
            lambda: [search.passages(hit.article.id, parse(COMMON), limit=1) for hit in hits],
            "<= 3",
        )


def _first_page(path: Path) -> None:
    with Library.open(path, write=False) as library:
        library.articles.summaries(library.articles.order(parse(""), limit=40))
