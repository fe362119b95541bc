from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from pathlib import Path

import pytest

from reader import __version__
from tests.cli.conftest import Shell


def test_the_version(reader: Shell) -> None:
    assert reader("--version").out == f"reader {__version__}\n"


def test_help_is_no_failure(reader: Shell) -> None:
    done = reader("--help")
    assert done.code == 0
    assert "highlight" in done.out
    assert not reader.library.exists()


@pytest.mark.parametrize(
    "words", [("lst",), ("list", "--frob"), ("mark", "blue", "1"), ("show",), ("--frob",), ("highlight", "1")]
)
def test_a_mistake_is_one_line_and_two(reader: Shell, words: tuple[str, ...]) -> None:
    done = reader(*words)
    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
    assert "--help" in done.err


def test_the_library_may_be_named_before_or_after_the_command(stocked: Shell) -> None:
    other = stocked.home / "other.db"
    assert stocked("--library", other, "add", stocked.home / "ledger.txt").out.startswith("added 1")
    assert len(stocked("list", "--library", other).lines) == 1
    assert len(stocked("tags", "--library", other, "--json").out) > 0
    assert len(stocked("list").lines) == 2


def test_a_library_that_is_none_is_three_and_stays_as_it_is(reader: Shell) -> None:
    for text in (b"", b"just text, long enough to be no header at all" * 9):
        path = reader.file("broken.db", text)
        for words in (("list",), ("trash", "1"), ("add", reader.file("a.txt", "Words"))):
            done = reader(*words, "--library", path)
            assert (done.code, done.out) == (3, ""), words
            assert len(done.err.splitlines()) == 1
            assert path.read_bytes() == text


def test_a_folder_as_a_library_is_three(reader: Shell) -> None:
    assert reader("list", "--library", reader.home).code == 3


def test_the_library_is_private_whatever_the_umask(reader: Shell) -> None:
    before = os.umask(0)
    try:
        library = reader.home / "new folder ü" / "library.db"
        reader("add", "-", "--library", library, stdin="Words.")
    finally:
        os.umask(before)
    assert library.stat().st_mode & 0o777 == 0o600
    assert library.parent.stat().st_mode & 0o777 == 0o700


def test_a_configuration_that_cannot_be_used_is_one_line(reader: Shell) -> None:
    path = reader.file("config/terminal-reader/config.toml", 'width = "wide"')
    done = reader("list")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"reader: {path}: width: ")


def test_what_nobody_foresaw_is_one_line_and_a_private_log(
    stocked: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.storage.library import Library

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("https://user:secret@example.org and words of an article")

    monkeypatch.setattr(Library, "open", broken)
    done = stocked("list")
    log = stocked.home / "state" / "terminal-reader" / "log" / "reader.log"
    assert (done.code, done.out) == (1, "")
    assert done.err == f"reader: unexpected ZeroDivisionError: see {log}\n"
    text = log.read_text()
    assert "ZeroDivisionError" in text
    assert "in broken" in text
    assert "user:secret@example" not in text.replace("raise ZeroDivisionError(", "").split("in broken")[0]
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_reader_that_closes_the_pipe_causes_no_noise(reader: Shell) -> None:
    for number in range(40):
        reader.file(f"news/{number}.txt", f"Title {number}\n\n" + "word " * 400)
    reader("add", reader.home / "news")
    with subprocess.Popen(
        [*reader.argv, "export", "--to", "jsonl"],
        env=reader.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_behind_stdout_is_one_line(stocked: Shell, unbuffered: str) -> None:
    """A buffer kept the line that was not taken: Python tried again at the end, complained and exited with 120."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    environment = stocked.environment | {"PYTHONUNBUFFERED": unbuffered}
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*stocked.argv, "list"], env=environment, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith(b"reader: ")
    assert b"Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_ends_an_import_with_its_code_and_what_was_added_is_kept(
    reader: Shell, number: signal.Signals, code: int
) -> None:
    for index in range(3000):
        reader.file(f"news/{index:04}.txt", f"Title {index}\n\n" + f"word{index} " * 300)
    with subprocess.Popen(
        [*reader.argv, "add", str(reader.home / "news")],
        env=reader.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.readline()
        process.send_signal(number)
        lines = (first + process.stdout.read()).decode().splitlines()
        narration = process.stderr.read().decode()
        assert process.wait(60) == code
    assert "Traceback" not in narration
    assert len(narration.splitlines()) == 1
    acknowledged = {line.split()[1] for line in lines}
    assert 0 < len(acknowledged) < 3000
    assert acknowledged <= {str(article["id"]) for article in reader("list", "--json").json}
    with sqlite3.connect(reader.library) as library:
        library.execute("insert into articles_fts(articles_fts, rank) values('integrity-check', 1)")


def test_closed_streams_are_no_disaster(stocked: Shell) -> None:
    for closing in (">&-", "2>&-", "<&-", "<&- >&- 2>&-"):
        done = subprocess.run(
            ["sh", "-c", f'"$@" {closing}', "sh", *stocked.argv, "list"],
            env=stocked.environment,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, closing
    command = ["sh", "-c", '"$@" <&-', "sh", *stocked.argv, "add", "-"]
    assert subprocess.run(command, env=stocked.environment, capture_output=True, check=False).returncode == 2


def test_nothing_but_ascii_may_be_encodable(stocked: Shell) -> None:
    stocked("edit", "1", "--title", "Übung 日本")
    done = stocked.process("list", PYTHONIOENCODING="latin-1:strict", PYTHONUTF8="0")
    assert done.code == 0
