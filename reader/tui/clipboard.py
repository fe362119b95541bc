"""The clipboard of the terminal that we run in, wherever that is: OSC 52, and tmux's own way."""

from __future__ import annotations

import asyncio
import os
import shutil
from asyncio.subprocess import DEVNULL, PIPE
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.text import clean
from reader.tui.background import start

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

LONGEST = 74_994  # bytes: with them in base64 the sequence has 100,000, beyond which terminals drop it
TMUX_SECONDS = 2.0


def put(app: ReaderApp, text: str, what: str) -> str:
    """Put *text* on the clipboard; what to say of it, with *what* it is.

    tmux by itself takes the sequence only from its own commands, so in tmux it is asked to send the text on.
    """
    text = clean(text)
    size = len(text.encode("utf-8", "replace"))
    if size > LONGEST:
        return f"Too long for the terminal's clipboard ({len(text):,} characters)"
    app.copy_to_clipboard(text)
    if os.environ.get("TMUX") and not app.is_headless and (tmux := shutil.which("tmux")):
        start(app, partial(_load, tmux, text), group="clipboard")
    return f"Copied: {what}"


async def _load(tmux: str, text: str) -> None:
    """A buffer of tmux that goes on to the terminal around it (``-w``). Without it nothing is lost but that."""
    with suppress(OSError, TimeoutError):
        process = await asyncio.create_subprocess_exec(
            tmux, "load-buffer", "-w", "-", stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL
        )
        async with asyncio.timeout(TMUX_SECONDS):
            await process.communicate(text.encode("utf-8", "replace"))
