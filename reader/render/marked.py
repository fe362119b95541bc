"""A document's text cut where inline marks and highlights begin and end, for formats that write them as tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from reader.domain.article import Article
from reader.domain.document import Document, Span
from reader.domain.highlight import Highlight
from reader.render.header import day

_LINK = re.compile(r"(?:https?|mailto):[\x21-\x7e]+\Z", re.IGNORECASE)


class MarkedRun(NamedTuple):
    """A part of a block where the same marks hold.

    ``href`` is the address that it links to, ``inside`` the place of the document (``#name``), and ``targets`` are
    the places that begin with it.
    """

    text: str
    end: int
    kinds: tuple[str, ...]
    href: str
    highlights: tuple[Highlight, ...]
    inside: str = ""
    targets: tuple[str, ...] = ()


def is_link(target: str) -> bool:
    """Whether *target* may stand in a file that somebody opens in a browser."""
    return _LINK.match(target) is not None


def facts_of(article: Article) -> list[str]:
    summary = article.summary
    return [fact for fact in (summary.author, summary.site, day(summary.published)) if fact]


def cells_of(document: Document, span: Span) -> Iterator[list[Span]]:
    start = span.start
    for line in document.slice(span).split("\n"):
        row = []
        for cell in line.split("\t"):
            row.append(Span(start, start + len(cell)))
            start += len(cell) + 1
        yield row


def runs_of(document: Document, span: Span, highlights: Iterable[Highlight]) -> Iterator[MarkedRun]:
    """*span* cut where a mark or an anchored highlight begins or ends."""
    marks = list(document.marks_over(span))
    lit = [
        (highlight.placement.span, highlight)
        for highlight in highlights
        if highlight.placement.status == "anchored"
        and highlight.placement.span
        and highlight.placement.span.overlaps(span)
    ]
    edges = {span.start, span.end}
    for part in [*(mark.span for mark in marks), *(place for place, _ in lit)]:
        edges |= {max(span.start, part.start), min(span.end, part.end)}
    cuts = sorted(edges)
    for start, end in pairwise(cuts):
        part = Span(start, end)
        over = [mark for mark in marks if mark.span.overlaps(part)]
        links = [mark.href for mark in over if mark.kind == "link"]
        outside = [href for href in links if is_link(href)]
        inside = [href for href in links if href in document.targets]
        yield MarkedRun(
            document.slice(part),
            end,
            tuple(
                kind for kind in ("code", "strike", "em", "strong") if any(mark.kind == kind for mark in over)
            ),
            outside[-1] if outside else "",
            tuple(highlight for place, highlight in lit if place.overlaps(part)),
            inside[-1] if inside else "",
            tuple(mark.href for mark in over if mark.kind == "target" and mark.span.start == start),
        )
