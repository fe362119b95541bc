"""`reader import`: other programs' exports, with all that their reader did with the articles."""

from __future__ import annotations

import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

import click

from reader.cli.adding import tend
from reader.cli.base import CommandError, ReaderCommand, Session, pass_session
from reader.cli.edge import INTERRUPTED
from reader.cli.output import err, is_terminal, out, out_json
from reader.exchange.imports.detection import APPS, Chosen
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.item import Problem
from reader.jobs.import_process import Found
from reader.jobs.importing import Event, Imported, import_file, opened, spooled

STDIN = "standard input"
SHOWN = 3
_LABELS = {"failed": "failed", "skipped": "skipped", "warning": "noted"}


@click.command("import", cls=ReaderCommand)
@click.argument("app", metavar="APP", type=click.Choice(["auto", *APPS], case_sensitive=False))
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--dry-run", "dry", is_flag=True, help="Say what would become of it, and write nothing.")
@click.option(
    "--overwrite", is_flag=True, help="Let titles, notes and states of the file beat those that are here."
)
@click.option("--all", "everything", is_flag=True, help="For newsboat: every article, not only flagged ones.")
@click.option("--json", "as_json", is_flag=True, help="Print what became of each record as one JSON array.")
@pass_session
def import_(
    session: Session, /, app: Chosen, file: Path, dry: bool, overwrite: bool, everything: bool, as_json: bool
) -> int:
    """Bring in what another program exported.

    APP is auto, which looks at the content, or one of: reader pocket instapaper omnivore readwise readwise-reader
    wallabag readeck kindle hypothesis newsboat webannotation bookmarks opml urls. FILE is the export as it came; `-`
    reads standard input.

    Texts, highlights, notes, tags, states and dates come along. What is here already is given what it lacks, so the
    same file can be imported again.
    """
    report = _Report(dry, as_json)
    try:
        with _source(file) as source, session.writing() as library, _progress() as advance:
            for event in import_file(
                source, app, library.records, run=uuid4().hex, name="" if str(file) == "-" else file.name,
                overwrite=overwrite, dry=dry, everything=everything, unbroken=_unbroken,
            ):  # fmt: skip
                report.tell(event)
                advance(event)
            if not dry:
                tend(library)
    except ExportError as error:
        raise CommandError(f"{STDIN if str(file) == '-' else file}: {error.reason}") from error
    except KeyboardInterrupt:
        report.sum_up("interrupted; what is counted here is kept, and the same command goes on from there")
        return INTERRUPTED
    except BaseException:
        report.sum_up("stopped; what is counted here is kept")
        raise
    report.sum_up()
    return 1 if report.counts["failed"] else 0


def _source(file: Path) -> AbstractContextManager[BinaryIO]:
    if str(file) != "-":
        return opened(file)
    if sys.stdin is None or is_terminal(sys.stdin):
        raise click.UsageError("standard input is a terminal, or closed: pipe an export into it")
    return spooled(sys.stdin.buffer)


