"""Adding articles: from files, folders and standard input into the library, as a stream of events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as fields_of
from pathlib import Path
from time import monotonic
from typing import Any

from reader.domain.article import Draft
from reader.domain.change import Outcome
from reader.domain.document import DocumentBuilder
from reader.domain.identity import url_key
from reader.ingest import IngestError, Kind, Sandbox, open_source, read
from reader.ingest.intake import readable
from reader.jobs.walk import walk

BATCH = 32
PATIENCE = (
    0.5  # seconds after which a batch is stored though it is not full, so that slow files show progress
)

Store = Callable[[Sequence[Draft]], list[Outcome]]
"""Stores a batch in one transaction; what it returned is on the disk."""


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to be read: of the file *path*, or *data* from elsewhere. ``name`` is what people call it."""

    name: str
    path: Path | None = None
    data: bytes = b""

    @property
    def file_name(self) -> str:
        return self.path.name if self.path else ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the user says of the articles, which beats what they say of themselves. ``kind`` is how to read."""

    title: str | None = None
    author: str | None = None
    site: str | None = None
    url: str | None = None
    published: str | None = None
    kind: Kind | None = None

    def told(self, draft: Draft, name: str) -> Draft:
        """*draft*, read from a file called *name*, with what is known put into it."""
        said: dict[str, Any] = {
            field: value or None
            for field in ("author", "site", "url", "published")
            if (value := getattr(self, field)) is not None
        }
        if self.title:
            draft = replace(_with_first_line(draft, self.title, name), title=self.title)
        draft = replace(draft, **said)
        key = url_key(self.url) if self.url else None
        return replace(draft, keys=tuple(dict.fromkeys((f"url:{key}", *draft.keys)))) if key else draft


@dataclass(frozen=True, slots=True)
class Added:
    """*outcome* is committed: it survives whatever happens next."""

    source: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Skipped:
    source: str
    reason: str


Event = Added | Skipped


@dataclass(frozen=True, slots=True)
class Gathered:
    """What there is to add. ``passed_over`` counts files in folders whose kind is not read."""

    sources: tuple[Source, ...]
    passed_over: int
    skipped: tuple[Skipped, ...]


def gather(paths: Iterable[Path]) -> Gathered:
    """The files that *paths* name, folders walked. A path that does not exist fails when it is read."""
    sources: list[Source] = []
    skipped: list[Skipped] = []
    passed_over = 0
    for path in paths:
        if not path.is_dir():
            sources.append(Source(str(path), path))
            continue
        found = walk(path)
        sources += [Source(str(file), file) for file in found.files]
        skipped += [Skipped(str(place), reason) for place, reason in found.unreadable]
        passed_over += found.passed_over
    return Gathered(tuple(sources), passed_over, tuple(skipped))


def add(sources: Iterable[Source], store: Store, *, known: Known | None = None) -> Iterator[Event]:
    """Read *sources* and hand them to *store* in batches; each Added comes after its commit.

    What was committed stays when the caller stops half-way; the batch that was being read is dropped.
    """
    known = known or Known()
    batch: list[tuple[Source, Draft | Skipped]] = []
    begun = monotonic()
    with Sandbox() as sandbox:
        for source in sources:
            try:
                batch.append((source, known.told(_read(source, known, sandbox), source.file_name)))
            except IngestError as error:
                batch.append((source, Skipped(source.name, error.reason)))
            if len(batch) >= BATCH or monotonic() - begun > PATIENCE:
                yield from _stored(batch, store)
                batch, begun = [], monotonic()
        yield from _stored(batch, store)


def _read(source: Source, known: Known, sandbox: Sandbox) -> Draft:
    if source.path is None:
        return read(source.data, kind=known.kind, url=known.url, sandbox=sandbox)
    data = open_source(source.path)
    draft = read(data, name=source.file_name, kind=known.kind, url=known.url, sandbox=sandbox)
    return replace(draft, keys=(*draft.keys, f"file:{source.path.absolute()}"))


def _with_first_line(draft: Draft, title: str, name: str) -> Draft:
    """*draft* with the line that plain text gave up for a title, put back since *title* is the title now."""
    line, document = draft.title, draft.document
    if draft.media_type != "text/plain" or line in (title, readable(name)):
        return draft
    if not document.text.startswith(line.rstrip("…")):
        builder = DocumentBuilder()
        builder.add("para", line)
        for block in document.blocks:
            attributes = {field.name: getattr(block, field.name) for field in fields_of(block)}
            builder.add(attributes.pop("kind"), document.slice(attributes.pop("span")), **attributes)
        document = builder.build()
    return replace(draft, document=document)


def _stored(batch: Sequence[tuple[Source, Draft | Skipped]], store: Store) -> Iterator[Event]:
    outcomes = iter(store([one for _, one in batch if isinstance(one, Draft)]) if batch else ())
    for source, one in batch:
        yield one if isinstance(one, Skipped) else Added(source.name, next(outcomes))
