"""Which articles a command acts on, and whether the user means it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import click

from reader.cli.base import CommandError
from reader.cli.output import err, is_terminal
from reader.domain.scope import ids_in
from reader.domain.summary import ArticleId

if TYPE_CHECKING:
    from reader.domain.query import Query
    from reader.storage.library import Library

Scope = Literal["all", "trash"]
NAMED = 5


def query_of(words: Sequence[str]) -> Query:
    """The query that *words* make; what was odd in it is said on stderr."""
    from reader.domain.query import parse  # commands that are given numbers, or nothing, do without

    query = parse(" ".join(words))
    for problem in query.problems:
        err(f"query: {problem.told}")
    return query


def spelled_out(library: Library, query: Query) -> Query:
    """*query* with what the library knows of it; what it says of views that are not there is said on stderr."""
    from reader.storage.spelling import spelled_out as spell_out

    spelled = spell_out(library.connection, query)
    for problem in spelled.problems[len(query.problems) :]:
        err(f"query: {problem.reason}")
    return spelled


def scope_of(words: Sequence[str]) -> Query:
    """The query of a command that changes what it finds, which an empty query may not be."""
    query = query_of(words)
    if query.is_empty:
        raise click.UsageError("this query is empty and would act on everything: say on what")
    return query


def chosen(library: Library, words: Sequence[str], *, scope: Scope = "all") -> list[ArticleId]:
    """The articles that IDs or a query name, at least one."""
    ids = ids_in(words)
    if ids is None:
        found = library.articles.find(spelled_out(library, scope_of(words)), scope=scope)
        if not found:
            raise CommandError(
                f"no article {'in the trash ' if scope == 'trash' else ''}matches {' '.join(words)}"
            )
        return found
    known = {summary.id for summary in library.articles.summaries(ids)}
    for absent in (number for number in ids if number not in known):
        raise CommandError(f"no article {absent}")
    return list(ids)


def chosen_one(library: Library, words: Sequence[str]) -> ArticleId:
    found = chosen(library, words)
    if len(found) > 1:
        few = ", ".join(f"{one.id} {one.title}" for one in library.articles.summaries(found[:NAMED]))
        more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
        raise CommandError(f"{len(found)} articles match, one is needed: {few}{more}")
    return found[0]


def named(library: Library, articles: Sequence[ArticleId]) -> str:
    """``12 Title``, or how many they are."""
    if len(articles) == 1:
        for summary in library.articles.summaries(articles):
            return f"{summary.id} {summary.title}"
        return str(articles[0])  # purged: its number is all that is left
    return f"{len(articles)} articles"


def confirm_many(deed: str, count: int, *, yes: bool) -> None:
    """On a terminal, ask before *deed* is done to more than one article."""
    if count > 1 and not yes and can_ask():
        confirm(f"{deed} {count} articles?")


def confirm(question: str) -> None:
    """Ask on the terminal; anything but yes fails, and nothing was changed."""
    err(question, " [y/N] ", end="")
    if sys.stdin.readline().strip().casefold() not in ("y", "yes"):
        raise CommandError("nothing was changed")


def can_ask() -> bool:
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)
