from __future__ import annotations

import pytest

from tests.cli.conftest import Shell


@pytest.mark.parametrize(
    ("state", "key", "value"),
    [
        ("read", "state", "read"),
        ("starred", "starred", True),
        ("archived", "archived", True),
        ("unread", "state", "unread"),
        ("unstarred", "starred", False),
        ("unarchived", "archived", False),
    ],
)
def test_each_mark_changes_what_it_says(stocked: Shell, state: str, key: str, value: object) -> None:
    assert stocked("mark", state, "1").code == 0
    assert stocked("list", "1", "--json").json[0][key] == value


def test_a_query_is_a_scope(stocked: Shell) -> None:
    assert stocked("mark", "starred", "is:unread").out == "marked starred 2 articles\n"
    assert len(stocked("list", "is:starred").lines) == 2


def test_an_action_that_matches_nothing_fails(stocked: Shell) -> None:
    for words in (
        ("mark", "read", "zeppelin"),
        ("trash", "zeppelin"),
        ("restore", "keeper"),
        ("trash", "99"),
    ):
        done = stocked(*words)
        assert (done.code, done.out) == (1, ""), words
        assert len(done.err.splitlines()) == 1


def test_what_is_so_already_is_no_failure(stocked: Shell) -> None:
    done = stocked("mark", "unread", "1")
    assert (done.code, done.out) == (0, "")
    assert "already" in done.err


def test_an_absent_number_among_good_ones_changes_nothing(stocked: Shell) -> None:
    assert stocked("trash", "1", "99").code == 1
    assert len(stocked("list").lines) == 2


def test_an_empty_query_never_means_everything(stocked: Shell) -> None:
    for command in (("trash", ""), ("mark", "read", " "), ("purge", "", "--yes"), ("tag", "+x", "")):
        assert stocked(*command).code == 2, command
    assert len(stocked("list", "is:unread").lines) == 2


def test_trash_and_restore(stocked: Shell) -> None:
    assert stocked("trash", "1").out == "trashed 1 The Lighthouse Ledger\n"
    assert "Lighthouse" not in stocked("list").out
    assert stocked("restore", "ledger").out == "restored 1 The Lighthouse Ledger\n"
    assert "Lighthouse" in stocked("list").out


def test_purge_without_a_terminal_needs_yes(stocked: Shell) -> None:
    done = stocked("purge", "1")
    assert (done.code, done.out) == (2, "")
    assert "--yes" in done.err
    assert stocked("show", "1").code == 0


def test_a_purged_article_is_gone_for_good(stocked: Shell) -> None:
    assert stocked("purge", "1", "--yes").code == 0
    assert stocked("show", "1").code == 1
    assert stocked("search", "keeper", "--json").json == []
    assert stocked("undo").code == 0  # undoes the adding of the other article, not the purge
    assert stocked("show", "1").code == 1


def test_purge_empties_the_trash(stocked: Shell) -> None:
    stocked("trash", "1")
    stocked("trash", "2")
    assert stocked("purge", "is:trashed", "--yes").out == "purged 2 articles\n"
    assert stocked("list", "is:trashed").out == ""
