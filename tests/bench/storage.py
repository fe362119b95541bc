"""What a key asks of the list: its pages and counts, at the large size."""

from __future__ import annotations

import time
from pathlib import Path

from reader.domain.query import parse
from reader.storage.library import Library
from tests.bench.corpus import TAGS, stories
from tests.bench.libraries import insert, library_of
from tests.bench.measuring import figures, line

ROWS = 2_000


def run(home: Path, size: int) -> None:
    _rows_with_triggers(home)
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


def _rows_with_triggers(home: Path) -> None:
    """What SQLite, its triggers and full text take of storing an article."""
    path = home / "rows.db"
    for old in home.glob("rows.db*"):
        old.unlink()
    with Library.open(path) as library:
        raw = library.connection.raw
        raw.execute("begin")
        for number, name in enumerate(TAGS, 1):
            raw.execute("insert into tag (id, name, folded) values (?, ?, ?)", (number, name, name))
        begun = time.process_time()
        making = insert(raw, stories(ROWS))
        rate = ROWS / (time.process_time() - begun - making)
        raw.execute("commit")
    line("rows of articles, with triggers", f"{rate:,.0f} a CPU second", ">= 1,500")


def _first_page(path: Path) -> None:
    with Library.open(path, write=False) as library:
        library.articles.summaries(library.articles.order(parse(""), limit=40))
