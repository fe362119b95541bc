"""`reader export`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.cli.base import QueryCommand, Session, pass_session, query_argument
from reader.cli.choosing import query_of
from reader.cli.output import err, out
from reader.domain.query import parse
from reader.domain.scope import ids_in

if TYPE_CHECKING:
    from reader.domain.article import ArticleId
    from reader.jobs.export import Format
    from reader.storage.library import Library


class ExportCommand(QueryCommand):
    """Its ``-o`` is a word of its own only, so that ``-opera`` stays a word of the query."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        spelled = ["--output" if word == "-o" else word for word in args[:end]]
        return super().parse_args(ctx, spelled + args[end:])


@click.command("export", cls=ExportCommand)
@query_argument(required=False)
@click.option("--to", "form", required=True, type=click.Choice(["jsonl", "markdown"]), help="The format.")
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="PATH",
    help="Also -o. A file; for markdown a folder of notes, one an article. Else it is printed.",
)  # fmt: skip
@click.option("--no-text", is_flag=True, help="jsonl without the articles' texts: smaller, and not all there is.")
@pass_session
def export(session: Session, words: tuple[str, ...], form: Format, output: Path | None, no_text: bool) -> int:
    """Write articles and highlights for other programs.

    jsonl holds everything but the history and the original files: `reader import reader FILE` makes the same
    library of it. Without a query the trash and the saved views are in it too. markdown makes notes that Obsidian reads; exported
    again, it keeps what you wrote around the marked block.
    """
    with session.reading() as library:
        numbers = _numbers(library, words, form)
        if output is None or str(output) == "-":
            _print(_text(library, words, numbers, form, no_text))
        elif form == "markdown":
            return _write_notes(library, numbers, output)
        else:
            _write_file(_text(library, words, numbers, form, no_text), len(numbers), output)
    return 0


def _numbers(library: Library, words: tuple[str, ...], form: Format) -> list[ArticleId]:
    from reader.jobs.export import articles

    ids = ids_in(words)
    query = parse(f"id:{','.join(map(str, ids))}") if ids else query_of(words)
    return articles(library, query, form)


def _text(
    library: Library, words: tuple[str, ...], numbers: list[ArticleId], form: Format, no_text: bool
) -> Iterator[str]:
    from reader.jobs.export import as_text

    return as_text(library, numbers, form, is_all=not words, texts=not no_text)


def _print(pieces: Iterator[str]) -> None:
    for text in pieces:
        out(text, end="")


def _write_file(pieces: Iterator[str], count: int, path: Path) -> None:
    from reader.jobs.files import write_whole

    write_whole(path, pieces)
    err(f"{count} article{'s' * (count != 1)} in {path}")


def _write_notes(library: Library, numbers: list[ArticleId], folder: Path) -> int:
    from reader.jobs.export import Kept, to_folder

    counts: Counter[str] = Counter()
    for event in to_folder(library, numbers, folder):
        if isinstance(event, Kept):
            counts["left alone"] += 1
            err(f"{event.path}: {event.reason}")
        else:
            counts["written" if event.changed else "unchanged"] += 1
    told = ", ".join(
        f"{counts[what]} {what}" for what in ("written", "unchanged", "left alone") if counts[what]
    )
    err(f"{folder}: {told or 'nothing to write'}")
    return 1 if counts["left alone"] else 0
