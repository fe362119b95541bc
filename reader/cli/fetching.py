"""`reader capture`, `fetch` and `refresh`: links are kept at once, and their texts fetched when there is time."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from time import sleep
from typing import TYPE_CHECKING, Any

import click

from reader.cli.base import CommandError, QueryCommand, ReaderCommand, Session, pass_session, query_argument
from reader.cli.choosing import chosen
from reader.cli.edge import INTERRUPTED
from reader.cli.output import Lit, err, flush, is_terminal, out, out_json
from reader.cli.records import iso
from reader.domain.change import Outcome
from reader.domain.version import highlights_in_words

if TYPE_CHECKING:
    from reader.domain.wanted import Wanted
    from reader.jobs.fetch import Event
    from reader.storage.library import Library

private_option = click.option(
    "--allow-private",
    is_flag=True,
    help="Fetch from addresses of this machine and its own network too.",
)


@click.command("capture", cls=ReaderCommand)
@click.argument("url")
@click.argument("title", required=False, default="")
@click.argument("description", required=False, default="")
@click.argument("feed", required=False, default="")
@click.option("--json", "as_json", is_flag=True, help="Print what became of it as one JSON object.")
@pass_session
def capture(session: Session, /, url: str, title: str, description: str, feed: str, as_json: bool) -> None:
    """Keep a link; its text is fetched later.

    That is done by `reader fetch`, or by the app. As newsboat's bookmark-cmd it is given the title, a description
    and the feed's title too; where nobody looks it says nothing on standard output, which newsboat would take for
    an error.
    """
    with session.writing() as library:
        outcome = library.fetching.capture(url, title, description, feed)
    if as_json:
        record = {"status": outcome.status, "id": outcome.id, "title": outcome.title, "source": url}
        out_json([record], lines=True)
        return
    tell = out if is_terminal(sys.stdout) else err
    tell(
        Lit(outcome.status, "good" if outcome.status == "added" else "quiet"),
        f" {outcome.id} {outcome.title}",
    )


@click.command("fetch", cls=QueryCommand)
@query_argument(required=False, metavar="[QUERY…]")
@private_option
@click.option("--json", "as_json", is_flag=True, help="Print what became of each as one JSON array.")
@pass_session
def fetch(session: Session, words: tuple[str, ...], allow_private: bool, as_json: bool) -> int:
    """Fetch the texts of links.

    Of those that are due, or of those that QUERY finds, whatever came of them before. Without QUERY it takes in
    what lies in the inbox folder first, if the configuration names one. What cannot be fetched stays as a link that
    says why, `reader list is:unfetched`; where it helps it is tried again later.
    """
    from reader.jobs.crew import Manner
    from reader.jobs.fetch import fetch_all

    with session.writing() as library:
        took = 0 if words else _sweep(session, library)
        wanted = _asked(library, words) if words else library.fetching.due(datetime.now(UTC))
        if not wanted:
            if as_json:
                out_json([])
            else:
                err("nothing to fetch")
            return took
        report = _Report("fetched", len(wanted), as_json)
        events = fetch_all(wanted, library, manner=Manner(allow_private=allow_private))
        return max(took, report.run(events))


@click.command("refresh", cls=QueryCommand)
@query_argument()
@private_option
@click.option("--json", "as_json", is_flag=True, help="Print what became of each as one JSON array.")
@pass_session
def refresh(session: Session, words: tuple[str, ...], allow_private: bool, as_json: bool) -> int:
    """Fetch articles again from their addresses. A text that changed is a new version, and highlights move to it."""
    from reader.jobs.crew import Manner
    from reader.jobs.fetch import fetch_all

    with session.writing() as library:
        ids = chosen(library, words)
        wanted = library.fetching.wanted(ids)
        report = _Report("updated", len(wanted), as_json)
        without = {*ids} - {one.article for one in wanted}
        for summary in library.articles.summaries([id for id in ids if id in without]):
            report.skip(summary.id, summary.title, "it has no address")
        events = fetch_all(wanted, library, manner=Manner(allow_private=allow_private), anew=True)
        return report.run(events)


def _sweep(session: Session, library: Library) -> int:
    """Take in what lies in the inbox folder; the exit code that follows."""
    folder = session.config.inbox
    if folder is None:
        return 0
    from reader.jobs.add import Skipped
    from reader.jobs.inbox import STILL, Inbox

    inbox = Inbox(folder)
    if not inbox.has_any:
        return 0
    inbox.look()
    sleep(STILL)
    code = 0
    for event in inbox.sweep(library):
        if isinstance(event, Skipped):
            code = 1
            err("skipped ", f"{event.source}: {event.reason}")
        else:
            out(Lit(event.outcome.status, "good"), f" {event.outcome.id} {event.outcome.title}")
            flush()
    return code


def _asked(library: Library, words: Sequence[str]) -> list[Wanted]:
    """The links among what *words* name, asked for from now on."""
    found = library.fetching.ask(chosen(library, words))
    if not found:
        raise CommandError(f"no link whose text is still to be fetched matches {' '.join(words)}")
    return found


class _Report:
    """Says what became of each link, each line after its commit, and counts. *came* is the word for a text that did."""

    def __init__(self, came: str, total: int, as_json: bool) -> None:
        self._came = came
        self._total = total
        self._as_json = as_json
        self._counts: Counter[str] = Counter()
        self._records: list[dict[str, Any]] = []

    def run(self, events: Iterable[Event]) -> int:
        """Tell of all *events*; the exit code."""
        opening, code = "", 0
        try:
            for event in events:
                self._tell(event)
        except KeyboardInterrupt:
            opening, code = "interrupted, so far: ", INTERRUPTED
        self._sum_up(opening)
        return code or int(self._counts["not fetched"] > 0)

    def skip(self, id: int, title: str, reason: str) -> None:
        self._note("not fetched", {"id": id, "title": title, "source": None, "reason": reason})
        err("not fetched ", f"{id} {title}: {reason}")

    def _tell(self, event: Event) -> None:
        from reader.jobs.fetch import NotFetched, Same

        wanted = event.wanted
        if isinstance(event, NotFetched):
            due = None if event.due is None else iso(event.due)
            self._note("not fetched", _record(wanted, reason=event.reason, due=due))
            again = f" · again {in_words(event.due)}" if event.due else ""
            err("not fetched ", f"{wanted.article} {wanted.title}: {event.reason}{again}")
        elif isinstance(event, Same):
            self._note("unchanged", _record(wanted))
            self._say("unchanged", wanted.article, wanted.title)
        else:
            for outcome in event.several or (event.outcome,):
                self._outcome(wanted, outcome, event.remark)

    def _outcome(self, wanted: Wanted, outcome: Outcome, remark: str) -> None:
        status: str = outcome.status
        if outcome.id == wanted.article:
            status = "unchanged" if status == "known" else self._came
        told = highlights_in_words(outcome.placed, outcome.review, outcome.orphan)
        remarks = [*filter(None, (_likeness(outcome), told, remark))]
        record = _record(wanted, reason=remark or None)
        self._note(status, {**record, "id": outcome.id, "title": outcome.title})
        self._say(status, outcome.id, outcome.title, *remarks)

    def _note(self, status: str, record: dict[str, Any]) -> None:
        self._counts[status] += 1
        self._records.append({"status": status, **record})

    def _say(self, status: str, id: int, title: str, *remarks: str) -> None:
        if self._as_json:
            return
        role: Any = "quiet" if status in ("unchanged", "known") else "good"
        out(Lit(status, role), f" {id} {title}", Lit("".join(f" · {remark}" for remark in remarks), "quiet"))
        flush()

    def _sum_up(self, opening: str) -> None:
        if self._as_json:
            out_json(self._records)
        if opening or self._total != 1 or sum(self._counts.values()) > 1:
            told = [f"{count} {status}" for status, count in self._counts.items()]
            err(opening, ", ".join(told) or "nothing")


def _record(wanted: Wanted, *, reason: str | None = None, due: str | None = None) -> dict[str, Any]:
    return {
        "id": wanted.article, "title": wanted.title, "source": wanted.url, "reason": reason, "due": due,
    }  # fmt: skip


def _likeness(outcome: Outcome) -> str:
    if outcome.similar is None:
        return ""
    other, share = outcome.similar
    return f"similar to {other} ({share:.2f})".replace("(0.", "(.")


def in_words(due: datetime) -> str:
    """``in 5 min``, ``in 3 h``, ``in 2 days``: about when *due* is."""
    minutes = max(1, round((due - datetime.now(UTC)).total_seconds() / 60))
    if minutes < 100:
        return f"in {minutes} min"
    return f"in {round(minutes / 60)} h" if minutes < 48 * 60 else f"in {round(minutes / 1440)} days"
