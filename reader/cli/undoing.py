"""`undo`, `redo` and `history`."""

from __future__ import annotations

import click

from reader.cli.base import CommandError, ReaderCommand, Session, pass_session
from reader.cli.choosing import can_ask, confirm
from reader.cli.marking import yes_option
from reader.cli.output import Lit, err, out, out_json
from reader.cli.progress import progress
from reader.cli.records import iso
from reader.domain.change import Entry, Undone


@click.command("undo", cls=ReaderCommand)
@yes_option
@pass_session
def undo(session: Session, yes: bool) -> None:
    """Take back the last action. One of another session is named, and asked about on a terminal."""
    with session.writing() as library:
        last = library.history.last(None)
        if last is None:
            raise CommandError("nothing to undo")
        _ask(last, library.session, "undo", yes=yes)
        with progress(library, "undoing"):
            undone = library.history.undo(session=None)
        _tell("undone", last, undone)


@click.command("redo", cls=ReaderCommand)
@yes_option
@pass_session
def redo(session: Session, yes: bool) -> None:
    """Do again what was undone last."""
    with session.writing() as library:
        last = library.history.next(None)
        if last is None:
            raise CommandError("nothing to redo")
        _ask(last, library.session, "redo", yes=yes)
        with progress(library, "doing again"):
            done = library.history.redo(session=None)
        _tell("redone", last, done)


def _ask(entry: Entry, session: str, deed: str, *, yes: bool) -> None:
    """Whoever did it elsewhere may be at work there still."""
    if entry.session != session and not yes and can_ask():
        confirm(f"{deed} what another session did: {entry.summary}?")


def _tell(deed: str, entry: Entry, undone: Undone | None) -> None:
    for name in undone.skipped if undone else ():
        err("left alone, since it was changed later: ", name)
    out(f"{deed}: {entry.summary}")


@click.command("history", cls=ReaderCommand)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="How many.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
@pass_session
def history(session: Session, limit: int, as_json: bool) -> None:
    """List what was done, newest first, and what of it was undone."""
    with session.reading() as library:
        entries = library.history.entries(limit)
        own = session.name
    if as_json:
        out_json(map(_record, entries))
        return
    digits = max((len(str(entry.id)) for entry in entries), default=0)
    for entry in entries:
        standing = "" if entry.standing == "done" else f"  {entry.standing}"
        elsewhere = "" if entry.session == own else "  (another session)"
        when = entry.at.astimezone().strftime("%Y-%m-%d %H:%M")
        out(
            Lit(f"{entry.id:>{digits}}", "number"), "  ", Lit(when, "quiet"), f"  {entry.summary}",
            Lit(standing + elsewhere, "quiet"),
        )  # fmt: skip


def _record(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id, "at": iso(entry.at), "session": entry.session, "action": entry.action,
        "summary": entry.summary, "articles": list(entry.articles), "standing": entry.standing,
    }  # fmt: skip
