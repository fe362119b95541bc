"""Fetching what is wanted, and storing every text as it comes.

What a text becomes is committed before the link leaves the queue, in one transaction: whatever ends this program
half-way, the next run goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from reader.domain.article import ArticleId, Draft
from reader.domain.change import Outcome
from reader.domain.wanted import Wanted
from reader.ingest import IngestError
from reader.ingest.errors import FetchError
from reader.ingest.fetch import Unchanged
from reader.jobs.add import Added
from reader.jobs.crew import Crew, Manner, PutOff, Read, Result

if TYPE_CHECKING:
    from reader.storage.library import Library

WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 30, 180, 24 * 60, 3 * 24 * 60))
"""How long after its first, second … failure a link is tried again; after the last one nobody tries by himself."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """*outcome* is committed; ``several`` are the articles of a feed, which were stored instead of the link. *remark*
    is what the user should know of the way the page came."""

    wanted: Wanted
    outcome: Outcome
    several: tuple[Outcome, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Same:
    """The server says that nothing has changed."""

    wanted: Wanted


@dataclass(frozen=True, slots=True)
class NotFetched:
    """``due`` is when it is tried again, ``None`` if it is not."""

    wanted: Wanted
    reason: str
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The link is stored, as *outcome* says, but its text has not come, for *reason*."""

    source: str
    outcome: Outcome
    reason: str


Event = Fetched | Same | NotFetched


def fetch_all(
    wanted: Iterable[Wanted],
    library: Library,
    *,
    manner: Manner | None = None,
    anew: bool = False,
    run: str | None = None,
) -> Iterator[Event]:
    """Fetch *wanted* and store what comes, in the thread of *library*; each event comes after its commit.

    *anew* is for articles that have their text: what failed is told and changes nothing. What is under way when the
    caller stops is given up. What changes articles that were here is one entry of the history, or part of that of
    *run*.
    """
    manner = manner or Manner()
    crew = Crew(list(wanted), manner)
    run = run or uuid4().hex
    try:
        for result in crew.results():
            yield _stored(result, library, manner, anew=anew, run=run)
    finally:
        crew.stop()


def add_links(
    links: Sequence[Draft], library: Library, *, tags: Sequence[str] = (), manner: Manner | None = None
) -> Iterator[Added | Kept]:
    """Store *links* and then fetch them: whatever comes of that, the links are here."""
    run = uuid4().hex
    stored = [library.fetching.keep(link, tags=tags, run=run) for link in links]
    kept: dict[ArticleId, Outcome] = {}
    for outcome in stored:
        kept.setdefault(outcome.id, outcome)
    for event in fetch_all(library.fetching.wanted(list(kept)), library, manner=manner, run=run):
        url, link = event.wanted.url, kept[event.wanted.article]
        if isinstance(event, NotFetched):
            yield Kept(url, link, event.reason)
        elif isinstance(event, Same):
            yield Added(url, replace(link, status="known"))
        else:
            for outcome in event.several or (event.outcome,):
                is_new = outcome.id == link.id and link.status == "added"
                told = replace(outcome, status="added") if is_new else outcome
                yield Added(url, told, event.remark)


# --- storing -------------------------------------------------------------------------------------------------


def _stored(result: Result, library: Library, manner: Manner, *, anew: bool, run: str) -> Event:
    wanted, found = result
    due: datetime | None
    if not library.articles.summaries([wanted.article]):
        return NotFetched(wanted, "its article is not in the library any more")
    match found:
        case Unchanged():
            library.fetching.unchanged(wanted.article)
            return Same(wanted)
        case PutOff():
            due = manner.now() + timedelta(seconds=found.seconds)
            reason = "put off: its host asks for patience"
        case IngestError():
            due = _next_try(wanted, found, manner.now())
            reason = found.reason
        case Read() if anew and len(found.drafts) > 1:
            due, reason = None, "a feed is there now"
        case Read():
            return _arrived(wanted, found, library, run)
    if anew:
        return NotFetched(wanted, reason)
    library.fetching.failed(wanted.article, reason, due, counts=not isinstance(found, PutOff))
    return NotFetched(wanted, reason, due)


def _arrived(wanted: Wanted, found: Read, library: Library, run: str) -> Event:
    remark = "came without encryption in the end" if found.page.insecure else ""
    if len(found.drafts) > 1:
        several = tuple(_parts(found.drafts, library, run))
        library.fetching.came_apart(wanted.article, len(several))
        return Fetched(wanted, several[0], several, remark)
    draft = found.drafts[0]
    outcome = library.fetching.came(
        wanted.article, draft, etag=found.page.etag, modified=found.page.modified, run=run
    )
    return Fetched(wanted, outcome, remark=remark)


def _parts(drafts: Sequence[Draft], library: Library, run: str) -> Iterator[Outcome]:
    """The articles of a feed; of what it gives only a summary of, the link is stored."""
    for draft in drafts:
        if draft.extra.get("summary") and draft.url:
            summary = draft.document.text
            yield library.fetching.capture(draft.url, draft.title, summary, draft.site or "", run=run)
        else:
            yield library.articles.add(draft, run=run)


def _next_try(wanted: Wanted, error: IngestError, now: datetime) -> datetime | None:
    is_passing = isinstance(error, FetchError) and not error.is_final
    if not is_passing or wanted.tries >= len(WAITS):
        return None
    asked = timedelta(seconds=error.retry_after or 0) if isinstance(error, FetchError) else timedelta()
    return now + max(WAITS[wanted.tries], asked)
