from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from reader.jobs.add import Added, Skipped
from reader.jobs.inbox import Inbox
from reader.storage.library import Library

TEXT = "The Ledger\n\nThe keeper wrote what the sea had done."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_file_is_taken_in_when_two_looks_find_it_the_same(folder: Path, library: Library) -> None:
    inbox = Inbox(folder)
    assert not inbox.has_any
    assert list(inbox.sweep(library)) == []
    (folder / "a.txt").write_text(TEXT)
    assert inbox.has_any
    assert list(inbox.sweep(library)) == []
    (folder / "a.txt").write_text(TEXT + " More.")
    assert list(inbox.sweep(library)) == []  # it has grown
    (event,) = inbox.sweep(library)
    assert isinstance(event, Added)
    assert files(folder) == ["done/a.txt"]
    assert library.articles.summary(event.outcome.id).title == "The Ledger"
    assert list(inbox.sweep(library)) == []


def test_names_that_are_taken_in_done_are_kept(folder: Path, library: Library) -> None:
    for number in range(3):
        (folder / "a.txt").write_text(f"{TEXT} {number}.")
        inbox = Inbox(folder)
        inbox.look()
        assert [type(event) for event in inbox.sweep(library)] == [Added]
    assert files(folder) == ["done/a-2.txt", "done/a-3.txt", "done/a.txt"]
    assert (folder / "done" / "a.txt").read_text().endswith("0.")


def test_what_cannot_be_read_is_put_aside_with_its_reason_and_told_once(
    folder: Path, library: Library
) -> None:
    (folder / "bad.txt").write_bytes(b"\0\1\2" * 300)
    inbox = Inbox(folder)
    inbox.look()
    (event,) = inbox.sweep(library)
    assert event == Skipped(str(folder / "bad.txt"), "binary file")
    assert files(folder) == ["failed/bad.txt", "failed/bad.txt.reason"]
    assert (folder / "failed" / "bad.txt.reason").read_text() == "binary file\n"
    assert list(inbox.sweep(library)) == []


def test_what_is_not_whole_or_no_article_stays(folder: Path, library: Library) -> None:
    names = [
        "a.html.part", "b.html.crdownload", ".syncthing.c.txt.tmp", "d.txt~", ".hidden.txt", "e.jpg", "f.csv",
        "urls.txt",
    ]  # fmt: skip
    for name in names:
        (folder / name).write_text("https://example.org/a\nhttps://example.org/b\n")
    (folder / "deeper").mkdir()
    (folder / "deeper" / "a.txt").write_text(TEXT)
    os.mkfifo(folder / "pipe.txt")
    (folder / "nowhere.txt").symlink_to(folder / "absent.txt")
    inbox = Inbox(folder)
    inbox.look()
    assert list(inbox.sweep(library)) == []
    assert files(folder) == sorted([*names, "deeper/a.txt"])
    assert not inbox.has_any  # the export is known now, and nothing else is awaited


def test_what_cannot_be_put_aside_is_safe_and_told_once_a_start(folder: Path, library: Library) -> None:
    (folder / "a.txt").write_text(TEXT)
    (folder / "done").write_text("in the way")
    inbox = Inbox(folder)
    inbox.look()
    (event,) = inbox.sweep(library)
    assert isinstance(event, Skipped)
    assert event.reason.startswith("is in the library, but cannot be put aside: ")
    assert len(library.articles.order()) == 1
    inbox.look()
    assert list(inbox.sweep(library)) == []
    (folder / "done").unlink()
    inbox = Inbox(folder)
    inbox.look()
    assert [event.outcome.status for event in inbox.sweep(library) if isinstance(event, Added)] == ["known"]
    assert files(folder) == ["done/a.txt"]


def test_done_may_be_on_another_file_system_and_names_as_long_as_can_be(
    folder: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_how: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(os, "rename", refuse)
    monkeypatch.setattr(Path, "rename", refuse)
    long = "b" * 251 + ".txt"
    (folder / "a.txt").write_text(TEXT)
    (folder / long).write_bytes(b"\0\1\2" * 300)
    inbox = Inbox(folder)
    inbox.look()
    added, skipped = inbox.sweep(library)
    assert isinstance(added, Added)
    assert skipped == Skipped(str(folder / long), "binary file")
    assert files(folder) == ["done/a.txt", f"failed/{'b' * 240}.reason", f"failed/{long}"]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path, library: Library) -> None:
    inbox = Inbox(tmp_path / "nowhere")
    assert not inbox.has_any
    assert list(inbox.sweep(library)) == []
