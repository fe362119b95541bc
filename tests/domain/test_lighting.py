"""Which places of a text a query lights."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.document import Span
from reader.domain.lighting import SNIPPET, line_around, lit, snippets
from reader.domain.query import parse


def lit_words(text: str, query: str) -> list[str]:
    return [text[span.start : span.end] for span in lit(text, parse(query))]


@pytest.mark.parametrize(
    ("text", "query", "words"),
    [
        ("The cat sat. CAT!", "cat", ["cat", "CAT"]),
        ("concatenate", "cat", []),
        ("Café, cafe\u0301s, CAFE", "cafe", ["Café", "CAFE"]),
        ("Café au lait", "CAFÉ", ["Café"]),
        ("Ångström naïve", "angstrom naive", ["Ångström", "naïve"]),
        ("programming programs pro", "prog*", ["programming", "programs"]),
        ("a quick,\n\nbrown fox", '"quick brown"', ["quick,\n\nbrown"]),
        ("brown quick", '"quick brown"', []),
        ("brown, quick", '"quick brown"~3', ["brown", "quick"]),
        ("C++ and C and c++", "c++", ["C++", "c++"]),
        ("C and c", "c++", ["C", "c"]),
        ("I don’t and don't", "don't", ["don’t", "don't"]),
        ("foo-bar foo bar foobar", "foo-bar", ["foo-bar", "foo bar"]),
        ("新しい日本語の本", "日本", ["日本"]),
        ("使用Python编程", "python", ["Python"]),
        ("使用Python编程", "Python编程", ["Python编程"]),
        ("a b a", "a -b", ["a", "a"]),
        ("one two", "title:one two", ["two"]),
        ("one two", "body:one", ["one"]),
        ("foo bar baz", 'foo "foo bar"', ["foo bar"]),
        ("text", "", []),
        ("text", "***", []),
        ("ΑΒΓ αβγ", "αβγ", ["ΑΒΓ", "αβγ"]),
        ("İstanbul ıssız STRASSE straße", "straße istanbul", ["İstanbul", "straße"]),
    ],
)
def test_words_are_lit(text, query, words):
    assert lit_words(text, query) == words


@given(st.text(max_size=200), st.text(max_size=20))
@settings(max_examples=300, deadline=None)
def test_ranges_are_sorted_apart_and_inside_the_text(text, query):
    end = 0
    for span in lit(text, parse(query)):
        assert end <= span.start < span.end <= len(text)
        end = span.end


@given(st.text("ab éß日本語\n.,-", max_size=300), st.text("ab é日本", max_size=6), st.integers(0, 5))
@settings(max_examples=300, deadline=None)
def test_snippets_are_short_lines_that_are_lit(text, words, count):
    query = parse(words)
    found = snippets(text, query, count)
    assert len(found) <= count
    assert bool(found) == (bool(lit(text, query)) and count > 0)
    for span, line in found:
        assert "\n" not in line
        assert len(line) <= SNIPPET + 2
        assert span.end <= len(text)


def test_the_stretch_with_the_most_words_comes_first():
    text = "alpha. " + "filler " * 60 + "beta with alpha. " + "filler " * 60 + "beta"
    spans = [span for span, _ in snippets(text, parse("alpha beta"), 3)]
    assert [text[span.start : span.end] for span in spans] == ["beta", "alpha", "beta"]


def test_a_snippet_is_cut_between_words_and_shows_that_it_is_cut():
    text = "word " * 100 + "needle" + " word" * 100
    (_, line), *_ = snippets(text, parse("needle"), 1)
    assert line.startswith("…word ")
    assert line.endswith(" word…")
    assert "needle" in line


def test_a_line_around_a_long_passage_shows_its_beginning():
    text = "x" * 1000
    assert line_around(text, Span(0, 1000)) == "x" * SNIPPET + "…"


def test_a_megabyte_is_lit_quickly():
    text = "the cat sat on the mát. " * 42_000
    started = time.process_time()
    assert len(lit(text, parse("cat"))) == 42_000
    assert time.process_time() - started < 5  # what is quadratic takes minutes
