"""A place that was found by likeness begins and ends with words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.domain.anchor import anchor_of, locate, occurrences
from reader.domain.document import Document, Span
from reader.domain.highlight import Placement
from reader.domain.whole_words import on_words


def test_an_edited_passage_is_not_found_from_the_middle_of_a_word() -> None:
    made_on = Document.plain("He kept the ledger. The sea froze in 1962, and nobody wrote it down.")
    text = Document.plain("He kept the ledger. The whole sea froze over in 1962, and nobody wrote it down.")
    anchor = anchor_of(made_on, occurrences(made_on, "The sea froze in 1962")[0])
    assert anchor is not None
    found = locate(text, anchor).span
    assert found is not None
    assert text.slice(found) in ("sea froze over in 1962", "The whole sea froze over in 1962")


def test_each_end_goes_to_the_nearer_end_of_its_word() -> None:
    document = Document.plain("wonderful harbours everywhere")
    assert _moved(document, 1, 17) == "wonderful harbours"
    assert _moved(document, 8, 28) == "harbours everywhere"
    assert _moved(document, 10, 20) == "harbours"


def test_signs_without_spaces_are_left_where_they_are() -> None:
    document = Document.plain("图书馆很安静。")
    assert _moved(document, 1, 4) == "书馆很"


@given(st.text(alphabet="ab é字か-’ \n", min_size=1, max_size=40), st.data())
def test_no_end_is_inside_a_word_and_nothing_becomes_empty(text: str, data: st.DataObject) -> None:
    document = Document(text, ())
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = on_words(document, Placement("review", Span(start, end))).span
    assert span is not None
    assert 0 <= span.start < span.end <= len(text)


def _moved(document: Document, start: int, end: int) -> str:
    span = on_words(document, Placement("review", Span(start, end))).span
    assert span is not None
    return document.slice(span)
