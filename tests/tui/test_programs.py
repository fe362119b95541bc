"""Other programs: what they are given, and what of theirs is shown."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.tui.programs import OUTPUT_LIMIT, ProgramError, arguments, captured, plain


@pytest.mark.parametrize(
    ("command", "words", "argv"),
    [
        ("dict {}", "ship of fools", ["dict", "ship of fools"]),
        ("dict -d 'a b' {}", "x", ["dict", "-d", "a b", "x"]),
        ("dict", "x", ["dict"]),
        ("dict {}", "$(id) `id` ; id", ["dict", "$(id) `id` ; id"]),
        ("dict {}", "--help", ["dict", "help"]),
        ("dict --word={}", "--help", ["dict", "--word=--help"]),
        ("w3m https://e.org/?q={}", "a b&c/é", ["w3m", "https://e.org/?q=a%20b%26c%2F%C3%A9"]),
        ("dict {} {}", "x", ["dict", "x", "x"]),
    ],
)
def test_words_are_one_argument_and_never_an_option(command: str, words: str, argv: list[str]) -> None:
    assert arguments(command, words) == argv


@pytest.mark.parametrize("command", ["dict 'x", "", "  "])
def test_what_is_no_command_is_said(command: str) -> None:
    with pytest.raises(ProgramError, match=r"^Not understood: "):
        arguments(command)


@pytest.mark.parametrize(
    ("output", "text"),
    [
        ("\x1b[1mbold\x1b[0m and \x1b[38;5;3mred\x1b[m", "bold and red"),
        ("\x1b]0;title\x07a\x1b]8;;http://e.org\x1b\\link\x1b]8;;\x1b\\", "alink"),
        ("\x1b]0;never ends\nnext line", "\nnext line".strip("\n")),
        ("N\x08NA\x08AM\x08ME\n_\x08word", "NAME\nword"),
        ("\n\n  indented\r\nlines  \n\n", "  indented\nlines"),
        ("\x1bP1;2|data\x1b\\x\x9b31my\x9d0;t\x9cz", "xyz"),
    ],
)
def test_output_is_plain_text(output: str, text: str) -> None:
    assert plain(output) == text


@given(st.text("\x1b[]P\\m;1a\x07\x08\n\x9b\x9d\u202e", max_size=40))
def test_whatever_was_printed_steers_nothing(output: str) -> None:
    assert all(sign.isprintable() or sign in "\n\t" for sign in plain(output))


async def run(script: str, text: str | None = None, *, seconds: float = 20.0) -> tuple[str, int]:
    found = await captured([sys.executable, "-c", script], text, seconds=seconds, columns=60)
    return found.text, found.code


async def test_a_program_is_away_from_the_terminal_and_told_to_be_plain() -> None:
    script = (
        "import os, sys\n"
        "print(*[os.environ[name] for name in ('TERM', 'NO_COLOR', 'PAGER', 'COLUMNS')])\n"
        "print(repr(sys.stdin.read()), os.isatty(1), os.getsid(0) == os.getpid())\n"
        "print('to stderr', file=sys.stderr)"
    )
    text, code = await run(script)
    assert code == 0
    assert sorted(text.splitlines()) == ["'' False True", "dumb 1 cat 60", "to stderr"]


async def test_a_program_that_takes_too_long_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    script = (
        "import os, subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(pids)!r}, 'w').write(f'{{os.getpid()}} {{child.pid}}')\n"
        "time.sleep(600)"
    )
    with pytest.raises(ProgramError, match=r"took longer than 1 seconds? and was ended"):
        await run(script, seconds=1.0)
    for pid in map(int, pids.read_text().split()):
        assert not is_running(pid)


def is_running(pid: int) -> bool:
    """Not counting one that has ended and was not fetched yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def test_endless_output_is_cut_and_what_is_not_read_is_no_fault() -> None:
    text, code = await run("import os\nfor _ in range(100): os.write(1, b'x' * 10_000)", "y" * 1_000_000)
    assert (len(text), code) == (OUTPUT_LIMIT, 0)


@pytest.mark.parametrize("argv", [["no-such-program"], [os.devnull], [sys.executable, "a\0b"]])
async def test_what_cannot_be_started_is_said(argv: list[str]) -> None:
    with pytest.raises(ProgramError, match="did not start"):
        await captured(argv, None, seconds=5, columns=60)
