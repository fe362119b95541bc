"""Marks in the margin: for what is certain, what is to review, and what was taken out of the text."""

from __future__ import annotations

import pytest

from reader.domain.highlight import Anchor, Highlight, HighlightId, Placement
from reader.domain.span import Span
from reader.domain.summary import ArticleId
from reader.render.layers import Layers
from reader.render.lines import Line, Piece
from reader.render.margin import margin_marks

LINE = Line((Piece("It was the age of wisdom.", 10, 35, "text"),), 10, 35)


def highlight(
    start: int,
    end: int,
    status: str,
    *,
    colour: str = "green",
    note: str = "",
    how: str = "exact",
    id: int = 1,
) -> Highlight:
    anchor = Anchor(Span(0, 4), "gone", "", "", "")
    placement = Placement(status, Span(start, end), how=how)  # type: ignore[arg-type]
    return Highlight(HighlightId(id), "", ArticleId(1), anchor, placement, colour, note)  # type: ignore[arg-type]


def marks(*highlights: Highlight) -> tuple[str, str] | None:
    layers = Layers()
    layers.set_highlights(highlights)
    found = margin_marks(LINE, layers.over(LINE.start, LINE.end))
    return found[:2] if found is not None else None


@pytest.mark.parametrize(
    ("highlights", "expected"),
    [
        ((), None),
        ((highlight(12, 20, "anchored"),), ("g", "▎")),
        ((highlight(2, 20, "anchored"),), (" ", "▎")),
        ((highlight(12, 20, "anchored", note="why"),), ("g", "◆")),
        ((highlight(12, 20, "review"),), ("?", "┊")),
        ((highlight(2, 20, "review"),), (" ", "┊")),
        ((highlight(20, 20, "orphan", how="deleted-here"),), ("g", "✗")),
        ((highlight(35, 35, "orphan", how="deleted-here"),), ("g", "✗")),
        (
            (highlight(10, 10, "orphan", how="deleted-here"),),
            None,
        ),  # the line before holds its last neighbour
        ((highlight(12, 20, "review"), highlight(12, 25, "anchored", id=2)), ("?", "┊")),
    ],
)
def test_what_stands_beside_a_line(
    highlights: tuple[Highlight, ...], expected: tuple[str, str] | None
) -> None:
    assert marks(*highlights) == expected


def test_only_what_is_certain_lies_over_the_text() -> None:
    layers = Layers()
    layers.set_highlights(
        [highlight(12, 20, "review"), highlight(15, 15, "orphan", how="deleted-here", id=2)]
    )
    assert {layer.kind for layer in layers.over(10, 35)} == {"review", "removed"}
