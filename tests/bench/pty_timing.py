"""How fast a program answers in a real terminal, seen from outside: start, keys, memory, CPU.

    python -m tests.bench.pty_timing --keys "down*30 pagedown*10 type:query" -- reader

A press is timed from the write of the key to the last byte of the answer: output counts as ended
after *quiet* seconds of silence, and that silence is not part of the time. Parsing comes afterwards, so it
does not disturb what is measured. CPU milliseconds compare better than wall time on a busy machine.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.emulator import Emulator
from tests.e2e.keys import key_bytes
from tests.e2e.terminal import Terminal

SILENT_AFTER = 0.5
VISIBLE = re.compile(r"(?:\S\s*){80}")
TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Start:
    """Milliseconds since just before the program was forked; None when there was no such moment."""

    first_byte: float | None
    first_frame: float | None
    settled: float | None
    rss_mb: float
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Presses:
    """Milliseconds from key to last byte over *count* presses; *silent* ones caused no output at all."""

    key: str
    count: int
    silent: int
    p50: float
    p95: float
    worst: float
    cpu_ms: float  # a press, all threads and children
    output_bytes: int  # a press


@dataclass(frozen=True, slots=True)
class Timing:
    start: Start
    presses: tuple[Presses, ...]
    rss_mb: float
    screen: tuple[str, ...]


def measure(
    command: Sequence[str | Path],
    keys: Sequence[str] = (),
    *,
    home: Path,
    first: str | re.Pattern[str] = VISIBLE,
    columns: int = 120,
    rows: int = 40,
    env: Mapping[str, str | None] | None = None,
    quiet: float = 0.06,
) -> Timing:
    """Start *command*, press *keys*, and kill it.

    The first frame is the first piece of output after which the screen matches *first*, by default 80
    visible characters. A key is a name, ``NAME*COUNT``, or ``type:TEXT`` for each letter by itself.
    """
    pattern = re.compile(re.escape(first)) if isinstance(first, str) else first
    with Terminal(command, home, columns=columns, rows=rows, env=env) as terminal:
        terminal.wait_for(pattern)
        terminal.settle(quiet=0.25)
        chunks = terminal.chunks
        frame = _moment(terminal, pattern)
        start = Start(
            *(_since(terminal.started, at) for at in (chunks[0].at, frame, chunks[-1].at)),
            rss_mb=rss_mb(terminal.pid),
            cpu_ms=cpu_ms(terminal.pid),
        )
        presses = tuple(_press(terminal, key, quiet) for key in keys)
        return Timing(start, presses, rss_mb(terminal.pid), tuple(terminal.screen))


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest rank; NaN without values."""
    ordered = sorted(values)
    return ordered[round(percent / 100 * (len(ordered) - 1))] if ordered else float("nan")


def rss_mb(pid: int) -> float:
    """Resident memory of a process and its descendants, in MB of 10^6 bytes."""
    kilobytes = [_ps(process, "rss") for process in _family(pid)]
    return sum(int(text) for text in kilobytes if text) * 1.024e-3


def cpu_ms(pid: int) -> float:
    """CPU time of a process and its descendants so far, in ms, ended children included.

    Resolution: scheduler ticks (mostly 10 ms) on Linux, so take it over many presses; NaN elsewhere.
    """
    total = 0.0
    for process in _family(pid):
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return float("nan")
        total += sum(map(int, fields[11:15])) * TICK_MS
    return total


def _family(pid: int) -> Iterator[int]:
    yield pid
    children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    for child in children.stdout.split():
        yield from _family(int(child))


def _ps(pid: int, column: str) -> str:
    return subprocess.run(
        ["ps", "-o", f"{column}=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()


def _since(begun: float, moment: float | None) -> float | None:
    return None if moment is None else (moment - begun) * 1e3


def _moment(terminal: Terminal, pattern: re.Pattern[str]) -> float | None:
    emulator = Emulator(terminal.columns, terminal.rows)
    for chunk in terminal.chunks:
        emulator.feed(chunk.data)
        if pattern.search("\n".join(emulator.lines)):
            return chunk.at
    return None


def _press(terminal: Terminal, step: str, quiet: float) -> Presses:
    if step.startswith("type:"):
        keys = [letter.encode() for letter in step.removeprefix("type:")]
    else:
        name, _, count = step.partition("*")
        keys = [key_bytes(name)] * int(count or 1)
    before, cpu = len(terminal.chunks), cpu_ms(terminal.pid)
    times = [took for key in keys if (took := _press_once(terminal, key, quiet)) is not None]
    written = sum(len(chunk.data) for chunk in terminal.chunks[before:])
    return Presses(
        step,
        len(keys),
        len(keys) - len(times),
        *(percentile(times, percent) for percent in (50, 95, 100)),
        cpu_ms=(cpu_ms(terminal.pid) - cpu) / len(keys),
        output_bytes=written // len(keys),
    )


def _press_once(terminal: Terminal, key: bytes, quiet: float) -> float | None:
    before = len(terminal.chunks)
    begun = terminal.write(key)
    if terminal.read(SILENT_AFTER):
        terminal.settle(quiet)
    return _since(begun, terminal.chunks[-1].at) if len(terminal.chunks) > before else None


def report(timing: Timing) -> str:
    """The figures as a table for people."""
    start = timing.start
    moments = (
        ("first byte", start.first_byte),
        ("first frame", start.first_frame),
        ("settled", start.settled),
    )
    shown = "  ".join(f"{name} {'-' if at is None else f'{at:.0f}'} ms" for name, at in moments)
    lines = [f"start  {shown}  cpu {start.cpu_ms:.0f} ms  rss {start.rss_mb:.0f} MB"]
    lines += [
        f"{p.key:<20} n {p.count:<4} p50 {p.p50:6.1f}  p95 {p.p95:6.1f}  worst {p.worst:6.1f} ms"
        f"  cpu {p.cpu_ms:5.1f} ms  {p.output_bytes} bytes" + (f"  silent {p.silent}" if p.silent else "")
        for p in timing.presses
    ]
    return "\n".join([*lines, f"end    rss {timing.rss_mb:.0f} MB"])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--keys", default="", help='separated by blanks, as in "down*30 type:word"')
    parser.add_argument("--first", help="pattern of the first frame (default: 80 visible characters)")
    parser.add_argument("--size", default="120x40")
    parser.add_argument("--screen", action="store_true", help="print the last screen too")
    parser.add_argument("command", nargs="+", help="after --")
    options = parser.parse_args()
    columns, rows = map(int, options.size.split("x"))
    first = {"first": re.compile(options.first)} if options.first else {}
    with tempfile.TemporaryDirectory() as home:
        timing = measure(
            options.command, options.keys.split(), home=Path(home), columns=columns, rows=rows, **first
        )
    print(report(timing))
    if options.screen:
        print("\n".join(timing.screen))


if __name__ == "__main__":
    main()
