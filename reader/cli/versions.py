"""`reader versions`: the texts that an article has had, how they differ, and going back to one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from reader.cli.base import QueryCommand, Session, pass_session, query_argument
from reader.cli.choosing import chosen_one, named
from reader.cli.output import Lit, Piece, err, has_colour, out, out_json
from reader.cli.records import iso
from reader.domain.version import Version, highlights_in_words, in_words

if TYPE_CHECKING:
    from reader.domain.summary import ArticleId
    from reader.storage.library import Library

MOST_COMPARED = 2
COMPARED = "reader.compared"  # where the numbers behind --diff are kept while click parses the rest


class VersionsCommand(QueryCommand):
    """``--diff`` takes none, one or two numbers, which click cannot: they are taken out before it looks.

    A number too many is the article's, so that the option may stand in front.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if "--diff" in args:
            place = args.index("--diff") + 1
            words = [word for word in args[:place] if not word.startswith("-")]
            numbers = list(islice(_numbers(args[place:]), MOST_COMPARED + 1))
            if not words and len(args) == place + len(numbers):
                numbers = numbers[:-1]
            numbers = numbers[:MOST_COMPARED]
            del args[place : place + len(numbers)]
            ctx.meta[COMPARED] = tuple(numbers)
        return super().parse_args(ctx, args)


def _numbers(words: Sequence[str]) -> Iterator[int]:
    for word in words:
        if not (word.isascii() and word.isdigit()):
            return
        yield int(word[:9])


@click.command("versions", cls=VersionsCommand)
@query_argument(metavar="ID")
@click.option(
    "--diff",
    is_flag=True,
    help="What changed, word by word: from the version before to the current one; from version N to the "
    "current one; from N to M. Written `--diff`, `--diff N` or `--diff N M`.",
)
@click.option(
    "--use",
    type=click.IntRange(1),
    metavar="N",
    help="Make version N the article's text, until its source says something new.",
)
@click.option(
    "--of",
    "into",
    type=click.IntRange(1),
    metavar="OTHER",
    help="Make the article a version of OTHER: that one takes over its tags, note, star, highlights and address, and "
    "this one goes to the trash.",
)
@click.option(
    "--not-of",
    "apart",
    type=click.IntRange(1),
    metavar="OTHER",
    help="Say that the article is not OTHER: that they are similar is told no more.",
)
@click.option("--json", "form", flag_value="json", help="One JSON array.")
@click.option("--jsonl", "form", flag_value="jsonl", help="One JSON object a line.")
@click.pass_context
@pass_session
def versions(
    session: Session,
    context: click.Context,
    words: tuple[str, ...],
    diff: bool,
    use: int | None,
    into: int | None,
    apart: int | None,
    form: str | None,
) -> None:
    """List, compare and use the versions of an article's text.

    A version comes about when an article is added again with other words. For each one it is told how many
    highlights have a place in it, how many would have to be reviewed, and how many would have none.
    """
    if sum(number is not None for number in (use, into, apart)) > 1:
        raise click.UsageError("--use, --of and --not-of are three things: one at a time")
    if use is not None or into is not None or apart is not None:
        if diff or form:
            option = "--use" if use is not None else "--of" if into is not None else "--not-of"
            raise click.UsageError(f"{option} changes the text: compare or list in a command of its own")
        if use is not None:
            _use(session, words, use)
        elif into is not None:
            _join(session, words, into)
        elif apart is not None:
            _tell_apart(session, words, apart)
        return
    with session.reading() as library:
        article = chosen_one(library, words)
        if diff:
            _compare(library, article, context.meta[COMPARED], form)
        else:
            _list(library, article, form)


def _use(session: Session, words: Sequence[str], number: int) -> None:
    with session.writing() as library:
        article = chosen_one(library, words)
        switch = library.versions.use(article, number)
        if switch.history is None:
            err("nothing to change: ", f"version {number} is the text already")
            return
        out(f"version {number} is the text of {named(library, [article])}")
        if told := highlights_in_words(switch.placed, switch.review, switch.orphan):
            out(told)


