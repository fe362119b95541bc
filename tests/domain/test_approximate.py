from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.domain.approximate import MOST, Match, matches, similarity

few = st.text("abc", max_size=30)
pattern = st.text("abc", min_size=1, max_size=12)


def distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        row, above = [i], row
        for j, right in enumerate(other, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (left != right)))
    return row[-1]


def fewest(text: str, words: str) -> int:
    spans = [(start, end) for start in range(len(text) + 1) for end in range(start, len(text) + 1)]
    return min(distance(text[start:end], words) for start, end in spans)


def test_words_with_errors_are_found_with_their_ends() -> None:
    assert matches("the quikc brown fox", "quick", 2)[0] == Match(4, 8, 1)
    assert matches("nothing of the kind", "quick", 1) == []
    assert matches("", "quick", 2) == []


def test_each_stretch_offers_its_own_best_place() -> None:
    text = "it was the age of wisdom, it was the age of folly"
    found = matches(text, "it was the ape of", 2)
    assert [(match.start, match.errors) for match in found] == [(0, 1), (26, 1)]
    assert len(matches("ab " * 100, "ab", 0)) == MOST


@given(few, pattern, st.integers(0, 6))
def test_every_match_has_as_many_errors_as_it_says(text: str, words: str, limit: int) -> None:
    found = matches(text, words, limit)
    for match in found:
        assert distance(text[match.start : match.end], words) == match.errors <= limit
    assert [match.errors for match in found] == sorted(match.errors for match in found)


@given(few, pattern)
def test_the_first_match_is_the_best_there_is(text: str, words: str) -> None:
    least = fewest(text, words)
    if least < len(words):
        assert matches(text, words, len(words))[0].errors == least
    expected = 1 - least / len(words) if text else 0.0
    assert abs(similarity(text, words) - expected) < 1e-9


def test_patterns_of_any_length_are_searched() -> None:
    words = "a passage longer than any machine word, and then some. " * 10
    text = f"before {words.replace('machine', 'mashine')} after"
    assert matches(text, words, 20)[0] == Match(7, 7 + len(words), 10)
