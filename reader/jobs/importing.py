"""Other programs' exports into the library, as a stream of events."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic
from typing import Any, BinaryIO, Protocol

from reader.domain.record import Kept, Record, Refused
from reader.exchange.imports.detection import Chosen
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.item import Problem
from reader.ingest.sandbox import Limits
from reader.jobs.import_process import Found, ReadRecord, ReadRow, read_export

BATCH = 500
HIGHLIGHT = 8_000
"""What a highlight weighs: storing it takes as long as storing a text of that length."""
PATIENCE = 1.0
"""Seconds after which a batch is stored though it is not full, so that slow bodies show progress."""
WEIGHT = 16 * 2**20
"""Characters and bytes after which it is stored too, so that memory does not grow with the bodies."""

_SPOOLED = 2**30
_CHUNK = 2**20


class Shelf(Protocol):
    """Where records are stored, one transaction a call; what was returned is on the disk, unless it was *dry*."""

    def store(
        self, records: Sequence[Record], *, run: str, overwrite: bool = False, dry: bool = False
    ) -> list[Kept | Refused]: ...

    def restore(
        self, wholes: Sequence[Any], *, run: str, overwrite: bool = False, dry: bool = False
    ) -> list[Kept | Refused | None]: ...


@dataclass(frozen=True, slots=True)
class Imported:
    """The record from ``place`` is in the library; that is committed, unless the run is dry. ``kept`` is ``None``
    for what is no article: a view, or the mark that one was purged."""

    place: str
    kept: Kept | None


Event = Found | Imported | Problem


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file at *path* for :func:`import_file`; what cannot be sought, as a pipe, is copied to one without a name.

    Raises ExportError for what cannot be read.
    """
    try:
        with path.open("rb") as file:
            kind = os.fstat(file.fileno()).st_mode
            if stat.S_ISREG(kind):
                yield file
                return
            if not stat.S_ISFIFO(kind):  # some devices never end
                raise ExportError("not a file or a pipe")
            with spooled(file) as copy:
                yield copy
    except IsADirectoryError as error:
        raise ExportError("a folder: reader add takes folders") from error
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else "") or "not a file name"
        raise ExportError(f"cannot be read: {reason[:1].lower()}{reason[1:]}") from error


@contextmanager
def spooled(stream: BinaryIO) -> Iterator[BinaryIO]:
    """All that *stream* gives, as a file without a name. Raises ExportError if that is more than 1 GiB."""
    with TemporaryFile() as copy:
        size = 0
        while part := stream.read(_CHUNK):
            size += len(part)
            if size > _SPOOLED:
                raise ExportError("larger than 1 GiB")
            copy.write(part)
        copy.flush()
        yield copy


def import_file(
    file: BinaryIO,
    app: Chosen,
    shelf: Shelf,
    *,
    run: str,
    name: str = "",
    overwrite: bool = False,
    dry: bool = False,
    everything: bool = False,
    batch: int = BATCH,
    limits: Limits | None = None,
    unbroken: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Iterator[Event]:
    """Bring what is in *file*, an export of *app* or of what its content tells (``auto``), into *shelf*.

    First comes Found, then each article after its commit, at most *batch* in one, and each part that gave none, in
    the order of the file. *everything* takes what a format leaves out by habit. Each batch is inside *unbroken* until
    its last event was told, for callers who could be interrupted between its commit and their telling of it.

    What was committed stays when the caller stops half-way, and is known when it is imported again. Raises
    ExportError, before any event, for a file that cannot be imported as *app*.
    """
    storing = _Storing(shelf, {"run": run, "overwrite": overwrite, "dry": dry})
    pending: list[_Pending | Problem] = []
    begun, weight = monotonic(), 0
    for answer in read_export(file, name, app, everything=everything, limits=limits):
        match answer:
            case Found():
                yield answer
                begun = monotonic()
                continue
            case ReadRecord():
                pending.append(_Pending(answer.place, answer.record, answer.told))
                draft = answer.record.draft
                weight += len(draft.document.text) + len(draft.original)
                weight += HIGHLIGHT * len(answer.record.highlights)
            case ReadRow():
                pending.append(_whole(answer.row))
                weight += sum(len(text.get("text") or "") for text in answer.row.get("texts", ()))
                weight += HIGHLIGHT * len(answer.row.get("highlights", ()))
            case Problem():
                pending.append(answer)
        if len(pending) >= batch or weight > WEIGHT or monotonic() - begun > PATIENCE:
            with unbroken():
                yield from storing.stored(pending)
            pending, begun, weight = [], monotonic(), 0
    with unbroken():
        yield from storing.stored(pending)


@dataclass(frozen=True, slots=True)
class _Pending:
    """``value`` is a Record, or a whole of our own format."""

    place: str
    value: Any
    told: tuple[str, ...] = ()


class _Storing:
    """Stores batches. A dry run leaves nothing behind, so what came in an earlier batch of it is remembered here."""

    def __init__(self, shelf: Shelf, how: dict[str, Any]) -> None:
        self._shelf = shelf
        self._how = how
        self._seen: set[str] = set()

    def stored(self, pending: Sequence[_Pending | Problem]) -> Iterator[Event]:
        """What became of *pending*, in its order, after the commit."""
        waiting = [one for one in pending if isinstance(one, _Pending)]
        results = iter(self._store(waiting) if waiting else ())
        for one in pending:
            if isinstance(one, Problem):
                yield one
                continue
            result = next(results)
            if isinstance(result, Refused):
                yield Problem(one.place, result.reason)
            else:
                yield Imported(one.place, self._as_seen(one.value, result) if self._how["dry"] else result)
                yield from (Problem(one.place, told, "warning") for told in one.told)

    def _store(self, waiting: Sequence[_Pending]) -> Sequence[Kept | Refused | None]:
        values = [one.value for one in waiting]
        if isinstance(values[0], Record):
            return self._shelf.store(values, **self._how)
        return self._shelf.restore(values, **self._how)

    def _as_seen(self, value: Any, kept: Kept | None) -> Kept | None:
        keys = {*value.draft.keys[:1], value.origin} - {""} if isinstance(value, Record) else set()
        was_seen = not self._seen.isdisjoint(keys)
        self._seen |= keys
        if kept is None or not was_seen or kept.outcome.status != "added":
            return kept
        return replace(kept, outcome=replace(kept.outcome, status="known"))


def _whole(row: dict[str, Any]) -> _Pending | Problem:
    from reader.exchange.imports import jsonl

    place = str(row.get("place", ""))
    try:
        return _Pending(place, jsonl.whole(row))
    except ValueError as error:
        return Problem(place, str(error))
