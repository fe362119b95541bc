from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.document import Document, DocumentBuilder, Span
from reader.domain.sentences import Sentences, split
from tests.render.documents import documents, every_kind


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Smith and Dr. Wu met at 5 p.m. on Jan. 5 in the U.S. Senate.",
        "He paid $3.50 for v2.1 of it.",
        "See Fig. 3, i.e. the one of J. R. R. Tolkien, e.g. below.",
        "“Why?” she asked.",
        "He waited... and waited.",
        "She thought… and left.",
        "No. 7 is open.",
    ],
)
def test_a_stop_that_ends_nothing_does_not_split(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("He said “stop.” Then he left.", ["He said “stop.”", "Then he left."]),
        ("(It rained.) We left.", ["(It rained.)", "We left."]),
        ("He waited... Nobody came.", ["He waited...", "Nobody came."]),
        ("It was built by Acme Inc. The end.", ["It was built by Acme Inc.", "The end."]),
        ("So am I. You too.", ["So am I.", "You too."]),
        ("日本語です。「はい。」次の文！", ["日本語です。", "「はい。」", "次の文！"]),
        ("What?! No.", ["What?!", "No."]),
        ("No stop at all", ["No stop at all"]),
    ],
)
def test_a_stop_with_its_closing_quotes_ends_a_sentence(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(documents())
def test_every_block_with_text_has_sentences_that_hold_all_of_it(document: Document) -> None:
    found = Sentences(document)
    for index, block in enumerate(document.blocks):
        spans = found.of_block(index)
        assert bool(spans) == (block.span.start < block.span.end)
        shown = {offset for span in spans for offset in range(*span)}
        assert len(shown) == sum(span.end - span.start for span in spans)
        hidden = [document.text[offset] for offset in range(*block.span) if offset not in shown]
        assert not "".join(hidden).strip()


@given(documents())
def test_walking_forward_and_back_meets_the_same_sentences(document: Document) -> None:
    found = Sentences(document)
    every = [span for index in range(len(document.blocks)) for span in found.of_block(index)]
    there: list[Span] = []
    here = found.at(0)
    while here is not None:
        there.append(here)
        here = found.next(here)
    assert there == every
    for first, second in pairwise(every):
        assert found.previous(second) == first


@given(documents(), st.data())
def test_the_sentence_at_an_offset_begins_before_it(document: Document, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(document.text)))
    sentence = Sentences(document).at(offset)
    assert (sentence is None) == (not document.text)
    if sentence is not None:
        assert sentence.start <= offset


def test_headings_code_and_rows_are_one_sentence_each() -> None:
    document = every_kind()
    found = Sentences(document)
    kinds = {
        block.kind: [document.slice(span) for span in found.of_block(index)]
        for index, block in enumerate(document.blocks)
    }
    assert kinds["code"] == ["def blow(t):\n\treturn t  # tenths"]
    assert [row.split("\t")[0] for row in kinds["table"]] == ["Year", "1911", "1923"]
    assert kinds["rule"] == []


def test_a_long_paragraph_is_split_in_time() -> None:
    builder = DocumentBuilder()
    builder.add("para", "He came. " * 20_000)
    assert len(Sentences(builder.build()).of_block(0)) == 20_000
