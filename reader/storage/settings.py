"""Small things that the program remembers: where the user left off, a note not finished. Not in the history."""

from __future__ import annotations

from reader.storage.connection import Connection


class Settings:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> str | None:
        value: str | None = self._connection.value("select value from setting where key = :key", key=key)
        return value

    def set(self, key: str, value: str | None) -> None:
        """Keep *value*, or forget the key if it is ``None``."""
        with self._connection.write():
            if value is None:
                self._connection.execute("delete from setting where key = :key", key=key)
            else:
                self._connection.execute(
                    """
                    insert into setting (key, value)
                    values (:key, :value)
                    on conflict (key) do update set value = excluded.value
                    """,
                    key=key,
                    value=value,
                )
