"""Highlights: make, list, change and remove them."""

from __future__ import annotations

from collections.abc import Sequence

import click

from reader.cli.base import CommandError, QueryCommand, ReaderCommand, Session, pass_session, query_argument
from reader.cli.choosing import chosen_one, named, query_of
from reader.cli.fields import colour_option, tags_of
from reader.cli.fields import tag as checked_tag
from reader.cli.output import Lit, out, out_json
from reader.cli.records import highlight_record
from reader.domain.anchor import anchor_of, occurrences
from reader.domain.article import Summary
from reader.domain.document import Document, Span
from reader.domain.highlight import Anchor, Colour, Highlight
from reader.domain.text import clean, clean_line
from reader.domain.unchanged import UNCHANGED

AROUND = 24


@click.command("highlight", cls=ReaderCommand)
@click.argument("article", metavar="ID")
@click.argument("text", metavar="TEXT")
@click.option(
    "--nth", type=click.IntRange(1), metavar="N", help="Which one, where the text occurs more than once."
)
@click.option("--after", metavar="TEXT", help="The first one behind this other text.")
@colour_option(default="yellow")
@click.option("--note", metavar="TEXT", default="", help="What you think of it.")
@click.option(
    "-t", "--tag", "tags", multiple=True, metavar="TAG", help="A tag for the highlight; repeatable."
)
@pass_session
def highlight(
    session: Session,
    article: str,
    text: str,
    nth: int | None,
    after: str | None,
    colour: Colour,
    note: str,
    tags: Sequence[str],
) -> None:
    """Highlight TEXT in an article and print the highlight's id.

    TEXT is as the article has it; quotes, dashes, case and white space may differ.
    """
    if nth and after is not None:
        raise click.UsageError("--nth and --after both say which one: give one of them")
    with session.writing() as library:
        document = library.articles.get(number := chosen_one(library, [article])).document
        anchor = place(document, text, nth=nth, after=after)
        made = library.highlights.add(number, anchor, colour=colour, note=clean(note), tags=tags_of(tags))
        out(str(made.id))


def place(document: Document, text: str, *, nth: int | None = None, after: str | None = None) -> Anchor:
    """The passage of *document* that *text* names; raises CommandError if it names none, or several.

    Where it stands letter by letter, places that differ in case or quotes do not count.
    """
    found = occurrences(document, text)
    found = [span for span in found if document.slice(span) == text.strip()] or found
    if not found:
        raise CommandError(f"not in the article: {_short(text)}")
    if after is not None:
        found = [span for span in found if span.start >= _end_of(document, after)][:1]
        if not found:
            raise CommandError(f"not behind {_short(after)}: {_short(text)}")
    if nth and nth > len(found):
        raise CommandError(f"occurs {_times(len(found))}, there is no number {nth}: {_short(text)}")
    if len(found) > 1 and not nth:
        raise CommandError(
            f"occurs {_times(len(found))}, choose with --nth 1 to {len(found)} or --after TEXT: "
            + " · ".join(
                f"{number} {_surrounded(document, span)}" for number, span in enumerate(found[:5], 1)
            )
        )
    anchor = anchor_of(document, found[(nth or 1) - 1])
    if anchor is None:
        raise CommandError("nothing visible is in that text")
    return anchor


def _end_of(document: Document, text: str) -> int:
    found = occurrences(document, text)
    if not found:
        raise CommandError(f"not in the article: {_short(text)}")
    return found[0].end


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _short(text: str) -> str:
    return f"“{clean_line(text, limit=80)}”"


def _surrounded(document: Document, span: Span) -> str:
    start, end = max(0, span.start - AROUND), span.end + AROUND
    return f"…{clean_line(document.text[start:end], limit=3 * AROUND)}…"


