"""Text longer than the screen, through the user's pager."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess

from reader.cli.output import err, flush, out
from reader.domain.text import clean


def page(text: str, pager: str) -> None:
    """Show cleaned *text* through *pager* if it is longer than the screen, else as it is.

    The pager gets it on a pipe, without ``-R`` and with ``LESSSECURE``: no word of an article can be a command.
    """
    if text.count("\n") + 1 < shutil.get_terminal_size().lines or not (argv := _words(pager)):
        out(text)
        return
    flush()
    environment = os.environ | {"LESSSECURE": "1", "LESSCHARSET": "utf-8"}
    try:
        process = subprocess.Popen(argv, stdin=subprocess.PIPE, env=environment)
    except OSError as error:
        err(f"the pager {pager} cannot be started: {error.strerror}")
        out(text)
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # ^c is for the pager
    try:
        process.communicate(clean(text).encode("utf-8", "replace") + b"\n")
    finally:
        signal.signal(signal.SIGINT, before)


def _words(pager: str) -> list[str]:
    try:
        return shlex.split(pager)
    except ValueError:
        return []
