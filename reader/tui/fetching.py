"""Fetching in the background: links that wait, pages to be fetched again, and what lies in the inbox folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import Worker, get_current_worker

from reader.domain.article import ArticleId
from reader.domain.change import Outcome
from reader.domain.version import highlights_in_words
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from reader.tui.background import start

if TYPE_CHECKING:
    from reader.jobs.add import Added, Skipped
    from reader.jobs.fetch import Event, Kept
    from reader.jobs.inbox import Inbox
    from reader.tui.app import ReaderApp

    Heard = Event | Added | Kept | Skipped

START_AFTER = 2.5  # seconds after the first frame
EVERY = 30.0  # seconds between two looks at the inbox folder and at what is due
REASONS_TOLD = 2

Work = Callable[[Library, Callable[[], bool]], "Iterator[int | Heard]"]
"""What is done with a library in a thread: it yields how much there is to expect, and what became of it; it asks
whether it is still wanted."""


class Fetching:
    """One piece of work at a time; one that is asked for meanwhile comes next.

    Only what the reader asked for is fetched by itself, when the configuration lets it: a library without such links
    opens no connection.
    """

    def __init__(self, app: ReaderApp) -> None:
        self._app = app
        self._waiting: list[tuple[Work, bool]] = []
        self._worker: Worker[None] | None = None
        self._inbox: Inbox | None = None
        self._is_over = False

    def begin(self) -> None:
        """From now on look for what there is to do by itself."""
        if self._app.demo or not (self._app.config.fetch_at_start or self._app.config.inbox):
            return
        self._app.set_timer(START_AFTER, self.look)
        self._app.set_interval(EVERY, self.look)

    def look(self) -> None:
        """Do what is due, if nothing is under way."""
        if self._worker is None and not self._app.busy and not self._is_over:
            start(self._app, self._look, group="fetch-look")

    def links(self, urls: Sequence[str]) -> None:
        """Store addresses that were typed, and fetch them."""
        self._do(partial(_links, tuple(urls)), is_asked=True)

    def ask(self, articles: Sequence[ArticleId], *, anew: bool = False) -> None:
        """Fetch the links among *articles*; with *anew* every one of them that has an address."""
        self._do(partial(_again if anew else _asked, tuple(articles)), is_asked=True)

    def stop(self) -> None:
        """Leave off after what is being stored."""
        self._is_over = True
        self._waiting.clear()
        if self._worker is not None:
            self._worker.cancel()

    # -- inside ----------------------------------------------------------------------------------------
    async def _look(self) -> None:
        config, now = self._app.config, self._app.clock()
        due = None
        if config.fetch_at_start:
            due = await self._app.lane.read(lambda library: library.fetching.next_due())
        is_due = due is not None and due <= now
        if config.inbox is not None:
            from reader.jobs.inbox import Inbox

            self._inbox = self._inbox or Inbox(config.inbox)
        if is_due or (self._inbox is not None and self._inbox.has_any):
            self._do(partial(_due, self._inbox, is_due, self._app), is_asked=False)

    def _do(self, work: Work, *, is_asked: bool) -> None:
        if self._is_over:
            return
        self._waiting.append((work, is_asked))
        if self._worker is None:
            self._next()

    def _next(self) -> None:
        self._worker = None
        if self._waiting and not self._is_over:
            work, is_asked = self._waiting.pop(0)
            self._app.busy = "fetching…" if is_asked else self._app.busy
            self._worker = self._app.run_worker(
                partial(self._work, work, is_asked), thread=True, group="fetching"
            )

    def _work(self, work: Work, is_asked: bool) -> None:
        """In a thread: the library is opened here, and everything told is told on the loop."""
        worker = get_current_worker()
        tell = self._app.call_from_thread
        told = _Told(is_asked)
        try:
            lane, keeps = self._app.lane, self._app.config.keep_originals
            with Library.open(lane.path, session=lane.session, keep_originals=keeps) as library:
                for heard in work(library, lambda: worker.is_cancelled):
                    if worker.is_cancelled:
                        return
                    tell(self._heard, told, heard)
        except LibraryError as error:
            told.failure = str(error)
        if not worker.is_cancelled:
            tell(self._finish, told)

    def _heard(self, told: _Told, heard: int | Heard) -> None:
        articles = told.hear(heard)
        if told.expected:
            of = f" {min(told.heard + 1, told.expected):,} of {told.expected:,}" if told.expected > 1 else ""
            self._app.busy = f"fetching{of}…"
        if articles:
            # The cursor goes to what was asked for; what comes by itself leaves it where it is.
            self._app.broadcast(articles if told.is_asked else ())

    def _finish(self, told: _Told) -> None:
        self._app.busy = ""
        if said := told.summary:
            self._app.notify(said, severity="warning" if told.reasons or told.failure else "information")
        self._next()


# -- what is done, in the thread --------------------------------------------------------------------------


def _links(urls: Sequence[str], library: Library, is_cancelled: Callable[[], bool]) -> Iterator[int | Heard]:
    from reader.jobs.crew import Manner
    from reader.jobs.fetch import add_links
    from reader.storage.fetching import link

    yield len(urls)
    yield from add_links([link(url) for url in urls], library, manner=Manner(cancelled=is_cancelled))


def _asked(
    articles: Sequence[ArticleId], library: Library, is_cancelled: Callable[[], bool]
) -> Iterator[int | Heard]:
    from reader.jobs.crew import Manner
    from reader.jobs.fetch import fetch_all

    wanted = library.fetching.ask(articles)
    yield len(wanted)
    yield from fetch_all(wanted, library, manner=Manner(cancelled=is_cancelled))


def _again(
    articles: Sequence[ArticleId], library: Library, is_cancelled: Callable[[], bool]
) -> Iterator[int | Heard]:
    from reader.jobs.crew import Manner
    from reader.jobs.fetch import fetch_all

    wanted = library.fetching.wanted(articles)
    yield len(wanted)
    yield from fetch_all(wanted, library, manner=Manner(cancelled=is_cancelled), anew=True)


def _due(
    inbox: Inbox | None,
    fetches: bool,
    app: ReaderApp,
    library: Library,
    is_cancelled: Callable[[], bool],
) -> Iterator[int | Heard]:
    from reader.jobs.crew import Manner
    from reader.jobs.fetch import fetch_all

    if inbox is not None:
        yield from inbox.sweep(library)
    if fetches and not is_cancelled():
        wanted = library.fetching.due(app.clock())
        yield len(wanted)
        yield from fetch_all(wanted, library, manner=Manner(cancelled=is_cancelled))


class _Told:
    """What became of it so far. What nobody asked for is told only where something came, or a file was refused."""

    def __init__(self, is_asked: bool) -> None:
        self.expected = 0
        self.heard = 0
        self.reasons: list[str] = []
        self.failure = ""
        self.is_asked = is_asked
        self._counts: Counter[str] = Counter()
        self._title = ""
        self._places = (0, 0, 0)

    def hear(self, heard: int | Heard) -> tuple[ArticleId, ...]:
        """The articles that changed by it."""
        from reader.jobs.add import Added, Skipped
        from reader.jobs.fetch import Fetched, Kept, NotFetched

        if isinstance(heard, int):
            self.expected = heard
            return ()
        self.heard += 1
        outcomes: tuple[Outcome, ...]
        match heard:
            case Skipped():
                return self._refused("skipped", heard.reason, heard.source)
            case NotFetched():
                self._refused("not fetched", heard.reason, heard.wanted.title)
                return (heard.wanted.article,)
            case Kept():
                self._refused("kept as a link", heard.reason, heard.source)
                return (heard.outcome.id,)
            case Added():
                outcomes = (heard.outcome,)
            case Fetched():
                outcomes = heard.several or (heard.outcome,)
            case _:
                self._counts["unchanged"] += 1
                self._title = heard.wanted.title
                return ()
        for outcome in outcomes:
            is_link = isinstance(heard, Fetched) and outcome.id == heard.wanted.article
            word = "fetched" if is_link and outcome.status == "updated" else outcome.status
            self._counts["unchanged" if is_link and word == "known" else word] += 1
            self._title = outcome.title
            found = (outcome.placed, outcome.review, outcome.orphan)
            self._places = (
                self._places[0] + found[0],
                self._places[1] + found[1],
                self._places[2] + found[2],
            )
        ids = [outcome.id for outcome in outcomes]
        return (*ids, heard.wanted.article) if isinstance(heard, Fetched) else tuple(ids)

    def _refused(self, word: str, reason: str, what: str) -> tuple[ArticleId, ...]:
        self._counts[word] += 1
        self.reasons.append(f"{what}: {reason}")
        return ()

    @property
    def summary(self) -> str:
        """One line: of a single article its title, of many how many; empty if there is nothing to tell."""
        if self.failure:
            return self.failure
        came = sum(self._counts[word] for word in ("fetched", "added", "updated", "known", "skipped"))
        if not self.is_asked and not came:
            return ""
        told = highlights_in_words(*self._places)
        highlights = f" · {told}" if told else ""
        if self.heard == 1:
            word = next((word for word in self._counts if self._counts[word]), "fetched").capitalize()
            return f"{word} · {self.reasons[0]}" if self.reasons else f"{word}: {self._title}{highlights}"
        counts = ", ".join(f"{count:,} {word}" for word, count in self._counts.items() if count)
        reasons = " · ".join(self.reasons[:REASONS_TOLD])
        return " · ".join(filter(None, (counts or "There is nothing to fetch here", reasons))) + highlights
