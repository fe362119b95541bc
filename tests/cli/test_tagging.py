from __future__ import annotations

import pytest

from reader.domain.scope import split_tags as split
from tests.cli.conftest import Shell


def tags(reader: Shell, number: int) -> list[str]:
    return list(reader("list", str(number), "--json").json[0]["tags"])


def test_tags_are_added_and_removed_in_one_go(stocked: Shell) -> None:
    stocked("tag", "+sea", "+old", "1")
    assert stocked("tag", "+new", "-old", "1").out == "tagged 1 The Lighthouse Ledger\n"
    assert tags(stocked, 1) == ["new", "sea"]


def test_a_query_may_exclude_a_word(stocked: Shell) -> None:
    stocked("tag", "+bridges", "harbour", "-keeper")
    assert (tags(stocked, 1), tags(stocked, 2)) == ([], ["bridges"])


def test_two_dashes_end_the_tags(stocked: Shell) -> None:
    stocked("tag", "+sea", "--", "-harbour")
    assert (tags(stocked, 1), tags(stocked, 2)) == (["sea"], [])


@pytest.mark.parametrize(
    ("words", "after", "expected"),
    [
        (("+a", "-b", "12"), 0, (("+a", "-b"), ("12",))),
        (("+a", "-tag:x", "y"), 0, (("+a",), ("-tag:x", "y"))),
        (("+a", '-"x y"'), 0, (("+a",), ('-"x y"',))),
        (("+a", "x", "-b"), 0, (("+a",), ("x", "-b"))),
        (("+a", "-b"), 1, (("+a",), ("-b",))),
    ],
)
def test_where_the_tags_end(words: tuple[str, ...], after: int, expected: object) -> None:
    assert split(words, after) == expected


def test_without_a_tag_or_without_articles_it_is_a_mistake(stocked: Shell) -> None:
    assert stocked("tag", "12").code == 2
    assert stocked("tag", "+sea").code == 2
    assert stocked("tag", "+,", "1").code == 2


def test_tags_are_listed_with_their_counts(stocked: Shell) -> None:
    stocked("tag", "+sea", "1", "2")
    stocked("tag", "+old", "1")
    assert {line.split()[1]: line.split()[0] for line in stocked("tags").lines} == {"sea": "2", "old": "1"}
    assert {"name": "sea", "count": 2} in stocked("tags", "--json").json


def test_a_tag_is_renamed_merged_and_deleted_everywhere(stocked: Shell) -> None:
    stocked("tag", "+sea", "1")
    stocked("tag", "+old", "2")
    assert stocked("tags", "rename", "sea", "ocean").code == 0
    assert tags(stocked, 1) == ["ocean"]
    assert stocked("tags", "merge", "old", "ocean").code == 0
    assert tags(stocked, 2) == ["ocean"]
    assert stocked("tags", "delete", "ocean").code == 0
    assert stocked("tags", "--json").json == []
    assert stocked("undo").code == 0
    assert tags(stocked, 1) == ["ocean"]


def test_an_unknown_tag_fails(stocked: Shell) -> None:
    for words in (("rename", "no", "x"), ("merge", "no", "x"), ("delete", "no")):
        done = stocked("tags", *words)
        assert (done.code, done.out) == (1, "")


def test_a_tag_that_only_goes_away_is_told_so(stocked: Shell) -> None:
    """It said “tagged”."""
    stocked("tag", "+new", "1")
    assert stocked("tag", "-new", "1").out == "untagged 1 The Lighthouse Ledger\n"


def test_on_a_terminal_a_long_action_says_how_far_it_is(
    stocked: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.cli.progress.is_terminal", lambda stream: True)
    assert stocked("tag", "+sea", "1", "2").err == ""
    monkeypatch.setattr("reader.cli.progress.FEW", 2)
    assert "tagging: 2 of 2\r\n" in stocked("tag", "+old", "1", "2").err
    assert "undoing: 2 of 2" in stocked("undo").err
