"""Hypothesis: annotations of web pages, as the client exports them, in JSON and in CSV.

All annotations of a page become one article, a link. Texts are Markdown already. A reply has no passage of its own;
it is put below the note that it answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from reader.domain.record import Marked
from reader.exchange.imports import objects, table, values
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.fields import Fields
from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.source import Export

NAME = "hypothesis"
_INTERNAL = ("links", "permissions", "document", "target", "references", "hidden", "flagged")


@dataclass(slots=True)
class _Page:
    """What was written on one address. ``highlights`` go by the id of their annotation."""

    place: str
    uri: str
    title: str = ""
    highlights: dict[str, Marked] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    times: list[datetime] = field(default_factory=list)

    def item(self) -> tuple[Item, str]:
        """The article, and what is wrong with its address."""
        url, fault = values.address(self.uri)
        item = Item(
            self.place, self.title, url, tags=values.tags(self.tags), added=min(self.times, default=None),
            note="\n\n".join(filter(None, self.notes.values())), highlights=tuple(self.highlights.values()),
            origin=f"{NAME}:{self.uri}", extra={} if url else {"url": self.uri},
        )  # fmt: skip
        return item, fault


@dataclass(frozen=True, slots=True)
class _Reply:
    place: str
    parents: tuple[str, ...]
    """Ids, the one that it answers last."""
    uri: str
    user: str
    text: str
    at: datetime | None


def items(export: Export) -> Iterator[Item | Problem]:
    """An item a page. Raises ExportError where the file ends to be readable."""
    pages: dict[str, _Page] = {}
    replies: list[_Reply] = []
    broken: ExportError | None = None
    try:
        if export.opening.lstrip("\ufeff \t\r\n").startswith("{"):
            yield from _annotations(export.text, pages, replies)
        else:
            yield from _rows(export.text, pages, replies)
    except ExportError as error:
        broken = error  # what came before it is whole
    _answer(pages, replies)
    for page in pages.values():
        item, fault = page.item()
        yield item
        if fault:
            yield Problem(page.place, fault, "warning")
    if broken:
        raise broken


# --- JSON ----------------------------------------------------------------------------------------------------------


def _annotations(text: str, pages: dict[str, _Page], replies: list[_Reply]) -> Iterator[Problem]:
    for number, record in enumerate(objects.records(text, "annotations"), 1):
        place = f"annotation {number}"
        if isinstance(record, objects.Broken):
            yield Problem(place, record.reason)
        elif not isinstance(record, Mapping):
            yield Problem(place, "not an annotation")
        else:
            yield from _annotation(Fields(record, place), pages, replies)


def _annotation(fields: Fields, pages: dict[str, _Page], replies: list[_Reply]) -> Iterator[Problem]:
    target = next(iter(objects.as_list(fields.get("target"))), None)
    uri = fields.text("uri") or objects.as_text(objects.as_mapping(target).get("source"))
    if not uri:
        yield Problem(fields.place, "no address")
        return
    number = fields.text("id") or fields.place
    note, made = fields.text("text"), fields.time("created")
    if parents := fields.texts("references"):
        replies.append(_Reply(fields.place, parents, uri, _name(fields.text("user")), note, made))
        return
    page = pages.setdefault(uri, _Page(fields.place, uri))
    page.title = page.title or _title(fields.get("document"))
    if made:
        page.times.append(made)
    selectors = _selectors(target)
    quote = selectors.get("TextQuoteSelector", {})
    exact, tags = objects.as_text(quote.get("exact")).strip(), values.tags(fields.texts("tags"))
    if not exact:
        page.notes[number] = note
        page.tags.extend(tags)
    else:
        fields.get(*_INTERNAL)
        label = objects.as_text(selectors.get("PageSelector", {}).get("label"))
        page.highlights[number] = Marked(
            exact, note, tags=tags, made=made, prefix=objects.as_text(quote.get("prefix")),
            suffix=objects.as_text(quote.get("suffix")), origin=f"{NAME}:{number}",
            extra=fields.rest() | ({"page": label} if label else {}),
        )  # fmt: skip
    yield from fields.problems()


def _selectors(target: Any) -> dict[str, Mapping[str, Any]]:
    """The selectors of a target by their type, the first of each."""
    found: dict[str, Mapping[str, Any]] = {}
    for selector in objects.as_list(objects.as_mapping(target).get("selector")):
        known = objects.as_mapping(selector)
        found.setdefault(objects.as_text(known.get("type")), known)
    return found


def _title(document: Any) -> str:
    title = objects.as_mapping(document).get("title")
    return objects.as_text(next(iter(title), "") if isinstance(title, list) else title).strip()


def _name(user: str) -> str:
    """``jane`` of ``acct:jane@hypothes.is``."""
    return user.removeprefix("acct:").partition("@")[0]


# --- CSV -----------------------------------------------------------------------------------------------------------


def _rows(text: str, pages: dict[str, _Page], replies: list[_Reply]) -> Iterator[Problem]:
    """Rows of both generations of headers. They have no ids: a reply comes below the note on the page."""
    for row in table.rows(text):
        fields = Fields.of(row)
        uri = fields.text("URL")
        if not uri:
            yield Problem(row.place, "no address")
            continue
        kind = fields.text("Type", "Annotation/Reply Type").casefold()
        exact, note = fields.text("Quote", "Quote/description"), fields.text("Comment", "Body")
        user, made = fields.text("Author", "User"), fields.time("Created at", "Creation Date")
        tags = values.split_tags(fields.text("Tags"), ",")
        if kind == "reply":
            replies.append(_Reply(row.place, (), uri, _name(user), note, made))
            continue
        page = pages.setdefault(uri, _Page(row.place, uri))
        if made:
            page.times.append(made)
        if exact and kind in ("annotation", "highlight", ""):
            extra = fields.rest() | ({"user": user} if user else {})
            page.highlights[row.place] = Marked(exact, note, tags=tags, made=made, extra=extra)
        else:
            page.notes[row.place] = note or exact
            page.tags.extend(tags)
        yield from fields.problems()


# --- replies -------------------------------------------------------------------------------------------------------


def _answer(pages: dict[str, _Page], replies: list[_Reply]) -> None:
    """Put each reply below the note of the highlight at the root of its thread; else below the note on the page."""
    for reply in sorted(replies, key=lambda reply: reply.at.timestamp() if reply.at else 0):
        page = pages.setdefault(reply.uri, _Page(reply.place, reply.uri))
        said = ", ".join(filter(None, (reply.user, reply.at.date().isoformat() if reply.at else "")))
        text = "\n".join(
            f"> {line}" for line in (f"{said}: {reply.text}" if said else reply.text).splitlines()
        )
        parent = next((number for number in reply.parents if number in page.highlights), "")
        if parent:
            marked = page.highlights[parent]
            page.highlights[parent] = replace(marked, note=f"{marked.note}\n\n{text}".strip())
        else:
            number = next((number for number in reply.parents if number in page.notes), reply.place)
            page.notes[number] = f"{page.notes.get(number, '')}\n\n{text}".strip()
