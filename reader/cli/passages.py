"""`reader highlights`: passages as a list, as records, and as Markdown for one's own writing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from reader.cli.base import QueryCommand, Session, pass_session, query_argument
from reader.cli.choosing import query_of
from reader.cli.output import Lit, Role, out, out_json
from reader.cli.records import highlight_record
from reader.domain.scope import ids_in
from reader.domain.text import clean_line

if TYPE_CHECKING:
    from reader.domain.commonplace import Entry
    from reader.domain.highlight import Colour, Highlight, HighlightId, PlacementStatus
    from reader.domain.query import Query
    from reader.domain.summary import Summary
    from reader.storage.library import Library

LONGEST = 100_000
STATUS: Mapping[PlacementStatus, Role] = {"review": "match", "orphan": "bad"}


@click.command("highlights", cls=QueryCommand)
@query_argument(required=False)
@click.option("--json", "form", flag_value="json", help="One JSON array.")
@click.option("--jsonl", "form", flag_value="jsonl", help="One JSON object a line.")
@click.option("--markdown", "form", flag_value="markdown", help="Quotes with note, source and reference.")
@pass_session
def highlights(session: Session, words: tuple[str, ...], form: str | None) -> None:
    """List highlights, all or those that a query finds.

    Words, `note:`, `hl:`, `tag:` and `colour:` ask for the passages themselves, other fields for their articles;
    `is:review` and `is:orphan` for what was not found again for sure in a changed text, or not at all. In Markdown
    each passage has a reference, as [hl-1a2b3c4d], that `reader open` takes.
    """
    with session.reading() as library:
        found = _found(library, _query(words))
        if form in ("json", "jsonl"):
            out_json((highlight_record(one.highlight) for one in found), lines=form == "jsonl")
        elif form == "markdown":
            _print_markdown(session, library, found)
        else:
            _print_list(found, session.config.meanings)


def _query(words: Sequence[str]) -> Query:
    ids = ids_in(words)
    return query_of([f"id:{','.join(map(str, ids))}"] if ids else words)


def _found(library: Library, query: Query) -> list[Entry]:
    from reader.storage.commonplace import found

    return found(library, query, date.today())


def _by_article(found: Sequence[Entry]) -> Iterator[tuple[Summary, list[Entry]]]:
    """The passages under their articles, in the order in which both were found."""
    under: dict[int, list[Entry]] = {}
    for one in found:
        under.setdefault(one.article.id, []).append(one)
    for passages in under.values():
        yield passages[0].article, passages


def _print_list(found: Sequence[Entry], meanings: Mapping[Colour, str]) -> None:
    for number, (article, passages) in enumerate(_by_article(found)):
        out(*["\n"] * bool(number), Lit(str(article.id), "number"), " ", Lit(article.title, "strong"))
        for one in passages:
            _print(one.highlight, one.proposed, meanings.get(one.highlight.colour, ""))


def _print(one: Highlight, proposed: str, meaning: str) -> None:
    status = one.placement.status
    out(
        "  ",
        Lit(f"{one.id}", "number"),
        " ",
        clean_line(one.anchor.exact, limit=LONGEST),
        Lit(f"  {one.colour}{f' · {meaning}' if meaning else ''}", "quiet"),
        *([Lit(f" · {status}", STATUS[status])] if status in STATUS else []),
    )
    if proposed:
        out("      ", Lit("perhaps now: ", "quiet"), clean_line(proposed, limit=LONGEST))
    if one.note:
        out("      ", clean_line(one.note, limit=LONGEST))
    if one.tags:
        out("      ", Lit(" ".join(f"#{tag}" for tag in one.tags), "tag"))


def _print_markdown(session: Session, library: Library, found: Sequence[Entry]) -> None:
    from reader.domain.quoting import heading, passage
    from reader.storage.references import references

    names: Mapping[HighlightId, str] = references(library.connection, [one.highlight for one in found])
    style = session.config.citation
    for number, (article, passages) in enumerate(_by_article(found)):
        out(*["\n"] * bool(number), heading(article))
        for one in passages:
            reference = names[one.highlight.id]
            out("\n", passage(article, one.highlight, style=style, reference=reference))
