from hypothesis import given
from hypothesis import strategies as st

from reader.domain.document import Document
from reader.domain.finding import LIMIT, Finder
from tests.render.documents import documents


def found(text: str, words: str) -> list[str]:
    document = Document.plain(text)
    return [document.slice(span) for span in Finder(document).find(words)]


def test_case_accents_quotes_and_dashes_do_not_matter() -> None:
    assert found("Über “Straßen”—naïve Straßen", 'uber "strassen"') == []
    assert found("Über “Straßen”—naïve", 'uber "straßen"-NAIVE') == ["Über “Straßen”—naïve"]


def test_a_phrase_is_found_over_a_line_break() -> None:
    assert found("one\ntwo", "one two") == ["one\ntwo"]


def test_letters_that_grow_in_lower_case_move_no_offset() -> None:
    """``"İ".lower()`` is two code points: every match behind it was one off."""
    assert found("İstanbul and istanbul", "istanbul") == ["İstanbul", "istanbul"]


def test_nothing_is_found_for_nothing() -> None:
    assert found("text", "") == []
    assert len(found("a" * (LIMIT + 5), "a")) == LIMIT


@given(documents(), st.data())
def test_any_part_of_the_text_is_found_where_it_is(document: Document, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(document.text)))
    words = document.text[start : start + data.draw(st.integers(1, 9))]
    spans = Finder(document).find(words)
    assert spans == sorted(spans)
    if len(words) == 1:
        assert start in {span.start for span in spans} or not words
