from __future__ import annotations

from tests.cli.conftest import Shell


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
    assert "another session" not in stocked("history").out
