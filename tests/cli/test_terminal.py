"""What the command line does only when people look at it."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.e2e.escape import findings
from tests.hostile import CONTROLS, MARKER


def program(path: Path, body: str) -> Path:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def test_a_list_is_coloured_and_fits(stocked: Shell) -> None:
    stocked("edit", "1", "--title", "A very long title " * 9)
    with stocked.terminal("list", columns=50) as terminal:
        assert terminal.wait_exit() == 0
        assert b"\x1b[" in terminal.recording
        assert len([line for line in terminal.screen if line]) == 2
        assert "…" in terminal.text


def test_no_color_is_obeyed(stocked: Shell) -> None:
    with stocked.terminal("list", NO_COLOR="1") as terminal:
        assert terminal.wait_exit() == 0
        assert b"\x1b" not in terminal.recording


def test_found_words_are_lit(stocked: Shell) -> None:
    with stocked.terminal("search", "corrosion") as terminal:
        assert terminal.wait_exit() == 0
        assert b"\x1b[1;33mCorrosion\x1b[0m" in terminal.recording


@pytest.mark.parametrize(
    "words", [("trash", "is:unread"), ("mark", "read", "1", "2"), ("tag", "+x", "is:unread")]
)
def test_more_than_one_article_is_asked_about(stocked: Shell, words: tuple[str, ...]) -> None:
    with stocked.terminal(*words) as terminal:
        terminal.wait_for("2 articles? [y/N]")
        terminal.send("n", "enter")
        assert terminal.wait_exit() == 1
    assert len(stocked("list", "is:unread", "-tag:x").lines) == 2
    with stocked.terminal(*words) as terminal:
        terminal.wait_for("[y/N]")
        terminal.send("y", "enter")
        assert terminal.wait_exit() == 0
    assert stocked("list", "is:unread", "-tag:x").lines == []


@pytest.mark.parametrize("words", [("trash", "1"), ("trash", "is:unread", "--yes")])
def test_one_article_or_yes_needs_no_question(stocked: Shell, words: tuple[str, ...]) -> None:
    with stocked.terminal(*words) as terminal:
        assert terminal.wait_exit() == 0


def test_purge_asks_about_one_article_too(stocked: Shell) -> None:
    with stocked.terminal("purge", "1") as terminal:
        terminal.wait_for("purge 1 The Lighthouse Ledger for good? [y/N]")
        terminal.send("enter")
        assert terminal.wait_exit() == 1
    assert stocked("show", "1", "--format", "json").code == 0


def test_an_interrupted_question_changes_nothing(stocked: Shell) -> None:
    with stocked.terminal("purge", "1") as terminal:
        terminal.wait_for("[y/N]")
        terminal.send("ctrl+c")
        assert terminal.wait_exit() == 130
    assert len(stocked("list").lines) == 2


def test_an_action_of_another_session_is_named_and_asked_about(stocked: Shell) -> None:
    stocked("trash", "1")
    with stocked.terminal("undo") as terminal:
        terminal.wait_for("undo what another terminal did")
        assert "trashed" in terminal.text
        terminal.send("n", "enter")
        assert terminal.wait_exit() == 1
    with stocked.terminal("undo", "--yes") as terminal:
        assert terminal.wait_exit() == 0
    assert len(stocked("list").lines) == 2


def test_standard_input_may_not_be_a_terminal(reader: Shell) -> None:
    with reader.terminal("add", "-") as terminal:
        assert terminal.wait_exit() == 2
    assert not reader.library.exists()


def test_a_folder_is_added_under_a_bar(reader: Shell) -> None:
    for number in range(90):
        reader.file(f"news/{number:02}.txt", f"Title {number}\n\nThe words of number {number}.")
    with reader.terminal("add", reader.home / "news") as terminal:
        assert terminal.wait_exit() == 0
        assert "added 90 Title 89" in terminal.text
        assert "90 added" in terminal.text
        assert terminal.unrestored() == []


def test_an_interrupted_import_sums_up_what_it_kept(reader: Shell) -> None:
    for number in range(1200):
        reader.file(f"news/{number:04}.txt", f"Title {number}\n\n" + f"word{number} " * 300)
    with reader.terminal("add", reader.home / "news") as terminal:
        terminal.wait_until(lambda: b"added" in terminal.recording)  # which may be off the screen at once
        terminal.signal(signal.SIGINT)
        assert terminal.wait_exit() == 130
        terminal.wait_for("kept so far")
        assert terminal.unrestored() == []
    assert 0 < len(reader("list").lines) < 1200


EDITOR = """\
import os, sys
from pathlib import Path
flag, name = sys.argv[1:]
path = Path(name)
Path(os.environ["HOME"], "argv").write_text("\\n".join([flag, name, oct(path.parent.stat().st_mode & 0o777)]))
path.write_text(path.read_text().replace("author = Ada Moreau", "author = Bea") + "A note.")
"""


def test_the_editor_gets_one_path_in_a_folder_of_our_own(stocked: Shell) -> None:
    editor = stocked.file("my editor", f"#!{sys.executable}\n{EDITOR}")
    editor.chmod(0o755)
    with stocked.terminal("edit", "1", EDITOR=f"'{editor}' --wait") as terminal:
        assert terminal.wait_exit() == 0
    flag, path, mode = (stocked.home / "argv").read_text().splitlines()
    assert (flag, mode) == ("--wait", "0o700")
    assert path.startswith("/")
    assert not Path(path).exists()
    [article] = stocked("list", "1", "--json").json
    assert (article["author"], article["note"], article["title"]) == (
        "Bea",
        "A note.",
        "The Lighthouse Ledger",
    )


@pytest.mark.parametrize(
    ("body", "code"), [("exit 0", 0), ("exit 3", 1), ("kill -9 $$", 1), ('rm "$1"', 1), ('echo x > "$1"', 1)]
)
def test_an_editor_that_fails_or_changes_nothing_is_one_line(stocked: Shell, body: str, code: int) -> None:
    before = stocked("list", "--json").out
    with stocked.terminal("edit", "1", EDITOR=os.fspath(program(stocked.home / "ed", body))) as terminal:
        assert terminal.wait_exit() == code
        assert "nothing was changed" in terminal.text
    assert stocked("list", "--json").out == before


def test_a_missing_editor_is_one_line(stocked: Shell) -> None:
    with stocked.terminal("edit", "1", EDITOR="/no/such/editor -x") as terminal:
        assert terminal.wait_exit() == 1
        told = terminal.text.replace("\n", "")
        assert told.endswith("cannot be started (No such file or directory); nothing was changed")


def test_a_long_article_goes_through_the_pager_as_clean_text(reader: Shell) -> None:
    reader("add", "-", "--title", "Long", stdin="\n\n".join(f"Paragraph {number}." for number in range(200)))
    log = reader.home / "paged"
    pager = program(reader.home / "pager", f'cat > "{log}"; echo "secure=$LESSSECURE args=$*" >> "{log}"')
    with reader.terminal("show", "1", PAGER=f"{pager} -x") as terminal:
        assert terminal.wait_exit() == 0
    text = log.read_text()
    assert "Paragraph 199." in text
    assert "\x1b" not in text
    assert text.endswith("secure=1 args=-x\n")


def test_a_pager_that_leaves_early_or_is_missing_is_no_failure(reader: Shell) -> None:
    # More than a pipe holds.
    reader(
        "add", "-", "--title", "Long", stdin="\n\n".join(f"Paragraph {number}." for number in range(8_000))
    )
    for pager in ("true", "/no/such/pager", "'"):
        with reader.terminal("show", "1", PAGER=pager) as terminal:
            assert terminal.wait_exit() == 0
            assert "Traceback" not in terminal.text


def test_a_short_article_is_shown_at_once(stocked: Shell) -> None:
    with stocked.terminal("show", "1", PAGER="/no/such/pager") as terminal:
        assert terminal.wait_exit() == 0
        assert "Light kept." in terminal.text


@pytest.mark.parametrize("words", [("list",), ("search", "Body"), ("history",), ("highlights",), ("tags",)])
def test_hostile_titles_do_nothing_to_a_terminal(reader: Shell, words: tuple[str, ...]) -> None:
    for number, payload in enumerate(CONTROLS.values()):
        reader.file(f"evil/{number:03}.txt", f"Title {payload}\n\nBody {payload} of number {number}.")
    reader("add", reader.home / "evil")
    reader("tag", "+x\x1b]0;6049317\x07y", "1")
    reader("highlight", "1", "Body", "--note", "\x9d0;6049317\x9c")
    with reader.terminal(*words, columns=40) as terminal:
        assert terminal.wait_exit() == 0
        assert findings(terminal.recording, MARKER) == []
        assert terminal.unrestored() == []
