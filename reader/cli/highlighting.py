"""Highlights: make, change and remove them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import click

from reader.cli.base import CommandError, ReaderCommand, Session, pass_session
from reader.cli.choosing import chosen_one, named
from reader.cli.fields import colour_option, tags_of
from reader.cli.fields import tag as checked_tag
from reader.cli.output import out
from reader.cli.references import bare
from reader.domain.anchor import anchor_of, occurrences
from reader.domain.document import Document, Span
from reader.domain.highlight import Anchor, Colour, Highlight
from reader.domain.text import clean, clean_line
from reader.domain.unchanged import UNCHANGED

if TYPE_CHECKING:
    from reader.storage.library import Library

AROUND = 24

_nth_option = click.option(
    "--nth", type=click.IntRange(1), metavar="N", help="Which one, where the text occurs more than once."
)
_after_option = click.option("--after", metavar="TEXT", help="The first one behind this other text.")


@click.command("highlight", cls=ReaderCommand)
@click.argument("article", metavar="ID")
@click.argument("text", metavar="TEXT")
@_nth_option
@_after_option
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
    with session.writing() as library:
        document = library.articles.get(number := chosen_one(library, [article])).document
        anchor = place(document, text, nth=nth, after=after)
        made = library.highlights.add(number, anchor, colour=colour, note=clean(note), tags=tags_of(tags))
        out(str(made.id))


def place(document: Document, text: str, *, nth: int | None = None, after: str | None = None) -> Anchor:
    """The passage of *document* that *text* names; raises CommandError if it names none, or several.

    Where it stands letter by letter, places that differ in case or quotes do not count.
    """
    if nth and after is not None:
        raise click.UsageError("--nth and --after both say which one: give one of them")
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


@click.command("rehighlight", cls=ReaderCommand)
@click.argument("reference", metavar="H")
@colour_option()
@click.option("--note", metavar="TEXT", help="The note; empty to clear.")
@click.option("--tag", "tags", multiple=True, metavar="+TAG|-TAG", help="A tag to add or remove; repeatable.")
@click.option("--text", metavar="TEXT", help="The passage it should stand on, as in `highlight`.")
@_nth_option
@_after_option
@click.option("--accept", "answer", flag_value="accept", help="Yes, the place to review is the right one.")
@click.option(
    "--refuse", "answer", flag_value="refuse", help="No, it is not there, as long as the text is this."
)
@pass_session
def rehighlight(
    session: Session,
    reference: str,
    colour: Colour | None,
    note: str | None,
    tags: Sequence[str],
    text: str | None,
    nth: int | None,
    after: str | None,
    answer: Literal["accept", "refuse"] | None,
) -> None:
    """Change a highlight. H is its number, or the short end of its uid.

    When the text has changed, `--text` puts it on the right words by hand; `--accept` and `--refuse` answer
    for one that `reader highlights` shows as `review`.
    """
    changes = not (colour is None and note is None and not tags and text is None)
    if answer and changes:
        raise click.UsageError(f"--{answer} stands alone")
    if text is None and (nth or after is not None):
        raise click.UsageError("--nth and --after choose among the places of --text")
    if not answer and not changes:
        raise click.UsageError("say what to change: --colour, --note, --tag, --text, --accept or --refuse")
    with session.writing() as library:
        held = library.highlights.get(bare(reference))
        if answer:
            _answer(library, held, answer)
            return
        document = library.articles.get(held.article).document if text is not None else None
        anchor = place(document, text, nth=nth, after=after) if document and text is not None else UNCHANGED
        library.highlights.edit(
            held.id,
            colour=colour or UNCHANGED,
            note=UNCHANGED if note is None else clean(note),
            tags_add=_signed(tags, "+"),
            tags_remove=_signed(tags, "-"),
            anchor=anchor,
        )
        out("changed ", str(held.id))


def _answer(library: Library, held: Highlight, answer: Literal["accept", "refuse"]) -> None:
    highlights = library.highlights
    change = highlights.accept([held.id]) if answer == "accept" else highlights.refuse([held.id])
    if change.history is None:
        raise CommandError(", ".join(change.skipped) or f"highlight {held.id} is as it was")
    out("accepted " if answer == "accept" else "refused ", str(held.id))


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
        held = list(dict.fromkeys(library.highlights.get(bare(reference)) for reference in references))
        library.highlights.remove([one.id for one in held])
        for one in held:
            out(f"removed {one.id} from {named(library, [one.article])}")
