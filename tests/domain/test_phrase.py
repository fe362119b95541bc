"""What is pasted into a query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.phrase import as_phrase
from reader.domain.query import parse
from reader.domain.terms import Nothing, Phrase, Word


@pytest.mark.parametrize(
    ("pasted", "inserted"),
    [
        ("the sea froze", '"the sea froze"'),
        ("over\nthe line end\n\nnot this", '"over the line end"'),
        ("\n\n  lighthouse \n", "lighthouse"),
        ('he said "no"', '"he said no"'),
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("c++", "c++"),
        ("tag:sea", '"tag:sea"'),
        ("-sea", '"-sea"'),
        ("OR", '"OR"'),
        ("pre*", '"pre*"'),
        ("", ""),
        ('""', ""),
    ],
)
def test_a_word_stays_a_word_and_anything_else_becomes_a_phrase(pasted: str, inserted: str) -> None:
    assert as_phrase(pasted) == inserted


def test_inside_open_quotes_only_the_words_go_in() -> None:
    assert as_phrase('sea "x"', behind='title:"the ') == "sea x"
    assert as_phrase("sea x", behind='"a" ') == '"sea x"'


def test_a_long_one_is_cut_and_its_quotes_are_closed() -> None:
    cut = as_phrase("word " * 1000, limit=100)
    assert len(cut) <= 100
    assert cut.endswith('"')


@given(st.text(max_size=60))
def test_nothing_that_is_pasted_is_an_operator(text: str) -> None:
    inserted = as_phrase(text)
    if inserted:
        read = parse(inserted)
        assert isinstance(read.root, Word | Phrase | Nothing)
        assert not read.problems or isinstance(read.root, Nothing), "signs without a letter find nothing"
        assert not (isinstance(read.root, Word) and read.root.prefix)
