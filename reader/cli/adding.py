"""`reader add`: files, folders and standard input become articles."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import click

from reader.cli.base import CommandError, ReaderCommand, Session, pass_session
from reader.cli.edge import INTERRUPTED
from reader.cli.fetching import private_option
from reader.cli.fields import date_option, tags_of, url_option
from reader.cli.output import Lit, err, flush, is_terminal, out, out_json
from reader.domain.change import Outcome
from reader.domain.identity import valid_url
from reader.domain.version import highlights_in_words
from reader.ingest import IngestError, is_feed_list, open_source, read_feed_list, read_stream
from reader.jobs.add import Added, Event, Gathered, Known, Skipped, Source, gather
from reader.jobs.add import add as add_sources
from reader.storage.connection import LibraryError
from reader.storage.library import Library

if TYPE_CHECKING:
    from reader.jobs.fetch import Kept

STDIN = "standard input"
FORMATS = ("text", "markdown", "html", "epub", "pdf", "mail", "feed")
MAY_BE_A_LIST = (".opml", ".xml")
FROM_WEB = ("http://", "https://")
SLICES = 25
OTHER_SCHEMES = ("ftp:", "file:", "data:", "gopher:", "javascript:")


@click.command("add", cls=ReaderCommand)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option(
    "-t", "--tag", "tags", multiple=True, metavar="TAG", help="A tag for every article; repeatable."
)
@click.option("--title", metavar="TEXT", help="The title, for a single article.")
@click.option("--author", metavar="TEXT", help="The author.")
@click.option("--site", metavar="TEXT", help="The site or publication.")
@url_option("The address it came from, for a single article.")
@date_option()
@click.option("--format", "kind", type=click.Choice(FORMATS), help="How to read the sources.")
@click.option("--chapters", is_flag=True, help="Make an article of each chapter of a book.")
@private_option
@click.option("--json", "as_json", is_flag=True, help="Print what became of each source as one JSON array.")
@pass_session
def add(
    session: Session,
    /,
    sources: Sequence[str],
    tags: Sequence[str],
    allow_private: bool,
    as_json: bool,
    **known: Any,
) -> int:
    """Add articles from files, folders, the web or standard input.

    A folder is read with all that is in it: plain text, Markdown, HTML, EPUB, PDF, mails, saved pages and feeds;
    hidden files and other kinds are passed over. `-` reads standard input. A feed gives the articles that it holds
    now, a list of feeds (OPML) those of each feed; nothing is followed. What is here already is known or updated,
    never doubled.
    """
    links = [source for source in sources if _is_address(source)]
    gathered, feeds = _without_lists(_gathered([source for source in sources if not _is_address(source)]))
    links += feeds
    number = len(gathered.sources) + len(links)
    if number > 1 and (known["title"] or known["url"]):
        raise click.UsageError(f"--title and --url name one article, here are {number}")
    if links and known["url"]:
        raise click.UsageError("--url is for a file that came from there: an address is its own")
    report = _Report(gathered, as_json)
    for skipped in gathered.skipped:
        report.tell(skipped)
    try:
        if gathered.sources:
            _add(session, gathered.sources, tags_of(tags), Known(**known), report)
        if links:
            _add_links(session, links, tags_of(tags), Known(**known), allow_private, report)
    except KeyboardInterrupt:
        report.sum_up("interrupted, kept so far: ")
        return INTERRUPTED
    except BrokenPipeError as gone:
        raise CommandError("stopped: nobody reads what was added") from gone
    report.sum_up()
    return 1 if report.counts["skipped"] or report.counts["not fetched"] else 0


def _add_links(
    session: Session,
    /,
    links: Sequence[str],
    tags: Sequence[str],
    known: Known,
    allow_private: bool,
    report: _Report,
) -> None:
    """Store each address, and fetch what is there."""
    from reader.jobs.crew import Manner
    from reader.jobs.fetch import add_links
    from reader.storage.fetching import link

    drafts = []
    for address in links:
        if valid_url(address):
            drafts.append(known.told(link(address), ""))
        else:
            report.tell(Skipped(address, "not an address that Reader fetches"))
    manner = Manner(allow_private=allow_private, kind=known.kind)
    with session.writing() as library, _progress(len(drafts)) as advance:
        report.waiting = len(drafts)
        for event in add_links(drafts, library, tags=tags, manner=manner):
            report.tell(event)
            report.waiting -= 1
            advance()
        tend(library)


def _add(
    session: Session, /, sources: Sequence[Source], tags: Sequence[str], known: Known, report: _Report
) -> None:
    with session.writing() as library, _progress(len(sources)) as advance:
        # One run is one entry of the history, however many batches it takes.
        store = partial(library.articles.add_all, tags=tags, run=uuid4().hex)
        last = ""
        for event in add_sources(sources, store, known=known):
            report.tell(event)
            if event.source != last:  # a feed gives many articles
                advance()
            last = event.source
        tend(library)


def tend(library: Library) -> None:
    """Let searches know the new words' inflections: for half a second at most, the rest when the app is idle."""
    with suppress(LibraryError):  # what was added is safe, and this is done again
        for _ in range(SLICES):
            if not library.terms.tend():
                return


