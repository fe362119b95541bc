"""The library, what a query finds, or some passages, in files for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, get_args

from reader.domain.article import Article, ArticleId, Summary
from reader.domain.highlight import Highlight
from reader.domain.query import Query
from reader.domain.whole import Whole
from reader.jobs.files import write_file, write_whole
from reader.storage.library import Library

if TYPE_CHECKING:
    from reader.domain.colours import Colour
    from reader.exchange.exports.epub import Book
    from reader.exchange.exports.markdown import Notes
    from reader.jobs.vault import Kept, Left, Written

CHUNK = 500

Format = Literal["jsonl", "markdown", "readwise", "webannotation", "csv", "html", "epub"]
FORMATS: tuple[Format, ...] = get_args(Format)
# Those in which the order by uid keeps the lines of what did not change together; the others are for people, who get
# the order of the query.
_BY_UID = ("jsonl", "markdown", "webannotation")
_TITLE = "Articles"


class LibraryFileError(Exception):
    """The file to be written is the library itself."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is exported. Of ``passages``, uids, only those go along; ``None`` = all of the articles. ``is_all`` says
    that it is the whole library, whose views and tombstones go along in jsonl."""

    articles: Sequence[ArticleId]
    passages: frozenset[str] | None = None
    is_all: bool = False


@dataclass(frozen=True, slots=True)
class Manner:
    """``texts`` is for jsonl, ``notes`` for markdown, ``title`` and ``meanings`` of colours for html and epub;
    ``advance`` is called for each article."""

    texts: bool = True
    title: str = ""
    notes: Notes | None = None
    meanings: Mapping[Colour, str] = field(default_factory=dict)
    advance: Callable[[], object] = lambda: None


USUAL = Manner()


# -- what is exported ----------------------------------------------------------------------------------------
def articles(library: Library, query: Query, form: Format) -> list[ArticleId]:
    """All that *query* finds outside the trash, in the order of the file.

    A whole library in jsonl has the trash too, so that nothing is missing from it.
    """
    found = library.articles.find(query, scope="all")
    if form == "jsonl" and query.root is None:
        found += library.articles.find(query, scope="trash")
    return ordered(library, found, form)


def passages(library: Library, query: Query, form: Format, today: date) -> Chosen:
    """The passages that *query* speaks of, as in the commonplace book, with their articles."""
    from reader.storage.commonplace import found

    entries = found(library, query, today)
    numbers = list(dict.fromkeys(entry.article.id for entry in entries))
    return Chosen(ordered(library, numbers, form), frozenset(entry.highlight.uid for entry in entries))


def ordered(library: Library, numbers: Sequence[ArticleId], form: Format) -> list[ArticleId]:
    if form not in _BY_UID:
        return list(numbers)
    return [summary.id for summary in sorted(_summaries(library, numbers), key=_by_uid)]


# -- files ---------------------------------------------------------------------------------------------------
def write(library: Library, chosen: Chosen, form: Format, path: Path, manner: Manner = USUAL) -> None:
    """Make the file *path*, whole or not at all. Raises OSError, TemplateFault, LibraryFileError."""
    if path.exists() and library.path.exists() and path.samefile(library.path):
        raise LibraryFileError(f"{path}: is the library itself: name another file")
    if form == "epub":
        write_file(path, partial(as_book, library, chosen, manner=manner))
    else:
        write_whole(path, pieces(library, chosen, form, manner))


def to_folder(
    library: Library, chosen: Chosen, folder: Path, manner: Manner = USUAL
) -> Iterator[Written | Kept | Left]:
    """A Markdown note for each article: see :mod:`reader.jobs.vault`."""
    from reader.jobs import vault

    return vault.to_folder(_whole(library, chosen, manner), folder, manner.notes)


def as_text(
    library: Library, numbers: Sequence[ArticleId], form: Format, *, is_all: bool = False, texts: bool = True
) -> Iterator[str]:
    """One file with all of the articles *numbers*, in pieces."""
    return pieces(library, Chosen(numbers, is_all=is_all), form, Manner(texts=texts))


def pieces(library: Library, chosen: Chosen, form: Format, manner: Manner = USUAL) -> Iterator[str]:
    """One file in any format that is text, in pieces: of all articles one at a time is in memory."""
    match form:
        case "jsonl":
            return (line + "\n" for line in _native(library, chosen, manner))
        case "markdown":
            return _notes(library, chosen, manner)
        case "readwise":
            return _readwise(library, chosen, manner)
        case "webannotation":
            return _annotations(library, chosen, manner)
        case "csv":
            return _table(library, chosen, manner)
        case "html":
            return _page(library, chosen, manner)
    raise ValueError(f"{form} is no text")


def as_book(library: Library, chosen: Chosen, file: BinaryIO, *, manner: Manner = USUAL) -> None:
    """Put an EPUB into *file*."""
    from reader.exchange.exports import epub
    from reader.render.annotated import UNTITLED, annotated

    chapters = (
        epub.Chapter(
            article.summary.title or UNTITLED,
            annotated(article, highlights, notes="endnotes", meanings=manner.meanings),
            article.summary.language or "",
        )
        for article, highlights in _whole(library, chosen, manner)
    )
    epub.write(file, _book(library, chosen, manner), chapters)


def loss(form: Format) -> str:
    """What one should know before one relies on a file of *form*; empty if there is nothing to say."""
    if form == "csv":
        from reader.exchange.exports.tables import LOSS

        return LOSS
    if form == "readwise":
        from reader.exchange.exports.readwise import LOSS

        return LOSS
    return ""


# -- formats -------------------------------------------------------------------------------------------------
def _native(library: Library, chosen: Chosen, manner: Manner) -> Iterator[str]:
    from reader.exchange.exports import jsonl

    yield jsonl.header(texts=manner.texts)
    yield from map(jsonl.tag, library.wholes.tags(chosen.articles))
    if chosen.is_all:
        yield from map(jsonl.view, library.wholes.views())
        yield from map(jsonl.purged, library.wholes.purged())
    for whole in _wholes(library, chosen, manner, texts=manner.texts):
        yield from jsonl.lines(whole)


def _notes(library: Library, chosen: Chosen, manner: Manner) -> Iterator[str]:
    from reader.exchange.exports.markdown import Notes

    notes = manner.notes or Notes()
    for article, highlights in _whole(library, chosen, manner):
        yield notes.note(article, highlights) + "\n"


def _readwise(library: Library, chosen: Chosen, manner: Manner) -> Iterator[str]:
    from reader.exchange.exports import readwise

    yield readwise.header()
    for whole in _wholes(library, chosen, manner, texts=False):
        yield from (readwise.passage(whole, one) for one in whole.highlights)


def _annotations(library: Library, chosen: Chosen, manner: Manner) -> Iterator[str]:
    from reader.exchange.exports import webannotation

    yield webannotation.OPENING
    lead = "\n"
    for article, highlights in _whole(library, _with_something(library, chosen), manner):
        for annotation in webannotation.said_of(article, highlights):
            yield lead + annotation
            lead = ",\n"
    yield webannotation.END


def _table(library: Library, chosen: Chosen, manner: Manner) -> Iterator[str]:
    """A row an article, or, of passages, a row each."""
    from reader.exchange.exports import tables

    if chosen.passages is not None:
        yield tables.row(tables.PASSAGES)
        for whole in _wholes(library, chosen, manner, texts=False):
            yield from (tables.passage(whole, one) for one in whole.highlights)
        return
    yield tables.row(tables.ARTICLES)
    for at in range(0, len(chosen.articles), CHUNK):
        some = chosen.articles[at : at + CHUNK]
        summaries = {summary.uid: summary for summary in library.articles.summaries(some)}
        for whole in _wholes(library, replace(chosen, articles=some), manner, texts=False):
            if whole.uid in summaries:  # else it came or went meanwhile
                yield tables.article(summaries[whole.uid], whole)


def _page(library: Library, chosen: Chosen, manner: Manner) -> Iterator[str]:
    from reader.exchange.exports import page
    from reader.render.annotated import annotated, language

    title, count = _title(library, chosen, manner), len(chosen.articles)
    yield page.opening(title)
    if count != 1:
        passages = sum(summary.highlights for summary in _summaries(library, chosen.articles))
        yield page.contents_begin(title, count, passages if chosen.passages is None else len(chosen.passages))
        for summary in _summaries(library, chosen.articles):
            yield page.contents_line(summary, summary.highlights if chosen.passages is None else 0)
        yield page.CONTENTS_END if count else ""
    for article, highlights in _whole(library, chosen, manner):
        prefix = f"{page.article_id(article.summary)}-"
        inside = annotated(
            article, highlights, notes="asides", prefix=prefix, top=1 if count == 1 else 2,
            meanings=manner.meanings,
        )  # fmt: skip
        yield page.article(article.summary, inside, is_alone=count == 1, language=language(article))
    yield page.END


def _book(library: Library, chosen: Chosen, manner: Manner) -> Book:
    from reader.exchange.exports.epub import Book

    summaries = list(_summaries(library, chosen.articles))
    changes: list[datetime] = []
    for whole in library.wholes.all(chosen.articles, texts=False):
        stamps = (whole.changed, *(one.changed for one in whole.highlights))
        changes += [max(moment for moment in stamps if moment)] if any(stamps) else []
    return Book(
        _title(library, chosen, manner),
        [summary.uid for summary in summaries],
        list(dict.fromkeys(summary.author for summary in summaries if summary.author)),
        [summary.language for summary in summaries if summary.language],
        max(changes, default=None),
    )


def _title(library: Library, chosen: Chosen, manner: Manner) -> str:
    if len(chosen.articles) == 1:
        return library.articles.summary(chosen.articles[0]).title
    return manner.title or _TITLE


# -- reading -------------------------------------------------------------------------------------------------
def _whole(library: Library, chosen: Chosen, manner: Manner) -> Iterator[tuple[Article, list[Highlight]]]:
    for number in chosen.articles:
        highlights = library.highlights.of(number)
        yield (
            library.articles.get(number),
            [one for one in highlights if chosen.passages is None or one.uid in chosen.passages],
        )
        manner.advance()


def _wholes(library: Library, chosen: Chosen, manner: Manner, *, texts: bool) -> Iterator[Whole]:
    for whole in library.wholes.all(chosen.articles, texts=texts):
        if chosen.passages is None:
            yield whole
        else:
            kept = tuple(one for one in whole.highlights if one.uid in chosen.passages)
            yield replace(whole, highlights=kept)
        manner.advance()


def _with_something(library: Library, chosen: Chosen) -> Chosen:
    """Without the articles of which there is nothing to say but that they are there."""
    summaries = _summaries(library, chosen.articles)
    return replace(chosen, articles=[one.id for one in summaries if one.highlights or one.noted])


def _summaries(library: Library, numbers: Sequence[ArticleId]) -> Iterator[Summary]:
    starts = range(0, len(numbers), CHUNK)
    return chain.from_iterable(library.articles.summaries(numbers[at : at + CHUNK]) for at in starts)


def _by_uid(summary: Summary) -> str:
    return summary.uid
