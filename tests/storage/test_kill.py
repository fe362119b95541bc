"""kill -9 in the middle of an import: what was acknowledged is there, whole and once, and the next run completes."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reader.domain.query import parse
from reader.storage.library import Library
from tests.storage.importing import BATCH
from tests.storage.samples import assert_sound, essay, found

COUNT = 400
ROUNDS = 10
OPEN = """
import pathlib, sys
from reader.storage.library import Library
print(flush=True)
Library.open(pathlib.Path(sys.argv[1]))
"""
ROOT = Path(__file__).parents[2]


def run_and_kill(path: Path, lines: int, *flags: str) -> list[int]:
    """Start an import, kill it when it has told of *lines* articles; all that it had told of."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.storage.importing", path, "0", str(COUNT), *flags],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        start_new_session=True,
    )
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(lines)]
    process.kill()
    told += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    return [int(line.split()[1]) for line in told if line.endswith(b"\n")]


def titles(library: Library) -> list[str]:
    return [summary.title for summary in library.articles.summaries(library.articles.find(parse("")))]


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_the_import_is_killed(path: Path, empty_library: Path) -> None:
    chance = random.Random(7)
    in_flight = 0
    for _ in range(ROUNDS):
        for name in path.parent.glob("library.db*"):
            name.unlink()
        shutil.copy(empty_library, path)
        told = run_and_kill(path, chance.randrange(1, COUNT - 2 * BATCH))
        in_flight += len(told) < COUNT
        with Library.open(path) as library:
            assert_sound(library)
            assert library.connection.value("pragma quick_check") == "ok"
            present = titles(library)
            assert len(present) == len(set(present))
            assert {f"Essay {number}" for number in told} <= set(present)
            for id in library.articles.find(parse("")):
                article = library.articles.get(id)
                number = article.summary.title.removeprefix("Essay ")
                assert article.document.text.startswith(f"begin{number} ")
                assert article.document.text.endswith(f" end{number}")
            assert len(found(library, f"begin{told[-1]} end{told[-1]}")) == 1
            library.articles.add_all([essay(number) for number in range(COUNT)])
            assert sorted(titles(library)) == sorted(f"Essay {number}" for number in range(COUNT))
            assert_sound(library)
    assert in_flight >= ROUNDS / 2, "the imports ended before they were killed: raise COUNT"


@pytest.mark.slow
def test_the_kill_would_show_an_acknowledgement_before_the_commit(path: Path) -> None:
    told = run_and_kill(path, BATCH + 1, "early")
    with Library.open(path) as library:
        assert not {f"Essay {number}" for number in told} <= set(titles(library))


@pytest.mark.slow
def test_programs_that_add_at_once_lose_nothing_and_fail_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "library.db"  # which each of them may be the first to make
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.storage.importing", path, str(first), "100"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=ROOT,
        )
        for first in (0, 100, 200)
    ]
    assert [process.communicate()[1] for process in processes] == [b"", b"", b""]
    with Library.open(path) as library:
        assert sorted(titles(library)) == sorted(f"Essay {number}" for number in range(300))
        assert_sound(library)


@pytest.mark.slow
def test_a_library_that_is_killed_while_it_is_made_is_not_there_or_whole(tmp_path: Path) -> None:
    for milliseconds in range(0, 400, 50):
        path = tmp_path / f"{milliseconds}" / "library.db"
        process = subprocess.Popen([sys.executable, "-c", OPEN, path], stdout=subprocess.PIPE, cwd=ROOT)
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(milliseconds / 1000)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        with Library.open(path) as library:
            assert library.articles.add(essay(1)).status == "added"
            assert_sound(library)
