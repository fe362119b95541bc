"""The inbox folder: what other programs put there is taken in, and put aside only when it is safe in the library.

A file that became an article goes to ``done`` in the same folder, one that nothing can be made of to ``failed``, with
a file beside it that says why: nothing is deleted, and nothing is told twice. What is not of a kind that is added (an
export of another program, say) stays where it is.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from reader.ingest.errors import IngestError
from reader.ingest.kinds import KINDS
from reader.jobs.add import Added, Event, Skipped, Source, add

if TYPE_CHECKING:
    from reader.storage.library import Library

STILL = 1.0  # seconds between two looks, for whoever cannot wait longer
DONE, FAILED = "done", "failed"
_LONGEST = 240  # bytes of a name that leave room for an ending, where file systems allow 255

# How programs that download, copy or synchronise call what is not whole yet.
_BEGUN_SUFFIXES = (".part", ".crdownload", ".download", ".partial", ".tmp", ".temp", ".opdownload", "~")
_BEGUN_PREFIXES = (".", "~")
# The kinds of files that are added, and that other programs write exports as.
_EXPORTED_AS = ("", ".html", ".htm", ".txt", ".xml")


class _Look(NamedTuple):
    size: int
    changed: int  # nanoseconds


class Inbox:
    """A file is taken when two looks in succession found it the same."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[Path, _Look] = {}
        # Exports of other programs, and what cannot be put aside: not looked into again.
        self._left: dict[Path, _Look] = {}

    @property
    def has_any(self) -> bool:
        """Whether anything is there that may be taken, now or when it is whole."""
        return any(True for _ in self._found())

    def look(self) -> list[Path]:
        """The files that are whole, by name. A folder that is not there holds none."""
        found = dict(self._found())
        still = sorted(path for path, look in found.items() if self._seen.get(path) == look)
        self._seen = found
        return still

    def sweep(self, library: Library) -> Iterator[Event]:
        """Take in what is whole; each event comes after its commit, and after the file was put aside."""
        paths = [path for path in self.look() if not self._leaves(path)]
        sources = [Source(str(path), path) for path in paths]
        store = partial(library.articles.add_all, run=uuid4().hex)
        # A file may hold several articles: it is put aside when the last one is safe.
        for source, group in groupby(add(sources, store), key=lambda event: event.source):
            events = list(group)
            yield from events[:-1]
            yield self._put_aside(Path(source), events[-1], any(isinstance(one, Added) for one in events))

    def _found(self) -> Iterator[tuple[Path, _Look]]:
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                if not _is_awaited(entry.name):
                    continue
                with suppress(OSError):  # gone since, or not to be looked at
                    told = entry.stat()
                    path, look = Path(entry), _Look(told.st_size, told.st_mtime_ns)
                    if stat.S_ISREG(told.st_mode) and self._left.get(path) != look:
                        yield path, look

    def _leaves(self, path: Path) -> bool:
        if not _is_export(path):
            return False
        self._left[path] = self._seen.pop(path)
        return True

    def _put_aside(self, path: Path, event: Event, came: bool) -> Event:
        """Move *path* where it belongs now; what cannot be moved is told, and met again when it has changed."""
        look = self._seen.pop(path)
        try:
            moved = _move(path, self._folder / (DONE if came else FAILED))
            if moved is not None and isinstance(event, Skipped):
                _reason_of(moved).write_text(f"{event.reason}\n", "utf-8")
        except OSError as error:
            self._left[path] = look
            outcome = "is in the library" if came else getattr(event, "reason", "")
            return Skipped(event.source, f"{outcome}, but cannot be put aside: {error.strerror}")
        return event


def _is_export(path: Path) -> bool:
    """Whether *path* is what another program's library was written into, which `reader import` is for."""
    if path.suffix.lower() not in _EXPORTED_AS:
        return False
    from reader.exchange.imports.archive import MAGIC, is_zip
    from reader.exchange.imports.detection import detect
    from reader.exchange.imports.errors import ExportError
    from reader.exchange.imports.source import Export
    from reader.ingest.decode import decode
    from reader.jobs.import_process import look

    try:
        with open(path, "rb") as file:
            if is_zip(file.read(len(MAGIC))):
                return look(file, path.name) is not None
            return detect(Export(file, decode, path.name)) is not None
    except (OSError, ExportError, IngestError):
        return False


def _is_awaited(name: str) -> bool:
    lower = name.lower()
    if lower in (DONE, FAILED) or lower.startswith(_BEGUN_PREFIXES) or lower.endswith(_BEGUN_SUFFIXES):
        return False
    return os.path.splitext(lower)[1] in KINDS


def _reason_of(path: Path) -> Path:
    """The file beside *path* that says why it is there, under a name that is not too long either."""
    return path.with_name(os.fsdecode(os.fsencode(path.name)[:_LONGEST]) + ".reason")


def _move(path: Path, folder: Path) -> Path | None:
    """*path* in *folder*, under a name that is free there; ``None`` if somebody else has moved it already."""
    folder.mkdir(mode=0o700, exist_ok=True)
    number = 1
    while True:
        target = folder / (path.name if number == 1 else f"{path.stem}-{number}{path.suffix}")
        try:
            os.link(path, target, follow_symlinks=False)
        except FileExistsError:
            number += 1
            continue
        except FileNotFoundError:
            return None
        except OSError:  # a file system without links
            if target.exists():
                number += 1
                continue
            _rename(path, target)
            return target
        path.unlink(missing_ok=True)
        return target


def _rename(path: Path, target: Path) -> None:
    try:
        path.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.move(path, target)  # the folder is on another file system, or leads there
