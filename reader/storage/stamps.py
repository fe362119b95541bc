"""Time as the library keeps it: whole microseconds since 1970, in UTC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from reader.storage.connection import Connection

Clock = Callable[[], datetime]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FIRST_DAY, _LAST_DAY = date(1970, 1, 3), date(9999, 1, 1)
_LAST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND


def now() -> datetime:
    return datetime.now(UTC)


def microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def moment(stamp: int) -> datetime:
    """Total: a stamp outside the calendar gives the nearest end of it."""
    return _EPOCH + timedelta(microseconds=min(max(stamp, 0), _LAST))


class Days(NamedTuple):
    """The day on which a query is asked, and the zone whose days it means."""

    today: date
    zone: tzinfo | None

    def stamp(self, start: date) -> int:
        """The first microsecond of a day; before the library's time it is 0."""
        if start < _FIRST_DAY:
            return 0
        return microseconds(datetime.combine(min(start, _LAST_DAY), time(), self.zone).astimezone(UTC))


def next_stamp(connection: Connection, clock: Clock) -> int:
    """The time of this action. It never goes backward within a library, whatever the clock does."""
    stamp = microseconds(clock())
    return int(
        connection.value(
            """
            insert into counter (name, value)
            values ('changed', :stamp)
            on conflict (name) do update set value = max(value, excluded.value)
            returning value
            """,
            stamp=stamp,
        )
    )
