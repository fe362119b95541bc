"""However the interface ends, the terminal is as it was, the exit code says why, and nothing typed is lost."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable

import pytest

from tests.e2e import deaf
from tests.e2e.conftest import DRAFTS, READER, READING, Desk, open_article, quit_from_here
from tests.e2e.escape import ModeLedger
from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.slow

CODES = {signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGINT: 130}
FULL_SCREEN = b"\x1b[?1049h"


def while_it_starts(terminal: Terminal) -> None:
    terminal.wait_until(lambda: FULL_SCREEN in terminal.recording)


def in_the_list(terminal: Terminal) -> None:
    terminal.wait_for("1/50")


def in_an_article(terminal: Terminal) -> None:
    in_the_list(terminal)
    open_article(terminal)


def in_a_note(terminal: Terminal) -> None:
    in_an_article(terminal)
    terminal.send("c")
    terminal.wait_for("Enter Keep")
    terminal.type("half a thought")
    terminal.wait_for("half a thought")


def in_a_search(terminal: Terminal) -> None:
    in_the_list(terminal)
    terminal.send("\\")
    terminal.wait_for("Search every article")
    terminal.type("har")


@pytest.mark.parametrize(
    ("number", "moment"),
    [
        (signal.SIGTERM, while_it_starts),
        (signal.SIGINT, while_it_starts),
        (signal.SIGINT, in_the_list),
        (signal.SIGHUP, in_a_search),
        (signal.SIGTERM, in_a_note),
    ],
)
def test_a_signal_ends_it_with_its_code_and_a_clean_terminal(
    news: Desk, number: signal.Signals, moment: Callable[[Terminal], None]
) -> None:
    with news.start() as terminal:
        moment(terminal)
        terminal.signal(number)
        assert terminal.wait_exit() == CODES[number]
        assert terminal.unrestored() == []
        assert "Traceback" not in terminal.text
    assert news.rows(DRAFTS) == ([("half a thought",)] if moment is in_a_note else [])


@pytest.mark.parametrize("moment", [in_the_list, in_a_note])
def test_a_closed_terminal_window_ends_it_and_keeps_the_draft(
    news: Desk, moment: Callable[[Terminal], None]
) -> None:
    with news.start() as terminal:
        moment(terminal)
        terminal.hang_up()
        assert terminal.wait_exit() == 129
    assert news.rows(DRAFTS) == ([("half a thought",)] if moment is in_a_note else [])


def test_a_closed_window_that_nobody_tells_of_ends_it_too(news: Desk) -> None:
    """As under `make run`: the program that waits for ours gets the signal, and ours went on at full speed."""
    with news.start(command=[sys.executable, deaf.__file__, *READER]) as terminal:
        in_a_note(terminal)
        terminal.hang_up()
        assert terminal.wait_exit() == 129
    assert news.rows(DRAFTS) == [("half a thought",)]


CANCELLED = {in_the_list: "^c again quits", in_a_note: "draft held", in_a_search: "Inbox "}


@pytest.mark.parametrize("moment", CANCELLED)
def test_control_c_once_cancels_and_twice_more_quits(news: Desk, moment: Callable[[Terminal], None]) -> None:
    with news.start() as terminal:
        moment(terminal)
        terminal.send("ctrl+c")
        terminal.wait_for(CANCELLED[moment])
        assert terminal.exit_code is None
        terminal.send("ctrl+c", "ctrl+c")
        assert terminal.wait_exit() == 130
        assert terminal.unrestored() == []


@pytest.mark.parametrize(
    "streams", ["< /dev/null", "> /dev/null", "2> err", "| cat", "< file > /dev/null 2> err"]
)
def test_without_a_terminal_it_says_so_in_one_line(desk: Desk, streams: str) -> None:
    desk.file("file", "q")
    pipeline = (
        f"set -o pipefail; {sys.executable} -m reader {streams}; code=$?; cat err 2> /dev/null; exit $code"
    )
    with desk.start(command=["bash", "-c", pipeline]) as terminal:
        assert terminal.wait_exit() == 2
        assert [line for line in terminal.screen if line] == [
            "reader: the interface needs a terminal; without one use the commands that reader --help lists"
        ]
        assert terminal.unrestored() == []


def test_control_z_gives_the_terminal_back_and_continuing_draws_anew(news: Desk) -> None:
    with news.start() as terminal:
        in_the_list(terminal)
        terminal.send("ctrl+z")
        terminal.wait_until(lambda: process_state(terminal) == "T")
        terminal.wait_until(lambda: ModeLedger.of(terminal.recording).left_on() == [])
        terminal.resize(70, 20)
        terminal.signal(signal.SIGCONT)
        terminal.wait_for("1/50")
        terminal.send("j")
        terminal.wait_until(lambda: "2/50" in terminal.screen[-2])
        quit_from_here(terminal)


def test_it_can_be_frozen_and_continued_without_a_word(news: Desk) -> None:
    """SIGSTOP cannot be caught: Textual took the SIGCONT after it for the end of a pause that had never begun."""
    with news.start() as terminal:
        in_the_list(terminal)
        terminal.signal(signal.SIGSTOP)
        terminal.signal(signal.SIGCONT)
        terminal.send("j")
        terminal.wait_for("2/50")
        quit_from_here(terminal)


def process_state(terminal: Terminal) -> str:
    """One letter as ps shows it: T is stopped."""
    done = subprocess.run(
        ["ps", "-o", "state=", "-p", str(terminal.pid)], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()[:1]


# Where the error is raised, and how one gets there.
PLACES = {
    "key": ("reader.tui.triage:Triage.do_star", "s"),
    "worker": ("reader.tui.counting:counts_of", ""),
    "thread": ("reader.storage.articles:Articles.mark", "r"),
    "timer": ("reader.tui.screens.note:NoteEditor._hold_quietly", "\rcx"),
    "render": ("reader.tui.widgets.article_list:ArticleList.row", ""),
    "mount": ("reader.tui.screens.library:LibraryScreen.on_mount", ""),
}
BROKEN = """
import importlib, sys
module, _, path = {place!r}.partition(":")
owner = importlib.import_module(module)
*parents, name = path.split(".")
for parent in parents:
    owner = getattr(owner, parent)

