"""`reader export`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Literal

import click

from reader.cli.base import CommandError, QueryCommand, Session, pass_session, query_argument
from reader.cli.choosing import query_of, spelled_out
from reader.cli.output import err, is_terminal, out, out_bytes
from reader.cli.progress import counting
from reader.domain.query import parse
from reader.domain.scope import ids_in

if TYPE_CHECKING:
    from reader.exchange.exports.markdown import Notes
    from reader.jobs.export import Chosen, Format, Manner
    from reader.storage.library import Library

What = Literal["articles", "highlights"]
FORMATS = ("jsonl", "markdown", "readwise", "webannotation", "csv", "html", "epub")
NAMED = 20


class ExportCommand(QueryCommand):
    """Its ``-o`` is a word of its own only, so that ``-opera`` stays a word of the query."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        spelled = ["--output" if word == "-o" else word for word in args[:end]]
        return super().parse_args(ctx, spelled + args[end:])


@click.command("export", cls=ExportCommand)
@query_argument(required=False)
@click.option("--to", "form", required=True, type=click.Choice(FORMATS), help="The format.")
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="PATH",
    help="Also -o. A file; for markdown a folder of notes, one an article. Else it is printed.",
)  # fmt: skip
@click.option(
    "--of", "what", type=click.Choice(["articles", "highlights"]), default="articles",
    help="What the query finds: articles with all their highlights, or single ones, as `reader highlights` does.",
)  # fmt: skip
@click.option(
    "--no-text", is_flag=True, help="jsonl without the articles' texts: smaller, and not all there is."
)
@click.option(
    "--template", type=click.Path(path_type=Path), metavar="FILE",
    help="For markdown: what a note looks like, in Jinja. Else [export] template, or our own.",
)  # fmt: skip
@click.option("--colours", is_flag=True, help="For markdown: passages marked in their colours.")
@pass_session
def export(
    session: Session, words: tuple[str, ...], form: Format, output: Path | None, what: What,
    no_text: bool, template: Path | None, colours: bool,
) -> int:  # fmt: skip
    """Write articles and highlights for other programs.

    jsonl holds everything but the history and the original files: `reader import reader FILE` makes the same library
    of it. Without a query the trash and the saved views are in it too.

    markdown makes notes that Obsidian reads; exported again into the same folder, it writes what has changed, keeps
    what you wrote around the marked block, and deletes nothing. html is one page and epub one book to read
    elsewhere, with highlights and notes. webannotation, readwise and csv are for other programs and spreadsheets; csv
    has a row an article, with --of highlights a row a highlight.
    """
    _check(form, no_text=no_text, template=template, colours=colours)
    is_printed = output is None or str(output) == "-"
    if is_printed and form == "epub" and is_terminal(sys.stdout):
        raise click.UsageError("epub is no text for a terminal: name a file, as in -o book.epub")
    from reader.exchange.exports.template import TemplateFault
    from reader.jobs.export import LibraryFileError

    try:
        notes = _notes(session, template, colours=colours) if form == "markdown" else None
        with session.reading() as library:
            chosen = _chosen(library, words, form, what)
            # Nothing is counted among what is printed.
            total = 0 if is_printed and is_terminal(sys.stdout) else len(chosen.articles)
            with counting("exporting", total) as advance:
                manner = _manner(session, words, notes, texts=not no_text, advance=advance)
                return _export(library, chosen, form, None if is_printed else output, manner)
    except (TemplateFault, LibraryFileError) as error:
        raise CommandError(str(error)) from error


def _check(form: Format, *, no_text: bool, template: Path | None, colours: bool) -> None:
    if no_text and form != "jsonl":
        raise click.UsageError("--no-text is for jsonl")
    if form != "markdown" and (template or colours):
        raise click.UsageError(f"{'--template' if template else '--colours'} is for markdown")


def _notes(session: Session, template: Path | None, *, colours: bool) -> Notes:
    from reader.exchange.exports.markdown import Notes
    from reader.exchange.exports.template import Look

    return Notes(Look.of(template or session.config.template), colours=colours)


def _manner(
    session: Session,
    words: tuple[str, ...],
    notes: Notes | None,
    *,
    texts: bool,
    advance: Callable[[], object],
) -> Manner:
    from reader.jobs.export import Manner

    return Manner(
        texts=texts,
        title="" if ids_in(words) else " ".join(words),
        notes=notes,
        meanings=session.config.meanings,
        advance=advance,
    )


def _chosen(library: Library, words: tuple[str, ...], form: Format, what: What) -> Chosen:
    from reader.jobs.export import Chosen, articles, passages

    ids = ids_in(words)
    query = parse(f"id:{','.join(map(str, ids))}") if ids else query_of(words)
    if what == "highlights":
        from datetime import date

        return passages(library, spelled_out(library, query), form, date.today())
    return Chosen(articles(library, query, form), is_all=not words)


def _export(library: Library, chosen: Chosen, form: Format, path: Path | None, manner: Manner) -> int:
    from reader.jobs.export import loss, write

    if told := loss(form):
        err(told)
    if path is None:
        _print(library, chosen, form, manner)
    elif form == "markdown" and (path.is_dir() or path.suffix != ".md"):
        return _write_notes(library, chosen, path, manner)
    else:
        write(library, chosen, form, path, manner)
        err(f"{_counted(chosen)} in {path}")
    return 0


def _print(library: Library, chosen: Chosen, form: Format, manner: Manner) -> None:
    from reader.jobs.export import as_book, pieces

    if form == "epub":
        with TemporaryFile() as book:
            as_book(library, chosen, book, manner=manner)
            book.seek(0)
            out_bytes(book)
    else:
        for text in pieces(library, chosen, form, manner):
            out(text, end="")
    if not chosen.articles:
        err("nothing to export: what was printed holds no article")


def _write_notes(library: Library, chosen: Chosen, folder: Path, manner: Manner) -> int:
    from reader.jobs.export import to_folder
    from reader.jobs.vault import Kept, Left

    counts: Counter[str] = Counter()
    for event in to_folder(library, chosen, folder, manner):
        match event:
            case Kept():
                counts["left alone"] += 1
                err(f"{event.path}: {event.reason}")
            case Left():
                counts["not in this export"] += 1
                if counts["not in this export"] <= NAMED:
                    err(f"{event.path}: its article is not in this export; the note stays as it was")
            case _:
                counts["written" if event.changed else "unchanged"] += 1
    told = ", ".join(
        f"{counts[what]:,} {what}"
        for what in ("written", "unchanged", "left alone", "not in this export")
        if counts[what]
    )
    err(f"{folder}: {told or 'nothing to write'}")
    return 1 if counts["left alone"] else 0


def _counted(chosen: Chosen) -> str:
    from reader.exchange.exports.counted import counted

    articles = counted(len(chosen.articles), "article")
    if chosen.passages is None:
        return articles
    return f"{counted(len(chosen.passages), 'highlight')} of {articles}"
