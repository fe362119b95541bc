"""A process that adds essays in batches and tells each one on stdout, to be killed in the middle.

``python -m tests.storage.importing LIBRARY FIRST COUNT [early]``: with ``early`` it tells of a batch before it is
stored, which is the mistake that the kill test must be able to see.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from reader.storage.library import Library
from tests.storage.samples import essay

BATCH = 20


def main(path: str, first: str, count: str, *flags: str) -> None:
    with Library.open(Path(path)) as library:
        for start in range(int(first), int(first) + int(count), BATCH):
            numbers = range(start, start + BATCH)
            if "early" in flags:
                tell(numbers)
                time.sleep(0.5)  # a busy machine must not store them before it comes to the kill
            library.articles.add_all([essay(number) for number in numbers])
            if "early" not in flags:
                tell(numbers)


def tell(numbers: range) -> None:
    os.write(1, "".join(f"added {number}\n" for number in numbers).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
