"""A version of a text beside another one: what differs, where the highlights are, and how that is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.domain.difference import Tally, difference, tally
from reader.domain.document import Document
from reader.domain.highlight import Highlight, Placement
from reader.domain.text import clean_line
from reader.domain.version import Version, highlights_in_words
from reader.render.difference import Merged, merged
from reader.render.lines import BLANK, Line, ornament
from reader.render.wrap import wrap
from reader.tui.widgets.bar import clipped

MOST_PASSAGES = 100
PASSAGE_LINES = 2
QUOTED = 300  # code points of a passage, more than fit on its lines

Placed = Sequence[tuple[Highlight, Placement]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``shown`` as it differs from ``other``: what is added is in ``shown`` alone. Without another version nothing
    is added or removed."""

    shown: Version
    other: Version | None
    merged: Merged
    tally: Tally
    document: Document
    placed: Placed


def compare(
    shown: Version, document: Document, other: Version | None, before: Document, placed: Placed
) -> Comparison:
    """Takes a second or two for texts of hundreds of thousands of words: no work for the thread that answers keys."""
    pieces = difference(before.text, document.text)
    return Comparison(
        shown,
        other,
        merged(before, document, pieces),
        tally(before.text, document.text, pieces),
        document,
        placed,
    )


def counts(placed: Placed) -> tuple[int, int, int]:
    """How many highlights are certain, how many to review, and how many have no place."""
    statuses = [placement.status for _, placement in placed]
    return statuses.count("anchored"), statuses.count("review"), statuses.count("orphan")


def head_lines(comparison: Comparison, width: int) -> list[Line]:
    """What stands above the text: which versions these are, how much differs, and which highlights moved."""
    lines = [
        BLANK,
        *_wrapped(comparison.shown.title, "byline", width),
        *_wrapped(_title(comparison), "title", width),
        *_wrapped(_amount(comparison), "byline", width),
    ]
    if highlights := highlights_in_words(*counts(comparison.placed)):
        lines += _wrapped(f"In this version, {highlights}", "byline", width)
    passages = [list(_passage(comparison.document, *pair, width)) for pair in comparison.placed]
    passages = [passage for passage in passages if passage]
    for passage in passages[:MOST_PASSAGES]:
        lines += passage
    if len(passages) > MOST_PASSAGES:
        lines.append(Line((ornament(clipped(f"and {len(passages) - MOST_PASSAGES} more", width), "byline"),)))
    return [*lines, Line((ornament("─" * width, "hairline"),)), BLANK]


def _title(comparison: Comparison) -> str:
    shown, other = comparison.shown, comparison.other
    if other is None:
        return f"Version {shown.number}, the first" + (", is the text now" if shown.current else "")
    if shown.current:
        return f"Version {shown.number}, the text now, beside version {other.number}"
    return f"What version {shown.number} would change in the text now, version {other.number}"


def _amount(comparison: Comparison) -> str:
    changes, removed, added = comparison.tally
    if comparison.other is None:
        return f"{comparison.shown.words:,} words, nothing before them"
    if not changes:
        return "every word is the same"
    places = f"{changes:,} change{'s' * (changes != 1)}"
    return f"{places} · - {_words(removed)} removed · + {_words(added)} added"


def _words(count: int) -> str:
    return f"{count:,} word{'s' * (count != 1)}"


def _passage(document: Document, highlight: Highlight, placement: Placement, width: int) -> Iterator[Line]:
    """The lines on a highlight that is not simply where its words are; none for one that is."""
    exact = _quoted(highlight.anchor.exact)
    there = _quoted(document.slice(placement.span)) if placement.span else ""
    if placement.status == "anchored":
        if there != exact:
            yield from _entry("≈", f"“{exact}”", f"now “{there}”", width)
    elif placement.status == "review":
        yield from _entry("?", f"“{exact}”", f"perhaps “{there}”" if there else "nothing is like it", width)
    else:
        gone = "was taken out" if placement.is_removed else "is not in this version"
        yield from _entry("✗", f"“{exact}”", gone, width)


def _entry(sign: str, words: str, remark: str, width: int) -> Iterator[Line]:
    for number, text in enumerate(_cut(words, width - 2)):
        yield Line((ornament("  " if number else f"{sign} ", "marker"), ornament(text, "text")))
    for text in _cut(remark, width - 4):
        yield Line((ornament("    ", "text"), ornament(text, "byline")))


def _cut(text: str, width: int) -> list[str]:
    extents = wrap(text, width)
    lines = [text[extent.start : extent.end] for extent in extents[:PASSAGE_LINES]]
    if len(extents) > PASSAGE_LINES:
        lines[-1] = clipped(lines[-1], width - 1).removesuffix("…") + "…"
    return lines


def _wrapped(text: str, role: str, width: int) -> list[Line]:
    return [Line((ornament(text[extent.start : extent.end], role),)) for extent in wrap(text, width)]


def _quoted(text: str) -> str:
    return clean_line(text, limit=QUOTED)
