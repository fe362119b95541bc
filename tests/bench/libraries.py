"""Libraries of the bench's corpus, stored through the program's own door and kept for the next run."""

from __future__ import annotations

import time
from itertools import islice
from pathlib import Path

from reader.domain.article import Draft
from reader.domain.document import Document
from reader.storage.library import Library
from tests.bench.corpus import Story, stories

BATCH = 50


def library_of(home: Path, count: int) -> Path:
    """The path of a library of *count* stories; made, with its rate printed, if it is not there yet."""
    path = home / f"library-{count}.db"
    if path.exists():
        return path
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    begun, used = time.perf_counter(), time.process_time()
    drafting = 0.0
    with Library.open(unfinished) as library:
        source = stories(count)
        while True:
            started = time.process_time()
            batch = [draft_of(story) for story in islice(source, BATCH)]
            drafting += time.process_time() - started
            if not batch:
                break
            library.articles.add_all(batch)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - used - drafting
    unfinished.rename(path)
    print(f"stored {count:,} articles in {seconds:.0f} s: {count / cpu:,.0f} a CPU second (bar 1,500)")
    return path


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
