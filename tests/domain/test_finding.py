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
    assert found("Über “Straßen”—naïve", 'uber "straßen"-naive') == ["Über “Straßen”—naïve"]
    assert found("Über und ÜBER", "über") == ["Über", "ÜBER"]


def test_a_capital_asks_for_the_case_as_it_is_but_not_for_accents() -> None:
    assert found("The Über, the über, THE ÜBER", "The") == ["The"]
    assert found("The Über, the über, THE ÜBER", "Uber") == ["Über"]
    assert found("“The End” and “the end”", '"The end"') == []


def test_syllables_and_kana_are_not_taken_for_accented_letters() -> None:
    assert found("각 간", "가") == []
    assert found("か が", "か") == ["か"]
    assert found("Ёлка й", "елка") == ["Ёлка"]


def test_a_phrase_is_found_over_line_breaks_and_from_block_to_block() -> None:
    assert found("one\ntwo", "one two") == ["one\ntwo"]
    assert found("the end.\n\nA new one", "end. A  new") == ["end.\n\nA new"]
    assert found("a.b a+b", "a.b a+") == ["a.b a+"]


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
