"""`undo`, `redo` and `history`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from reader.cli.base import TERMINAL, CommandError, ReaderCommand, Session, pass_session
from reader.cli.choosing import can_ask, confirm
from reader.cli.marking import yes_option
from reader.cli.output import Lit, err, out, out_json
from reader.cli.progress import progress
from reader.cli.records import iso
from reader.domain.change import Entry, Undone

if TYPE_CHECKING:
    from reader.storage.library import Library


@click.command("undo", cls=ReaderCommand)
@yes_option
@pass_session
def undo(session: Session, yes: bool) -> None:
    """Take back the last action of this terminal.

    Where there is none, it is the last one of another session: it is named, and asked about on a terminal.
    """
    with session.writing() as library:
        history = library.history
        last = history.last(library.session) or history.last()
        if last is None:
            raise CommandError("nothing to undo")
        _ask(last, library, "undo", yes=yes)
        with progress(library, "undoing"):
            undone = history.undo(entry=last.id)
        _tell("undone", last, undone)


@click.command("redo", cls=ReaderCommand)
@yes_option
@pass_session
def redo(session: Session, yes: bool) -> None:
    """Do again what was undone last. A new action takes that away."""
    with session.writing() as library:
        history = library.history
        last = history.next(library.session) or history.next()
        if last is None:
            raise CommandError("nothing to redo")
        _ask(last, library, "redo", yes=yes)
        with progress(library, "doing again"):
            done = history.redo(entry=last.id)
        _tell("redone", last, done)


def _ask(entry: Entry, library: Library, deed: str, *, yes: bool) -> None:
    """Whoever did it elsewhere may be at work there still."""
    if entry.session != library.session and not yes and can_ask():
        when = entry.at.astimezone().strftime("%Y-%m-%d %H:%M")
        confirm(f"{deed} what {_kind(entry.session)} did, {when}: {entry.summary}?")


def _tell(deed: str, entry: Entry, undone: Undone | None) -> None:
    if undone is None:
        raise CommandError(f"{entry.summary}: {deed} elsewhere meanwhile")
    for name in undone.skipped:
        err("left alone, since it was changed later: ", name)
    if not undone.changed:
        raise CommandError(f"nothing of it could be {deed}: {entry.summary}")
    out(f"{deed}: {entry.summary}")


@click.command("history", cls=ReaderCommand)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="How many.")
@click.option("--json", "form", flag_value="json", help="One JSON array.")
@click.option("--jsonl", "form", flag_value="jsonl", help="One JSON object a line.")
@pass_session
def history(session: Session, limit: int, form: str | None) -> None:
    """List what was done, by which session, newest first."""
    with session.reading() as library:
        entries = library.history.entries(limit)
        began = library.history.sessions([entry.session for entry in entries])
    who = [_who(entry, session.name, began[entry.session]) for entry in entries]
    if form is not None:
        out_json(map(_record, entries, who), lines=form == "jsonl")
        return
    digits = max((len(str(entry.id)) for entry in entries), default=0)
    widest = max(map(len, who), default=0)
    for entry, by in zip(entries, who, strict=True):
        standing = "" if entry.standing == "done" else f"  {entry.standing}"
        when = entry.at.astimezone().strftime("%Y-%m-%d %H:%M")
        out(
            Lit(f"{entry.id:>{digits}}", "number"), "  ", Lit(f"{when}  {by:<{widest}}", "quiet"),
            f"  {entry.summary}", Lit(standing, "quiet"),
        )  # fmt: skip


def _who(entry: Entry, own: str, began: datetime) -> str:
    """The session of *entry* as its user knows it: by what it was, and when it *began* to do something."""
    if entry.session == own:
        return "this terminal"
    start, day = began.astimezone(), entry.at.astimezone().date()
    when = start.strftime("%H:%M" if start.date() == day else "%Y-%m-%d %H:%M")
    return f"{_kind(entry.session)}, {when}"


def _kind(session: str) -> str:
    return "another terminal" if session.startswith(TERMINAL) else "the app"


def _record(entry: Entry, by: str) -> dict[str, object]:
    return {
        "id": entry.id, "at": iso(entry.at), "session": entry.session, "by": by, "action": entry.action,
        "summary": entry.summary, "articles": list(entry.articles), "standing": entry.standing,
    }  # fmt: skip
