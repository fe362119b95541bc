from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.text import clean, clean_body, clean_line, clean_tag, word_count

HOSTILE = st.text(
    st.characters() | st.sampled_from("\r\n\x1b\x07\x9d\u202e\u2028\u200b\ufeff\u00ad\ud800\u0301e")
)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\r\nb\rc\x0cd\x85e\u2028f\u2029g", "a\nb\nc\nd\ne\nf\ng"),
        ("\x1b]0;title\x07x", "]0;titlex"),
        ("a\x00\x7f\x9bb", "ab"),
        ("exe\u202egpj\u2066.x", "exegpj.x"),
        ("so\u00adft\u200b\ufeff\U000e0041", "soft"),
        ("\ud800", "\ufffd"),
        ("می\u200cخواهم \U0001f468\u200d\U0001f469", "می\u200cخواهم \U0001f468\u200d\U0001f469"),
        ("tab\tkept\n", "tab\tkept\n"),
    ],
)
def test_nothing_that_could_steer_a_terminal_is_left(given: str, kept: str) -> None:
    assert clean(given) == kept


@given(HOSTILE)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_body(clean_body(text)) == clean_body(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(HOSTILE)
def test_clean_text_holds_no_control_character_and_is_composed(text: str) -> None:
    body = clean_body(text)
    assert not [c for c in body if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    assert unicodedata.is_normalized("NFC", body)


def test_a_line_is_one_line_of_limited_length() -> None:
    assert clean_line("  a \n\n b\tc  ") == "a b c"
    assert len(clean_line("word " * 1000)) <= 300


def test_marks_do_not_pile_up_even_ten_megabytes_of_them() -> None:
    body = clean_body(("a" + "\u0301" * 40) * 130_000)
    assert "\u0301" * 5 not in body


def test_a_tag_loses_what_the_query_language_needs() -> None:
    assert clean_tag("  #long,  read\x1b ") == "long read"
    assert clean_tag("+-#") == ""
    assert clean_tag("don't") == "don't"


def test_words_are_counted_as_a_reader_would() -> None:
    assert word_count("It's a well-known fact.") == 4
    assert word_count("日本語のテキスト") == 4


@given(st.text(st.sampled_from("ab1_ \n.-'’“—é漢\x1c"), max_size=40))
def test_words_are_counted_alike_with_and_without_letters_beyond_ascii(text: str) -> None:
    """ASCII is counted without the pattern; the last word keeps that from happening."""
    assert word_count(f"{text} é") == word_count(text) + 1
