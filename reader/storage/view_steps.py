"""Carrying out what an action does to a saved view, and telling whether it still fits. Views go by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reader.storage.connection import Connection

if TYPE_CHECKING:
    from reader.storage.steps import Fields, Step

FIELDS = ("name", "query", "sort", "key", "place")


def present_view(connection: Connection, name: str) -> dict[str, Any] | None:
    """The fields of the view *name*; names are compared without regard to case."""
    rows = connection.rows(f"select {', '.join(FIELDS)} from saved_view")
    return next((dict(row) for row in rows if row["name"].casefold() == name.casefold()), None)


def view_fit(connection: Connection, step: Step) -> tuple[Step | None, list[str]]:
    """*step* if the view is what it was before, else in words why not."""
    before, after = step.before, step.after
    name = (before or after or {})["name"]
    now = present_view(connection, name)
    if before is None:
        return (step, []) if now is None else (None, [f"view {name} is there already"])
    if now is None:
        return None, [f"view {name} is gone"]
    if any(now[field] != value for field, value in before.items()):
        return None, [f"view {name} was changed since"]
    if after and after["name"].casefold() != name.casefold() and present_view(connection, after["name"]):
        return None, [f"view {after['name']} is there already"]
    return step, []


def change_view(connection: Connection, step: Step, stamp: int) -> None:
    """Inside a ``write``; the step fits."""
    if step.before is not None:
        old = step.before["name"]
        made = connection.value("select made from saved_view where name = :name", name=old)
        connection.execute("delete from saved_view where name = :name", name=old)
        stamp = made or stamp
    if step.after is not None:
        _insert(connection, step.after, stamp)


def _insert(connection: Connection, fields: Fields, stamp: int) -> None:
    # A key that another view was given meanwhile stays there.
    connection.execute(
        """
        insert into saved_view (name, query, sort, key, place, made)
        values (
            :name, :query, :sort,
            case when exists (select 1 from saved_view where key = :key) then null else :key end,
            :place, :made
        )
        """,
        made=stamp,
        **fields,
    )
