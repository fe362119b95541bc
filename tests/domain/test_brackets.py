import pytest

from reader.domain.brackets import around
from reader.domain.document import Span


def found(text: str, words: str) -> list[str]:
    return [text[slice(*pair)] for pair in around(text, Span(0, len(text)), text.index(words))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a (b x c) d", ["(b x c)"]),
        ("a (b [x] c) d", ["[x]", "(b [x] c)"]),
        ("a （b「x」c）d", ["「x」", "（b「x」c）"]),
        ("a) x (b", []),
        ("a) one (x) b)", ["(x)"]),
        ("(a [x) b", ["(a [x)"]),
        ("x (a)", []),
        ("(a) x (b)", []),
        ("【x】", ["【x】"]),
    ],
)
def test_brackets_around_a_place_come_the_innermost_first(text: str, expected: list[str]) -> None:
    assert found(text, "x") == expected


def test_a_place_on_a_bracket_is_inside() -> None:
    assert around("a (b) c", Span(0, 7), 2) == around("a (b) c", Span(0, 7), 4) == [Span(2, 5)]
    assert around("a (b) c", Span(0, 7), 5) == []


def test_no_heap_of_brackets_takes_long() -> None:
    text = "([" * 25_000 + ")" * 25_000
    assert around(text, Span(0, len(text)), 49_999)
