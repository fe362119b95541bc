"""CSV as other programs write it: the dialect found by its header, columns by their names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Any

from reader.exchange.imports.errors import ExportError

FIELD_LIMIT = 16 * 2**20  # the default of 131,072 rejects long articles
_DELIMITERS = ",;\t"
_END = "\x1e"


@dataclass(frozen=True, slots=True)
class Row:
    """``number`` counts as a spreadsheet does, the header being row 1. ``surplus`` are cells beyond the header."""

    number: int
    cells: Mapping[str, str]
    names: Mapping[str, str]
    surplus: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        return f"row {self.number}"

    def get(self, *names: str) -> str:
        """The trimmed cell of the first of the columns *names* that the table has; ``""`` if it has none."""
        for name in names:
            cell = self.cells.get(name.casefold())
            if cell is not None:
                return cell.strip()
        return ""

    def rest(self, *mapped: str) -> dict[str, Any]:
        """The cells that are not empty of all columns but *mapped*, under the names of the header, for ``extra``."""
        known = {name.casefold() for name in mapped}
        left: dict[str, Any] = {
            self.names[key]: cell for key, cell in self.cells.items() if key not in known and cell.strip()
        }
        return left | ({"_surplus": list(self.surplus)} if self.surplus else {})


def headers(text: str) -> frozenset[str]:
    """The names of the columns, trimmed and casefolded. Of a text that is no table, whatever its first line has."""
    try:
        first = next(_records(text[:65_536]), [])
    except csv.Error:
        return frozenset()
    return frozenset(name for cell in first if (name := cell.strip().casefold()))


def rows(text: str) -> Iterator[Row]:
    """The rows below the header; empty ones are passed over, short ones are filled up with nothing.

    Raises ExportError, at its row, for what is no CSV any more: a field beyond all measure, or a quotation mark
    that is never closed, which would swallow the rest of the file unnoticed.
    """
    number = 0
    try:
        records = _records(text)
        header = [name.strip() for name in next(records, [])]
        number = 1
        keys = [name.casefold() for name in header]
        names = dict(zip(keys, header, strict=True))
        for number, record in enumerate(records, 2):
            if any(cell.strip() for cell in record):
                yield _row(number, record, keys, names)
    except csv.Error as error:
        raise ExportError(f"row {number + 1}: {error}") from error


def _row(number: int, record: Sequence[str], keys: Sequence[str], names: Mapping[str, str]) -> Row:
    surplus = tuple(record[len(keys) :])
    cells: dict[str, str] = {}
    for key, cell in zip_longest(keys, record[: len(keys)], fillvalue=""):
        if not cells.get(key):  # of two columns of one name the first that says something
            cells[key] = cell
    return Row(number, cells, names, surplus if any(cell.strip() for cell in surplus) else ())


def _records(text: str) -> Iterator[list[str]]:
    csv.field_size_limit(FIELD_LIMIT)
    text = text.lstrip("\ufeff\r\n").replace("\x00", "")
    # A last line of our own: if it does not come back as a record, a quotation mark was left open.
    lines = chain(io.StringIO(text, newline=None), [_END])
    for record in csv.reader(lines, delimiter=_delimiter(text)):
        if record == [_END]:
            return
        if record and record[-1].endswith(_END):
            raise csv.Error("a quotation mark is never closed")
        yield record


def _delimiter(text: str) -> str:
    """The commonest of comma, semicolon and TAB in the first line, quoted parts aside; a comma if there is none."""
    counts = dict.fromkeys(_DELIMITERS, 0)
    quoted = False
    for character in text[:65_536]:
        if character == '"':
            quoted = not quoted
        elif character in "\r\n" and not quoted:
            break
        elif character in counts and not quoted:
            counts[character] += 1
    return max(counts, key=lambda character: counts[character])
