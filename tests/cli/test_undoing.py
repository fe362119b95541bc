from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from reader.storage.library import Library
from tests.cli.conftest import Shell
from tests.storage.samples import draft


def test_undo_and_redo_say_what_they_did(stocked: Shell) -> None:
    stocked("trash", "1")
    undone = stocked("undo")
    assert undone.code == 0
    assert "trashed" in undone.out
    assert "Lighthouse" in stocked("list").out
    assert stocked("redo").code == 0
    assert "Lighthouse" not in stocked("list").out


def test_nothing_to_undo_fails(reader: Shell) -> None:
    for command in ("undo", "redo"):
        done = reader(command)
        assert (done.code, done.out) == (1, "")
        assert f"nothing to {command}" in done.err


def test_an_edit_is_undone(stocked: Shell) -> None:
    stocked("edit", "1", "--title", "Another", "--note", "N")
    stocked("undo")
    [article] = stocked("list", "1", "--json").json
    assert (article["title"], article["note"]) == ("The Lighthouse Ledger", "")


def test_a_new_action_clears_redo(stocked: Shell) -> None:
    stocked("trash", "1")
    stocked("undo")
    stocked("mark", "starred", "2")
    assert stocked("redo").code == 1


def test_history_is_newest_first_and_marks_what_was_undone(stocked: Shell) -> None:
    stocked("trash", "1")
    stocked("undo")
    entries = stocked("history", "--json").json
    assert [entry["standing"] for entry in entries] == ["undone", "done", "done"]
    assert entries[0]["articles"] == [1]
    assert "undone" in stocked("history").lines[0]
    assert len(stocked("history", "--limit", "1").lines) == 1


def test_commands_of_one_terminal_are_one_session(stocked: Shell) -> None:
    stocked("trash", "1")
    assert len({entry["session"] for entry in stocked("history", "--json").json}) == 1
    assert all("  this terminal  " in line for line in stocked("history").lines)


def test_history_names_the_session_of_each_action(stocked: Shell) -> None:
    day = datetime(2024, 5, 1, 14, 2).astimezone()
    for number, (session, began) in enumerate(
        [("0f" * 16, day), ("0f" * 16, day + timedelta(hours=1)), ("cli-12345", day + timedelta(hours=2))]
    ):
        with Library.open(stocked.library, session=session, clock=lambda began=began: began) as library:
            library.connection.execute("update counter set value = 0 where name = 'changed'")
            library.articles.mark([1, 2][number % 2 : number % 2 + 1], "starred")
            library.articles.edit(1, note=f"note {number}")
    with Library.open(stocked.library, session="0f" * 16, clock=lambda: day + timedelta(days=1)) as library:
        library.articles.trash([2])
    names = [entry["by"] for entry in stocked("history", "--json").json]
    assert names == [
        "the app, 2024-05-01 14:02",
        "another terminal, 16:02",
        "the app, 14:02", "the app, 14:02", "the app, 14:02", "the app, 14:02",
        "this terminal", "this terminal",
    ]  # fmt: skip
    assert "  the app, 2024-05-01 14:02  trashed: 2 Harbour Bridge Delayed" in stocked("history").lines[0]
    assert len(stocked("history", "--jsonl").lines) == 8


def test_undo_takes_back_what_this_terminal_did_before_what_the_app_did(stocked: Shell) -> None:
    stocked("trash", "1")
    with Library.open(stocked.library, session="0f" * 16) as library:
        library.articles.mark([2], "starred")
    assert stocked("undo").out == "undone: trashed: 1 The Lighthouse Ledger\n"
    assert stocked("list", "is:starred").lines != []
    assert stocked("redo").out == "redone: trashed: 1 The Lighthouse Ledger\n"


def test_with_nothing_of_its_own_a_terminal_undoes_and_redoes_what_another_session_did(
    stocked: Shell,
) -> None:
    with Library.open(stocked.library, session="0f" * 16) as library:
        library.connection.execute("delete from history")
        library.articles.mark([1, 2], "starred")
    assert stocked("undo").out == "undone: starred: 2 articles\n"
    assert stocked("list", "is:starred").lines == []
    assert stocked("redo").code == 0
    assert len(stocked("list", "is:starred").lines) == 2


@pytest.mark.slow
def test_a_thousand_are_tagged_and_undone_by_one_command_each(stocked: Shell) -> None:
    with Library.open(stocked.library) as library:
        library.articles.add_all([draft(f"Essay {number}", f"Text {number}.") for number in range(1000)])
    assert stocked("tag", "+later", "title:essay").code == 0
    assert len(stocked("list", "tag:later").lines) == 1000
    assert stocked("undo").out == "undone: tagged: 1000 articles\n"
    assert stocked("list", "tag:later").lines == []
    assert stocked("redo").code == 0
    assert len(stocked("list", "tag:later").lines) == 1000


def test_an_undo_that_can_take_nothing_back_says_so_and_fails(stocked: Shell) -> None:
    """It said that it was undone, though another session had changed the highlight and it stayed."""
    held = stocked("highlight", "1", "Light kept.").lines[0]
    with Library.open(stocked.library, session="0f" * 16) as library:
        library.highlights.edit(int(held), note="theirs")
    undone = stocked("undo")
    assert (undone.code, undone.out) == (1, "")
    assert f"highlight {held} was changed since" in undone.err
    assert "nothing of it could be undone: highlighted" in undone.err
    assert "theirs" in stocked("highlights").out
