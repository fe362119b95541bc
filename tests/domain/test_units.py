from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.document import Document, DocumentBuilder, Span
from reader.domain.sentences import Sentences
from reader.domain.units import UNITS, Unit, Units
from tests.render.documents import documents, every_kind


def units_of(document: Document | str) -> Units:
    document = Document.plain(document) if isinstance(document, str) else document
    return Units(document, Sentences(document))


def walk(units: Units, unit: Unit, start: int = 0) -> list[Span]:
    found = []
    here = units.at(unit, start)
    while here is not None:
        found.append(here)
        here = units.next(unit, here)
    return found


def texts(units: Units, unit: Unit, start: int = 0) -> list[str]:
    return [units.document.slice(span) for span in walk(units, unit, start)]


def chapters() -> Document:
    builder = DocumentBuilder()
    builder.add("para", "Before.")
    builder.add("rule")
    for level, title in ((1, "One"), (2, "One a"), (3, "Deep"), (2, "One b"), (1, "Two")):
        builder.add("heading", title, level=level)
        builder.add("para", f"Text of {title}.")
    builder.add("rule")
    return builder.build()


def test_a_section_holds_all_below_its_heading() -> None:
    units = units_of(chapters())
    ends = [text.splitlines()[-1] for text in texts(units, "section")]
    assert [text.splitlines()[0] for text in texts(units, "section")] == [
        "Before.", "One", "One a", "Deep", "One b", "Two",
    ]  # fmt: skip
    assert ends == [
        "Before.", "Text of One b.", "Text of Deep.", "Text of Deep.", "Text of One b.", "Text of Two.",
    ]  # fmt: skip


def test_the_section_of_a_place_is_the_innermost_one() -> None:
    document = chapters()
    section = units_of(document).at("section", document.text.index("Text of Deep"))
    assert document.slice(section or Span(0, 0)) == "Deep\n\nText of Deep."


def test_without_headings_the_whole_text_is_the_section() -> None:
    document = Document.plain("One.\n\nTwo.")
    assert walk(units_of(document), "section") == [Span(0, len(document.text))]


def test_the_quotation_of_a_place_is_the_innermost_or_the_first_of_its_sentence() -> None:
    text = "Old. He said “one ‘two’ three” and “four” here. No marks."
    units = units_of(text)

    def quotation(at: str) -> str:
        span = units.at("quotation", text.index(at))
        return text[slice(*span)] if span else ""

    assert quotation("two") == "two"
    assert quotation("three") == "one ‘two’ three"
    assert quotation("He") == quotation("here") == "one ‘two’ three"
    assert quotation("Old") == quotation("marks") == ""


def test_code_and_tables_have_lines_and_cells_for_clauses() -> None:
    document = every_kind()
    units = units_of(document)
    clauses = texts(units, "clause", document.text.index("def blow"))
    assert clauses[:5] == ["def blow(t):", "return t  # tenths", "Year", "Blasts", "Reason"]


def test_paragraphs_are_the_blocks_with_text() -> None:
    document = every_kind()
    assert walk(units_of(document), "paragraph") == [
        block.span for block in document.blocks if block.span.start < block.span.end
    ]


@pytest.mark.parametrize("unit", UNITS)
def test_an_empty_text_has_no_units(unit: Unit) -> None:
    units = units_of("")
    assert units.at(unit, 0) is None
    assert units.next(unit, Span(0, 0)) is None
    assert units.previous(unit, Span(0, 0)) is None


@pytest.mark.parametrize("unit", UNITS)
@given(documents(), st.data())
@settings(max_examples=60)
def test_next_and_previous_are_inverse(unit: Unit, document: Document, data: st.DataObject) -> None:
    units = units_of(document)
    start = data.draw(st.integers(0, len(document.text)))
    found = walk(units, unit, start)
    for first, second in pairwise(found):
        assert first.start < second.start
        assert units.previous(unit, second) == first
    for span in found:
        assert 0 <= span.start < span.end <= len(document.text)
        assert document.slice(span).strip()


@pytest.mark.parametrize("unit", ["sentence", "clause", "paragraph", "section"])
@given(documents(), st.data())
@settings(max_examples=60)
def test_the_unit_of_a_letter_holds_it(unit: Unit, document: Document, data: st.DataObject) -> None:
    letters = [offset for offset, sign in enumerate(document.text) if not sign.isspace()]
    if letters:
        offset = data.draw(st.sampled_from(letters))
        span = units_of(document).at(unit, offset)
        assert span is not None
        assert span.contains(offset)


def test_thousands_of_headings_are_gone_through_in_time() -> None:
    builder = DocumentBuilder()
    for number in range(8_000):
        builder.add("heading", f"Number {number}", level=1 + number % 6)
    assert len(walk(units_of(builder.build()), "section")) == 8_000
