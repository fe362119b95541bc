"""Whole processes: what a script or a shell prompt waits for."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.libraries import library_of
from tests.bench.measuring import line
from tests.bench.pty_timing import percentile

MINIMAL = "import click, sqlite3, json, dataclasses"


def run(home: Path, size: int) -> None:
    path = library_of(home, size)
    reader = [sys.executable, "-m", "reader", "--library", str(path)]
    minimal = _wall([sys.executable, "-c", MINIMAL], home)
    line("python that imports click, sqlite3, json", f"p50 {minimal:6.1f} ms wall")
    for arguments in (["list", "--limit", "20"], ["search", "time", "--limit", "20"], ["show", "1"]):
        took = _wall([*reader, *arguments], home)
        line(f"reader {' '.join(arguments)}", f"p50 {took:6.1f} ms wall", "<= 1.4x minimal", f"{took / minimal:.2f}x")


def _wall(command: Sequence[str], home: Path, times: int = 15) -> float:
    environment = os.environ | {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home)}
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=environment)
        taken.append((time.perf_counter() - begun) * 1e3)
    return percentile(taken, 50)
