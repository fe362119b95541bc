"""The document model: blocks and marks over one canonical text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.document import Document, DocumentBuilder, Mark, Span


def test_blocks_are_joined_by_blank_lines_and_know_their_place():
    builder = DocumentBuilder()
    builder.add("heading", "One", level=2)
    builder.add("para", "  Two words ", [Mark("em", Span(2, 5))])
    document = builder.build()
    assert document.text == "One\n\nTwo words"
    assert [document.slice(block.span) for block in document.blocks] == ["One", "Two words"]
    assert document.slice(document.marks[0].span) == "Two"


def test_a_block_without_text_stands_at_the_start_of_the_next_one():
    builder = DocumentBuilder()
    builder.add("para", "Before")
    builder.add("rule")
    builder.add("figure", "", src="https://e.example/a.png")
    builder.add("para", "After")
    builder.add("rule")
    document = builder.build()
    assert document.text == "Before\n\nAfter"
    assert [block.span for block in document.blocks] == [
        Span(0, 6), Span(8, 8), Span(8, 8), Span(8, 13), Span(13, 13),
    ]  # fmt: skip


def test_a_paragraph_of_white_space_adds_nothing():
    builder = DocumentBuilder()
    builder.add("para", " \n ")
    assert builder.build() == Document("", ())


def test_code_keeps_its_indentation():
    builder = DocumentBuilder()
    builder.add("code", "\n    if x:\n        y\n\n", lang="python")
    assert builder.build().text == "    if x:\n        y"


def test_stored_blocks_of_another_form_are_a_value_error():
    with pytest.raises(ValueError, match="stored form"):
        Document.from_json("text", '[{"wrong": 1}]')


kinds = st.sampled_from(["heading", "para", "item", "quote", "code", "table", "figure", "rule"])


@given(st.lists(st.tuples(kinds, st.text("ab \n\tü漢"), st.integers(0, 5), st.integers(0, 5))))
def test_a_built_document_keeps_its_invariants_and_survives_storage(pieces):
    builder = DocumentBuilder()
    for kind, text, start, length in pieces:
        builder.add(kind, text, [Mark("link", Span(start, start + length), "https://e.example/")])
    document = builder.build()
    filled = [block for block in document.blocks if block.span.start < block.span.end]
    assert "\n\n".join(document.slice(block.span) for block in filled) == document.text
    assert list(document.starts) == sorted(document.starts)
    for mark in document.marks:
        block = document.blocks[document.block_at(mark.span.start)]
        assert block.span.start <= mark.span.start < mark.span.end <= block.span.end
    assert Document.from_json(document.text, document.blocks_json()) == document


@given(st.text())
def test_any_string_is_a_plain_document(text):
    document = Document.plain(text)
    assert all(block.kind == "para" for block in document.blocks)
    assert (
        document.text.split() == "\n\n".join(document.slice(block.span) for block in document.blocks).split()
    )


def test_places_of_links_are_stored_with_the_blocks_and_old_rows_have_none() -> None:
    builder = DocumentBuilder()
    builder.add("para", "See 1.", [Mark("link", Span(4, 5), "#fn")])
    builder.add("item", "The note.", [Mark("target", Span(0, 9), "#fn")], marker="1.")
    document = builder.build()
    assert document.targets == {"#fn": Span(8, 17)}
    assert Document.from_json(document.text, document.blocks_json()) == document
    old = '[{"k":"para","s":0,"e":6,"m":[[4,5,"link","https://e.org/"]]}]'
    assert Document.from_json("See 1.", old).targets == {}
