"""JSON from other programs, record by record: what is wrong with one of them costs no other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reader.exchange.imports.errors import ExportError

_SPACE = re.compile(r"[ \t\r\n]*")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|["\[\]{}]', re.DOTALL)  # a quotation mark alone is never closed

_OPENS = {"]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that is no JSON, or more of it than can be read; ``reason`` in a few words."""

    reason: str


def records(text: str, key: str = "") -> Iterator[Any]:
    """The elements of the array that *text* is; with *key*, of the array under that key of the object that it is.

    One that cannot be read comes as :class:`Broken`. ``NaN`` and the infinities are null. What is behind the end
    of a text that was cut off is Broken too; what came before it is whole. Nothing if there is no such array.
    """
    at = _after_space(text, 0)
    if key:
        at = _member(text, at, key)
    if text[at : at + 1] == "[":
        yield from _elements(text, at + 1)


def load(text: str) -> Any:
    """All of *text* as one value, for small files. Raises ExportError if it is no JSON."""
    try:
        return _decoder().decode(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise ExportError(_reason(error)) from error


def as_mapping(value: Any) -> Mapping[str, Any]:
    """*value* if it is an object; else an empty one, so that a key of the wrong type is like a missing one."""
    return value if isinstance(value, Mapping) else {}


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def as_text(value: Any) -> str:
    """A string or a number as text; anything else is ``""``."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return value if isinstance(value, str) else str(value)


def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(parse_constant=lambda constant: None)


def _elements(text: str, at: int) -> Iterator[Any]:
    decoder = _decoder()
    at = _after_space(text, at)
    while text[at : at + 1] not in ("]", ""):
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            end = _end_of_broken(text, at)
            yield Broken(_reason(error) if end else "the file is cut off here")
            if not end:
                return
        else:
            yield value
        at = _after_space(text, end)
        if text[at : at + 1] == ",":
            at = _after_space(text, at + 1)
        elif text[at : at + 1] != "]":
            yield Broken("the file is cut off here" if at >= len(text) else "not JSON from here on")
            return
    if at >= len(text):
        yield Broken("the file is cut off here")


def _member(text: str, at: int, key: str) -> int:
    """Where the value of *key* begins in the object at *at*; the end of *text* if there is none."""
    decoder = _decoder()
    if text[at : at + 1] != "{":
        return len(text)
    at = _after_space(text, at + 1)
    while text[at : at + 1] == '"':
        try:
            name, at = decoder.raw_decode(text, at)
        except ValueError:
            return len(text)
        at = _after_space(text, at)
        if text[at : at + 1] != ":":
            return len(text)
        at = _after_space(text, at + 1)
        if name == key:
            return at
        try:
            _, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at = _end_of_broken(text, at) or len(text)
        at = _after_space(text, at)
        if text[at : at + 1] == ",":
            at = _after_space(text, at + 1)
    return len(text)


def _end_of_broken(text: str, at: int) -> int:
    """Where the value at *at* ends by its brackets alone, which count whatever stands between; 0 if nowhere.

    A bracket of one kind closes those of the other kind that were left open inside it.
    """
    opened: list[str] = []
    for token in _TOKEN.finditer(text, at):
        mark = token[0]
        if mark in "[{":
            opened.append(mark)
        elif mark == '"':
            return 0
        elif mark in _OPENS:
            if _OPENS[mark] not in opened:
                return token.start()  # it closes what is around the value
            while opened.pop() != _OPENS[mark]:
                pass
            if not opened:
                return token.end()
    return 0


def _after_space(text: str, at: int) -> int:
    if at == 0 and text.startswith("\ufeff"):
        at = 1
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deep"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
    return "a number of too many digits"
