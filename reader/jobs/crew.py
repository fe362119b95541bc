"""Threads that fetch and read pages: several hosts at once, each of them one page at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread
from time import monotonic

from reader.domain.article import Draft
from reader.domain.identity import url_key
from reader.domain.wanted import Wanted
from reader.ingest import IngestError, Kind, Sandbox, read_all
from reader.ingest.errors import FetchError
from reader.ingest.fetch import Page, Unchanged
from reader.ingest.fetch import fetch as fetch_page

HOSTS_AT_ONCE = 4
PAUSE = 1.0  # seconds between two pages of one host
PATIENCE = 5.0  # seconds that a host may ask for and get them at once, instead of a later day
TURNS = 2
_SLICE = 0.25  # seconds after which who waits looks whether it is still wanted

Fetch = Callable[..., Page | Unchanged]


@dataclass(frozen=True, slots=True)
class Manner:
    """How to fetch. ``allow_private`` is for addresses that the user typed just now; ``kind`` is how to read what
    comes, if that is not to be found out; ``pause`` is in seconds; ``cancelled`` says that nobody waits any more."""

    allow_private: bool = False
    kind: Kind | None = None
    hosts: int = HOSTS_AT_ONCE
    pause: float = PAUSE
    fetch: Fetch = fetch_page
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    cancelled: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True)
class Read:
    """A page and what was read from it."""

    page: Page
    drafts: Sequence[Draft]


@dataclass(frozen=True, slots=True)
class PutOff:
    """Not asked for at all: its host wants to be left alone, so many seconds."""

    seconds: float


Result = tuple[Wanted, "Read | Unchanged | IngestError | PutOff"]


@dataclass
class Crew:
    """Threads, each of which takes a host and works off what is wanted of it, with a parser's child of its own."""

    wanted: Collection[Wanted]
    manner: Manner
    _stopped: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._hosts: dict[str, deque[Wanted]] = {}
        for one in self.wanted:
            self._hosts.setdefault(one.host, deque()).append(one)
        self._waiting = deque(self._hosts)
        # A few at most: what is not stored yet is kept in memory.
        self._results: Queue[Result | Exception] = Queue(maxsize=2 * self.manner.hosts)

    def results(self) -> Iterator[Result]:
        """One for each of the wanted, in the order in which they come; fewer if nobody waits for them any more."""
        for _ in range(min(self.manner.hosts, len(self._hosts))):
            Thread(target=self._work, daemon=True).start()
        for _ in range(len(self.wanted)):
            found = self._get()
            if found is None:
                return
            if isinstance(found, Exception):
                raise found
            yield found

    def _get(self) -> Result | Exception | None:
        while not self.manner.cancelled():
            try:
                return self._results.get(timeout=_SLICE)
            except Empty:
                continue
        return None

    def stop(self) -> None:
        self._stopped.set()

    def _work(self) -> None:
        try:
            with Sandbox() as sandbox:
                while (host := self._next_host()) is not None and not self._stopped.is_set():
                    self._visit(self._hosts[host], sandbox)
        except Exception as error:  # noqa: BLE001  whoever waits for the results is to hear of it
            self._put(error)

    def _next_host(self) -> str | None:
        with self._lock:
            return self._waiting.popleft() if self._waiting else None

    def _visit(self, wanted: deque[Wanted], sandbox: Sandbox) -> None:
        quiet_until = 0.0
        while wanted and not self._stopped.is_set():
            one = wanted.popleft()
            if (seconds := quiet_until - monotonic()) > 0:
                self._put((one, PutOff(seconds)))
                continue
            found = self._tried(one, sandbox)
            if isinstance(found, FetchError) and found.retry_after:
                quiet_until = monotonic() + found.retry_after
            self._put((one, found))
            if wanted:
                self._stopped.wait(self.manner.pause)

    def _tried(self, wanted: Wanted, sandbox: Sandbox) -> Read | Unchanged | IngestError:
        """What is there, after a second look where the first one may have met a hiccup."""
        from tenacity import Retrying, retry_if_exception, stop_after_attempt

        again = Retrying(
            stop=stop_after_attempt(TURNS),
            wait=self._pause_before_next,
            retry=retry_if_exception(_is_worth_another),
            sleep=self._rest,
            reraise=True,
        )
        try:
            found = again(partial(self._fetch, wanted))
            return (
                found if isinstance(found, Unchanged) else Read(found, self._drafts(wanted, found, sandbox))
            )
        except IngestError as error:
            return error

    def _drafts(self, wanted: Wanted, page: Page, sandbox: Sandbox) -> Sequence[Draft]:
        """The articles of *page*, one as a rule, which is known by the address that was wanted and by the last one."""
        drafts = read_all(
            page.data,
            name=page.name,
            kind=self.manner.kind,
            url=page.url,
            sandbox=sandbox,
            charset=page.charset,
        )
        if len(drafts) > 1:
            return drafts
        draft = drafts[0]
        if not draft.document.text:
            raise IngestError("", "no text in it: the page may be made by a script")
        found = [f"url:{key}" for address in (wanted.url, page.url) if (key := url_key(address))]
        return [replace(draft, url=wanted.url, keys=tuple(dict.fromkeys((*found, *draft.keys))))]

    def _fetch(self, wanted: Wanted) -> Page | Unchanged:
        return self.manner.fetch(
            wanted.url,
            etag=wanted.etag,
            modified=wanted.modified,
            allow_private=self.manner.allow_private,
            cancelled=self._stopped.is_set,
        )

    def _pause_before_next(self, state: object) -> float:
        """Between two turns as between two pages, longer where the host says so."""
        from tenacity import RetryCallState

        assert isinstance(state, RetryCallState)
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, FetchError) else None
        return max(self.manner.pause, asked or 0.0)

    def _rest(self, seconds: float) -> None:
        self._stopped.wait(seconds)

    def _put(self, result: Result | Exception) -> None:
        while not self._stopped.is_set():
            try:
                self._results.put(result, timeout=_SLICE)
            except Full:
                continue
            return


def _is_worth_another(error: BaseException) -> bool:
    if not isinstance(error, FetchError) or error.is_final:
        return False
    return error.is_hiccup if error.retry_after is None else error.retry_after <= PATIENCE
