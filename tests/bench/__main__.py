"""``make bench``: our figures beside the peers', from one run on one machine. Asserts nothing.

    python -m tests.bench [--size 100000] [--only WORD] [--pages FOLDER]

Corpora are made once under ``.bench/`` and kept. Judge by the ratios between lines of one run.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from tests.bench import (
    anchoring,
    exchange,
    extraction,
    importing,
    interface,
    processes,
    search,
    selecting,
    storage,
    typed,
)

HOME = Path(__file__).resolve().parents[2] / ".bench"
PARTS: dict[str, Callable[[Path, int], None]] = {
    "storage": storage.run,
    "search": search.run,
    "processes": processes.run,
    "interface": interface.run,
    "typing": typed.run,
    "selecting": selecting.run,
    "anchoring": anchoring.run,
    "exchange": exchange.run,
    "importing": importing.run,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", type=int, default=100_000, help="articles in the large library")
    parser.add_argument("--only", choices=[*PARTS, "extraction"], help="one part")
    parser.add_argument(
        "--pages", type=Path, help="web pages with their articles, to measure extraction with"
    )
    options = parser.parse_args()
    HOME.mkdir(exist_ok=True)
    parts = {**PARTS, "extraction": lambda home, size: extraction.run(options.pages)}
    for name, run in parts.items():
        if options.only in (None, name):
            print(f"\n== {name}")
            run(HOME, options.size)


if __name__ == "__main__":
    main()
