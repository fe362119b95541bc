"""Whole copies of a library: there or not there, never half."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from uuid import uuid4

from reader.storage.connection import ERRORS, Connection, LibraryError
from reader.storage.version import APPLICATION_ID


def copy_library(connection: Connection, target: Path) -> None:
    """Write a sound copy of the library to *target*, for its owner alone.

    SQLite writes it, never the file system: a copied file misses what is still in the write-ahead log. An older
    copy is replaced; any other file is not.
    """
    new = target.with_name(f".{target.name}.{uuid4().hex[:8]}.new")
    try:
        _refuse_other_files(connection, target)
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        # Into an empty file, which keeps its permissions.
        connection.execute("vacuum into :target", target=str(new))
        _check(new)
        sync(new)
        new.replace(target)
        sync(target.parent)
    except OSError as error:
        raise LibraryError(f"{target} cannot be written: {error.strerror or error}") from error
    finally:
        new.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Make a file, or the names in a folder, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refuse_other_files(connection: Connection, target: Path) -> None:
    if not target.exists():
        return
    if target.is_dir():
        raise LibraryError(f"{target} is a folder: name a file for the backup")
    if target.samefile(connection.path):
        raise LibraryError(f"{target} is the library itself: name another file for the backup")
    if target.stat().st_size and not _is_library(target):
        raise LibraryError(f"{target} is there and no backup of a library: name another file")


def _is_library(path: Path) -> bool:
    try:
        raw = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    except ERRORS:
        return False
    try:
        return bool(raw.execute("pragma application_id").fetchone()[0] == APPLICATION_ID)
    except ERRORS:
        return False
    finally:
        raw.close()


def _check(path: Path) -> None:
    raw = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        found = raw.execute("pragma quick_check(1)").fetchone()[0]
    except ERRORS as error:
        raise LibraryError(f"the copy of the library is not sound ({error}): it was not kept") from error
    finally:
        raw.close()
    if found != "ok":
        raise LibraryError(f"the copy of the library is not sound ({found}): it was not kept")
