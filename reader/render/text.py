"""An article as plain text to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.domain.article import Article
from reader.domain.highlight import Highlight
from reader.render.flow import Flow
from reader.render.header import absence_lines, header_lines, link_lines
from reader.render.layers import Layer, Layers
from reader.render.lines import Line
from reader.render.margin import GUTTER, margin_marks
from reader.render.wrap import wrap

_NARROWEST = 20


def text(article: Article, highlights: Sequence[Highlight] = (), *, width: int = 80) -> str:
    """The page without colour, no line wider than *width* cells (at least 20).

    With highlights it has a gutter with their marks, and the passages with their notes below the text.
    """
    gutter = GUTTER if highlights else 0
    inside = max(_NARROWEST, width) - gutter
    rows = [
        _plain(line, over, gutter) for line, over in _lines(article, highlights, inside) if not _is_edge(line)
    ]
    if highlights:
        rows += ["", "─" * (inside + gutter), *_passages(highlights, inside + gutter)]
    return "\n".join(rows).strip("\n") + "\n"


def _lines(
    article: Article, highlights: Sequence[Highlight], width: int
) -> Iterator[tuple[Line, Sequence[Layer]]]:
    summary = article.summary
    head = [
        *header_lines(summary, width, hints=False),
        *link_lines(summary, str(article.extra.get("description", "")), width, hints=False),
        *(() if article.document.text else absence_lines(summary, width, hints=False)),
    ]
    flow = Flow(article.document, width, head, ())
    layers = Layers()
    layers.set_highlights(highlights)
    for section in range(flow.last):
        for line in flow.lines(section):
            yield line, layers.over(line.start, line.end) if line.has_source else ()


def _plain(line: Line, over: Sequence[Layer], gutter: int) -> str:
    body = "".join(piece.text for piece in line.pieces if piece.role != "panel.label")
    margin = ""
    if gutter:
        marks = margin_marks(line, over)
        margin = f"{marks.letter}{marks.sign} " if marks else " " * gutter
    return (margin + body).rstrip()


def _is_edge(line: Line) -> bool:
    """The half-height edges of code panels need colour."""
    return any(piece.role in ("panel.top", "panel.bottom") for piece in line.pieces)


def _passages(highlights: Sequence[Highlight], width: int) -> Iterator[str]:
    for highlight in highlights:
        yield ""
        yield highlight.colour + "".join(f"  #{tag}" for tag in highlight.tags)
        exact = " ".join(highlight.anchor.exact.split())
        yield from _quoted(f"“{exact}”", "  ", width)
        if highlight.note:
            yield from _quoted(highlight.note, "  → ", width)


def _quoted(words: str, lead: str, width: int) -> Iterator[str]:
    for number, extent in enumerate(wrap(words, max(_NARROWEST, width - len(lead)))):
        yield (" " * len(lead) if number else lead) + words[extent.start : extent.end]
