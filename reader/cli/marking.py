"""States, trash and purge: commands over articles that an ID or a query names."""

from __future__ import annotations

from typing import get_args

import click

from reader.cli.base import QueryCommand, Session, pass_session, query_argument
from reader.cli.choosing import can_ask, chosen, confirm, confirm_many, named
from reader.cli.output import err, out
from reader.cli.progress import progress
from reader.domain.change import Change, Marking

yes_option = click.option("--yes", is_flag=True, help="Do not ask.")


@click.command("mark", cls=QueryCommand)
@click.argument("state", type=click.Choice(get_args(Marking)), metavar="STATE")
@query_argument()
@yes_option
@pass_session
def mark(session: Session, state: Marking, words: tuple[str, ...], yes: bool) -> None:
    """Mark articles as read, starred or archived, or the reverse.

    STATE is read, unread, starred, unstarred, archived or unarchived.

    QUERY is IDs, or a query; on a terminal, more than one article is asked about.
    """
    with session.writing() as library:
        articles = chosen(library, words)
        confirm_many(f"mark as {state}", len(articles), yes=yes)
        with progress(library, f"marking as {state}"):
            change = library.articles.mark(articles, state)
        say(change, f"marked {state}", named(library, change.articles), f"{state} already")


@click.command("trash", cls=QueryCommand)
@query_argument()
@yes_option
@pass_session
def trash(session: Session, words: tuple[str, ...], yes: bool) -> None:
    """Put articles into the trash.

    It keeps everything; `reader restore` brings them back.
    """
    with session.writing() as library:
        articles = chosen(library, words)
        confirm_many("trash", len(articles), yes=yes)
        with progress(library, "moving to the trash"):
            change = library.articles.trash(articles)
        say(change, "trashed", named(library, change.articles), "in the trash already")


@click.command("restore", cls=QueryCommand)
@query_argument()
@pass_session
def restore(session: Session, words: tuple[str, ...]) -> None:
    """Bring articles back from the trash. A query is looked up in the trash only."""
    with session.writing() as library:
        articles = chosen(library, words, scope="trash")
        with progress(library, "restoring"):
            change = library.articles.restore(articles)
        say(change, "restored", named(library, change.articles), "not in the trash")


@click.command("purge", cls=QueryCommand)
@query_argument()
@yes_option
@pass_session
def purge(session: Session, words: tuple[str, ...], yes: bool) -> None:
    """Remove articles for good, with notes and highlights.

    This is the one thing that undo cannot bring back.

    `reader purge is:trashed` empties the trash.
    """
    with session.writing() as library:
        articles = chosen(library, words)
        what = named(library, articles)
        if not yes:
            if not can_ask():
                raise click.UsageError(f"purge {what}: this cannot be undone, say --yes if you mean it")
            confirm(f"purge {what} for good?")
        say(library.articles.purge(articles), "purged", what, "gone already")


def say(change: Change, deed: str, what: str, otherwise: str) -> None:
    """``trashed 12 Title`` on stdout; what was left alone, and why, on stderr."""
    for line in change.skipped:
        err(line)
    if change.articles:
        out(deed, f" {what}")
    elif not change.skipped:
        err("nothing to change: ", otherwise)
