"""Saved views: queries with names, in an order of the user's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from reader.domain.change import Change
from reader.domain.fields import SORTS
from reader.domain.text import clean_body, clean_line
from reader.domain.unchanged import UNCHANGED, Unchanged
from reader.domain.view import SavedView, clean_name
from reader.storage.connection import Connection, LibraryError
from reader.storage.view_steps import FIELDS, present_view

if TYPE_CHECKING:
    from reader.storage.journal import Journal


class Views:
    """What a user does here can be undone. Names are compared without regard to case."""

    def __init__(self, connection: Connection, journal: Callable[[], Journal]) -> None:
        # The journal is loaded when something is changed: the app reads the views before its first frame.
        self._connection = connection
        self._journal = journal

    def all(self) -> list[SavedView]:
        rows = self._connection.rows("select name, query, sort, key from saved_view order by place, name")
        return [
            SavedView(clean_line(row["name"]), clean_body(row["query"]), row["sort"], row["key"])
            for row in rows
        ]

    def get(self, name: str) -> SavedView:
        now = self._known(name)
        return SavedView(now["name"], now["query"], now["sort"], now["key"])

    def save(
        self,
        name: str,
        query: str,
        *,
        sort: str | Unchanged | None = UNCHANGED,
        key: str | Unchanged | None = UNCHANGED,
    ) -> Change:
        """Keep *query* under *name*. A view of that name is given the query, and keeps what is not said."""
        name = _checked_name(name)
        with self._connection.write():
            before = present_view(self._connection, name)
            after = before or {"name": name, "sort": None, "key": None, "place": self._next_place()}
            after = {**after, "query": clean_body(query).strip()}
            if not isinstance(sort, Unchanged):
                after["sort"] = _checked_sort(sort)
            if not isinstance(key, Unchanged):
                after["key"] = self._checked_key(key, after["name"])
            return self._act("view saved", before, after)

    def change(self, name: str, *, new_name: str, query: str, key: str | None) -> Change:
        """Give the view *name* all of these at once."""
        with self._connection.write():
            before = self._known(name)
            after = {**before, "name": _checked_name(new_name), "query": clean_body(query).strip()}
            self._refuse_name(after["name"], before["name"])
            after["key"] = self._checked_key(key, before["name"])
            return self._act("view changed", before, after)

    def rename(self, old: str, new: str) -> Change:
        with self._connection.write():
            before = self._known(old)
            after = {**before, "name": _checked_name(new)}
            self._refuse_name(after["name"], before["name"])
            return self._act("view renamed", before, after)

    def delete(self, name: str) -> Change:
        with self._connection.write():
            return self._act("view deleted", self._known(name), None)

    def order(self, names: Sequence[str]) -> Change:
        """Put the views *names* first, in this order, and the others behind them as they are."""
        with self._connection.write():
            first = [self._known(name)["name"] for name in names]
            wanted = list(dict.fromkeys([*first, *(view.name for view in self.all())]))
            from reader.storage.steps import Step

            steps = []
            for place, name in enumerate(wanted, 1):
                now = self._known(name)
                steps.append(Step("view", 0, None, now, {**now, "place": place}))
            return self._journal().act("views ordered", steps)

    def _act(self, action: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> Change:
        from reader.storage.steps import Step

        name = (after or before or {})["name"]
        return self._journal().act(f"{action}: {name}", [Step("view", 0, None, before, after)])

    def _known(self, name: str) -> dict[str, Any]:
        found = present_view(self._connection, clean_name(name))
        if found is None:
            raise LibraryError(f"no view is named {clean_line(name)}")
        return {field: found[field] for field in FIELDS}

    def _refuse_name(self, name: str, own: str) -> None:
        other = present_view(self._connection, name)
        if other is not None and other["name"] != own:
            raise LibraryError(f"there is a view {other['name']} already")

    def _next_place(self) -> int:
        return int(self._connection.value("select coalesce(max(place), 0) + 1 from saved_view"))

    def _checked_key(self, key: str | None, name: str) -> str | None:
        if key is None:
            return None
        if len(key) != 1 or not key.isprintable() or key.isspace():
            raise LibraryError(f"a view's key is one letter, digit or sign, not “{clean_line(key)}”")
        other = self._connection.value("select name from saved_view where key = :key", key=key)
        if other is not None and other != name:
            raise LibraryError(f"{key} is the key of the view {clean_line(other)}")
        return key


def _checked_name(text: str) -> str:
    name = clean_name(text)
    if not name:
        raise LibraryError(f"“{clean_line(text)}” is not a name for a view")
    return name


def _checked_sort(sort: str | None) -> str | None:
    if sort is not None and sort.removeprefix("-") not in SORTS:
        raise LibraryError(f"views are sorted by {', '.join(SORTS)}, not by {clean_line(sort)}")
    return sort
