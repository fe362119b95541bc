"""Whole processes: what a script or a shell prompt waits for."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.libraries import library_of
from tests.bench.measuring import line
from tests.bench.pty_timing import percentile

MINIMAL = "import click, sqlite3, json, dataclasses"
COMMANDS = (["list", "--limit", "20"], ["search", "time", "--limit", "20"], ["show", "1"], ["--version"])
TIMES = 20


def run(home: Path, size: int) -> None:
    path = library_of(home, size)
    reader = [sys.executable, "-m", "reader", "--library", str(path)]
    minimal, *ours = medians(
        [[sys.executable, "-c", MINIMAL], *([*reader, *words] for words in COMMANDS)], home
    )
    line("python that imports click, sqlite3, json", f"p50 {minimal:6.1f} ms CPU")
    for words, took in zip(COMMANDS, ours, strict=True):
        line(
            f"reader {' '.join(words)}",
            f"p50 {took:6.1f} ms CPU",
            "<= 1.4x minimal",
            f"{took / minimal:.2f}x",
        )


def medians(commands: Sequence[Sequence[str]], home: Path) -> list[float]:
    """CPU milliseconds of each, all in turn again and again, so that a busy moment slows down all alike."""
    own = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home)}
    environment = os.environ | own | {"PYTHONPYCACHEPREFIX": str(home / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed reader is compiled
    rounds = [[_cpu_ms(command, environment) for command in commands] for _ in range(TIMES + 1)][1:]
    return [percentile(taken, 50) for taken in zip(*rounds, strict=True)]


def _cpu_ms(command: Sequence[str], environment: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e3
