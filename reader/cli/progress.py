"""A line on the terminal that says how far a long action is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from time import monotonic
from typing import TYPE_CHECKING

from reader.cli.output import err, is_terminal

if TYPE_CHECKING:
    from reader.storage.library import Library

FEW = 500
BETWEEN = 0.1


@contextmanager
def progress(library: Library, deed: str) -> Iterator[None]:
    """While *library* changes many articles, say so on a terminal."""
    if not is_terminal(sys.stderr):
        yield
        return
    line = _Line(deed)
    with library.watched(line.tell):
        try:
            yield
        finally:
            line.end()


@contextmanager
def counting(deed: str, total: int) -> Iterator[Callable[[], object]]:
    """While *total* things are done, say so on a terminal; what is given is called after each."""
    if not is_terminal(sys.stderr):
        yield lambda: None
        return
    line, done = _Line(deed), count(1)
    try:
        yield lambda: line.tell(next(done), total)
    finally:
        line.end()


class _Line:
    def __init__(self, deed: str) -> None:
        self._deed = deed
        self._told_at = 0.0

    def tell(self, done: int, total: int) -> None:
        if total < FEW or (monotonic() - self._told_at < BETWEEN and done < total):
            return
        text = f"{self._deed}: {done:,} of {total:,}"
        err(text, end="\r")
        self._told_at = monotonic()

    def end(self) -> None:
        if self._told_at:
            err("")
