"""W3C Web Annotations in JSON-LD: one, a list, a page or a collection of them, or one a line.

All annotations of one source become one article, a link. Of the model (https://www.w3.org/TR/annotation-model/) this
reads what programs write: text bodies, sources, quote and position selectors. A position counts code points of a
text that is not in the file: it goes into ``extra`` with the hash of that text, and holds only where a text with this
hash shows the same words there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from reader.domain.record import Marked
from reader.exchange.imports import objects, values
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.fields import Fields
from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.source import Export

NAME = "webannotation"
_CONTAINERS = ("first", "items", "last", "@graph")
_ITEMS = re.compile(r'"(?:items|@graph)"\s*:\s*(?=\[)')
_NEST = 4  # a collection holds a page, which holds items
_IGNORED = ("@context", "type", "motivation", "body", "bodyValue", "target", "modified")


@dataclass(slots=True)
class _Source:
    place: str
    source: str
    title: str = ""
    notes: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    times: list[datetime] = field(default_factory=list)
    highlights: list[Marked] = field(default_factory=list)

    def item(self) -> tuple[Item, str]:
        """The article, and what is wrong with its address."""
        url, fault = values.address(self.source)
        item = Item(
            self.place, self.title, url, tags=values.tags(self.tags), added=min(self.times, default=None),
            note="\n\n".join(self.notes), highlights=tuple(self.highlights), origin=f"{NAME}:{self.source}",
            extra={} if url else {"url": self.source},
        )  # fmt: skip
        return item, "" if self.source.startswith("urn:") else fault


def items(export: Export) -> Iterator[Item | Problem]:
    """An item a source. Raises ExportError if the file is no JSON."""
    sources: dict[str, _Source] = {}
    for number, record in enumerate(_records(export.text), 1):
        place = f"annotation {number}"
        if isinstance(record, objects.Broken):
            yield Problem(place, record.reason)
        elif not isinstance(record, Mapping):
            yield Problem(place, "not an annotation")
        else:
            yield from _annotation(Fields(record, place), sources)
    for source in sources.values():
        item, fault = source.item()
        yield item
        if fault:
            yield Problem(source.place, fault, "warning")


def _records(text: str) -> Iterator[Any]:
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith("["):
        yield from objects.records(text)
        return
    try:
        found = objects.load(text)
    except ExportError:
        lines = [line for line in text.splitlines() if line.strip()]
        if listed := _ITEMS.search(text):  # damaged somewhere: what is whole in it can be read one by one
            yield from objects.records(text[listed.end() :])
        elif len(lines) > 1:
            yield from _lines(lines)
        else:
            raise
        return
    yield from _within(found, _NEST)


def _lines(lines: list[str]) -> Iterator[Any]:
    for line in lines:
        try:
            yield objects.load(line)
        except ExportError as error:
            yield objects.Broken(error.reason)


def _within(value: Any, depth: int) -> Iterator[Any]:
    """*value* if it is an annotation, else those in it."""
    if isinstance(value, list):
        for one in value:
            yield from _within(one, depth - 1) if isinstance(one, list) and depth else (one,)
        return
    known = objects.as_mapping(value)
    if "target" in known or not depth:
        yield value
        return
    for name in _CONTAINERS:
        if name in known and not isinstance(known[name], str):  # a string says where more of them are
            yield from _within(known[name], depth - 1)


def _annotation(fields: Fields, sources: dict[str, _Source]) -> Iterator[Problem]:
    targets = _listed(fields.get("target"))
    target = targets[0] if targets else None
    known = Fields(objects.as_mapping(target), fields.place)
    address, title = _address(target if isinstance(target, str) else known.get("source"))
    address = address or known.text("id")
    if not address:
        yield Problem(fields.place, "no source")
        return
    note, tags = _said(fields)
    made = fields.time("created", "modified")
    quote, position = _selectors(known.get("selector"))
    exact = quote.text("exact")
    if not exact and position:
        yield Problem(fields.place, "a position without its words")
        return
    source = sources.setdefault(address, _Source(fields.place, address))
    source.title = source.title or known.text("reader:title", "title", "dc:title") or title
    if made:
        source.times.append(made)
    if exact:
        source.highlights.append(_marked(fields, known, quote, position, note, tags, made))
    else:
        source.notes.extend(filter(None, [note]))
        source.tags.extend(tags)
    yield from fields.problems()


def _marked(
    fields: Fields, target: Fields, quote: Fields, position: dict[str, int], note: str, tags: tuple[str, ...],
    made: datetime | None,
) -> Marked:  # fmt: skip
    colour, other = values.colour_of(fields.get("reader:colour", "color", "colour"))
    number = fields.text("id")
    text_hash = target.text("textHash", "reader:textHash").removeprefix("sha256:")
    fields.get(*_IGNORED)
    extra = fields.rest() | ({"color": other} if other else {})
    if text_hash and position:
        extra |= {"text_hash": text_hash, **position}
    prefix, suffix = (objects.as_text(quote.get(name)) for name in ("prefix", "suffix"))
    exact = objects.as_text(quote.get("exact"))
    return Marked(exact, note, colour, tags, made, prefix, suffix, origin=number, extra=extra)


def _said(fields: Fields) -> tuple[str, tuple[str, ...]]:
    """The note and the tags of an annotation, from its bodies."""
    notes, tags = [fields.text("bodyValue")], []
    for body in _listed(fields.get("body")):
        known = Fields(objects.as_mapping(body), "")
        text = body if isinstance(body, str) else known.text("value", "chars")
        if "tagging" in known.texts("purpose"):
            tags.append(text)
        elif text and (isinstance(body, str) or known.text("type") in ("TextualBody", "")):
            notes.append(text)
    return "\n\n".join(filter(None, notes)), values.tags(tags)


def _address(source: Any) -> tuple[str, str]:
    """The address of a source, and its title where it says one."""
    if isinstance(source, str):
        return source.strip(), ""
    known = Fields(objects.as_mapping(source), "")
    return known.text("id", "@id"), known.text("title", "dc:title", "name", "label")


def _selectors(value: Any) -> tuple[Fields, dict[str, int]]:
    """The quote, and start and end of the position; a selector may be refined by another."""
    quote, position = Fields({}, ""), {}
    waiting = [*_listed(value)]
    for selector in waiting:  # which grows
        known = Fields(objects.as_mapping(selector), "")
        waiting += _listed(known.get("refinedBy"))
        start, end = known.get("start"), known.get("end")
        if known.text("type") == "TextQuoteSelector" and not quote.text("exact"):
            quote = known
        elif known.text("type") == "TextPositionSelector" and type(start) is type(end) is int:
            position = {"start": start, "end": end}
    return quote, position


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
