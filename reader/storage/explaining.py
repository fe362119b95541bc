"""Why a query finds what it finds, and why it takes as long as it takes."""

from __future__ import annotations

from collections.abc import Iterator

from reader.domain.explanation import Explanation, reading
from reader.domain.query import Query
from reader.storage.conditions import NOT_TRASHED, Condition, Scope, scope_condition
from reader.storage.connection import Connection
from reader.storage.listing import LISTED
from reader.storage.plan import Plan


def explained(
    connection: Connection, query: Query, source: Plan | Condition, scope: Scope, *, newest: int | None
) -> Explanation:
    """*query* is spelled out; *newest* is how many are ranked, if not all are."""
    lines = list(_in_words(query, source, scope))
    if newest is not None:
        lines.append(f"very many match: the newest {newest} of them are ranked")
    is_plan = isinstance(source, Plan)
    return Explanation(
        asked=str(query),
        problems=tuple(f"{problem.text}: {problem.reason}" for problem in query.problems),
        reading=reading(query),
        plan=tuple(lines),
        match=source.parameters[source.match.removeprefix(":")] if isinstance(source, Plan) else None,
        steps=tuple(_steps(connection, source)) if is_plan or query.root is not None else (),
    )


def _in_words(query: Query, source: Plan | Condition, scope: Scope) -> Iterator[str]:
    if isinstance(source, Condition):
        yield "the list, article by article, newest first" if query.sort is None else "the list, sorted"
    else:
        if source.heads:
            yield "titles, authors, sites and tags, while it is typed"
        yield "titles, authors, sites, tags and texts: all the words in one article"
        yield "highlights and notes: all the words in one of them"
    scoped = scope_condition(query, scope)
    left_out = {NOT_TRASHED: "the trash", LISTED: "the archive and the trash"}.get(scoped)
    if left_out:
        yield f"without {left_out}"


def _steps(connection: Connection, source: Plan | Condition) -> Iterator[str]:
    if isinstance(source, Condition):
        queries = [f"select id from article where {source.sql} order by seq desc limit 50"]
    else:
        queries = [
            f"select found.rowid {source.texts} order by 1 desc limit 50",
            source.passages,
        ]
    for query in queries:
        for row in connection.rows(f"explain query plan {query}", **source.parameters):
            yield str(row["detail"])
