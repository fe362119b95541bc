"""Opening a library file with care: look first, refuse without touching it, make a new one whole or not at all."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path
from uuid import uuid4

from reader.domain.text import cjk_bigrams
from reader.storage.connection import ERRORS, Connection, LibraryError, explained, primary_code
from reader.storage.version import APPLICATION_ID, VERSION

BUSY_MILLISECONDS = 10_000

_WRITER_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}


def open_connection(path: Path, *, write: bool, create: bool) -> Connection:
    """Open the library at *path* for this thread.

    A missing library is made if *create* says so. One that is damaged, of another program, or made by a newer
    Reader is refused with code 3 and not a byte of it changes. An older one is upgraded, after a backup.
    """
    path = Path(os.path.realpath(path.expanduser()))
    try:
        if not path.exists():
            if not create:
                raise LibraryError(f"there is no library at {path}", code=3)
            _create(path)
        raw, version = _looked_at(path)
        if version == VERSION and not write:
            return _reader(raw, path)
        raw.close()
        if version < VERSION:
            _upgrade(path)
        return _writer(path) if write else _reader(_connect_to_read(path), path)
    except ERRORS as error:
        raise _refusal(error, path) from error
    except OSError as error:
        raise LibraryError(f"{path} cannot be opened: {error.strerror or error}", code=3) from error


def _refusal(error: Exception, path: Path) -> LibraryError:
    refusal = explained(error, path)
    refusal.code = 3
    return refusal


# --- looking -------------------------------------------------------------------------------------------------


def _looked_at(path: Path) -> tuple[sqlite3.Connection, int]:
    """A connection that changes nothing, and the schema version; raises if *path* is not a library of ours."""
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise LibraryError(f"{path} is a folder: name a library file", code=3)
    if not stat.S_ISREG(status.st_mode):
        raise LibraryError(f"{path} is not a regular file: name a library file", code=3)
    if not os.access(path, os.R_OK):
        raise LibraryError(f"{path} may not be read: look at the permissions of the file", code=3)
    if status.st_size == 0:
        raise LibraryError(
            f"{path} is empty, it is not a library: go back to a backup, or remove the file", code=3
        )
    raw = _connect_to_read(path)
    try:
        return raw, _examined(raw, path)
    except BaseException:
        raw.close()
        raise


def _examined(raw: sqlite3.Connection, path: Path) -> int:
    # By SQL, not from the file's header: the newest header may still be in the write-ahead log.
    application = raw.execute("pragma application_id").fetchone()[0]
    version: int = raw.execute("pragma user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise LibraryError(f"{path} belongs to another program: name another file with --library", code=3)
    if version > VERSION:
        raise LibraryError(
            f"{path} was made by a newer version of Reader (schema {version}, this one knows {VERSION}): "
            "upgrade Reader",
            code=3,
        )
    if version < 1:
        raise LibraryError(
            f"{path} is not a finished library: go back to a backup, or remove the file", code=3
        )
    raw.execute("select 1 from articles limit 1").fetchone()
    return version


# --- connecting ----------------------------------------------------------------------------------------------


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    raw = sqlite3.connect(
        f"{path.as_uri()}?{mode}",
        uri=True,
        isolation_level=None,
        timeout=BUSY_MILLISECONDS / 1000,
        cached_statements=256,
    )
    raw.row_factory = sqlite3.Row
    # A row with bytes that are not UTF-8 must not make an article unreadable.
    raw.text_factory = _decoded
    return raw


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing, also where SQLite cannot make its -shm file: in a read-only folder."""
    raw = _connect(path, "mode=ro")
    try:
        raw.execute("select count(*) from sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        raw.close()
        log = Path(f"{path}-wal")
        readonly = primary_code(error) in ("SQLITE_CANTOPEN", "SQLITE_READONLY")
        # Without a log nothing is missing from the file itself, so it may be read as if nobody wrote it.
        if not readonly or _writable(path) or (log.exists() and log.stat().st_size):
            raise
        raw = _connect(path, "immutable=1")
    except BaseException:
        raw.close()
        raise
    return raw


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK)


def _reader(raw: sqlite3.Connection, path: Path) -> Connection:
    raw.execute("pragma cache_size = -16000")
    return Connection(raw, path, writable=False)


def _writer(path: Path) -> Connection:
    if not _writable(path):
        raise LibraryError(
            f"{path} cannot be written, the file or its folder is read-only: it can be read, but not changed",
            code=3,
        )
    raw = _connect(path, "mode=rw")
    try:
        _prepare_to_write(raw, path)
    except BaseException:
        raw.close()
        raise
    return Connection(raw, path, writable=True)


def _prepare_to_write(raw: sqlite3.Connection, path: Path) -> None:
    for pragma, value in _WRITER_PRAGMAS.items():
        raw.execute(f"pragma {pragma} = {value}").fetchone()
        if raw.execute(f"pragma {pragma}").fetchone()[0] != value:
            # A network file system cannot share the log's memory.
            raise LibraryError(
                f"{path} is on a file system that cannot hold a library ({pragma}): move it", code=3
            )
    raw.execute("pragma cache_size = -16000")
    # Called by our statements, never by a trigger: the library can be changed in any SQLite shell.
    raw.create_function("cjk_bigrams", 1, cjk_bigrams, deterministic=True)


# --- making --------------------------------------------------------------------------------------------------


def _create(path: Path) -> None:
    """Build a library under another name and link it into place, so that nobody ever sees half of one.

    When another process was first its library stays, and ours is dropped.
    """
    from reader.storage.copies import sync

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_name(f".{path.name}.{uuid4().hex[:8]}.new")
    try:
        _make_private(new)
        _build(new)
        try:
            os.link(new, path)
        except FileExistsError:
            pass
        except OSError:
            # No hard links on this file system: a rename, which would replace a library made this instant.
            if not path.exists():
                new.rename(path)
        sync(path.parent)
    finally:
        for leftover in (new, Path(f"{new}-wal"), Path(f"{new}-shm")):
            leftover.unlink(missing_ok=True)


def _build(path: Path) -> None:
    from reader.storage.migrations import migrate

    raw = _connect(path, "mode=rw")
    try:
        raw.execute(f"pragma application_id = {APPLICATION_ID}")
        _prepare_to_write(raw, path)
        migrate(raw)
    finally:
        raw.close()


def _upgrade(path: Path) -> None:
    from reader.storage.copies import copy_library
    from reader.storage.migrations import migrate

    if not _writable(path):
        raise LibraryError(
            f"{path} was made by an older version of Reader and must be upgraded, but the file or its folder is "
            "read-only: open it once where it can be written",
            code=3,
        )
    connection = _writer(path)
    try:
        copy_library(connection, path.with_name(f"{path.stem}.before-schema-{VERSION}{path.suffix}"))
        migrate(connection.raw)
    finally:
        connection.close()


def _make_private(path: Path) -> None:
    """An empty file that only its owner may read; what SQLite puts beside it gets the same permissions."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