def _gathered(arguments: Sequence[str]) -> Gathered:
    """The sources in the order given; what is no file at all is refused with its reason."""
    sources: list[Source] = []
    skipped: list[Skipped] = []
    passed_over = 0
    for argument in arguments:
        if argument == "-":
            try:
                sources.append(Source(STDIN, data=_read_stdin()))
            except IngestError as error:
                skipped.append(Skipped(STDIN, error.reason))
        elif argument.lower().startswith(OTHER_SCHEMES) and not Path(argument).exists():
            skipped.append(Skipped(argument, "not a file, and not an address that Reader opens"))
        else:
            found = gather([Path(argument)])
            sources += found.sources
            skipped += found.skipped
            passed_over += found.passed_over
    return Gathered(tuple(sources), passed_over, tuple(skipped))


def _without_lists(gathered: Gathered) -> tuple[Gathered, list[str]]:
    """*gathered* without lists of feeds, and the feeds' addresses."""
    sources: list[Source] = []
    skipped = list(gathered.skipped)
    feeds: list[str] = []
    for source in gathered.sources:
        try:
            listed = _feeds_in(source)
        except IngestError as error:
            skipped.append(Skipped(source.name, error.reason))
            continue
        if listed is None:
            sources.append(source)
        else:
            number = "one feed" if len(listed) == 1 else f"{len(listed)} feeds"
            err(f"{source.name}: ", f"{number}, read once and not followed")
            feeds += listed
    return replace(gathered, sources=tuple(sources), skipped=tuple(skipped)), feeds


def _feeds_in(source: Source) -> list[str] | None:
    """The feeds that *source* lists; ``None`` if it is no list of feeds."""
    if source.path is not None and source.path.suffix.lower() not in MAY_BE_A_LIST:
        return None
    data = source.data if source.path is None else open_source(source.path)
    if not is_feed_list(data):
        return None
    return [feed.url for feed in read_feed_list(data, name=source.file_name) if feed.url]


def _is_address(source: str) -> bool:
    return source.lower().startswith(FROM_WEB)


def _read_stdin() -> bytes:
    if sys.stdin is None or is_terminal(sys.stdin):
        raise click.UsageError("standard input is a terminal, or closed: pipe a text into `reader add -`")
    return read_stream(sys.stdin.buffer, STDIN)


class _Report:
    """Says what became of each source, each line after its commit, and counts."""

    def __init__(self, gathered: Gathered, as_json: bool) -> None:
        self.counts: Counter[str] = Counter()
        self.waiting = 0  # links that are stored, and not fetched yet
        self._gathered = gathered
        self._as_json = as_json
        self._records: list[dict[str, Any]] = []

    def tell(self, event: Event | Kept) -> None:
        if isinstance(event, Skipped):
            self.counts["skipped"] += 1
            err("skipped ", f"{event.source}: {event.reason}")
        else:
            self.counts[event.outcome.status] += 1
            if not self._as_json:
                _say(event.outcome, event.remark if isinstance(event, Added) else "")
            if not isinstance(event, Added):
                self.counts["not fetched"] += 1
                err("not fetched ", f"{event.source}: {event.reason}")
        if self._as_json:
            self._records.append(_record(event))

    def sum_up(self, opening: str = "") -> None:
        if self._as_json:
            out_json(self._records)
        passed = self._gathered.passed_over
        told = [
            f"{count} {status}" for status in ("added", "updated", "known", "not fetched", "skipped")
            if (count := self.counts[status])
        ]  # fmt: skip
        if passed:
            told.append(f"{passed} of kinds that Reader does not read")
        if opening and self.waiting > 0:
            told.append(f"{self.waiting} as links, whose texts reader fetch brings")
        if opening or passed or sum(self.counts.values()) - self.counts["not fetched"] != 1:
            err(opening, ", ".join(told) or "nothing to add")


def _say(outcome: Outcome, remark: str) -> None:
    remarks = [remark] if remark else []
    if outcome.similar:
        other, share = outcome.similar
        remarks.append(f"similar to {other} ({share:.2f})".replace("(0.", "(."))
    if told := highlights_in_words(outcome.placed, outcome.review, outcome.orphan):
        remarks.append(told)
    remarks += _left(outcome)
    out(
        Lit(outcome.status, "good" if outcome.status == "added" else "quiet"),
        f" {outcome.id} {outcome.title}",
        Lit("".join(f" · {remark}" for remark in remarks), "quiet"),
    )
    flush()


def _left(outcome: Outcome) -> list[str]:
    """What was left as the reader has made it."""
    told = [f"version {outcome.unused}, not in use"] if outcome.unused is not None else []
    return [*told, "in the trash"] if outcome.trashed else told


def _record(event: Event | Kept) -> dict[str, Any]:
    if isinstance(event, Skipped):
        return {
            "status": "skipped", "id": None, "title": None,
            "source": event.source, "reason": event.reason, "similar": None,
        }  # fmt: skip
    outcome = event.outcome
    if isinstance(event, Added):
        reasons = [*_left(outcome), *([event.remark] if event.remark else [])]
    else:
        reasons = [f"not fetched: {event.reason}"]
    similar = {"id": outcome.similar[0], "score": round(outcome.similar[1], 3)} if outcome.similar else None
    return {
        "status": outcome.status, "id": outcome.id, "title": outcome.title,
        "source": event.source, "reason": ", ".join(reasons) or None, "similar": similar,
    }  # fmt: skip


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """A bar on the terminal while many sources are read; what is printed meanwhile appears above it."""
    if total < 2 or not is_terminal(sys.stderr):
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    bar = Progress(
        BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=Console(stderr=True), transient=True, redirect_stdout=is_terminal(sys.stdout),
    )  # fmt: skip
    with bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
