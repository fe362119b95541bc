"""Whole libraries going out and coming in: how fast, and in how much memory."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from time import monotonic, process_time

from reader.domain.article import Draft
from reader.domain.document import Document
from reader.domain.query import parse
from reader.jobs.export import articles, as_text
from reader.storage.library import Library
from tests.bench.corpus import Story, stories
from tests.bench.measuring import line

ARTICLES = 5_000
WORDS = 600
AT_ONCE = 500


def run(home: Path, size: int) -> None:
    native = _native(home)
    for old in home.glob("exchanged.db*"):
        old.unlink()
    _import(home, native, "native JSONL in", ">= 1,000/s")
    _import(home, native, "native JSONL in again", ">= 3,000/s")


def _import(home: Path, native: Path, what: str, bar: str) -> None:
    command: list[str | Path] = [sys.executable, "-m", "reader", "import", "reader", native]
    command += ["--library", home / "exchanged.db"]
    begun = monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    took = monotonic() - begun
    line(
        f"{what}, articles a second", f"{ARTICLES / took:6.0f}/s", bar,
        f"cpu {used.ru_utime + used.ru_stime:.1f} s CPU, peak {used.ru_maxrss / 1024:.0f} MB",
    )  # fmt: skip


def _native(home: Path) -> Path:
    """The export of a library of news, kept for the next run."""
    path = home / f"library-{ARTICLES}.jsonl"
    if path.exists():
        return path
    for old in home.glob("exported.db*"):
        old.unlink()
    with Library.open(home / "exported.db") as library:
        news = stories(ARTICLES, mean_words=WORDS)
        while batch := list(islice(news, AT_ONCE)):
            drafts, added = zip(*map(_drafted, batch), strict=True)
            library.articles.add_all(drafts, added=added)
        used = process_time()
        with path.open("w", encoding="utf-8") as file:
            file.writelines(_exported(library))
        used = process_time() - used
    line("native JSONL out, articles a CPU second", f"{ARTICLES / used:6.0f}/s")
    return path


def _exported(library: Library) -> Iterator[str]:
    return as_text(library, articles(library, parse(""), "jsonl"), "jsonl", is_all=True)


def _drafted(story: Story) -> tuple[Draft, datetime]:
    draft = Draft(
        story.title, Document.plain(story.text), url=story.url, author=story.author, site=story.site,
        published=story.published, tags=story.tags,
    )  # fmt: skip
    return draft, story.added
