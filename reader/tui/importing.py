"""Importing another program's export in the background, with a library connection of its own."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from textual.worker import Worker, get_current_worker

from reader.storage.connection import LibraryError
from reader.storage.library import Library
from reader.tui.turns import Turns

if TYPE_CHECKING:
    from reader.exchange.imports.detection import Chosen
    from reader.jobs.import_process import Found
    from reader.jobs.importing import Event
    from reader.tui.app import ReaderApp

HEAD = 65_536
BATCH = 50  # articles a commit: what a key changes waits for one of them at most
LISTED = 500  # lines of the report


class Importing:
    """Reads and stores an export, tells how far it is, and at the end what became of it."""

    def __init__(self, app: ReaderApp) -> None:
        self._app = app
        self._workers: list[Worker[None]] = []
        self._last: _Told | None = None

    def file(self, path: Path, app: Chosen | None = None) -> None:
        """Import *path* as *app*; without one, what is no export is added as an article."""
        self._app.busy = "reading…"
        work = partial(self._work, path, app)
        self._workers.append(self._app.run_worker(work, thread=True, group="importing"))

    def stop(self) -> None:
        """Leave off after what is being stored; what is stored stays."""
        for worker in self._workers:
            worker.cancel()

    @property
    def report(self) -> str:
        """What became of the last import, in lines; empty if there was none."""
        return "\n".join(self._last.lines) if self._last is not None else ""

    def _work(self, path: Path, app: Chosen | None) -> None:
        """In a thread: the library is opened here, and everything told is told on the loop."""
        from reader.exchange.imports.errors import ExportError

        worker = get_current_worker()
        tell = self._app.call_from_thread
        if app is None and recognised(path) is None:
            if not worker.is_cancelled:
                tell(self._app.adding.paths, [path])
            return
        told = _Told()
        try:
            self._import(path, app or "auto", told, worker)
        except (LibraryError, ExportError) as error:
            told.failure = f"{path.name}: {error}" if isinstance(error, ExportError) else str(error)
        if not worker.is_cancelled:
            tell(self._finish, told)

    def _import(self, path: Path, app: Chosen, told: _Told, worker: Worker[None]) -> None:
        from reader.jobs.importing import import_file, opened

        with (
            opened(path) as file,
            Library.open(
                self._app.lane.path,
                session=self._app.lane.session,
                keep_originals=self._app.config.keep_originals,
            ) as library,
        ):
            turns = Turns(self._app.idle)
            run = uuid4().hex  # one import is one action to undo
            for event in import_file(file, app, library.records, run=run, name=path.name, batch=BATCH):
                if worker.is_cancelled:
                    return
                if told.hear(event):
                    self._app.call_from_thread(self._progress, told)
                turns.take()

    def _progress(self, told: _Told) -> None:
        self._app.busy = told.progress
        if told.heard == BATCH:  # an empty list need not stay empty until the end
            self._app.broadcast(())

    def _finish(self, told: _Told) -> None:
        self._last = told
        self._app.busy = ""
        failed = told.failure or told.counts["failed"]
        self._app.notify(told.summary, severity="warning" if failed else "information")
        self._app.broadcast(())  # anything may have come, and the reader stays where he is


def recognised(path: Path) -> Found | None:
    """Which program's export the file at *path* is; ``None`` for everything else. Takes a child process: not for the
    loop."""
    from reader.exchange.imports.detection import is_worth_a_look
    from reader.exchange.imports.errors import ExportError
    from reader.jobs.import_process import look
    from reader.jobs.importing import opened

    try:
        if not path.is_file():
            return None
        with opened(path) as file:
            return look(file, path.name) if is_worth_a_look(file.read(HEAD)) else None
    except (ExportError, OSError):
        return None


def described(found: Found) -> str:
    """``a Pocket export: 812 articles``."""
    what = found.what
    if found.total is None:
        return what
    return f"{what}: {found.total:,} article{'s' * (found.total != 1)}"


class _Told:
    """What became of the export so far."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.failure = ""
        self._found: Found | None = None
        self.heard = 0
        self._problems: list[str] = []

    def hear(self, event: Event) -> bool:
        """Count *event*; whether there is something new to show."""
        from reader.exchange.imports.item import Problem
        from reader.jobs.import_process import Found

        if isinstance(event, Found):
            self._found = event
            return True
        if isinstance(event, Problem):
            self.counts[event.kind] += 1
            place = f"{event.place}: " if event.place else ""
            self._problems.append(f"{_KINDS[event.kind]}  {place}{event.reason}")
            return False
        if event.kept is not None:
            self.heard += 1
            self.counts[event.kept.outcome.status] += 1
            self.counts["highlights"] += event.kept.highlights_added
            self.counts["unplaced"] += event.kept.unplaced
        return self.heard % BATCH == 0

    @property
    def progress(self) -> str:
        total = self._found.total if self._found else None
        if not self.heard:
            return f"{described(self._found)}…" if self._found else "reading…"
        return f"importing {self.heard:,}" + (f" of {total:,}…" if total else "…")

    @property
    def summary(self) -> str:
        """One line: what it was, and how many became what."""
        if self.failure:
            return self.failure
        counts = [f"{self.counts[word]:,} {word}" for word in _WORDS if self.counts[word]]
        if highlights := self.counts["highlights"]:
            unplaced = f" ({self.counts['unplaced']:,} without a place)" if self.counts["unplaced"] else ""
            counts.append(f"{highlights:,} highlight{'s' * (highlights != 1)}{unplaced}")
        what = self._found.what if self._found else "the file"
        said = f"From {what}: " + (", ".join(counts) or "nothing to import")
        return f"{said} · :import tells more" if self._problems else said

    @property
    def lines(self) -> list[str]:
        more = len(self._problems) - LISTED
        listed = self._problems[:LISTED] + ([f"and {more:,} more"] if more > 0 else [])
        return [self.summary.removesuffix(" · :import tells more"), *([""] if listed else []), *listed]


_WORDS = ("added", "updated", "known", "failed", "skipped")
_KINDS = {"failed": "failed ", "skipped": "skipped", "warning": "noted  "}
