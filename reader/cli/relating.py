"""`reader related` and `reader stats`."""

from __future__ import annotations

from dataclasses import asdict

import click

from reader.cli.base import QueryCommand, ReaderCommand, Session, pass_session, query_argument
from reader.cli.choosing import chosen_one
from reader.cli.output import Lit, err, out, out_json
from reader.cli.records import article_record

LIMIT = 10


@click.command("related", cls=QueryCommand)
@query_argument(metavar="ID")
@click.option(
    "--limit", type=click.IntRange(1, 100), default=LIMIT, show_default=True, help="At most this many."
)
@click.option("--json", "form", flag_value="json", help="One JSON array.")
@click.option("--jsonl", "form", flag_value="jsonl", help="One JSON object a line.")
@pass_session
def related(session: Session, words: tuple[str, ...], limit: int, form: str | None) -> None:
    """List the articles most like one, best first.

    They share the words that are frequent in it and rare elsewhere. The trash is left out.
    """
    with session.reading() as library:
        hits = library.search.related(chosen_one(library, words), limit=limit)
        notes = library.articles.notes([hit.article.id for hit in hits]) if form else {}
    if form:
        records = (article_record(hit.article, notes.get(hit.article.id, "")) for hit in hits)
        out_json(records, lines=form == "jsonl")
        return
    for hit in hits:
        source = " · ".join(filter(None, (hit.article.site or hit.article.author, hit.article.published)))
        out(
            Lit(str(hit.article.id), "number"), " ", Lit(hit.article.title, "strong"),
            Lit(f"  {source}" if source else "", "quiet"),
        )  # fmt: skip
    if not hits:
        err("nothing is like it")


@click.command("stats", cls=ReaderCommand)
@click.option("--json", "as_json", is_flag=True, help="One JSON object in an array.")
@pass_session
def stats(session: Session, as_json: bool) -> None:
    """Show the library in figures."""
    from reader.storage.statistics import statistics

    with session.reading() as library:
        told = statistics(library.connection)
    if as_json:
        out_json([asdict(told)])
        return
    counts = told.counts
    figures = [
        ("articles", told.articles, f"{counts.inbox} in the inbox, {counts.archive} archived, {counts.trash} trashed"),
        ("unread", told.unread, f"{told.reading} begun, {told.read} read, {counts.starred} starred"),
        ("words", told.words, f"{told.words_read:,} read, {told.minutes:,} minutes in all"),
        ("highlights", told.highlights, f"{told.notes} notes"),
        ("tags", told.tags, ", ".join(f"{name} {number}" for name, number in told.top_tags)),
    ]  # fmt: skip
    digits = max(len(f"{number:,}") for _, number, _ in figures)
    for name, number, more in figures:
        out(f"{name:<10}  ", Lit(f"{number:>{digits},}", "number"), Lit(f"  {more}" if more else "", "quiet"))
    for title, top in (("sites", told.top_sites), ("authors", told.top_authors)):
        if top:
            out(f"{title:<10}  ", Lit(", ".join(f"{name} {number}" for name, number in top), "quiet"))
    for month in told.months:
        out(f"{month.name:<10}  ", Lit(f"{month.added} added, {month.finished} finished", "quiet"))
