"""Articles coming in by the thousand: how fast, in how much memory, and how keys answer meanwhile."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import islice
from pathlib import Path
from time import monotonic

from tests.bench.corpus import stories
from tests.bench.libraries import library_of
from tests.bench.measuring import line
from tests.bench.pty_timing import percentile
from tests.e2e.keys import key_bytes
from tests.e2e.terminal import Terminal

ARTICLES = 2_000
LINKS = 20_000
MOVES = 100
LIST = 1_000
WITHOUT_PREVIEW = 98
DONE = re.compile(r"2,?000 added|From a Pocket export: ")


def run(home: Path, size: int) -> None:
    folder, links = _folder(home), _links(home)
    _speed(home, "import", "pocket", links, count=LINKS, bar="flat memory")
    _speed(home, "add", folder, count=ARTICLES, bar=">= 25/s")
    for what, path in (
        ("nothing else", None),
        (f"a folder of {ARTICLES:,}", folder),
        (f"{LINKS:,} links", links),
    ):
        _keys(home, what, path)


def _speed(home: Path, *words: str | Path, count: int, bar: str) -> None:
    library = home / "imported.db"
    for old in home.glob("imported.db*"):
        old.unlink()
    begun = monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "reader", words[0], "--library", library, *words[1:]],
        stdout=subprocess.DEVNULL,
    )
    _, _, used = os.wait4(process.pid, 0)
    took = monotonic() - begun
    line(
        f"reader {words[0]}: {count:,}", f"{count / took:6.0f}/s", bar,
        f"peak {used.ru_maxrss * 1.024e-3:.0f} MB  cpu {used.ru_utime + used.ru_stime:.1f} s",
    )  # fmt: skip


def _keys(home: Path, what: str, path: Path | None) -> None:
    """``j`` until the status line tells the next place, the emulator's time included each time."""
    library = library_of(home, LIST)
    copy = home / "keys.db"
    for old in home.glob("keys.db*"):
        old.unlink()
    copy.write_bytes(library.read_bytes())
    command = [sys.executable, "-m", "reader", "--library", copy]
    with Terminal(command, home, columns=WITHOUT_PREVIEW, rows=40) as terminal:
        terminal.wait_for(re.compile(r" 1/[\d,]+"))
        terminal.settle(quiet=0.25)
        if path is not None:
            terminal.write(b"A")
            terminal.wait_for(re.compile("Add to the library"))
            terminal.write(str(path).encode())
            terminal.settle(quiet=0.6)
            terminal.write(key_bytes("enter"))
            terminal.wait_for(re.compile(r"(?:adding|importing) \d"))
        times = []
        for place in range(2, MOVES + 2):
            begun = monotonic()
            terminal.write(b"j")
            terminal.wait_for(re.compile(rf" {place}/"))
            times.append((monotonic() - begun) * 1e3)
        is_over = path is not None and DONE.search("\n".join(terminal.screen)) is not None
    note = "it was over before the keys were" if is_over else ""
    line(
        f"j while importing {what}",
        f"p50 {percentile(times, 50):6.1f}  p95 {percentile(times, 95):6.1f}  worst {max(times):6.1f} ms", "", note,
    )  # fmt: skip


def _folder(home: Path) -> Path:
    folder = home / "plain"
    if not folder.exists():
        folder.mkdir()
        for number, story in enumerate(islice(stories(ARTICLES), ARTICLES)):
            (folder / f"{number:05}.txt").write_text(f"{story.title}\n\n{story.text}", encoding="utf-8")
    return folder


def _links(home: Path) -> Path:
    """A table of Pocket's, older than the stories, so that what comes stands below them in the list."""
    path = home / "links.csv"
    rows = (f"Title {n},https://e{n % 700}.org/{n},{10**9 + 60 * n},,unread\n" for n in range(LINKS))
    path.write_text("".join(["title,url,time_added,tags,status\n", *rows]), encoding="utf-8")
    return path
