"""Numbered steps from one schema to the next. A step, once released, is never edited.

This module imports sqlite_utils, which costs some 150 ms: it is imported only when ``user_version`` says that a
library is new or old.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable

from reader.domain.anchor import locate
from reader.domain.document import Document, Span
from reader.domain.highlight import Anchor
from reader.storage import counters, schema, schema_changes
from reader.storage.connection import LibraryError

# Another SQLite library in this process would close the write-ahead log under the standard one's feet and lose
# committed rows; sqlite_utils prefers pysqlite3 when it is installed.
sys.modules.setdefault("pysqlite3", None)  # type: ignore[arg-type]  # None is how an import is forbidden

from sqlite_utils import Database, Migrations  # noqa: E402  (after the ban above)

Step = Callable[[Database], None]


def first_schema(database: Database) -> None:
    """Every table of design, in one step."""
    for statement in (*schema.TABLES, *schema.VIEWS, *schema.FULL_TEXT_TABLES):
        database.execute(statement)


def how_passages_are_placed(database: Database) -> None:
    """Say of each highlight how it was placed; what the exact search of schema 1 could not place is tried again."""
    for statement in schema_changes.PLACING:
        database.execute(statement)
    database.execute(
        """
        update highlight
        set how = 'exact'
        where status <> 'anchored' or start <> place_start or text_hash <> placed_hash
        """
    )
    rows = database.execute(
        """
        select
            highlight.id, highlight.start, highlight."end", highlight.exact, highlight.prefix, highlight.suffix,
            highlight.text_hash, body.text, origin.text
        from highlight
        join article on article.id = highlight.article
        join body on body.article = article.id and body.version = article.version
        left join body as origin on origin.article = article.id and origin.text_hash = highlight.text_hash
        where highlight.status <> 'anchored'
        """
    ).fetchall()
    for id, start, end, exact, prefix, suffix, text_hash, text, before in rows:
        anchor = Anchor(Span(start, end), exact, prefix, suffix, text_hash)
        found = locate(Document(text, ()), anchor, None if before is None else Document(before, ()))
        place_start, place_end = found.span or (None, None)
        database.execute(
            """
            update highlight
            set status = :status, place_start = :place_start, place_end = :place_end, score = :score, how = :how,
                quote = :quote, context = :context, margin = :margin
            where id = :id
            """,
            {
                "id": id,
                "status": found.status,
                "place_start": place_start,
                "place_end": place_end,
                "score": found.score,
                "how": found.how,
                "quote": found.quote,
                "context": found.context,
                "margin": found.margin,
            },
        )


def search_at_scale(database: Database) -> None:
    """What search, views and counts need to cost the same in a large library."""
    for statement in schema_changes.SEARCH_AT_SCALE:
        database.execute(statement)
    counters.recount(database.conn)


def in_and_out(database: Database) -> None:
    """Articles that are still to be fetched, where highlights came from, and which articles resemble each other."""
    for statement in schema_changes.IN_AND_OUT:
        database.execute(statement)


def search_by_day(database: Database) -> None:
    """Full text that knows when an article is from, and beginnings of words in passages."""
    for statement in schema_changes.SEARCH_BY_DAY:
        database.execute(statement)


def entered_together(database: Database) -> None:
    """Articles that come together are entered into full text together."""
    for statement in schema_changes.ENTERED_TOGETHER:
        database.execute(statement)


def small_indexes(database: Database) -> None:
    """Small indexes that answer what search asks at each key, without the rows that lie scattered over the file."""
    for statement in schema_changes.SMALL_INDEXES:
        database.execute(statement)


STEPS: tuple[Step, ...] = (
    first_schema,
    how_passages_are_placed,
    search_at_scale,
    in_and_out,
    search_by_day,
    entered_together,
    small_indexes,
)


def migrate(raw: sqlite3.Connection, steps: tuple[Step, ...] = STEPS) -> None:
    """Bring the database to the schema of the last of *steps*, in one transaction that checks itself.

    *raw* is in autocommit mode. Raises LibraryError, with nothing changed, if the outcome is not sound.
    """
    # Inside a transaction this pragma does nothing, and with foreign keys on transform() refuses some tables.
    raw.execute("pragma foreign_keys = off")
    raw.execute("begin immediate")
    try:
        _register(steps).apply(Database(raw))
        schema.create_triggers(raw)
        if schema.check_full_text(raw):  # to make it anew takes long, and most steps leave it as it is
            schema.rebuild_full_text(raw)
            _check_full_text(raw)
        _check_references(raw)
        raw.execute(f"pragma user_version = {len(steps)}")
        raw.execute("commit")
    except BaseException:
        if raw.in_transaction:
            raw.execute("rollback")
        raise
    finally:
        raw.execute("pragma foreign_keys = on")


def _register(steps: tuple[Step, ...]) -> Migrations:
    migrations = Migrations("reader")
    for number, step in enumerate(steps, 1):
        migrations(name=f"{number:03} {step.__name__}")(step)
    return migrations


def _check_references(raw: sqlite3.Connection) -> None:
    if raw.execute("pragma foreign_key_check").fetchone():
        raise LibraryError(
            "the library's rows do not fit together after the upgrade: it was left as it was", code=3
        )


def _check_full_text(raw: sqlite3.Connection) -> None:
    if tables := schema.check_full_text(raw):
        raise LibraryError(f"{tables[0]} is wrong after the upgrade: the library was left as it was", code=3)
