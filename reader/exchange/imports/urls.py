"""Lists of addresses: one a line, with a title behind a space or, as OneTab writes it, behind `` | ``."""

from __future__ import annotations

from collections.abc import Iterator

from reader.domain.text import clean_line
from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.source import Export
from reader.exchange.imports.values import address


def items(export: Export) -> Iterator[Item | Problem]:
    """Empty lines and those that begin with ``#`` are passed over."""
    for number, line in enumerate(export.lines(), 1):
        text = line.strip().lstrip("\ufeff")
        if not text or text.startswith("#"):
            continue
        given, _, title = text.partition(" ")
        url, fault = address(given)
        if url is None:
            reason = fault if fault.startswith("scheme") else f"not an address: {clean_line(text, 60)}"
            yield Problem(f"line {number}", reason)
            continue
        yield Item(f"line {number}", title.strip().removeprefix("| ").strip(), url, origin=f"urls:{url}")