def fail(*arguments, **named):
    private = "a secret local"
    raise RuntimeError("a secret\\x1b]0;message\\x07")

setattr(owner, name, fail)
from reader.__main__ import main
main()
"""


@pytest.mark.parametrize("place", PLACES)
def test_an_error_nobody_foresaw_is_one_line_and_a_log_without_values(news: Desk, place: str) -> None:
    target, keys = PLACES[place]
    program = [sys.executable, "-c", textwrap.dedent(BROKEN.format(place=target))]
    with news.start(command=program, columns=250) as terminal:
        if keys:
            in_the_list(terminal)
            terminal.type(keys)
        assert terminal.wait_exit() == 1
        assert terminal.unrestored() == []
        (line,) = [line for line in terminal.screen if line.strip()]
    assert re.fullmatch(r"reader: unexpected RuntimeError: see .*\.log", line)
    assert b"secret" not in terminal.recording
    assert b"Traceback" not in terminal.recording
    (log,) = (news.home / ".local").rglob("*.log")
    assert "RuntimeError" in log.read_text()
    assert "secret" not in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_kill_while_one_types_a_note_leaves_its_beginning_as_a_draft(news: Desk) -> None:
    """The draft is stored while typing goes on: a pause is not needed."""
    with news.start() as terminal:
        in_an_article(terminal)
        terminal.send("c")
        terminal.wait_for("Enter Keep")
        typed = ""
        while not (stored := news.rows(DRAFTS)):
            word = f"word{len(typed)}"
            typed += f"{word} "
            terminal.type(f"{word} ")
            terminal.wait_for(word)
            assert len(typed) < 2000
        terminal.signal(signal.SIGKILL)
        assert terminal.wait_exit() == -signal.SIGKILL
    assert typed.startswith(stored[0][0])
    with news.start() as terminal:
        terminal.wait_for(READING)
        terminal.send("c")
        terminal.wait_for("your draft of last time")
        terminal.wait_for(stored[0][0].split()[-1])
        quit_from_here(terminal)
