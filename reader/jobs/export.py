"""The library, or what a query finds, in files for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reader.domain.article import Article, ArticleId, Summary
from reader.domain.highlight import Highlight
from reader.domain.query import Query
from reader.exchange.exports import jsonl, markdown
from reader.jobs.files import write_whole
from reader.storage.library import Library

CHUNK = 500

Format = Literal["jsonl", "markdown"]


@dataclass(frozen=True, slots=True)
class Written:
    """A file that an article is in now; ``changed`` is false if it said that already."""

    path: Path
    changed: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was left alone, and why."""

    path: Path
    reason: str


def articles(library: Library, query: Query, form: Format) -> list[ArticleId]:
    """What is exported, in the order of the file: all that *query* finds outside the trash.

    A whole library in jsonl has the trash too, so that nothing is missing from it.
    """
    found = library.articles.find(query, scope="all")
    if form == "jsonl" and query.root is None:
        found += library.articles.find(query, scope="trash")
    return [summary.id for summary in sorted(_summaries(library, found), key=_by_uid)]


def as_text(
    library: Library,
    numbers: Sequence[ArticleId],
    form: Format,
    *,
    is_all: bool = False,
    texts: bool = True,
) -> Iterator[str]:
    """One file with all articles, in pieces.

    In jsonl *is_all* says that *numbers* are the whole library, whose views and tombstones go along then; without
    *texts* it is far smaller, and says that it is not all.
    """
    if form == "jsonl":
        for line in _native(library, numbers, is_all=is_all, texts=texts):
            yield line + "\n"
    else:
        for article, highlights in _whole(library, numbers):
            yield markdown.note(article, highlights) + "\n"


def _native(
    library: Library, numbers: Sequence[ArticleId], *, is_all: bool, texts: bool
) -> Iterator[str]:
    yield jsonl.header(texts=texts)
    yield from map(jsonl.tag, library.wholes.tags(numbers))
    if is_all:
        yield from map(jsonl.view, library.wholes.views())
        yield from map(jsonl.purged, library.wholes.purged())
    for whole in library.wholes.all(numbers, texts=texts):
        yield from jsonl.lines(whole)


def to_folder(library: Library, numbers: Iterable[ArticleId], folder: Path) -> Iterator[Written | Kept]:
    """A Markdown note for each article in *folder*; notes that are there are brought up to date.

    A file about something else is never touched: the article gets a name of its own then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    for article, highlights in _whole(library, numbers):
        path = _free_path(folder, article.summary, taken)
        taken.add(path.name.casefold())
        yield _note(path, article, highlights)


def _note(path: Path, article: Article, highlights: list[Highlight]) -> Written | Kept:
    held = _held(path)
    if held is None:
        write_whole(path, [markdown.note(article, highlights)])
        return Written(path, changed=True)
    text = markdown.renewed(held, article, highlights)
    if text is None:
        return Kept(path, "this note is about something else")
    if text != held:
        write_whole(path, [text])
    return Written(path, changed=text != held)


def _free_path(folder: Path, summary: Summary, taken: set[str]) -> Path:
    """The article's note: under its plain title, or with its uid where that is another article's."""
    name = f"{markdown.file_name(summary)}.md"
    plain = folder / name
    if name != ".md" and name.casefold() not in taken:
        held = _held(plain)
        if held is None or markdown.is_about(held, summary):
            return plain
    return folder / f"{markdown.distinct_name(summary)}.md"


def _held(path: Path) -> str | None:
    try:
        return path.read_text("utf-8", "replace")
    except FileNotFoundError:
        return None


def _whole(library: Library, numbers: Iterable[ArticleId]) -> Iterator[tuple[Article, list[Highlight]]]:
    for number in numbers:
        yield library.articles.get(number), library.highlights.of(number)


def _summaries(library: Library, numbers: list[ArticleId]) -> Iterator[Summary]:
    for start in range(0, len(numbers), CHUNK):
        yield from library.articles.summaries(numbers[start : start + CHUNK])


def _by_uid(summary: Summary) -> str:
    return summary.uid
