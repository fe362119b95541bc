"""Is the library sound? Making its index anew, and copying it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reader.domain.text import clean_line, text_hash
from reader.storage import counters, schema
from reader.storage.connection import ERRORS, Connection, LibraryError, explained
from reader.storage.copies import copy_library

MOST_NAMED = 5


class Care:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def check(self) -> list[str]:
        """What is wrong, a sentence each; nothing if all is well. It reads the whole library."""
        looks: tuple[Callable[[], list[str]], ...] = (
            self._pages,
            self._references,
            self._triggers,
            self._full_text,
            self._counts,
            self._texts,
        )
        problems: list[str] = []
        for look in looks:
            try:
                problems += look()
            except (*ERRORS, LibraryError) as error:
                problems.append(_in_words(error, self._connection.path))
        return list(dict.fromkeys(problems))

    def rebuild(self) -> None:
        """Make the triggers, the full-text index and the counts anew from the articles; nothing else is touched."""
        with self._connection.write():
            try:
                schema.create_triggers(self._connection.raw)
                self._connection.execute("update article set entered = 1 where entered <> 1")
                schema.rebuild_full_text(self._connection.raw)
                counters.recount(self._connection.raw)
                wrong = schema.check_full_text(self._connection.raw)
            except ERRORS as error:
                raise explained(error, self._connection.path) from error
            if wrong:
                raise LibraryError(f"{wrong[0]} could not be made anew: go back to a backup")

    def backup(self, path: Path) -> None:
        """A copy in one file, readable by its owner alone, while the library is in use."""
        copy_library(self._connection, path.expanduser())

    def _pages(self) -> list[str]:
        found = self._connection.column("pragma quick_check(5)")
        return [f"the file is damaged: {clean_line(str(line))}" for line in found if line != "ok"]

    def _references(self) -> list[str]:
        rows = self._connection.rows("pragma foreign_key_check")
        tables = sorted({row["table"] for row in rows})
        return [f"rows of {table} refer to what is not there" for table in tables]

    def _triggers(self) -> list[str]:
        missing = schema.missing_triggers(self._connection.raw)
        return [f"missing or changed triggers: {', '.join(missing)}"] if missing else []

    def _full_text(self) -> list[str]:
        if not self._connection.writable:
            return ["the full-text index can be checked only where the library can be written"]
        wrong = schema.check_full_text(self._connection.raw)
        if not wrong and self._connection.value("select 1 from article where entered <> 1 limit 1"):
            wrong = ["articles_fts"]  # an index without them is what the views say, too
        return [f"{table} is out of step: search misses words" for table in wrong]

    def _counts(self) -> list[str]:
        return [] if counters.is_right(self._connection.raw) else ["the counts beside the views are wrong"]

    def _texts(self) -> list[str]:
        """Damage inside a text is seen by nothing but the hash that was stored with it."""
        wrong: list[str] = []
        for id in self._connection.column("select id from article order by id"):
            row = self._connection.one(
                """
                select body.text, body.text_hash
                from article
                join body on body.article = article.id and body.version = article.version
                where article.id = :id
                """,
                id=id,
            )
            if row is None or text_hash(row["text"]) != row["text_hash"]:
                wrong.append(str(id))
        if not wrong:
            return []
        more = f" and {len(wrong) - MOST_NAMED} more" if len(wrong) > MOST_NAMED else ""
        return [f"damaged or missing text of article {', '.join(wrong[:MOST_NAMED])}{more}"]


def _in_words(error: Exception, path: Path) -> str:
    return str(error) if isinstance(error, LibraryError) else str(explained(error, path))
