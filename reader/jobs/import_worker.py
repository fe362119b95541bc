"""The child process that reads an export: detects what it is, reads its format and the bodies in it.

It is asked by one frame of JSON on its standard input and answers with frames (:mod:`reader.ingest.worker`): a
letter, and what belongs to it. ``f``: what the file is; ``r``: a record; ``p``: a part that gives none; ``w``: a row
of our own format; ``x``: the file cannot be read, or not further; ``e``: the end. What a reader of a format gives is
numbered, and each number is answered once, so that the parent knows which one killed a child and where to go on.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

from reader.exchange.imports.detection import Chosen, Detected, chosen, items_of
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.source import Export
from reader.ingest import IngestError
from reader.ingest.decode import decode
from reader.ingest.worker import RECURSION, RESULT_LIMIT, limit, read_frame, write_frame
from reader.jobs.item_records import CPU, Means, UnfitError, record_of
from reader.jobs.record_wire import record_to_wire

OPENING = 60
COUNTING = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What the child is to do with the file that is open as *descriptor*. ``look``: only say what it is; ``count``:
    how many articles, too; ``means``: how to read the body of the one that is at ``start``."""

    name: str
    app: Chosen
    everything: bool = False
    start: int = 0
    means: Means = "parsers"
    count: bool = True
    look: bool = False
    descriptor: int = -1


def serve() -> None:
    """Answer the one question that the parent asks."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print must not come between the frames
    sys.setrecursionlimit(RECURSION)
    asked = Asked(**json.loads(read_frame(sys.stdin.buffer) or b"{}"))
    with os.fdopen(asked.descriptor, "rb") as file:
        try:
            for answer in _answers(file, asked):
                write_frame(answers, answer)
        except ExportError as error:
            write_frame(answers, _frame("x", {"reason": error.reason}))
        except MemoryError:
            write_frame(answers, _frame("x", {"reason": "it takes too much memory"}))
        except Exception as error:  # noqa: BLE001  a reader of a foreign format may meet anything
            write_frame(answers, _frame("x", {"reason": f"it cannot be read ({type(error).__name__})"}))
        else:
            write_frame(answers, b"e")


def _answers(file: BinaryIO, asked: Asked) -> Iterator[bytes]:
    limit(OPENING)
    detected = chosen(Export(file, _decoded, asked.name), asked.app)
    yield _frame("f", _found(detected, _count(detected, asked.everything) if asked.count else None))
    if asked.look:
        return
    for number, one in islice(enumerate(_given(detected, asked.everything)), asked.start, None):
        yield _answer(number, one, detected, asked.means if number == asked.start else "parsers")
        limit(CPU)


def _given(detected: Detected, everything: bool) -> Iterator[Item | Problem | dict[str, Any]]:
    """What the reader of the format gives: items, or rows as they are of our own format."""
    if detected.app != "reader":
        assert detected.app is not None
        yield from items_of(detected.app, everything=everything)(detected.export)
        return
    from reader.exchange.imports import jsonl

    yield from jsonl.rows(detected.export)


def _answer(number: int, one: Item | Problem | dict[str, Any], detected: Detected, means: Means) -> bytes:
    match one:
        case Problem():
            return _problem(number, one)
        case dict():
            answer = _frame("w", {"n": number, "row": one})
            return answer if len(answer) <= RESULT_LIMIT else _problem(number, Problem("", "too large"))
        case Item():
            try:
                record, told = record_of(one, detected.app or "", means)
            except UnfitError as error:
                return _problem(number, Problem(one.place, error.reason))
            answer = (
                _frame("r", {"n": number, "place": one.place, "told": told}) + b"\n" + record_to_wire(record)
            )
            return (
                answer if len(answer) <= RESULT_LIMIT else _problem(number, Problem(one.place, "too large"))
            )


def _count(detected: Detected, everything: bool) -> int | None:
    """How many articles there are; ``None`` where that takes too long to find out, or is not known to the end."""
    again = detected.export.again()
    end = time.process_time() + COUNTING
    if detected.app == "reader":
        return sum('"t":"article"' in line[:200] for line in again.lines())
    assert detected.app is not None
    total = 0
    try:
        for one in items_of(detected.app, everything=everything)(again):
            total += isinstance(one, Item)
            if time.process_time() > end:
                return None
    except Exception:  # noqa: BLE001  it comes again, and is told, when the items are read
        return None
    return total


def _found(detected: Detected, total: int | None) -> dict[str, Any]:
    return {
        "app": detected.app, "what": detected.what, "shape": detected.shape, "files": list(detected.files),
        "total": total,
    }  # fmt: skip


def _problem(number: int, problem: Problem) -> bytes:
    row = {"n": number, "place": problem.place, "reason": problem.reason, "kind": problem.kind}
    return _frame("p", row)


def _frame(letter: str, row: dict[str, Any]) -> bytes:
    return letter.encode() + json.dumps(row).encode()


def _decoded(data: bytes) -> str:
    try:
        return decode(data)
    except IngestError as error:
        raise ValueError(error.reason) from error
