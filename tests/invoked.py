"""A command line that is run in this process: starting one costs more than most commands do."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.cli.edge import run


@dataclass(frozen=True, slots=True)
class Run:
    """What a command did. ``code`` is its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


def invoked(words: Sequence[str | Path], stdin: bytes = b"") -> Run:
    """Nothing is a terminal; the environment and the folder are those of this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    held = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = run([os.fspath(word) for word in words])
    finally:
        sys.stdin = held
    return Run(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))  # type: ignore[attr-defined]
