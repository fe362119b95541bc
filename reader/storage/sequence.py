"""Places in the one newest-first order: ``seq``, whole minutes since 1970 and then the next free number.

An article's ``seq`` is never less than the minute of its ``added``, and the order by one is the order by the other.
"""

from __future__ import annotations

from reader.storage.connection import Connection

MICROSECONDS_A_MINUTE = 60_000_000


def seq_of_newest(connection: Connection, stamp: int) -> int:
    """What arrives now is the newest, also when many arrive in one minute or the clock was set back."""
    highest = connection.value("select max(seq) from article") or 0
    return int(max(stamp // MICROSECONDS_A_MINUTE, highest + 1))


def seq_in_the_past(connection: Connection, added: int) -> int:
    """A free place behind all that was added up to then, and before what was added later. Inside a ``write``.

    Where so many came in a few minutes that none is left, those that follow move up.
    """
    before = connection.value(
        "select max(seq) from article where added = (select max(added) from article where added <= :added)",
        added=added,
    )
    after = connection.value(
        "select min(seq) from article where added = (select min(added) from article where added > :added)",
        added=added,
    )
    seq = max(added // MICROSECONDS_A_MINUTE, (before or 0) + 1)
    if after is not None and after <= seq:
        _move_up(connection, after, seq + 1)
    return int(seq)


def _move_up(connection: Connection, first: int, to: int) -> None:
    """Let the articles from *first* on begin at *to*, as far as they stand in the way of one another."""
    moves: list[tuple[int, int]] = []
    free = to
    for row in connection.each("select seq from article where seq >= :first order by seq", first=first):
        if row["seq"] >= free:
            break
        moves.append((row["seq"], free))
        free += 1
    for old, new in reversed(moves):  # the last one first: every place is taken once
        connection.execute("update article set seq = :new where seq = :old", old=old, new=new)