def _join(session: Session, words: Sequence[str], into: int) -> None:
    from reader.domain.article import ArticleId

    with session.writing() as library:
        article = chosen_one(library, words)
        what = named(library, [article])
        switch = library.duplicates.join(article, ArticleId(into))
        out(
            f"{what} is a version of {named(library, [ArticleId(into)])}, whose text is version {switch.version}"
        )
        if told := highlights_in_words(switch.placed, switch.review, switch.orphan):
            out(told)


def _tell_apart(session: Session, words: Sequence[str], other: int) -> None:
    from reader.domain.article import ArticleId

    with session.writing() as library:
        article = chosen_one(library, words)
        change = library.duplicates.settle(article, ArticleId(other))
        if change.history is None:
            err("nothing to change: ", f"nothing says that {article} is similar to {other}")
        else:
            out(f"{article} and {other} are two articles")


# --- the list ------------------------------------------------------------------------------------------------


def _list(library: Library, article: ArticleId, form: str | None) -> None:
    found = library.versions.of(article)
    counted = ((version, _counts(library, article, version)) for version in found)
    if form is not None:
        out_json((_record(version, counts) for version, counts in counted), lines=form == "jsonl")
        return
    digits = len(str(found[0].number))
    widest = max(len(f"{version.words:,}") for version in found)
    for version, counts in counted:
        when = version.made.astimezone().strftime("%Y-%m-%d %H:%M")
        out(
            Lit(f"{version.number:>{digits}}", "number"), "  ", Lit(when, "quiet"),
            f"  {version.words:>{widest},} word{'s' if version.words != 1 else ' '}",
            *_remarks(version, counts),
        )  # fmt: skip


def _remarks(version: Version, counts: tuple[int, int, int]) -> list[Piece]:
    pieces: list[Piece] = ["  ", Lit("current", "good")] if version.current else []
    told = in_words(*counts)
    return [*pieces, "  ", Lit(told, "quiet")] if told else pieces


def _counts(library: Library, article: ArticleId, version: Version) -> tuple[int, int, int]:
    """How many highlights are placed in *version*, how many to review there, and how many without a place."""
    statuses = [placement.status for _, placement in library.versions.placements(article, version.number)]
    return statuses.count("anchored"), statuses.count("review"), statuses.count("orphan")


def _record(version: Version, counts: tuple[int, int, int]) -> dict[str, Any]:
    anchored, review, orphan = counts
    return {
        "version": version.number, "made": iso(version.made), "words": version.words, "title": version.title,
        "current": version.current, "anchored": anchored, "review": review, "orphan": orphan,
    }  # fmt: skip


# --- comparing -----------------------------------------------------------------------------------------------


def _compare(library: Library, article: ArticleId, numbers: Sequence[int], form: str | None) -> None:
    from reader.domain.difference import difference

    old, new = _compared(library.versions.of(article), numbers)
    before = library.versions.document(article, old).text
    after = library.versions.document(article, new).text
    pieces = difference(before, after)
    texts = [(before if piece.kind == "removed" else after) for piece in pieces]
    spans = [(piece.old if piece.kind == "removed" else piece.new) for piece in pieces]
    shown = [(piece, text[slice(*span)]) for piece, text, span in zip(pieces, texts, spans, strict=True)]
    if form is not None:
        out_json(
            (
                {"kind": piece.kind, "text": text, "old": list(piece.old), "new": list(piece.new)}
                for piece, text in shown
            ),
            lines=form == "jsonl",
        )
        return
    if before == after:
        err(
            f"versions {old} and {new} have the same words"
            if old != new
            else f"only version {old}: nothing to compare"
        )
        return
    out(*(_marked(piece.kind, text) for piece, text in shown))


def _compared(versions: Sequence[Version], numbers: Sequence[int]) -> tuple[int, int]:
    """Which versions are meant; the storage says so if there is no such one."""
    current = next((version.number for version in versions if version.current), versions[0].number)
    match numbers:
        case [old, new]:
            return old, new
        case [old]:
            return old, current
    older = (version.number for version in versions if version.number < current)
    return next(older, current), current


def _marked(kind: str, text: str) -> Piece:
    """Colours where the stream has them, else the signs that wdiff made usual."""
    import sys

    if kind == "same":
        return text
    if has_colour(sys.stdout):
        return Lit(text, "removed" if kind == "removed" else "added")
    return f"[-{text}-]" if kind == "removed" else f"{{+{text}+}}"
