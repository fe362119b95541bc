from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment

from reader.domain.document import Document, Span
from reader.domain.highlight import COLOURS
from reader.render.flow import Flow
from reader.render.layers import Layer, Layers
from reader.render.lines import Line
from reader.render.paint import GUTTER, Painter
from reader.render.palette import DARK, LIGHT, NO_COLOUR
from reader.render.wrap import cells
from tests.render.documents import article, documents, every_kind, highlight

KINDS = ("find", "current", "lit", "sentence", "selection", "caret")


def painted(document: Document, words: str, layers: Layers, painter: Painter) -> list[Segment]:
    """The segments of the line that shows *words*."""
    flow = Flow(document, 72, (), ())
    line = flow.line(flow.place(document.text.index(words)))
    return painter.line(line, layers.over(line.start, line.end), left=GUTTER, width=80)


def style_of(segments: list[Segment], words: str) -> str:
    return next(str(segment.style) for segment in segments if words in segment.text)


@given(documents(), st.sampled_from([12, 30]), st.data())
@settings(max_examples=200)
def test_painting_keeps_the_text_and_fills_the_width(
    document: Document, width: int, data: st.DataObject
) -> None:
    size = len(document.text)
    over = []
    for _ in range(data.draw(st.integers(0, 5))):
        start, end = sorted(data.draw(st.tuples(st.integers(0, size), st.integers(0, size))))
        kind = data.draw(st.sampled_from(("highlight", *KINDS)))
        over.append(
            Layer(start, end, kind, data.draw(st.sampled_from(COLOURS)) if kind == "highlight" else "")
        )
    painter = Painter(data.draw(st.sampled_from((DARK, NO_COLOUR))))
    flow = Flow(document, width, (), ())
    for section in range(1, flow.last):
        for line in flow.lines(section):
            segments = painter.line(line, over, left=GUTTER, width=width + GUTTER + 2)
            assert sum(cells(segment.text) for segment in segments) == width + GUTTER + 2
            # Rich's own count must agree, or Textual would cut lines at the wrong cell.
            assert sum(segment.cell_length for segment in segments) == width + GUTTER + 2
            if painter.palette.coloured and not any(layer.kind == "caret" for layer in over):
                assert "".join(segment.text for segment in segments)[GUTTER:].rstrip() == _text(line).rstrip()


def _text(line: Line) -> str:
    return line.text


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=20),
    st.integers(0, 60),
    st.integers(0, 8),
)
def test_layers_over_a_range_are_those_that_touch_it(
    ranges: list[tuple[int, int]], start: int, size: int
) -> None:
    document = Document.plain("x" * 61)
    marks = [
        highlight(document, Span(*sorted(ends)), number=number)
        for number, ends in enumerate(ranges)
        if ends[0] != ends[1]
    ]
    layers = Layers()
    layers.set_highlights(marks)
    spans = [mark.anchor.span for mark in marks]
    touching = [span for span in spans if span.start < max(start + size, start + 1) and span.end > start]
    assert [Span(*layer[:2]) for layer in layers.over(start, start + size)] == touching


def test_the_newest_of_two_highlights_gives_the_colour_and_both_are_told_by_a_line() -> None:
    document = every_kind()
    layers = Layers()
    layers.set_highlights(
        [highlight(document, "noon whistle “sounds”"), highlight(document, "whistle", "blue", number=2)]
    )
    segments = painted(document, "whistle", layers, Painter(DARK))
    assert DARK.highlights["blue"].ground in style_of(segments, "whistle")
    assert "underline" in style_of(segments, "whistle")
    assert "underline" not in style_of(segments, "“sounds”")
    assert DARK.highlights["yellow"].ground in style_of(segments, "“sounds”")


def test_the_gutter_tells_colour_by_letter_and_a_note_by_a_diamond() -> None:
    document = every_kind()
    layers = Layers()
    layers.set_highlights([highlight(document, "noon whistle", "green")])
    assert [segment.text for segment in painted(document, "whistle", layers, Painter(NO_COLOUR))[:4]] == [
        "",
        "g",
        "▎",
        " ",
    ]
    layers.set_highlights([highlight(document, "noon whistle", "purple", note="why")])
    assert [segment.text for segment in painted(document, "whistle", layers, Painter(NO_COLOUR))[1:3]] == [
        "u",
        "◆",
    ]


def test_without_colour_nothing_is_coloured_and_everything_is_told_apart() -> None:
    document = every_kind()
    layers = Layers()
    layers.set_highlights([highlight(document, "noon")])
    layers.set_span("selection", highlight(document, "whistle").anchor.span)
    segments = painted(document, "whistle", layers, Painter(NO_COLOUR))
    assert all(
        segment.style is None or (segment.style.color is None and segment.style.bgcolor is None)
        for segment in segments
    )
    assert "underline" in style_of(segments, "noon")
    assert "reverse" in style_of(segments, "whistle")


def test_matches_and_selection_lie_over_highlights() -> None:
    document = every_kind()
    layers = Layers()
    layers.set_highlights([highlight(document, "noon whistle")])
    layers.set_matches([highlight(document, "noon").anchor.span])
    layers.set_span("current", highlight(document, "whistle").anchor.span)
    segments = painted(document, "whistle", layers, Painter(LIGHT))
    assert LIGHT.find.ground in style_of(segments, "noon")
    assert LIGHT.current.ground in style_of(segments, "whistle")


def test_a_lit_highlight_keeps_its_colour() -> None:
    document = every_kind()
    layers = Layers()
    layers.set_highlights([highlight(document, "noon whistle")])
    layers.set_span("lit", highlight(document, "noon whistle").anchor.span)
    segments = painted(document, "whistle", layers, Painter(DARK))
    assert DARK.highlights["yellow"].ground in style_of(segments, "whistle")
    assert "bold" in style_of(segments, "whistle")
    assert "underline" in style_of(segments, "whistle")


def test_a_caret_on_the_space_that_hangs_behind_a_line_is_shown() -> None:
    document = Document.plain("one two")
    flow = Flow(document, 8, (), ())
    flow.resize(4, (), ())
    line = flow.lines(1)[0]
    layers = Layers()
    caret = line.pieces[-1].end if line.pieces else 0
    layers.set_span("caret", Span(caret, caret + 1))
    segments = Painter(DARK).line(line._replace(end=caret + 1), layers.over(0, caret + 1), left=3, width=20)
    assert any(segment.style and DARK.caret.ground in str(segment.style) for segment in segments)
    assert sum(segment.cell_length for segment in segments) == 20


def test_a_link_is_underlined_and_never_a_terminal_hyperlink() -> None:
    """The terminal would open it without asking; a click goes through the app."""
    document = article().document
    segments = painted(document, "ledger", Layers(), Painter(DARK))
    link = next(segment for segment in segments if segment.text == "ledger")
    assert link.style is not None
    assert link.style.link is None
    assert link.style.underline
