"""Nothing that was acknowledged is lost, whenever the process dies."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
from pathlib import Path
from threading import Timer

import pytest

from tests.cli.conftest import Shell

pytestmark = pytest.mark.slow

ARTICLES = 240
ROUNDS = 12


def make_news(reader: Shell) -> Path:
    for number in range(ARTICLES):
        text = f"Title {number}\n\nbegin{number}x " + "some words of the story " * 60 + f" end{number}x."
        reader.file(f"news/{number:03}.txt", text)
    return reader.home / "news"


def start(reader: Shell, folder: Path, library: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*reader.argv, "add", "--library", str(library), str(folder)],
        env=reader.environment,
        stdout=subprocess.PIPE,
        pipesize=4096,  # it cannot run far ahead of whoever reads
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def judge(library: Path, acknowledged: set[str]) -> None:
    """Whole, indexed, present once, and nothing missing that was said to be there; looked at in a copy."""
    copy = library.with_name("copy.db")
    for suffix in ("", "-wal", "-shm"):
        Path(f"{copy}{suffix}").unlink(missing_ok=True)
    for suffix in ("", "-wal"):
        if (part := Path(f"{library}{suffix}")).exists():
            shutil.copy(part, f"{copy}{suffix}")
    with sqlite3.connect(copy) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        for rank in (0, 1):
            connection.execute(
                f"insert into articles_fts(articles_fts, rank) values('integrity-check', {rank})"
            )
        rows = connection.execute(
            "select article.title, body.text from article left join body on body.article = article.id"
        ).fetchall()
    titles = [title for title, _ in rows]
    assert len(titles) == len(set(titles))
    assert acknowledged <= set(titles)
    for title, text in rows:
        number = title.split()[1]
        assert text.startswith(f"begin{number}x")
        assert text.endswith(f"end{number}x.")


def acknowledged_in(data: bytes) -> set[str]:
    """The titles of whole lines only."""
    whole, _, _ = data.rpartition(b"\n")
    lines = (line.decode() for line in whole.splitlines() if line.startswith(b"added "))
    return {line.split(" · ")[0].split(maxsplit=2)[2] for line in lines}


def test_killed_imports_lose_nothing_that_was_acknowledged(reader: Shell, tmp_path: Path) -> None:
    folder = make_news(reader)
    chance = random.Random(7)
    with start(reader, folder, tmp_path / "whole.db") as process:
        assert process.stdout is not None
        everything = process.stdout.read()
        assert process.wait() == 0
    assert len(acknowledged_in(everything)) == ARTICLES
    for number in range(ROUNDS):
        library = tmp_path / f"{number}.db"
        with start(reader, folder, library) as process:
            assert process.stdout is not None
            lines = chance.randint(1, ARTICLES // 2)
            seen = b"".join(process.stdout.readline() for _ in range(lines))
            # Not always behind a line: somewhere in the next one, or in the writing of its batch.
            timer = Timer(chance.uniform(0, 0.02), os.killpg, (process.pid, signal.SIGKILL))
            timer.start()
            timer.join()
            told = acknowledged_in(seen + process.stdout.read())
            assert process.wait() == -signal.SIGKILL
        assert len(told) >= lines
        judge(library, told)
        if number % 5 == 0:
            assert reader("search", "--library", library, "begin0x", "--json").json
            again = reader.process("add", "--library", library, folder)
            assert again.code == 0
            judge(library, {f"Title {index}" for index in range(ARTICLES)})


def test_three_processes_at_once_with_kills_keep_what_they_finished(reader: Shell, tmp_path: Path) -> None:
    """An exit code of 0 is the acknowledgement here."""
    folder = make_news(reader)
    library = tmp_path / "shared.db"
    files = sorted(folder.iterdir())[:30]
    chance = random.Random(11)
    finished: set[str] = set()
    for start_at in range(0, len(files), 3):
        processes = [start(reader, file, library) for file in files[start_at : start_at + 3]]
        victim = chance.choice(processes)
        Timer(chance.uniform(0.05, 0.4), victim.kill).start()
        for process, file in zip(processes, files[start_at : start_at + 3], strict=True):
            process.communicate()
            if process.returncode == 0:
                finished.add(f"Title {int(file.stem)}")
            else:
                assert process is victim
    assert len(finished) >= 20
    judge(library, finished)
