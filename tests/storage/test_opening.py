from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.domain.query import parse
from reader.storage import opening
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from reader.storage.version import VERSION
from tests.storage.samples import Ticking, draft, raw_open

NOBODY = 65534
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def refused(path: Path, *, write: bool = True) -> LibraryError:
    with pytest.raises(LibraryError) as caught:
        Library.open(path, write=write)
    assert caught.value.code == 3
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_missing_library_is_made_with_its_folder_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "a new folder é" / "library.db"
    mask = os.umask(0)
    try:
        with Library.open(path) as library:
            library.articles.add(draft())
            modes = {name.name: stat.S_IMODE(name.stat().st_mode) for name in path.parent.iterdir()}
    finally:
        os.umask(mask)
    assert modes == {"library.db": 0o600, "library.db-wal": 0o600, "library.db-shm": 0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_missing_library_is_not_made_where_it_must_exist(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="there is no library") as caught:
        Library.open(tmp_path / "library.db", create=False)
    assert caught.value.code == 3
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_when_making_a_library_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(raw: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("reader.storage.migrations.migrate", fail)
    with pytest.raises(LibraryError):
        Library.open(tmp_path / "library.db")
    assert list(tmp_path.iterdir()) == []


def test_of_two_that_make_it_at_once_one_wins_and_both_use_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.db"
    build = opening._build

    def build_while_another_is_first(new: Path) -> None:
        build(new)
        monkeypatch.setattr(opening, "_build", build)
        with Library.open(path) as other:
            other.articles.add(draft("First"))

    monkeypatch.setattr(opening, "_build", build_while_another_is_first)
    with Library.open(path) as library:
        assert [
            summary.title for summary in library.articles.summaries(library.articles.find(parse("")))
        ] == ["First"]
    assert [name.name for name in tmp_path.iterdir()] == ["library.db"]


def test_the_writer_connection_is_set_to_lose_nothing(library: Library) -> None:
    value = library.connection.value
    assert value("pragma journal_mode") == "wal"
    assert value("pragma synchronous") == 2
    assert value("pragma foreign_keys") == 1
    assert value("pragma recursive_triggers") == 1
    assert value("pragma busy_timeout") >= 5000


def test_a_library_behind_a_symbolic_link_opens(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link to it"
    link.symlink_to(path)
    with Library.open(link) as library:
        library.articles.add(draft())
    with Library.open(path) as library:
        assert library.articles.get(1).summary.title == "A tale"


@pytest.mark.parametrize("content", [b"", b"just some text that is longer than a header of SQLite " * 20])
def test_what_is_no_database_is_refused_and_kept(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    refused(path)
    refused(path, write=False)
    assert path.read_bytes() == content
    assert os.listdir(path.parent) == [path.name]


def test_half_a_library_is_refused_and_kept(path: Path) -> None:
    content = path.read_bytes()[: len(path.read_bytes()) // 2]
    path.write_bytes(content)
    assert "damaged" in str(refused(path))
    assert path.read_bytes() == content


def test_an_overwritten_header_is_refused_and_kept(path: Path) -> None:
    content = b"\x00" * 100 + path.read_bytes()[100:]
    path.write_bytes(content)
    refused(path)
    assert path.read_bytes() == content


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "folder" in str(refused(tmp_path))


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "library.db")
    assert "regular file" in str(refused(tmp_path / "library.db"))


def test_the_database_of_another_program_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    raw = raw_open(path)
    raw.execute("pragma application_id = 77")
    raw.execute("create table articles (id)")
    raw.close()
    content = path.read_bytes()
    assert "another program" in str(refused(path))
    assert path.read_bytes() == content


def test_a_newer_library_is_refused_and_kept(path: Path) -> None:
    raw = raw_open(path)
    raw.execute(f"pragma user_version = {VERSION + 1}")
    raw.close()
    content = path.read_bytes()
    assert "newer version of Reader" in str(refused(path))
    assert path.read_bytes() == content


def test_a_newer_library_is_seen_also_where_only_the_log_says_so(path: Path) -> None:
    raw = raw_open(path)
    raw.execute("pragma wal_autocheckpoint = 0")
    raw.execute(f"pragma user_version = {VERSION + 1}")
    log = Path(f"{path}-wal")
    before = path.read_bytes(), log.read_bytes()
    assert before[1]
    assert "newer version of Reader" in str(refused(path))
    assert (path.read_bytes(), log.read_bytes()) == before
    raw.close()


def test_a_hot_log_is_taken_up(path: Path, tmp_path: Path) -> None:
    """After a kill the newest rows are in the log alone."""
    with Library.open(path) as library:
        library.articles.add(draft("In the log"))
        copy = tmp_path / "copy" / "library.db"
        copy.parent.mkdir()
        copy.write_bytes(path.read_bytes())
        Path(f"{copy}-wal").write_bytes(Path(f"{path}-wal").read_bytes())
    with Library.open(copy) as library:
        assert library.articles.get(1).summary.title == "In the log"


def test_garbage_in_the_shared_memory_file_does_no_harm(path: Path) -> None:
    with Library.open(path) as library:
        library.articles.add(draft())
    Path(f"{path}-shm").write_bytes(b"garbage" * 5000)
    with Library.open(path) as library:
        assert library.articles.get(1).summary.title == "A tale"
        assert library.care.check() == []


def test_a_log_that_was_removed_leaves_what_was_folded_in(path: Path) -> None:
    with Library.open(path) as library:
        library.articles.add(draft())
    with Library.open(path) as library:
        library.articles.add(draft("In the log", "other words"))
        copy = path.with_name("without log.db")
        copy.write_bytes(path.read_bytes())
    with Library.open(copy) as library:
        assert library.articles.count(parse("")) == 1
        assert library.care.check() == []


def test_a_reading_connection_changes_nothing(path: Path) -> None:
    with Library.open(path) as library:
        library.articles.add(draft())
    content = path.read_bytes()
    with Library.open(path, write=False) as library:
        assert library.articles.get(1).document.text.startswith("It was")
        with pytest.raises(LibraryError, match="reading only"):
            library.articles.trash([1])
    assert path.read_bytes() == content


def test_a_locked_library_is_waited_for(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("begin immediate")
    threading.Timer(0.3, other.execute, ["commit"]).start()
    with Library.open(path) as library:
        assert library.articles.add(draft()).status == "added"
    other.close()


def test_a_library_that_stays_locked_is_reported_and_nothing_is_lost(path: Path) -> None:
    with Library.open(path) as library:
        library.articles.add(draft("Before"))
        library.connection.execute("pragma busy_timeout = 20")
        other = raw_open(path)
        other.execute("begin immediate")
        with pytest.raises(LibraryError, match="another program") as caught:
            library.articles.add(draft("Meanwhile", "another text"))
        assert caught.value.code == 3
        other.execute("rollback")
        assert library.articles.add(draft("Meanwhile", "another text")).id == 2
        other.close()


def test_importing_the_library_imports_neither_sqlite_utils_nor_textual() -> None:
    script = (
        "import sys, reader.storage.library, reader.storage.lane\n"
        "print([name for name in ('sqlite_utils', 'textual', 'rich', 'lxml') if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert out.stdout == "[]\n"


def test_opening_an_existing_library_does_not_import_sqlite_utils(path: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom reader.storage.library import Library\n"
        "library = Library.open(Path(sys.argv[1]))\nlibrary.close()\nprint('sqlite_utils' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=True)
    assert out.stdout == "False\n"


# --- permissions, as an ordinary user -------------------------------------------------------------------------


@pytest.fixture
def locked_down(path: Path) -> Iterator[Path]:
    with Library.open(path, clock=Ticking()) as library:
        library.articles.add(draft())
    yield path
    path.parent.chmod(0o755)
    path.chmod(0o644)


def as_user(path: Path, *, write: bool) -> str:
    """What someone without special rights sees, in a process of their own: root may do anything."""
    if AS_ROOT:
        for folder in path.parents[1:]:
            if not folder.stat().st_mode & stat.S_IXOTH:
                folder.chmod(folder.stat().st_mode | stat.S_IXOTH)
        os.chown(path, NOBODY, NOBODY)
        os.chown(path.parent, NOBODY, NOBODY)
    theirs, ours = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if AS_ROOT:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            os.write(ours, look(path, write=write).encode())
        finally:
            os._exit(0)
    os.close(ours)
    with os.fdopen(theirs) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return text


def look(path: Path, *, write: bool) -> str:
    try:
        with Library.open(path, write=write) as library:
            ids = library.articles.find(parse(""))
            return f"titles {[summary.title for summary in library.articles.summaries(ids)]}"
    except LibraryError as error:
        return f"refused {error.code} {error}"


def test_a_library_in_a_read_only_folder_is_read_but_not_written(locked_down: Path) -> None:
    locked_down.chmod(0o444)
    locked_down.parent.chmod(0o555)
    content = locked_down.read_bytes()
    assert as_user(locked_down, write=False) == "titles ['A tale']"
    assert "read-only" in as_user(locked_down, write=True)
    assert locked_down.read_bytes() == content
    assert os.listdir(locked_down.parent) == [locked_down.name]


def test_a_read_only_file_is_read_but_not_written(locked_down: Path) -> None:
    locked_down.chmod(0o444)
    locked_down.parent.chmod(0o755)
    assert as_user(locked_down, write=False) == "titles ['A tale']"
    assert as_user(locked_down, write=True).startswith("refused 3")


def test_a_file_that_may_not_be_read_is_refused_in_a_sentence(locked_down: Path) -> None:
    locked_down.chmod(0)
    assert "permissions" in as_user(locked_down, write=False)


def test_an_older_library_that_is_read_only_says_that_it_must_be_upgraded(locked_down: Path) -> None:
    """It said that it could be read, which it could not."""
    with Library.open(locked_down) as library:
        library.connection.execute(f"pragma user_version = {VERSION - 1}")
    locked_down.chmod(0o444)
    locked_down.parent.chmod(0o555)
    content = locked_down.read_bytes()
    for write in (False, True):
        refused = as_user(locked_down, write=write)
        assert refused.startswith("refused 3")
        assert "must be upgraded" in refused
    assert locked_down.read_bytes() == content