@click.command("highlights", cls=QueryCommand)
@query_argument(required=False)
@click.option("--json", "form", flag_value="json", help="One JSON array.")
@click.option("--jsonl", "form", flag_value="jsonl", help="One JSON object a line.")
@click.option("--markdown", "form", flag_value="markdown", help="Quotes under their articles' titles.")
@pass_session
def highlights(session: Session, words: tuple[str, ...], form: str | None) -> None:
    """List highlights, all or those that a query finds."""
    query = query_of(["id:" + ",".join(words)] if words and all(map(_is_id, words)) else words)
    with session.reading() as library:
        found = library.highlights.find(query)
        if form in ("json", "jsonl"):
            out_json(map(highlight_record, found), lines=form == "jsonl")
            return
        numbers = list(dict.fromkeys(one.article for one in found))
        articles = {summary.id: summary for summary in library.articles.summaries(numbers)}
    show = _as_markdown if form == "markdown" else _as_text
    previous = None
    for one in found:
        if one.article != previous and one.article in articles:
            _head(articles[one.article], markdown=form == "markdown", first=previous is None)
        previous = one.article
        show(one)


def _is_id(word: str) -> bool:
    return word.isascii() and word.isdigit()


def _head(article: Summary, *, markdown: bool, first: bool) -> None:
    if not first:
        out()
    if markdown:
        source = ", ".join(filter(None, (article.author, article.site, article.published)))
        out(f"# {_plain_markdown(article.title)}\n")
        if source or article.url:
            out(
                " · ".join(
                    filter(None, (_plain_markdown(source), f"<{article.url}>" if article.url else ""))
                ),
                "\n",
            )
        return
    out(Lit(str(article.id), "number"), " ", Lit(article.title, "strong"))


def _as_text(one: Highlight) -> None:
    place = "" if one.placement.status == "anchored" else f" · {one.placement.status}"
    out(
        "  ",
        Lit(f"{one.id}", "number"),
        " ",
        clean_line(one.anchor.exact, limit=100_000),
        Lit(f"  {one.colour}{place}", "quiet"),
    )
    if one.note:
        out("      ", clean_line(one.note, limit=100_000))
    if one.tags:
        out("      ", Lit(" ".join(f"#{tag}" for tag in one.tags), "tag"))


def _as_markdown(one: Highlight) -> None:
    out("> ", one.anchor.exact.replace("\n", "\n> "), "\n")
    below = [one.note] if one.note else []
    below += [" ".join("#" + tag.replace(" ", "-") for tag in one.tags)] if one.tags else []
    for paragraph in below:
        out(paragraph, "\n")


def _plain_markdown(text: str) -> str:
    """*text* with the signs escaped that would be markup inside a line."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#" else sign for sign in text)


@click.command("rehighlight", cls=ReaderCommand)
@click.argument("reference", metavar="H")
@colour_option()
@click.option("--note", metavar="TEXT", help="The note; empty to clear.")
@click.option("--tag", "tags", multiple=True, metavar="+TAG|-TAG", help="A tag to add or remove; repeatable.")
@click.option("--text", metavar="TEXT", help="The passage it should stand on, as in `highlight`.")
@pass_session
def rehighlight(
    session: Session,
    reference: str,
    colour: Colour | None,
    note: str | None,
    tags: Sequence[str],
    text: str | None,
) -> None:
    """Change a highlight. H is its number, or the short end of its uid."""
    if colour is None and note is None and not tags and text is None:
        raise click.UsageError("say what to change: --colour, --note, --tag or --text")
    with session.writing() as library:
        held = library.highlights.get(reference)
        anchor = place(library.articles.get(held.article).document, text) if text is not None else UNCHANGED
        library.highlights.edit(
            held.id,
            colour=colour or UNCHANGED,
            note=UNCHANGED if note is None else clean(note),
            tags_add=_signed(tags, "+"),
            tags_remove=_signed(tags, "-"),
            anchor=anchor,
        )
        out("changed ", str(held.id))


def _signed(tags: Sequence[str], sign: str) -> tuple[str, ...]:
    """The tags behind *sign*; one without any sign is to be added."""
    try:
        return tuple(checked_tag(tag) for tag in tags if (tag[:1] == "-") == (sign == "-"))
    except ValueError as error:
        raise click.UsageError(str(error)) from error


@click.command("unhighlight", cls=ReaderCommand)
@click.argument("references", nargs=-1, required=True, metavar="H…")
@pass_session
def unhighlight(session: Session, references: Sequence[str]) -> None:
    """Remove highlights; `reader undo` brings them back. H is a number, or the short end of a uid."""
    with session.writing() as library:
        held = [library.highlights.get(reference) for reference in references]
        library.highlights.remove([one.id for one in held])
        for one in held:
            out(f"removed {one.id} from {named(library, [one.article])}")
