"""Timing a call many times, and printing figures in columns."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.bench.pty_timing import percentile


def cpu_ms(call: Callable[[], object], times: int = 40) -> tuple[float, float]:
    """CPU milliseconds of *call*, its 50th and 95th percentile, after one call to warm up."""
    call()
    taken = []
    for _ in range(times):
        begun = time.process_time()
        call()
        taken.append((time.process_time() - begun) * 1e3)
    return percentile(taken, 50), percentile(taken, 95)


def line(what: str, figures: str, bar: str = "", peer: str = "") -> None:
    print(f"{what:<46} {figures:<30} {'bar ' + bar if bar else '':<22} {peer}".rstrip(), flush=True)


def figures(what: str, call: Callable[[], object], bar: str = "", peer: str = "", times: int = 40) -> None:
    p50, p95 = cpu_ms(call, times)
    line(what, f"p50 {p50:6.2f}  p95 {p95:6.2f} ms CPU", bar, peer)
