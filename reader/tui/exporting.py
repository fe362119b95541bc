"""Exporting what is on the screen, in the background, with a library connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.worker import Worker, get_current_worker

from reader.domain.article import ArticleId
from reader.domain.text import clean_line
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from reader.tui.batch import Whole
from reader.tui.screens.base import CommandScreen

if TYPE_CHECKING:
    from reader.jobs.export import Chosen, Format, Manner
    from reader.tui.app import ReaderApp
    from reader.tui.screens.highlights import HighlightsScreen

What = Callable[[Library], "Chosen"]
"""Asks the library what is exported."""
TOLD_EACH = 100  # articles


def export_shown(screen: CommandScreen, form: Format, path: Path) -> None:
    """Export what *screen* shows: the selection, else all of the list, the open article, or the passages that are
    shown. A file there that is no export of ours is asked about."""
    what = _shown(screen, form)
    if what is None:
        screen.say("there is nothing here to export")
        return
    exporting = screen.reader.exporting
    fault = _unwritable(path, form)
    if fault:
        screen.say(fault)
    elif path.is_file() and not _is_ours(path, form):
        from reader.tui.screens.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                exporting.start(form, path, what)
            else:
                screen.say("Nothing was exported")

        question = f"Replace {clean_line(path.name, limit=60)}?"
        detail = f"{clean_line(str(path))} is no {form} export of Reader."
        screen.reader.push_screen(Confirm(question, detail=detail), answered)
    else:
        exporting.start(form, path, what)


class Exporting:
    """Writes exports, tells how far one is, and at the end what is where."""

    def __init__(self, app: ReaderApp) -> None:
        self._app = app
        self._workers: list[Worker[None]] = []

    def start(self, form: Format, path: Path, what: What) -> None:
        self._app.busy = "exporting…"
        work = partial(self._work, form, path, what)
        self._workers.append(self._app.run_worker(work, thread=True, group="exporting"))

    def stop(self) -> None:
        """Give up; a file that is being written is not there then, or what it was."""
        for worker in self._workers:
            worker.cancel()

    def _work(self, form: Format, path: Path, what: What) -> None:
        """In a thread: the library is opened here, and everything told is told on the loop."""
        from reader.exchange.exports.template import TemplateFault
        from reader.jobs.export import LibraryFileError

        worker = get_current_worker()
        try:
            told, failed = self._export(form, path, what, worker), False
        except _StoppedError:
            return
        except (LibraryError, TemplateFault, LibraryFileError) as error:
            told, failed = str(error), True
        except OSError as error:
            told, failed = f"{error.filename or path}: {error.strerror or error}", True
        if not worker.is_cancelled:
            self._app.call_from_thread(self._finish, told, failed)

    def _export(self, form: Format, path: Path, what: What, worker: Worker[None]) -> str:
        from reader.exchange.exports.counted import counted
        from reader.exchange.exports.markdown import Notes
        from reader.exchange.exports.template import Look
        from reader.jobs.export import Manner, loss, write

        config = self._app.config
        notes = Notes(Look.of(config.template)) if form == "markdown" else None
        with Library.open(self._app.lane.path, write=False) as library:
            chosen = what(library)
            advance = _Advance(self._app, worker, len(chosen.articles))
            manner = Manner(notes=notes, meanings=config.meanings, advance=advance)
            number = counted(len(chosen.articles), "article")
            if chosen.passages is not None:
                number = f"{counted(len(chosen.passages), 'highlight')} of {number}"
            if form == "markdown" and _is_folder(path):
                return f"{_mirrored(library, chosen, path, manner)} in {path}"
            write(library, chosen, form, path, manner)
        lost = loss(form)
        return f"{number} in {path}" + (f" · {lost}" if lost else "")

    def _finish(self, told: str, failed: bool) -> None:
        self._app.busy = ""
        self._app.notify(told, severity="error" if failed else "information")


class _StoppedError(Exception):
    """The app is being left."""


class _Advance:
    def __init__(self, app: ReaderApp, worker: Worker[None], total: int) -> None:
        self._app = app
        self._worker = worker
        self._total = total
        self._done = 0

    def __call__(self) -> None:
        if self._worker.is_cancelled:
            raise _StoppedError
        self._done += 1
        if self._done % TOLD_EACH == 0:
            self._app.call_from_thread(self._tell, f"exporting {self._done:,} of {self._total:,}…")

    def _tell(self, progress: str) -> None:
        self._app.busy = progress


def _mirrored(library: Library, chosen: Chosen, path: Path, manner: Manner) -> str:
    from reader.jobs.export import to_folder
    from reader.jobs.vault import Kept, Left, Written

    events = list(to_folder(library, chosen, path, manner))
    written = [event for event in events if isinstance(event, Written)]
    counts = {
        "written": sum(event.changed for event in written),
        "unchanged": sum(not event.changed for event in written),
        "left alone": sum(isinstance(event, Kept) for event in events),
        "not in this export": sum(isinstance(event, Left) for event in events),
    }
    told = [f"{number:,} {word}" for word, number in counts.items() if number]
    return f"Notes: {', '.join(told) or 'nothing to write'}"


def _shown(screen: CommandScreen, form: Format) -> What | None:
    from reader.tui.screens.article import ArticleScreen
    from reader.tui.screens.highlights import HighlightsScreen
    from reader.tui.screens.listing import ListScreen

    match screen:
        case HighlightsScreen():
            return _passages(screen, form)
        case ArticleScreen():
            return _articles(lambda library: [screen.article_id], form)
        case ListScreen():
            rows = screen.articles
            rows.end_range()
            if not rows.chosen:
                return _articles(screen.whole(), form)
            ids = [ArticleId(article) for article in rows.chosen.ids]
            # Not the screen's own: it means nothing while the sidebar has the keys.
            return _articles(ListScreen.beyond(screen) or (lambda library: ids), form)
    return None


def _articles(asked: Whole, form: Format) -> What:
    def what(library: Library) -> Chosen:
        from reader.jobs.export import Chosen, ordered

        return Chosen(ordered(library, asked(library), form))

    return what


def _passages(screen: HighlightsScreen, form: Format) -> What | None:
    """Those that are selected, else all that the filter lets through."""
    rows = screen.passages
    entries = rows.targets() if rows.chosen else rows.entries()
    if not entries:
        return None
    numbers = list(dict.fromkeys(entry.article.id for entry in entries))
    uids = frozenset(entry.highlight.uid for entry in entries)

    def what(library: Library) -> Chosen:
        from reader.jobs.export import Chosen, ordered

        return Chosen(ordered(library, numbers, form), uids)

    return what


def format_in(words: str) -> tuple[Format | None, str]:
    """The format that *words* name first, and the path behind it."""
    from reader.jobs.export import FORMATS

    first, _, path = words.partition(" ")
    return next((form for form in FORMATS if form == first.lower()), None), path.strip()


def _is_folder(path: Path) -> bool:
    return path.is_dir() or path.suffix != ".md"


def _unwritable(path: Path, form: Format) -> str:
    """Why nothing can be written there, as far as a look tells."""
    if form == "markdown" and _is_folder(path):
        return f"{path} is a file, not a folder" if path.is_file() else ""
    if path.is_dir():
        return f"{path} is a folder: name a file in it"
    return "" if path.parent.is_dir() else f"there is no folder {path.parent}"


def _is_ours(path: Path, form: Format) -> bool:
    from reader.exchange.exports.recognition import HEAD, is_ours

    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
            file.seek(max(0, path.stat().st_size - HEAD))
            return is_ours(form, head, file.read(HEAD))
    except OSError:
        return False
