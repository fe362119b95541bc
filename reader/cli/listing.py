"""`reader list`: articles in rows, in the user's own form, or as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from reader.cli.base import QueryCommand, Session, pass_session, query_argument
from reader.cli.choosing import query_of, spelled_out
from reader.cli.columns import rows
from reader.cli.output import err, out, out_json, width
from reader.cli.records import ARTICLE_KEYS, article_record
from reader.domain.patterns import lazy
from reader.domain.scope import ids_in
from reader.domain.text import clean_line

if TYPE_CHECKING:
    from reader.domain.summary import ArticleId, Summary
    from reader.storage.library import Library

CHUNK = 500
SORTS = ("added", "published", "title", "author", "words", "progress", "read")
_FIELD = lazy(r"\{(\w+)\}")
_ESCAPES = {"\\t": "\t", "\\n": "\n", "\\\\": "\\"}
_ESCAPE = lazy(r"\\[tn\\]")
_FORMULA = ("=", "+", "-", "@", "\t")


def _template(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    unknown = [name for name in _FIELD.findall(value or "") if name not in ARTICLE_KEYS]
    if unknown:
        raise click.BadParameter(f"no field is named {unknown[0]}: there are {', '.join(ARTICLE_KEYS)}")
    return value


@click.command("list", cls=QueryCommand)
@query_argument(required=False)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most this many.")
@click.option(
    "--sort",
    type=click.Choice([sign + key for key in SORTS for sign in ("", "-")]),
    metavar="KEY",
    help=f"{', '.join(SORTS)}; with - in front, the other way round.",
)
@click.option(
    "--format", "template", callback=_template, metavar="TEMPLATE", help="A line each, as '{id}\\t{title}'."
)
@click.option("--json", "form", flag_value="json", help="One JSON array.")
@click.option("--jsonl", "form", flag_value="jsonl", help="One JSON object a line.")
@click.option("--csv", "form", flag_value="csv", help="A table for spreadsheets.")
@pass_session
def list_articles(
    session: Session,
    words: tuple[str, ...],
    limit: int | None,
    sort: str | None,
    template: str | None,
    form: str | None,
) -> None:
    """List articles, newest first. Archived and trashed ones only if the query asks for them."""
    if template is not None and form is not None:
        raise click.UsageError(f"--format and --{form} are two forms: choose one")
    with session.reading() as library:
        numbers = _numbers(library, words, sort, limit)
        if form == "csv":
            _as_csv(_records(library, numbers))
        elif form is not None:
            out_json(_records(library, numbers), lines=form == "jsonl")
        elif template is not None:
            _as_told(template, _records(library, numbers))
        else:
            _as_rows(library, numbers)
            if words and not library.articles.summaries(numbers[:1]):
                err("nothing found")


def _numbers(
    library: Library, words: tuple[str, ...], sort: str | None, limit: int | None
) -> list[ArticleId]:
    """The articles to list: those of the IDs given, or what the query finds, in order."""
    if not words:
        return library.articles.order(sort=sort or SORTS[0], limit=limit)
    numbers = ids_in(words)
    if numbers is None:
        query = query_of([*words, f"sort:{sort}"] if sort else words)
        return library.articles.order(spelled_out(library, query), limit=limit)
    return list(numbers[:limit])


def _summaries(library: Library, numbers: Sequence[ArticleId]) -> Iterator[Summary]:
    for start in range(0, len(numbers), CHUNK):
        yield from library.articles.summaries(numbers[start : start + CHUNK])


def _records(library: Library, numbers: Sequence[ArticleId]) -> Iterator[dict[str, Any]]:
    for start in range(0, len(numbers), CHUNK):
        chunk = numbers[start : start + CHUNK]
        notes = library.articles.notes(chunk)
        for summary in library.articles.summaries(chunk):
            yield article_record(summary, notes.get(summary.id, ""))


def _as_rows(library: Library, numbers: Sequence[ArticleId]) -> None:
    columns = width()
    for start in range(0, len(numbers), CHUNK):
        for row in rows(list(_summaries(library, numbers[start : start + CHUNK])), columns):
            out(*row)


def _as_told(template: str, records: Iterator[dict[str, Any]]) -> None:
    text = _ESCAPE.sub(lambda found: _ESCAPES[found[0]], template)
    for record in records:
        out(_filled(text, record))


def _filled(text: str, record: dict[str, Any]) -> str:
    return _FIELD.sub(lambda found: _cell(record[found[1]]), text)


def _as_csv(records: Iterator[dict[str, Any]]) -> None:
    import csv
    import io

    def line(cells: Sequence[str]) -> str:
        text = io.StringIO()
        csv.writer(text, lineterminator="").writerow(cells)
        return text.getvalue()

    out(line(ARTICLE_KEYS))
    for record in records:
        out(line([_inert(_cell(record[key])) for key in ARTICLE_KEYS]))


def _cell(value: Any) -> str:
    """A value as one line of text; a list as its parts with commas between."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case dict():  # an article, and how similar it is
            return f"{value['id']} ({value['score']})"
        case list():
            return ", ".join(map(str, value))
        case _:
            return clean_line(str(value), limit=100_000)


def _inert(cell: str) -> str:
    """*cell* so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
