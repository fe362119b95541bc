"""One record of another program, read key by key: what nobody asked for is left for ``extra``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from reader.exchange.imports.item import Problem
from reader.exchange.imports.objects import as_text
from reader.exchange.imports.table import Row
from reader.exchange.imports.values import TZ_ASSUMED, address, truth, when

_DEPTH = 6
_MOST = 200


class Fields:
    """A record whose keys are found whatever their case, spaces and underscores are (``SiteName``, ``site_name``).

    Total: a value of the wrong type is like a missing one. What is wrong with a date is kept for :meth:`problems`.
    """

    def __init__(self, record: Mapping[str, Any], place: str) -> None:
        self.place = place
        self._record = record
        self._names: dict[str, str] = {}
        for name in record:
            self._names.setdefault(_folded(name), name)
        self._asked: set[str] = set()
        self._faults: list[str] = []
        self._is_local = False
        self._refused: dict[str, str] = {}

    @classmethod
    def of(cls, row: Row) -> Fields:
        """The cells of *row* under the names of its header; cells beyond the header go to ``extra`` too."""
        record: dict[str, Any] = {row.names[key]: cell for key, cell in row.cells.items()}
        return cls(record | ({"_surplus": list(row.surplus)} if row.surplus else {}), row.place)

    def get(self, *names: str) -> Any:
        """The first of *names* that says something; ``None`` if there is none. All of them count as mapped."""
        found = None
        for name in names:
            key = _folded(name)
            self._asked.add(key)
            value = self._record.get(self._names.get(key, ""))
            if found is None and value not in (None, "", [], {}):
                found = value
        return found

    def text(self, *names: str) -> str:
        """A string or a number as a trimmed text."""
        return as_text(self.get(*names)).strip()

    def texts(self, *names: str) -> tuple[str, ...]:
        """The strings of a list; one string alone is a list of one."""
        value = self.get(*names)
        texts = (as_text(one).strip() for one in (value if isinstance(value, list) else [value]))
        return tuple(text for text in texts if text)

    def flag(self, *names: str) -> bool:
        return truth(self.get(*names))

    def address(self, *names: str) -> tuple[str | None, str]:
        """The address that is stored, or ``None`` and why not. One that is refused goes along among the rest."""
        given = self.text(*names)
        url, fault = address(given)
        if url is None and given:
            self._refused = {"url": given}
        return url, fault

    def time(self, *names: str) -> datetime | None:
        moment = when(self.get(*names))
        self._is_local = self._is_local or moment.is_local
        if moment.fault:
            self.warn(moment.fault)
        return moment.at

    def warn(self, reason: str) -> None:
        self._faults.append(reason)

    def problems(self) -> Iterator[Problem]:
        """What was wrong with the record, and cost nothing but a field."""
        for reason in self._faults:
            yield Problem(self.place, reason, "warning")

    def rest(self) -> dict[str, Any]:
        """What nobody asked for, under its own name; empty values and plain no are left out."""
        left: dict[str, Any] = {
            name: value
            for key, name in self._names.items()
            if key not in self._asked
            and (value := plain(self._record[name])) not in (None, "", [], {}, False)
        }
        return left | self._refused | ({TZ_ASSUMED: True} if self._is_local else {})


def plain(value: Any, depth: int = _DEPTH) -> Any:
    """*value* without what is nested deeper than *depth*, and without more members than anybody looks at."""
    if isinstance(value, Mapping):
        return (
            {name: plain(member, depth - 1) for name, member in list(value.items())[:_MOST]}
            if depth
            else None
        )
    if isinstance(value, list):
        return [plain(member, depth - 1) for member in value[:_MOST]] if depth else None
    return value if isinstance(value, str | bool | int | float) else None


def _folded(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())
