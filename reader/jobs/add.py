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
from reader.domain.document import Document, DocumentBuilder
from reader.domain.identity import url_key
from reader.ingest import IngestError, Kind, Sandbox, open_source, read_all
from reader.ingest.intake import readable
from reader.jobs.exported import refuse_exports
from reader.jobs.walk import walk

BATCH = 32
BATCH_BYTES = 16 * 2**20  # of what drafts came from: a batch is held in memory, and books are large
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
    """What the user says of the articles, which beats what they say of themselves. ``kind`` is how to read, with
    *chapters* each chapter of a book for itself."""

    title: str | None = None
    author: str | None = None
    site: str | None = None
    url: str | None = None
    published: str | None = None
    kind: Kind | None = None
    chapters: bool = False

    def of_several(self) -> Known:
        """What can be said of each of several articles: they have titles and addresses of their own."""
        return replace(self, title=None, url=None)

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
    """*outcome* is committed: it survives whatever happens next. *remark* is what of the source was left out."""

    source: str
    outcome: Outcome
    remark: str = ""


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
    batch: list[_Read] = []
    begun = monotonic()
    with Sandbox() as sandbox:
        for source in sources:
            for read in _read(source, known, sandbox):
                batch.append(read)
                if len(batch) >= BATCH or monotonic() - begun > PATIENCE or _bytes(batch) > BATCH_BYTES:
                    yield from _stored(batch, store)
                    batch, begun = [], monotonic()
        yield from _stored(batch, store)


@dataclass(frozen=True, slots=True)
class _Read:
    source: Source
    found: Draft | Skipped
    remark: str = ""


def _bytes(batch: Sequence[_Read]) -> int:
    return sum(len(read.found.original) for read in batch if isinstance(read.found, Draft))


def _read(source: Source, known: Known, sandbox: Sandbox) -> Iterator[_Read]:
    """What is in *source*: one article, or those of a feed or of a book's chapters."""
    try:
        data = source.data if source.path is None else open_source(source.path)
        if known.kind is None:
            refuse_exports(data, source.file_name)
        drafts = read_all(
            data,
            name=source.file_name,
            kind=known.kind,
            url=known.url,
            sandbox=sandbox,
            chapters=known.chapters,
        )
    except IngestError as error:
        yield _Read(source, Skipped(source.name, error.reason))
        return
    is_one = "part" not in drafts[0].extra
    if known.title and not is_one and len(drafts) > 1:
        yield _Read(source, Skipped(source.name, f"it holds {len(drafts)} articles: a title names one"))
        return
    told = known if is_one or len(drafts) == 1 else known.of_several()
    for number, draft in enumerate(drafts):
        part = "" if is_one else f"#{draft.extra['part']}"
        keys = (f"file:{source.path.absolute()}{part}",) if source.path else ()
        draft = told.told(replace(draft, keys=(*draft.keys, *keys)), source.file_name)
        yield _Read(source, _as_link(draft), _left_out(draft) if number == 0 else "")


def _as_link(draft: Draft) -> Draft:
    """*draft*, or a link of which the text can be fetched if a feed had only a summary of it."""
    if not draft.extra.get("summary") or draft.url is None:
        return draft
    said = {"description": draft.document.text} if draft.document.text else {}
    return replace(draft, document=Document("", ()), original=b"", extra={**draft.extra, **said})


def _left_out(draft: Draft) -> str:
    """The chapters of a book that could not be read."""
    names = [str(name) for name in draft.extra.get("skipped", ())]
    if not names:
        return ""
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"not readable in it: {', '.join(names[:3])}{more}"


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


def _stored(batch: Sequence[_Read], store: Store) -> Iterator[Event]:
    outcomes = iter(store([read.found for read in batch if isinstance(read.found, Draft)]) if batch else ())
    for read in batch:
        if isinstance(read.found, Skipped):
            yield read.found
        else:
            yield Added(read.source.name, next(outcomes), read.remark)
