"""Libraries of the bench's corpus, kept for the next run.

Up to ``LARGE`` articles they are stored through the program's own door; beyond that row by row without triggers, keys
and sketches, and indexed at the end, as an import into a library of its own could do.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from datetime import datetime
from itertools import count as numbers
from itertools import islice
from pathlib import Path

from reader.domain.article import Draft
from reader.domain.document import Document, Span
from reader.storage import counters, schema
from reader.storage.library import Library
from tests.bench.corpus import FIRST_ADDED, MARKED, TAGS, Story, marks, stories

# Of the corpus and the way it is stored: a library of another edition is not measured.
EDITION = 3
BATCH = 50
AROUND = 32
STARRED = 1_000  # one article in so many
LARGE = 20_000
HUGE = 200_000
WORDS, WORDS_OF_HUGE = 500, 245
MICROSECONDS_A_MINUTE = 60_000_000


def library_of(home: Path, count: int) -> Path:
    """The path of a library of *count* stories; made, with its rate printed, if it is not there yet."""
    path = home / f"library-{count}-{EDITION}.db"
    if path.exists():
        return path
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    begun, used = time.perf_counter(), time.process_time()
    clock = _Clock()
    with Library.open(unfinished, clock=clock) as library:
        making = _store_in_bulk(library, count) if count > LARGE else _store(library, count, clock)
        seconds, cpu = time.perf_counter() - begun, time.process_time() - used - making
        _mark(library.connection.raw)
    unfinished.rename(path)
    bar = "bar 2,500 without triggers" if count > LARGE else "bar 1,500"
    print(f"stored {count:,} articles in {seconds:.0f} s: {count / cpu:,.0f} a CPU second ({bar})")
    return path


class _Clock:
    """Stands at the time of the last story that arrived."""

    def __init__(self) -> None:
        self.moment = FIRST_ADDED

    def __call__(self) -> datetime:
        return self.moment


def _store(library: Library, count: int, clock: _Clock) -> float:
    """Store the stories batch by batch; the CPU seconds that it took to write them."""
    making = 0.0
    source = stories(count)
    while True:
        started = time.process_time()
        batch = [*islice(source, BATCH)]
        drafts = [draft_of(story) for story in batch]
        making += time.process_time() - started
        if not batch:
            return making
        clock.moment = batch[0].added
        library.articles.add_all(drafts)


def _store_in_bulk(library: Library, count: int) -> float:
    raw = library.connection.raw
    words = WORDS if count <= HUGE else WORDS_OF_HUGE
    for name in schema.TRIGGERS:
        raw.execute(f"drop trigger {name}")
    raw.execute("pragma synchronous = off")
    raw.execute("begin")
    for number, name in enumerate(TAGS, 1):
        raw.execute("insert or ignore into tag (id, name, folded) values (?, ?, ?)", (number, name, name))
    making = insert(raw, stories(count, mean_words=words))
    counters.recount(raw)
    schema.create_triggers(raw)
    for table in schema.FULL_TEXT:
        raw.execute(f"insert into {table} ({table}) values ('rebuild')")
        raw.execute(f"insert into {table} ({table}) values ('optimize')")
    raw.execute("commit")
    return making


def _mark(raw: sqlite3.Connection) -> None:
    """Enter the marked passages of all stories, row by row without triggers, as if they had been marked on arrival,
    and star some articles."""
    raw.execute("begin")
    for name in schema.TRIGGERS:
        raw.execute(f"drop trigger {name}")
    texts = raw.execute("select article, text, text_hash, made from body where article % ? = 0", (MARKED,))
    for article, text, text_hash, made in texts:
        for number, mark in enumerate(marks(article - 1, text)):
            raw.execute(
                """
                insert into highlight (
                    uid, article, exact, prefix, suffix, start, "end", text_hash, placed_hash, status,
                    place_start, place_end, colour, note, made, changed
                )
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'anchored', ?, ?, ?, ?, ?, ?)
                """,
                (
                    f"mark-{article}-{number}", article, text[mark.start : mark.end],
                    text[max(0, mark.start - AROUND) : mark.start], text[mark.end : mark.end + AROUND],
                    mark.start, mark.end, text_hash, text_hash,
                    mark.start, mark.end, mark.colour, mark.note, made, made,
                ),
            )  # fmt: skip
    raw.execute(
        """
        update article
        set highlights = (select count(*) from highlight where article = article.id)
        where id in (select article from highlight)
        """
    )
    raw.execute("update article set starred = 1 where id % ? = 0", (STARRED,))
    counters.recount(raw)
    schema.create_triggers(raw)
    raw.execute("insert into passages_fts (passages_fts) values ('rebuild')")
    raw.execute("commit")


def insert(raw: sqlite3.Connection, source: Iterator[Story]) -> float:
    """Insert the rows of stories, and nothing else of them; the CPU seconds that it took to write the stories."""
    making = 0.0
    for id in numbers(1):
        started = time.process_time()
        story = next(source, None)
        making += time.process_time() - started
        if story is None:
            break
        _insert(raw, id, story)
    return making


def _insert(raw: sqlite3.Connection, id: int, story: Story) -> None:
    added = int(story.added.timestamp() * 1e6)
    words = story.text.count(" ") + 1
    raw.execute(
        """
        insert into article (
            id, uid, seq, title, author, site, url, published, added, changed, words, tags
        )
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            id, f"bench-{id}", added // MICROSECONDS_A_MINUTE, story.title, story.author, story.site,
            story.url, story.published, added, added, words, ", ".join(story.tags),
        ),
    )  # fmt: skip
    blocks = json.dumps(
        [{"k": "para", "s": span.start, "e": span.end} for span in _paragraphs(story.text)],
        separators=(",", ":"),
    )
    raw.execute(
        """
        insert into body (article, version, text, blocks, text_hash, words, made)
        values (?, 1, ?, ?, '', ?, ?)
        """,
        (id, story.text, blocks, words, added),
    )
    raw.executemany(
        "insert into article_tag (article, tag) values (?, ?)",
        [(id, TAGS.index(tag) + 1) for tag in story.tags],
    )


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for paragraph in text.split("\n\n"):
        yield Span(start, start + len(paragraph))
        start += len(paragraph) + 2


def draft_of(story: Story) -> Draft:
    return Draft(
        title=story.title,
        document=Document.plain(story.text),
        author=story.author,
        site=story.site,
        url=story.url,
        published=story.published,
        tags=story.tags,
    )
