"""Letters over the text: the text stays where it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment

from reader.domain.document import Document, Span
from reader.domain.sentences import Sentences
from reader.render.flow import Flow
from reader.render.labels import labelled
from reader.render.layers import Layers
from reader.render.paint import Painter
from reader.render.palette import DARK, NO_COLOUR
from reader.render.wrap import cells

FAMILY = "👩‍👩‍👧‍👦"


def painted(
    text: str, places: dict[str, Span], *, width: int = 40, coloured: bool = True
) -> list[list[Segment]]:
    flow = Flow(Document.plain(text), width, (), ())
    layers = Layers()
    layers.set_labels(places)
    painter = Painter(DARK if coloured else NO_COLOUR)
    lines = [line for section in range(1, flow.last) for line in flow.lines(section)]
    return [
        painter.line(line, layers.over(line.start, line.end), left=3, width=width + 4)
        for line in lines
        if line.has_source
    ]


def text_of(segments: list[Segment]) -> str:
    return "".join(segment.text for segment in segments).strip()


def test_letters_stand_in_place_of_the_first_cells() -> None:
    rows = painted("One two. Three four.", {"a": Span(0, 8), "sd": Span(9, 20)})
    assert text_of(rows[0]) == "ane two. sdree four."


def test_wide_characters_are_covered_whole() -> None:
    assert text_of(painted("図書館は。本を。", {"a": Span(0, 5), "sd": Span(5, 8)})[0]) == "a 書館は。sdを。"
    assert text_of(painted("I 図書", {"sd": Span(0, 4)})[0]) == "sd図書"
    assert text_of(painted("I図書", {"sd": Span(0, 3)})[0]) == "sd 書"
    assert text_of(painted("👩‍👩‍👧‍👦 family", {"a": Span(0, 12)})[0]) == "a  family"


def test_letters_reach_over_a_change_of_look_and_past_the_end_of_a_line() -> None:
    assert text_of(painted("A", {"sd": Span(0, 1)})[0]) == "sd"


def test_labels_can_be_told_without_colour() -> None:
    row = painted("One two.", {"a": Span(0, 8)}, coloured=False)[0]
    style = next(segment.style for segment in row if segment.text == "a")
    assert style is not None
    assert style.reverse
    assert style.bold


@given(
    st.lists(
        st.sampled_from(["Ab cd. ", "I. ", "図書館。", FAMILY + "! ", "e\u0301te\u0301. ", "x\ty. ", "\n\n"]),
        max_size=12,
    )
)
def test_nothing_shifts(parts: list[str]) -> None:
    document = Document.plain("".join(parts))
    sentences = Sentences(document)
    flow = Flow(document, 20, (), ())
    layers = Layers()
    places: dict[str, Span] = {}
    here = sentences.at(0)
    while here is not None and here.end > here.start:
        places[f"a{chr(97 + len(places) % 26)}" if len(places) % 2 else chr(97 + len(places) % 26)] = here
        here = sentences.next(here)
    layers.set_labels(places)
    for section in range(1, flow.last):
        for line in flow.lines(section):
            over = layers.over(line.start, line.end) if line.has_source else ()
            shown = labelled(line, over)
            added = cells("".join(piece.text for piece in shown.pieces)) - line.cells
            assert 0 <= added <= 1
            if added:
                assert shown.pieces[-1].role == "label"
