"""The log of errors that nobody foresaw."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

from reader import __version__

LIMIT = 1 << 20


def log_fault(log: Path, error: BaseException) -> None:
    """Append where *error* came from to *log*, readable by its owner only; raises OSError.

    Frames and the types of the errors, no values and no messages: those may hold an article's words or a
    password in a URL. A log that has grown over a mebibyte starts anew.
    """
    log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lines = [f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} reader {__version__}\n"]
    chain: BaseException | None = error
    while chain is not None:
        lines += [f"{type(chain).__name__}\n", *traceback.format_tb(chain.__traceback__)]
        chain = chain.__cause__ or chain.__context__
    grown = log.exists() and log.stat().st_size > LIMIT
    flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | (os.O_TRUNC if grown else os.O_APPEND)
    with os.fdopen(os.open(log, flags, 0o600), "w", encoding="utf-8", errors="replace") as file:
        file.writelines(lines)
