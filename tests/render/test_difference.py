from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.domain.difference import difference
from reader.domain.document import Block, Document, Span
from reader.domain.text import clean_body
from reader.render.difference import DifferencePainter, Merged, merged
from reader.render.layers import Layer
from reader.render.layout import Layout
from reader.render.palette import DARK, NO_COLOUR

TEXTS = st.text(alphabet="ab .\n日é\u0301🏳️‍🌈", max_size=80).map(clean_body)


def merge(old: str, new: str) -> Merged:
    before, after = Document.plain(old), Document.plain(new)
    return merged(before, after, difference(before.text, after.text))


def marked(shown: Merged, kind: str) -> list[str]:
    return [shown.document.slice(mark.span) for mark in shown.document.marks if mark.kind == kind]


def test_what_was_removed_stands_before_what_was_added() -> None:
    shown = merge("The quick brown fox.", "The slow brown fox.")
    assert shown.document.text == "The quick slow brown fox."
    assert (marked(shown, "strike"), marked(shown, "strong")) == (["quick"], ["slow"])
    assert [shown.document.slice(span) for span in shown.changes] == ["quick slow"]


def test_a_paragraph_of_other_words_stands_below_the_one_that_went() -> None:
    shown = merge("First.\n\nAll of this goes.\n\nLast.", "First.\n\nOther things came here.\n\nLast.")
    assert [shown.document.slice(block.span) for block in shown.document.blocks] == [
        "First.", "All of this goes.", "Other things came here.", "Last.",
    ]  # fmt: skip


def test_a_break_between_paragraphs_is_a_sign() -> None:
    assert merge("One here.\n\nTwo there.", "One here. Two there.").document.text == "One here.¶ Two there."
    parted = merge("One here. Two there.", "One here.\n\nTwo there.")
    assert marked(parted, "strong") == ["¶"]
    assert len(parted.document.blocks) == 2


def test_headings_and_items_are_still_that() -> None:
    old = Document(
        "Head\n\nOne item", (Block("heading", Span(0, 4), level=2), Block("item", Span(6, 14), marker="•"))
    )
    new = Document(
        "Head\n\nOne thing", (Block("heading", Span(0, 4), level=2), Block("item", Span(6, 15), marker="•"))
    )
    blocks = merged(old, new, difference(old.text, new.text)).document.blocks
    assert [(block.kind, block.level, block.marker) for block in blocks] == [
        ("heading", 2, ""),
        ("item", 0, "•"),
    ]


def test_texts_that_are_the_same_have_no_change() -> None:
    shown = merge("One.\n\nTwo.", "One.\n\nTwo.")
    assert (shown.document.text, shown.document.marks, shown.changes) == ("One.\n\nTwo.", (), ())


@given(TEXTS, TEXTS)
def test_any_two_texts_make_a_document_that_can_be_laid_out(old: str, new: str) -> None:
    shown = merge(old, new)
    text, end = shown.document.text, 0
    for block in shown.document.blocks:
        assert end <= block.span.start < block.span.end <= len(text)
        end = block.span.end
    for mark in shown.document.marks:
        block = shown.document.blocks[shown.document.block_at(mark.span.start)]
        assert block.span.start <= mark.span.start < mark.span.end <= block.span.end
    layout = Layout(shown.document, 20)
    lines = [line for index in range(len(layout)) for line in layout.lines(index)]
    assert all(line.cells <= 20 for line in lines)


def painted(shown: Merged, palette: object, over: tuple[Layer, ...] = ()) -> list[list[tuple[str, object]]]:
    painter = DifferencePainter(palette)  # type: ignore[arg-type]
    layout = Layout(shown.document, 40)
    lines = [line for index in range(len(layout)) for line in layout.lines(index)]
    return [
        [(part.text, part.style) for part in painter.line(line, over, left=4, width=50)] for line in lines
    ]


def test_changes_are_told_by_attributes_and_by_a_sign_in_the_margin() -> None:
    shown = merge(
        "Gone now.\n\nStays.\n\nA quick fox ran away.", "Stays.\n\nA slow fox ran away.\n\nNew here."
    )
    for palette in (DARK, NO_COLOUR):
        lines = painted(shown, palette)
        texts = ["".join(text for text, _ in line) for line in lines]
        assert [text[:4] for text in texts if text.strip()] == ["  - ", "    ", "  ± ", "  + "]
        style = {text: style for line in lines for text, style in line}
        assert style["quick"].strike
        assert style["slow"].underline
        assert not style["slow"].strike
        assert all(len(text) == 50 for text in texts)


def test_the_change_that_is_lit_has_an_arrow() -> None:
    shown = merge("A quick fox.", "A slow fox.")
    [line] = painted(shown, DARK, (Layer(*shown.changes[0], "lit"),))
    assert "".join(text for text, _ in line).startswith(" ▸± A quick slow fox.")
