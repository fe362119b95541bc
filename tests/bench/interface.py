"""The program in a real terminal, and beside it a bare Textual app, Textual's own widgets, and less."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from reader.storage.library import Library
from tests.bench.libraries import library_of
from tests.bench.measuring import line
from tests.bench.pty_timing import Timing, measure
from tests.fixtures.make import long_article

PEERS = Path(__file__).with_name("peers.py")
MOVES = ("j*60", "ctrl+f*20", "G", "g", "g")
WITHOUT_PREVIEW = 98
FIRST_PLACE = re.compile(r" 1/[\d,]+")  # the cursor's place in the list, however much of it is known yet
READING = ("j*60", "space*20", "G")


def run(home: Path, size: int) -> None:
    _lists(home, size)
    _articles(home)


def _lists(home: Path, size: int) -> None:
    bare = measure([sys.executable, PEERS, "bare"], home=home, first="bare")
    line("bare Textual app", _start(bare), "", "the floor")
    for count in (1_000, size):
        path = library_of(home, count)
        ours = measure(_reader(path), MOVES, home=home, first=FIRST_PLACE, columns=WITHOUT_PREVIEW)
        line(
            f"list of {count:,}: start", _start(ours), "<= 350, <= 1.15x bare", f"{_ratio(ours, bare)}x bare"
        )
        _print(ours, {"j": "3/5", "ctrl+f": "8", "G": "10/15"})
        # With a preview the last byte after a key is the preview's, by design 50 ms behind the cursor.
        _print(measure(_reader(path), ("j*20",), home=home, first=FIRST_PLACE), {}, "with the preview: ")
    table = measure([sys.executable, PEERS, "table"], ("down*40", "pagedown*20"), home=home, first="Story 1")
    line("DataTable of 1,000: start", _start(table), "", "peer")
    _print(table, {})


def _articles(home: Path) -> None:
    for words in (1_000, 10_000, 200_000):
        text = home / f"words-{words}.txt"
        text.write_text(long_article(words), encoding="utf-8")
        path = home / f"words-{words}.db"
        _store(path, text)
        ours = measure([*_reader(path), "open", "1"], READING, home=home, first="min")
        line(f"article of {words:,} words: start and open", _start(ours))
        _print(ours, {"j": "6/10", "space": "8/12", "G": "15"})
        if shutil.which("less"):
            _print(measure(["less", str(text)], READING, home=home, first="."), {}, "less ")
    markdown = measure(
        [sys.executable, PEERS, "markdown", str(home / "words-10000.txt")], ("down*20",), home=home
    )
    line("Textual Markdown of 10,000 words: start", _start(markdown), "", "peer")
    _print(markdown, {})


def _reader(library: Path) -> list[str]:
    return [sys.executable, "-m", "reader", "--library", str(library)]


def _store(path: Path, text: Path) -> None:
    from reader.jobs.add import Source, add

    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()  # or it would open where the last run stopped reading
    with Library.open(path) as library:
        for _ in add([Source(text.name, text)], library.articles.add_all):
            pass


def _start(timing: Timing) -> str:
    return f"first {timing.start.first_frame or 0:6.0f} ms  rss {timing.rss_mb:4.0f} MB"


def _ratio(ours: Timing, bare: Timing) -> str:
    return f"{(ours.start.first_frame or 0) / (bare.start.first_frame or 1):.2f}"


def _print(timing: Timing, bars: dict[str, str], who: str = "") -> None:
    for presses in timing.presses:
        key = presses.key.partition("*")[0]
        line(
            f"    {who}{presses.key}",
            f"p50 {presses.p50:6.1f}  p95 {presses.p95:6.1f} ms",
            bars.get(key, ""),
            f"cpu {presses.cpu_ms:.1f} ms",
        )
