"""Omnivore: the zip of its ``export`` job, twenty records a ``metadata_<n>_to_<n>.json``, texts and highlights beside.

A highlight file is Markdown without rules: the quote behind ``> ``, then its labels, then its note, each set apart by
an empty line; empty lines inside a quote were written as ``> ``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reader.domain.record import Marked
from reader.exchange.imports import objects, values
from reader.exchange.imports.archive import Archive, EntryError
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.fields import Fields
from reader.exchange.imports.item import Body, Item, Problem
from reader.exchange.imports.source import Export

NAME = "omnivore"
_METADATA = re.compile(r"(?:.*/)?metadata_(\d+)_to_(\d+)\.json")
_NO_URL = re.compile(r"https://omnivore\.app/(?:no_url|attachments)\b")
_LABELS = re.compile(r"#\S+(?:\s+#\S+)*")


def items(export: Export) -> Iterator[Item | Problem]:
    """An item a record. Raises ExportError if it is no zip, or one that cannot be read."""
    archive = export.archive
    if archive is None:
        raise ExportError("not a zip")
    found = [(int(match[1]), name) for name in archive.names if (match := _METADATA.fullmatch(name))]
    for _, name in sorted(found):
        try:
            text = export.decoded(archive.read(name))
        except (EntryError, ExportError) as error:
            yield Problem(name, str(error))
            continue
        folder = name.rpartition("/")[0]
        for number, record in enumerate(objects.records(text), 1):
            place = f"{name}, record {number}"
            if isinstance(record, objects.Broken):
                yield Problem(place, record.reason)
            elif not isinstance(record, Mapping):
                yield Problem(place, "not a record")
            else:
                yield from _record(export, archive, folder, Fields(record, place))


def _record(export: Export, archive: Archive, folder: str, fields: Fields) -> Iterator[Item | Problem]:
    state, title = fields.text("state").casefold(), fields.text("title")
    if state == "deleted":
        yield Problem(fields.place, "deleted in Omnivore", "skipped")
        return
    slug = fields.text("slug")
    body = _body(archive, f"{folder}/" if folder else "", slug, fields)
    highlights, note = _highlights(export, archive, f"{folder}/" if folder else "", slug, fields)
    address = fields.text("url")
    url, fault = (None, "") if _NO_URL.match(address) else fields.address("url")
    if url is None and not (body or highlights or note):
        yield Problem(fields.place, fault or "no URL")
        return
    if fault and address:
        fields.warn(fault)
    archived, progress = state == "archived", values.share(fields.get("readingProgress"), 100)
    added, number = fields.time("savedAt"), fields.text("id")
    yield Item(
        place=fields.place,
        title=title,
        url=url,
        author=fields.text("author") or None,
        published=values.published(fields.get("publishedAt")),
        tags=values.tags(fields.texts("labels")),
        state="read" if archived or progress >= 1 else "reading" if progress > 0 else "unread",
        archived=archived,
        progress=progress,
        added=added,
        note=note,
        body=body,
        highlights=highlights,
        origin=f"{NAME}:{number or slug or url}",
        extra=fields.rest() | ({"url": address} if url is None and address else {}),
    )
    yield from fields.problems()


def _body(archive: Archive, folder: str, slug: str, fields: Fields) -> Body | None:
    """The text of the record; without one it is a link."""
    html, pdf = f"{folder}content/{slug}.html", f"{folder}content/{slug}.pdf"
    try:
        if pdf in archive:
            return Body(archive.read(pdf), "pdf")
        if html in archive and (data := archive.read(html)).strip():
            return Body(data, "extracted")
    except EntryError as error:
        fields.warn(str(error))
    return None


def _highlights(
    export: Export, archive: Archive, folder: str, slug: str, fields: Fields
) -> tuple[tuple[Marked, ...], str]:
    name = f"{folder}highlights/{slug}.md"
    if name not in archive:
        return (), ""
    try:
        text = export.decoded(archive.read(name))
    except (EntryError, ExportError) as error:
        fields.warn(str(error))
        return (), ""
    return read_highlights(text)


@dataclass(slots=True)
class _Passage:
    quote: list[str]
    tags: tuple[str, ...] = ()
    note: list[str] = field(default_factory=list)

    def marked(self) -> Marked:
        return Marked("\n\n".join(self.quote), "\n\n".join(self.note), tags=self.tags)


def read_highlights(text: str) -> tuple[tuple[Marked, ...], str]:
    """The highlights in a highlight file, and what stands before them: the note on the article.

    A note that holds a line behind ``>`` comes out as a highlight of its own: the file does not tell them apart.
    """
    lead: list[str] = []
    passages: list[_Passage] = []
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").lstrip("\ufeff")):
        block = block.strip("\n").rstrip()
        if not block.strip():
            continue
        if block.startswith(">"):
            passages.append(_Passage(_paragraphs(block)))
        elif not passages:
            lead.append(block)
        elif not passages[-1].tags and not passages[-1].note and _LABELS.fullmatch(block):
            passages[-1].tags = values.tags(block.split())
        else:
            passages[-1].note.append(block)
    return tuple(passage.marked() for passage in passages if any(passage.quote)), "\n\n".join(lead)


def _paragraphs(block: str) -> list[str]:
    """The paragraphs of a quote: a line behind ``>`` begins one, others go on with it."""
    paragraphs: list[list[str]] = []
    for line in block.splitlines():
        if line.startswith(">") or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(line.lstrip("> ").rstrip())
    return [text for lines in paragraphs if (text := "\n".join(filter(None, lines)))]
