from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader.jobs.walk import walk


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Words.")


def names(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in walk(folder).files]


def test_files_come_sorted_and_before_those_of_folders_below(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "a/z.md", "a/b/c.html", "c/d.txt", "README")
    assert names(tmp_path) == ["README", "b.txt", "a/z.md", "a/b/c.html", "c/d.txt"]


def test_hidden_files_and_folders_do_not_count(tmp_path: Path) -> None:
    put(tmp_path, ".secret.txt", ".git/config.txt", "seen.txt")
    walked = walk(tmp_path)
    assert names(tmp_path) == ["seen.txt"]
    assert walked.passed_over == 0


def test_other_kinds_and_programs_are_counted(tmp_path: Path) -> None:
    put(tmp_path, "photo.jpg", "letter.TXT")
    (tmp_path / "program").write_bytes(b"\x7fELF\x00\x00")
    walked = walk(tmp_path)
    assert names(tmp_path) == ["letter.TXT"]
    assert walked.passed_over == 2


def test_links_to_folders_are_not_followed_and_links_to_files_are(tmp_path: Path) -> None:
    put(tmp_path, "a/one.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "two.txt").symlink_to(tmp_path / "a" / "one.txt")
    assert names(tmp_path) == ["two.txt", "a/one.txt"]


def test_what_is_no_file_is_kept_so_that_reading_it_tells_why(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    assert names(tmp_path) == ["loop.txt", "pipe"]


def test_a_deep_tree_ends(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(300):
        folder = folder / "deeper"
    folder.mkdir(parents=True)
    put(folder, "found.txt")
    assert len(walk(tmp_path).files) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look everywhere")
def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)
    [(place, _)] = walk(tmp_path).unreadable
    assert place == locked
