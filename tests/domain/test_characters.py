import pytest

from reader.domain.characters import places
from reader.domain.document import Span


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("a b a", "a", [0, 4]),
        ("A a", "a", [2]),
        ("“x” «y»", '"', [0, 2, 4, 6]),
        ("it’s", "'", [2]),
        ("a—b–c-d", "-", [1, 3, 5]),
        ("café cafe", "e", [3, 8]),
        ("café cafe", "é", [3]),
        ("好。吗？", ".", [1]),
        ("好。吗？", "?", [3]),
        ("好。吗？", "吗", [2]),
        ("abc", "", []),
    ],
)
def test_a_typed_character_finds_what_it_is_typed_for(text: str, typed: str, expected: list[int]) -> None:
    whole = Span(0, len(text))
    assert list(places(text, whole, typed)) == expected
    assert list(places(text, whole, typed, back=True)) == expected[::-1]
