"""Files that are whole or not there."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from io import TextIOWrapper
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO


def write_whole(path: Path, parts: Iterable[str]) -> None:
    """Make *path* the text of *parts*, at once: until then, or if anything fails, it is what it was.

    Readable by its owner only. A path that is no regular file, as ``/dev/stdout``, is written directly. Raises
    OSError with the name of *path*.
    """

    def write(file: BinaryIO) -> None:
        text = TextIOWrapper(file, encoding="utf-8", newline="\n", write_through=True)
        text.writelines(parts)
        text.detach()

    write_file(path, write)


def write_file(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """:func:`write_whole` for what *write* writes."""
    try:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            with path.open("wb") as file:
                write(file)
            return
        _replace(Path(os.path.realpath(path)), write)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _replace(path: Path, write: Callable[[BinaryIO], None]) -> None:
    with NamedTemporaryFile("w+b", dir=path.parent, prefix=f".{path.name[:40]}.", delete=False) as file:
        new = Path(file.name)
        try:
            write(file)  # type: ignore[arg-type]
            file.flush()
            os.fsync(file.fileno())
            new.replace(path)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
