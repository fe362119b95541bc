"""Highlights in texts that changed: how many are found again, and how long it takes. Asserts nothing.

Every line is a situation of ``tests.fixtures.edits``, with a passage of 8, 30, 80, 200 and 500 code points from each
of our texts, three times over. ``wrong`` is what was painted at another place than the passage's.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from time import perf_counter

from reader.domain.anchor import anchor_of, locate
from reader.domain.document import Document, Span
from reader.domain.folding import folded_text
from reader.domain.highlight import Anchor
from tests.bench.pty_timing import percentile
from tests.fixtures.edits import SITUATIONS, SIZES, texts, trials

ROUNDS = 3
BARS = {
    "25 % of the words changed": "right >= 80 %, wrong 0",
    "quote deleted": "wrong <= 1 %",
    "quote deleted, 10 % changed": "wrong <= 1 %",
    "unrelated document": "wrong 0",
}
ROW = "{:<32} {:>6} {:>6} {:>6} {:>7} {:>7} {:>8} {:>6} {:>6} {:>6}   {}"


def run(home: Path, size: int) -> None:
    lengths = sorted(map(len, texts().values()))
    print(f"{len(lengths)} texts of {lengths[0]} to {lengths[-1]} code points, in nine scripts")
    print(
        ROW.format(
            "", "trials", "right", "wrong", "review", "orphan", "right %", "p50", "p95", "max", "ms, bar"
        )
    )
    for situation in SITUATIONS:
        found, taken = _measured(situation)
        print(_row(situation, found, taken, BARS.get(situation, "wrong 0")), flush=True)
    print("\n25 % of the words changed, by the length of the passage")
    for length in SIZES:
        found, taken = _measured("25 % of the words changed", (length,))
        print(_row(f"{length} code points", found, taken, ""), flush=True)
    print(
        "\na passage that was changed, in a long text (bar p50 <= 25, p95 <= 70, max <= 150 ms up to 40,000)"
    )
    for length in (40_000, 300_000):
        _print_long(length)


def _measured(situation: str, sizes: tuple[int, ...] = SIZES) -> tuple[Counter[str], list[float]]:
    found: Counter[str] = Counter()
    taken: list[float] = []
    for trial in trials(situation, ROUNDS, sizes):
        begun = perf_counter()
        found[trial.verdict()] += 1
        taken.append((perf_counter() - begun) * 1e3)
    return found, taken


def _row(name: str, found: Counter[str], taken: list[float], bar: str) -> str:
    count = found.total()
    times = [f"{value:.1f}" for value in (percentile(taken, 50), percentile(taken, 95), max(taken))]
    verdicts = [found[verdict] for verdict in ("right", "wrong", "review", "orphan")]
    share = f"{100 * found['right'] / count:.1f}" if found["right"] else "-"
    return ROW.format(name, count, *verdicts, share, *times, bar)


def _print_long(length: int) -> None:
    """Passages with a word put into their middle, in a text of all of ours, then of their words in other orders."""
    paragraphs = "\n\n".join(texts().values())
    text = paragraphs
    while len(text) < length:
        words = paragraphs.split(" ")
        Random(len(text)).shuffle(words)
        text += "\n\n" + " ".join(words)
    page = Document(text[:length], ())
    first: list[float] = []
    again: list[float] = []
    for size in SIZES:
        for start in range(size, length - size, length // 20):
            anchor = anchor_of(page, Span(start, start + size))
            if anchor is None:
                continue
            middle = start + size // 2
            changed = Document(f"{page.text[:middle]}amended {page.text[middle:]}", ())
            first.append(_milliseconds(changed, anchor, page))
            again.append(_milliseconds(changed, anchor, page))
    folded_text.cache_clear()
    for name, taken in (("with the text folded", first), ("the text folded before", again)):
        p50, p95 = percentile(taken, 50), percentile(taken, 95)
        print(
            f"{length:>9,}  {name:<24} p50 {p50:6.1f}  p95 {p95:6.1f}  max {max(taken):6.1f} ms", flush=True
        )


def _milliseconds(page: Document, anchor: Anchor, before: Document) -> float:
    begun = perf_counter()
    locate(page, anchor, before)
    return (perf_counter() - begun) * 1e3
