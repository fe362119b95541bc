"""Adding articles in the background, with a library connection of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from textual.worker import Worker, get_current_worker

from reader.domain.article import ArticleId
from reader.domain.version import highlights_in_words
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from reader.tui.turns import Turns

if TYPE_CHECKING:
    from reader.jobs.add import Event, Gathered
    from reader.tui.app import ReaderApp

WORDS = ("added", "updated", "known", "skipped")
REASONS_TOLD = 3


class Adding:
    """Reads and stores what it is given, tells how far it is, and at the end what became of it."""

    def __init__(self, app: ReaderApp) -> None:
        self._app = app
        self._workers: list[Worker[None]] = []

    def paths(self, paths: Iterable[Path], *, url: str = "") -> None:
        """Add files, and folders with all that is in them; one that came from *url*, if that is known."""
        self._start(_Sources(tuple(paths), url=url))

    def text(self, text: str, name: str, *, url: str = "") -> None:
        """Add a text that was pasted."""
        self._start(_Sources(text=text, name=name, url=url))

    def stop(self) -> None:
        """Leave off after what is being stored; what is stored stays."""
        for worker in self._workers:
            worker.cancel()

    def _start(self, sources: _Sources) -> None:
        self._app.busy = "reading…"
        work = partial(self._work, sources)
        self._workers.append(self._app.run_worker(work, thread=True, group="adding"))

    def _work(self, sources: _Sources) -> None:
        """In a thread: the library is opened here, and everything told is told on the loop."""
        worker = get_current_worker()
        tell = self._app.call_from_thread
        told = _Told()
        try:
            gathered = sources.gather()
            told.expect(gathered)
            lane, keeps = self._app.lane, self._app.config.keep_originals
            with Library.open(lane.path, session=lane.session, keep_originals=keeps) as library:
                turns = Turns(self._app.idle)
                for event in sources.add(gathered, library):
                    if worker.is_cancelled:
                        return
                    told.hear(event)
                    tell(self._progress, told)
                    turns.take()
        except LibraryError as error:
            told.failure = str(error)
        if not worker.is_cancelled:
            tell(self._finish, told)

    def _progress(self, told: _Told) -> None:
        several = (
            f"adding {told.heard:,} of {max(told.heard, told.expected):,}…"  # one feed gives many articles
        )
        self._app.busy = several if told.expected > 1 else "adding…"

    def _finish(self, told: _Told) -> None:
        self._app.busy = ""
        self._app.notify(told.summary, severity="warning" if told.reasons or told.failure else "information")
        # The cursor goes to what was added, but while a folder is, somebody may have gone on reading.
        self._app.broadcast(tuple(told.articles) if told.expected <= 1 else ())


class _Sources:
    """Paths, or one pasted text."""

    def __init__(
        self, paths: tuple[Path, ...] = (), *, text: str = "", name: str = "", url: str = ""
    ) -> None:
        self._url = url
        self._paths = paths
        self._text = text
        self._name = name

    def gather(self) -> Gathered:
        from reader.jobs import add

        if self._paths:
            return add.gather(self._paths)
        pasted = add.Source(self._name, data=self._text.encode("utf-8", "replace"))
        return add.Gathered((pasted,), 0, ())

    def add(self, gathered: Gathered, library: Library) -> Iterable[Event]:
        from reader.jobs import add

        store = partial(library.articles.add_all, run=uuid4().hex)
        yield from gathered.skipped
        known = add.Known(url=self._url) if self._url and len(gathered.sources) == 1 else None
        yield from add.add(gathered.sources, store, known=known)


class _Told:
    """What became of the sources so far."""

    def __init__(self) -> None:
        self.expected = 0
        self.heard = 0
        self.counts: Counter[str] = Counter()
        self.articles: list[ArticleId] = []
        self.reasons: list[str] = []
        self.failure = ""
        self._title = ""
        # The version that the last one has its text in, if that is not in use.
        self._unused: int | None = None
        self._places = (0, 0, 0)  # highlights of texts that changed: placed, to review, without a place
        self._passed_over = 0

    def expect(self, gathered: Gathered) -> None:
        self.expected = len(gathered.sources) + len(gathered.skipped)
        self._passed_over = gathered.passed_over

    def hear(self, event: Event) -> None:
        from reader.jobs.add import Skipped

        self.heard += 1
        if isinstance(event, Skipped):
            self.counts["skipped"] += 1
            self.reasons.append(f"{event.source}: {event.reason}")
        else:
            self.counts[event.outcome.status] += 1
            self.articles.append(event.outcome.id)
            outcome = event.outcome
            if event.remark:
                self.reasons.append(event.remark)
            self._title, self._unused = outcome.title, outcome.unused
            placed, review, orphan = self._places
            self._places = (placed + outcome.placed, review + outcome.review, orphan + outcome.orphan)

    @property
    def summary(self) -> str:
        """One line: of a single article its title, of many how many."""
        if self.failure:
            return self.failure
        counts = [f"{self.counts[word]:,} {word}" for word in WORDS if self.counts[word]]
        if self._passed_over:
            counts.append(f"{self._passed_over:,} of kinds that Reader does not read")
        if self.heard == 1 and self._title:
            status = next(word for word in WORDS if self.counts[word])
            said = f"{_ONE[status]}{self._as_version}: {self._title}{self._of_highlights}"
        elif self.heard == 1 and self.counts["skipped"]:
            said = "Not added"
        else:
            said = (", ".join(counts) or "There was nothing to add") + self._of_highlights
        if self.reasons:
            said += " · " + " · ".join(self.reasons[:REASONS_TOLD])
        return said

    @property
    def _as_version(self) -> str:
        if self._unused is None:
            return ""
        return f" as version {self._unused}, which is not in use · gV shows it"

    @property
    def _of_highlights(self) -> str:
        """What became of the highlights of texts that changed."""
        told = highlights_in_words(*self._places)
        return f" · {told}" if told else ""


_ONE = {"added": "Added", "updated": "Updated with its new text", "known": "Here already"}
