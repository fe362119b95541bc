"""wallabag: its JSON, with texts and annotations, and its CSV, with texts alone.

wallabag's own ``EntriesExport`` writes both. Its annotations come from annotator.js: ``text`` is the note, ``quote``
the passage, and offsets count UTF-16 units from the element of a path in ``content``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reader.domain.record import Marked
from reader.exchange.imports import objects, table, values
from reader.exchange.imports.fields import Fields, plain
from reader.exchange.imports.item import Body, Item, Problem
from reader.exchange.imports.passages import Markup, Place
from reader.exchange.imports.source import Export

NAME = "wallabag"
# What it stores as the text of a page that it could not fetch.
_NO_TEXT = "wallabag can't retrieve contents for this article"
# Whose export it is, which is no news to its owner.
_ACCOUNT = ("user_name", "user_email", "user_id", "annotator_schema_version")
# ``d/m/Y h:i:s``: twelve hours, and no word whether before noon or after.
_CSV_DATE = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})(?: (\d\d?:\d\d(?::\d\d)?))?")


def items(export: Export) -> Iterator[Item | Problem]:
    """An item an entry. Raises ExportError where the file ends to be readable."""
    if export.opening.lstrip("\ufeff \t\r\n").startswith("["):
        yield from _entries(export.text)
    else:
        yield from _rows(export.text)


def _entries(text: str) -> Iterator[Item | Problem]:
    for number, record in enumerate(objects.records(text), 1):
        place = f"entry {number}"
        if isinstance(record, objects.Broken):
            yield Problem(place, record.reason)
        elif not isinstance(record, Mapping):
            yield Problem(place, "not an entry")
        else:
            yield from _entry(Fields(record, place))


def _entry(fields: Fields) -> Iterator[Item | Problem]:
    content, language = _content(fields), fields.text("language").replace("_", "-")
    highlights, note = _annotations(fields, content)
    url, fault = fields.address("url")
    if url is None:
        if not (content or highlights or note):
            yield Problem(fields.place, fault)
            return
        fields.warn(fault)
    archived = fields.flag("is_archived")
    number = fields.text("id")
    fields.get(*_ACCOUNT)
    yield Item(
        place=fields.place,
        title=fields.text("title"),
        url=url,
        author="; ".join(fields.texts("published_by")) or None,
        site=fields.text("domain_name") or None,
        published=values.published(fields.get("published_at")),
        language=language or None,
        tags=_tags(fields.get("tags")),
        state="read" if archived else "unread",
        starred=fields.flag("is_starred"),
        archived=archived,
        added=fields.time("created_at"),
        note=note,
        body=Body(content.encode("utf-8", "replace"), "extracted") if content else None,
        highlights=tuple(highlights),
        origin=f"{NAME}:{number or url or fields.text('title')}",
        extra=fields.rest(),
    )
    yield from fields.problems()


def _content(fields: Fields) -> str:
    content = fields.text("content")
    if content.startswith(_NO_TEXT):
        fields.warn("wallabag never had its text")
        return ""
    return content


def _tags(value: Any) -> tuple[str, ...]:
    """Names, or objects with a ``label``: the API gives the one, exports the other."""
    return values.tags(objects.as_mapping(tag).get("label", tag) for tag in objects.as_list(value))


def _annotations(fields: Fields, content: str) -> tuple[list[Marked], str]:
    """The highlights, and as the note on the article what annotations without a passage say."""
    annotations = objects.as_list(fields.get("annotations"))
    markup = Markup(content) if annotations and content else None
    highlights: list[Marked] = []
    notes: list[str] = []
    for annotation in annotations:
        known = Fields(objects.as_mapping(annotation), fields.place)
        exact, note = known.text("quote"), known.text("text")
        if not exact:
            notes.append(note)
            continue
        ranges, number, made = known.get("ranges"), known.text("id"), known.time("created_at")
        prefix, suffix = _around(markup, exact, ranges)
        unresolved = {"ranges": plain(ranges)} if ranges and not (prefix or suffix) else {}
        origin = f"{NAME}:{number}" if number else ""
        known.get(*_ACCOUNT)
        extra = known.rest() | unresolved
        highlights.append(
            Marked(exact, note, made=made, prefix=prefix, suffix=suffix, origin=origin, extra=extra)
        )
    return highlights, "\n\n".join(filter(None, notes))


def _around(markup: Markup | None, exact: str, ranges: Any) -> tuple[str, str]:
    """The words around the passage, where its range resolves in the text and shows it."""
    for one in objects.as_list(ranges)[:1] if markup else []:
        span = Fields(objects.as_mapping(one), "")
        start, end = span.text("startOffset"), span.text("endOffset")
        if markup and start.isdecimal() and end.isdecimal() and len(start) + len(end) < 20:
            first, last = Place(span.text("start"), int(start)), Place(span.text("end"), int(end))
            return markup.around(exact, first, last, utf16=True) or ("", "")
    return "", ""


def _rows(text: str) -> Iterator[Item | Problem]:
    for row in table.rows(text):
        fields = Fields.of(row)
        content = _content(fields)
        url, fault = fields.address("URL")
        if url is None and not content:
            yield Problem(row.place, fault)
            continue
        if url is None:
            fields.warn(fault)
        title, created = fields.text("Title"), fields.text("Creation date")
        moment = values.when(_CSV_DATE.sub(r"\3-\2-\1 \4", created).strip())
        if moment.fault:
            fields.warn(values.when(created).fault or moment.fault)
        tags = values.split_tags(fields.text("Tags"), ",")
        body = Body(content.encode("utf-8", "replace"), "extracted") if content else None
        language = fields.text("Language").replace("_", "-") or None
        # The hour may be off by twelve: what it said goes along.
        extra = fields.rest() | ({"Creation date": created} if moment.at else {})
        yield Item(
            row.place, title, url, language=language, tags=tags, added=moment.at, body=body,
            origin=f"{NAME}:{url or title}", extra=extra,
        )  # fmt: skip
        yield from fields.problems()