@contextmanager
def _unbroken() -> Iterator[None]:
    """A signal that comes meanwhile takes effect at the end: what is stored is counted before anything stops."""
    came: list[int] = []
    before = {
        number: signal.signal(number, lambda number, frame: came.append(number))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
        for number in came[:1]:
            signal.raise_signal(number)


class _Report:
    """Counts, tells what went wrong as it happens, and sums up at the end."""

    def __init__(self, dry: bool, as_json: bool) -> None:
        self.counts: Counter[str] = Counter()
        self._dry = dry
        self._as_json = as_json
        self._found: Found | None = None
        self._problems: dict[str, list[str]] = {kind: [] for kind in _LABELS}
        self._records: list[dict[str, Any]] = []

    def tell(self, event: Event) -> None:
        match event:
            case Found():
                self._found = event
            case Problem():
                self._count_problem(event)
            case Imported(kept=kept) if kept is not None:
                self.counts.update([kept.outcome.status, *(["trashed"] if kept.outcome.trashed else [])])
                self.counts["highlights new"] += kept.highlights_added
                self.counts["highlights known"] += kept.highlights_known
                self.counts["unplaced"] += kept.unplaced
        if self._as_json and not isinstance(event, Found):
            self._records += _record(event)

    def _count_problem(self, problem: Problem) -> None:
        self.counts[problem.kind] += 1
        line = ": ".join(part for part in (problem.place, problem.reason) if part)
        shown = self._problems[problem.kind]
        if len(shown) < SHOWN:
            shown.append(line)
        err(f"{_LABELS[problem.kind]} ", line)

    def sum_up(self, opening: str = "") -> None:
        """The report: data unless there are records, which then are."""
        if opening:
            err(opening)
        if self._as_json:
            out_json(self._records)
        if self._found is None:
            return
        say: Callable[..., None] = err if self._as_json else out
        if self._dry:
            say("nothing was written: this is what an import would do")
        for line in self._lines(self._found):
            say(line)

    def _lines(self, found: Found) -> Iterator[str]:
        counts = self.counts
        articles = [
            ("new", counts["added"]), ("known", counts["known"]), ("updated", counts["updated"]),
            ("failed", counts["failed"]), ("skipped", counts["skipped"]),
        ]  # fmt: skip
        if counts["trashed"]:
            articles.append(("in the trash", counts["trashed"]))
        highlights = [
            ("new", counts["highlights new"]), ("known", counts["highlights known"]), ("unplaced", counts["unplaced"]),
        ]  # fmt: skip
        rows = [("articles", _cells(articles)), ("highlights", _cells(highlights))]
        head = f"{found.app} {found.shape}"
        width = max(len(head), *(len(label) for label, _ in rows)) + 3
        yield f"{head:{width}}{_shortened(found.files)}".rstrip()
        # The last cell of a row has nothing beside it that would have to be aligned.
        inner = zip_longest(*(cells[:-1] for _, cells in rows), fillvalue="")
        columns = [max(map(len, column)) for column in inner]
        for label, cells in rows:
            aligned = [f"{cell:{size}}" for cell, size in zip(cells[:-1], columns, strict=False)]
            yield f"{label:{width}}" + "   ".join([*aligned, cells[-1]])
        for kind, label in _LABELS.items():
            if shown := self._problems[kind]:
                more = counts[kind] - len(shown)
                yield f"{label:{width}}" + " · ".join([*shown, *([f"and {more:,} more"] if more else [])])


def _cells(counts: Sequence[tuple[str, int]]) -> list[str]:
    return [f"{name} {count:,}" for name, count in counts]


def _shortened(files: Sequence[str]) -> str:
    more = len(files) - SHOWN
    return ", ".join(files[:SHOWN]) + (f" and {more:,} more" if more > 0 else "")


def _record(event: Imported | Problem) -> list[dict[str, Any]]:
    """What *event* is in JSON: nothing for what is no article and went well."""
    empty = {"status": None, "id": None, "title": None, "place": event.place, "reason": None, "similar": None}
    if isinstance(event, Problem):
        return [empty | {"status": event.kind, "reason": event.reason}]
    if event.kept is None:
        return []
    outcome = event.kept.outcome
    similar = {"id": outcome.similar[0], "score": round(outcome.similar[1], 3)} if outcome.similar else None
    told = {
        "status": outcome.status, "id": outcome.id, "title": outcome.title, "similar": similar,
        "highlights": {
            "added": event.kept.highlights_added, "known": event.kept.highlights_known,
            "unplaced": event.kept.unplaced,
        },
    }  # fmt: skip
    return [empty | told]


@contextmanager
def _progress() -> Iterator[Callable[[Event], None]]:
    """A bar on the terminal; what is printed meanwhile appears above it."""
    if not is_terminal(sys.stderr):
        yield lambda event: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.fields[counted]}"),
        TimeRemainingColumn(), console=Console(stderr=True), transient=True,
        redirect_stdout=is_terminal(sys.stdout),
    )  # fmt: skip
    done, total = 0, None

    def advance(event: Event) -> None:
        nonlocal done, total
        if isinstance(event, Found):
            total = event.total
            bar.update(task, description=event.what, total=total)
        elif isinstance(event, Imported):
            done += 1
            counted = f"{done:,}" if total is None else f"{done:,} of {total:,}"
            bar.update(task, completed=done, counted=counted)

    with bar:
        task = bar.add_task("reading", total=None, counted="")
        yield advance
