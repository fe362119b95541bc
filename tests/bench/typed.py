"""The search in a real terminal: the echo of each letter, results after the last one; and ten thousand articles tagged
while keys are pressed."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

from reader.storage.library import Library
from tests.bench.libraries import library_of
from tests.bench.measuring import line
from tests.bench.pty_timing import percentile
from tests.e2e.terminal import Terminal

PLACE = re.compile(r" 1/[\d,]+")
BETWEEN_LETTERS = (0.06, 0.15)  # seconds: a fast typist, and a slow one
BEFORE_RANKING = 0.22
BATCH = 10_000


def run(home: Path, size: int) -> None:
    _typing(home, library_of(home, size))
    _batch(home, library_of(home, BATCH))


def _typing(home: Path, path: Path) -> None:
    words = _words(path)
    with _opened(home, path) as terminal:
        terminal.send("\\")
        terminal.settle(quiet=0.3)
        for pause in BETWEEN_LETTERS:
            echoes: list[float] = []
            for word in words:
                for letter in word:
                    echoes += _press(terminal, letter, pause)[:1]
                _clear(terminal, word)
            _line(f"letters every {pause * 1e3:.0f} ms: echo", echoes, "p95 <= 20")
        results: list[float] = []
        for word in words:
            for letter in word[:-1]:
                _press(terminal, letter, BETWEEN_LETTERS[0])
            results += _press(terminal, word[-1], BEFORE_RANKING)[-1:]
            _clear(terminal, word)
        _line("results after the last letter", results, "<= 50")


def _batch(home: Path, path: Path) -> None:
    with _opened(home, path) as terminal:
        idle = [_press(terminal, "j", 0.1)[0] for _ in range(30)]
        _line("j, nothing under way", idle)
        terminal.send("*", "t")
        terminal.settle(quiet=0.5)
        for letter in "+benched":
            _press(terminal, letter, 0.05)
        for what, key in ((f"{BATCH:,} tagged", "enter"), ("all of it undone", "u")):
            begun = time.perf_counter()
            terminal.send(key)
            terminal.wait_for("saving")
            busy: list[float] = []
            while any("saving" in row for row in terminal.screen[-2:]):
                busy += _press(terminal, "j", 0.1)[:1]
            line(what, f"{time.perf_counter() - begun:6.1f} s")
            _line("    j meanwhile", busy)


def _opened(home: Path, path: Path) -> Terminal:
    command = [sys.executable, "-m", "reader", "--library", str(path)]
    return _Ready(command, home, columns=98, rows=40)


class _Ready(Terminal):
    """Begins when the list is there."""

    def __enter__(self) -> _Ready:
        super().__enter__()
        self.wait_for(PLACE)
        self.settle(quiet=0.5)
        return self


def _press(terminal: Terminal, key: str, seconds: float) -> list[float]:
    """When output came in the *seconds* after a press, in milliseconds."""
    before = len(terminal.chunks)
    at = terminal.write(key.encode())
    while (left := at + seconds - time.perf_counter()) > 0:
        terminal.read(left)
    return [(chunk.at - at) * 1e3 for chunk in terminal.chunks[before:]]


def _clear(terminal: Terminal, word: str) -> None:
    for _ in word:
        terminal.write(b"\x7f")
    terminal.settle(quiet=0.4)


def _words(path: Path) -> list[str]:
    """Some that are in very many articles, in many, in few, and two at once."""
    with Library.open(path) as library:
        while library.terms.tend():
            pass
        total = library.connection.value("select count(*) from article")
        found = [
            library.connection.value(
                "select term from term where df <= :most and length(term) > 4 order by df desc, term limit 1",
                most=round(total * share),
            )
            for share in (0.5, 0.2, 0.04, 0.004)
        ]
    return [*found, f"{found[0]} {found[2]}"]


def _line(what: str, taken: list[float], bar: str = "") -> None:
    shown = f"p50 {percentile(taken, 50):6.1f}  p95 {percentile(taken, 95):6.1f} ms"
    line(what, shown, bar, f"worst {max(taken, default=0):.0f} of {len(taken)}")
