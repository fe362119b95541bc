"""The user's own editor on a text, in the terminal that it shares with us."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reader.domain.text import clean
from reader.tui.programs import interrupts_are_theirs

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp


class EditorError(Exception):
    """The editor did not start, or did not end well: its text does not count. The message is one line."""


async def edited(app: ReaderApp, text: str, *, name: str) -> str:
    """*text* as the user left it in $EDITOR; *name* is what the file is called there.

    The program is started without a shell, on a file in a folder that is ours alone and goes away afterwards. The
    loop goes on turning, so that a lost terminal ends us in time. Raises EditorError.
    """
    try:
        with _file(name, text, 0o600) as path:
            code = await _run(app, app.config.editor, path)
            if code:
                raise EditorError(f"the editor ended with {code}: the note is as it was")
            return clean(path.read_bytes().decode("utf-8", errors="replace")).strip("\n")
    except OSError as error:
        raise EditorError(f"the editor's text cannot be read: {error.strerror}") from error


async def shown(app: ReaderApp, text: str, *, name: str) -> None:
    """Let the user read *text* in $EDITOR, as a file that cannot be written to. Raises EditorError."""
    try:
        with _file(name, text, 0o400) as path:
            code = await _run(app, app.config.editor, path)
    except OSError as error:
        raise EditorError(f"no copy could be made for the editor: {error.strerror}") from error
    if code:
        raise EditorError(f"the editor ended with {code}")


@contextmanager
def _file(name: str, text: str, mode: int) -> Iterator[Path]:
    """A file of *text*, ours alone, that goes away afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="reader-"))  # made 0700
    try:
        handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{text}\n")
        yield folder / name
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _run(app: ReaderApp, command: str, path: Path) -> int:
    """Start *command* on *path* and wait for it; nothing is painted meanwhile."""
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise EditorError(f"$EDITOR cannot be understood: {error}") from error
    if not words:
        raise EditorError("no editor is set: set EDITOR, or editor in config.toml")
    try:
        with app.batch_update(), app.suspend(), interrupts_are_theirs(app):
            process = await asyncio.create_subprocess_exec(*words, str(path))
            return await process.wait()
    except OSError as error:
        raise EditorError(f"{words[0]} cannot be started: {error.strerror}") from error
