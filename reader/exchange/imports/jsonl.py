"""Native JSON Lines: what ``exports.jsonl`` writes, also that of an older or a somewhat newer program.

:func:`rows` goes through a file in the child process, line by line, and puts together what belongs to one article;
:func:`whole` checks such a row, which has come through a pipe, and makes a value of it.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Any

from reader.domain.text import clean_line
from reader.domain.whole import Purged, Whole, WholeView
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.item import Problem
from reader.exchange.imports.native import purged_of, view_of, whole_of
from reader.exchange.imports.source import Export

NAME = "reader"
FORMAT = "reader-jsonl"
VERSION = 1

Row = dict[str, Any]


def rows(export: Export) -> Iterator[Row | Problem]:
    """Each article with its texts and highlights, each view and each purged uid, as JSON objects with the ``place``
    in the file. Raises ExportError if it is no such file, or of a later format than this program knows."""
    with closing(_objects(export)) as lines:
        _check_header(next(lines, None))
        yield from _grouped(lines)


def _grouped(lines: Iterator[tuple[str, Row | Problem]]) -> Iterator[Row | Problem]:
    group: Row | None = None
    strange: set[str] = set()
    lost: object = None  # an article whose lines were told of already
    for place, line in lines:
        if isinstance(line, Problem):
            yield line
            continue
        kind = line.get("t")
        if kind in ("text", "highlight"):
            of = line.get("article")
            if group is not None and of == group["article"].get("uid"):
                group[f"{kind}s"].append(line)
            elif lost is None or of != lost:
                lost = of
                yield Problem(place, f"the article of this {kind} is not before it")
            continue
        if group is not None:
            yield group
        group = (
            {"place": place, "article": line, "texts": [], "highlights": []} if kind == "article" else None
        )
        if kind in ("view", "purged"):
            yield {"place": place, kind: line}
        elif kind not in ("article", "tag") and (name := clean_line(str(kind), 40)) not in strange:
            strange.add(name)  # tags come with what bears them
            yield Problem(place, f"“{name}” is a kind that this version of Reader does not know", "skipped")
    if group is not None:
        yield group


def whole(row: Row) -> Whole | WholeView | Purged:
    """The value of a row of :func:`rows`. Raises ValueError with what is wrong with it."""
    if isinstance(row.get("view"), dict):
        return view_of(row["view"])
    if isinstance(row.get("purged"), dict):
        return purged_of(row["purged"])
    return whole_of(row.get("article"), row.get("texts"), row.get("highlights"))


def _objects(export: Export) -> Generator[tuple[str, Row | Problem], None, None]:
    for number, text in enumerate(export.lines(), 1):
        if not text or text.isspace():
            continue
        place = f"line {number}"
        try:
            found = json.loads(text, parse_constant=lambda _: None)
        except (ValueError, RecursionError) as error:
            deep = isinstance(error, RecursionError)
            yield place, Problem(place, "nested too deeply" if deep else "not JSON, or cut off")
            continue
        yield place, found if isinstance(found, dict) else Problem(place, "not a JSON object")


def _check_header(first: tuple[str, Row | Problem] | None) -> None:
    header = first[1] if first else None
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise ExportError(f"not a file of Reader: its first line does not say {FORMAT}")
    version = header.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ExportError("its first line does not say which version of the format this is")
    if version > VERSION:
        raise ExportError(
            f"written by a newer Reader (format {version}, this one knows {VERSION}): upgrade reader"
        )
