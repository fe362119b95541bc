"""`reader search`: ranked hits with the places that hold the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from reader.cli.base import QueryCommand, Session, pass_session, query_argument
from reader.cli.choosing import query_of, spelled_out
from reader.cli.output import Lit, Piece, err, out, out_json
from reader.cli.records import article_record
from reader.domain.lighting import lit

if TYPE_CHECKING:
    from reader.domain.passage import Hit, Offer, Passage
    from reader.domain.query import Query
    from reader.domain.span import Span
    from reader.domain.summary import Summary
    from reader.storage.library import Library

LIMIT = 50
PASSAGES = 2
MANY = 1000  # offers are counted up to one more


@click.command("search", cls=QueryCommand)
@query_argument()
@click.option("--limit", type=click.IntRange(1), metavar="N", help=f"At most this many; {LIMIT} if not said.")
@click.option("--json", "form", flag_value="json", help="One JSON array.")
@click.option("--jsonl", "form", flag_value="jsonl", help="One JSON object a line.")
@click.option(
    "--explain", is_flag=True, help="Say how the query was read and is answered, and search nothing."
)
@pass_session
def search(
    session: Session, words: tuple[str, ...], limit: int | None, form: str | None, explain: bool
) -> None:
    """Search articles, notes and highlights, best match first.

    Looks in titles, authors, sites, tags, texts, highlights and notes.

    The archive is searched too, the trash only if the query says is:trashed.
    """
    asked = query_of(words)
    with session.reading() as library:
        if explain:
            out(str(library.search.explain(asked)))
            return
        query = spelled_out(library, asked)
        hits = library.search.ranked(query, limit=limit or query.limit or LIMIT)
        if form:
            out_json(_records(library, hits, query), lines=form == "jsonl")
            return
        for hit in hits:
            _show(hit.article, query, library.search.passages(hit.article.id, query, limit=PASSAGES))
        if not hits:
            err("nothing found")
            for offer in library.search.offers(asked):  # with the names of views, as they were typed
                _offer(offer)
        elif hits.newest is not None:
            err(f"very many articles match: of these the newest {hits.newest} were judged")
        if hits.newest_passages is not None:
            err(f"very many passages match: the newest {hits.newest_passages:,} were looked at")


def _offer(offer: Offer) -> None:
    say = "did you mean" if offer.instead else f"without {offer.changed}"
    number = f"{MANY}+" if offer.found > MANY else str(offer.found)
    found = f"{number} article{'s' * (number != '1')}"
    err(f"{say}: {offer.text} ({found})")


def _show(article: Summary, query: Query, passages: Sequence[Passage]) -> None:
    source = " · ".join(filter(None, (article.site or article.author, article.published)))
    out(
        Lit(str(article.id), "number"), " ", *_lit(article.title, tuple(lit(article.title, query)), bold=True),
        Lit(f"  {source}" if source else "", "quiet"),
    )  # fmt: skip
    for passage in passages:
        mark = "" if passage.source == "text" else f"{passage.source}: "
        out("    ", Lit(mark, "quiet"), *_lit(passage.snippet, passage.marks))


def _lit(text: str, marks: tuple[Span, ...], *, bold: bool = False) -> Iterator[Piece]:
    end = 0
    for mark in marks:
        yield _plain(text[end : mark.start], bold)
        yield Lit(text[mark.start : mark.end], "match")
        end = mark.end
    yield _plain(text[end:], bold)


def _plain(text: str, bold: bool) -> Piece:
    return Lit(text, "strong") if bold else text


def _records(library: Library, hits: list[Hit], query: Query) -> Iterator[dict[str, Any]]:
    notes = library.articles.notes([hit.article.id for hit in hits])
    for hit in hits:
        passages = library.search.passages(hit.article.id, query, limit=1)
        matches = library.search.matches(hit.article.id, query)
        yield article_record(hit.article, notes.get(hit.article.id, "")) | {
            "snippet": passages[0].snippet if passages else "",
            "matches": [
                {"start": match.start, "end": match.end, "source": match.source} for match in matches
            ],
        }
