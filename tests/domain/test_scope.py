"""The words that say what an action applies to."""

from __future__ import annotations

import pytest

from reader.domain.scope import ids_in, split_tags, tags_before


@pytest.mark.parametrize(
    ("line", "changes", "query"),
    [
        ("+later -new mins:20..", ("+later", "-new"), "mins:20.."),
        ("+read\\ later sea", ("+read later",), "sea"),
        ("+a -- -b", ("+a",), "-b"),
        ("+a -tag:b", ("+a",), "-tag:b"),
        ('+a -"the sea"', ("+a",), '-"the sea"'),
        ("+a", ("+a",), ""),
        ("12 +a", (), "12 +a"),
        ("", (), ""),
    ],
)
def test_a_line_is_divided_as_a_shell_would(line: str, changes: tuple[str, ...], query: str) -> None:
    assert tags_before(line) == (changes, query)


def test_the_words_of_a_shell_are_divided_by_the_same_rule() -> None:
    assert split_tags(["+later", "-new", "mins:20.."]) == (("+later", "-new"), ("mins:20..",))
    assert split_tags(["+later", "-b"], 1) == (("+later",), ("-b",))


def test_numbers_alone_are_articles() -> None:
    assert ids_in(["12", "15", "12"]) == (12, 15)
    assert ids_in(["12", "sea"]) is None
    assert ids_in([]) is None
    assert ids_in(["9" * 30]) is not None
