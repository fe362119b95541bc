from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from reader.domain.query import parse
from reader.storage.connection import Abandoned, LibraryError
from reader.storage.lane import Lane
from reader.storage.library import Library
from tests.storage.samples import draft, essay

ENDLESS = """
    with recursive number (value) as (select 1 union all select value + 1 from number)
    select count(*) from number
"""


async def test_what_is_written_is_read(path: Path) -> None:
    lane = Lane(path)
    outcome = await lane.write(lambda library: library.articles.add(draft()))
    article = await lane.read(lambda library: library.articles.get(outcome.id))
    assert article.summary.title == "A tale"
    await lane.close()


async def test_reads_and_changes_have_a_thread_each(path: Path) -> None:
    lane = Lane(path)
    threads = {
        await lane.read(lambda library: threading.get_ident()),
        await lane.read(lambda library: threading.get_ident()),
        await lane.write(lambda library: threading.get_ident()),
        threading.get_ident(),
    }
    assert len(threads) == 3
    assert not await lane.read(lambda library: library.connection.writable)
    await lane.close()


async def test_a_new_library_is_made_by_whoever_comes_first(tmp_path: Path) -> None:
    lane = Lane(tmp_path / "library.db")
    assert await lane.read(lambda library: library.articles.count(parse(""))) == 0
    await lane.close()


async def test_a_read_that_nobody_waits_for_stops_in_mid_statement(path: Path) -> None:
    lane = Lane(path)
    started = threading.Event()
    stopped: list[BaseException] = []

    def ask(library: Library) -> int:
        started.set()
        try:
            return library.connection.value(ENDLESS)
        except BaseException as error:
            stopped.append(error)
            raise

    task = asyncio.create_task(lane.read(ask))
    await asyncio.to_thread(started.wait)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await lane.read(lambda library: library.articles.count(parse(""))) == 0
    assert isinstance(stopped[0], Abandoned)
    await lane.close()


async def test_a_read_that_was_given_up_before_its_turn_is_not_begun(path: Path) -> None:
    lane = Lane(path)
    go_on = threading.Event()
    asked: list[str] = []
    first = asyncio.create_task(lane.read(lambda library: go_on.wait()))
    second = asyncio.create_task(lane.read(lambda library: asked.append("second")))
    await asyncio.to_thread(lambda: None)
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    go_on.set()
    await first
    await lane.close()
    assert asked == []


async def test_a_change_is_done_also_when_nobody_waits_for_it(path: Path) -> None:
    lane = Lane(path)
    started, go_on = threading.Event(), threading.Event()

    def change(library: Library) -> None:
        started.set()
        go_on.wait()
        library.articles.add(draft())

    task = asyncio.create_task(lane.write(change))
    await asyncio.to_thread(started.wait)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    go_on.set()
    await lane.close()
    with Library.open(path) as library:
        assert library.articles.count(parse("")) == 1


async def test_closing_waits_for_every_change(path: Path) -> None:
    lane = Lane(path)
    changes = [
        asyncio.create_task(lane.write(lambda library, number=number: library.articles.add(essay(number))))
        for number in range(5)
    ]
    await asyncio.sleep(0)
    await lane.close()
    assert [change.result().status for change in changes] == ["added"] * 5
    assert not Path(f"{path}-wal").exists()


async def test_an_error_reaches_whoever_asked_and_the_lane_lives_on(path: Path) -> None:
    lane = Lane(path)
    with pytest.raises(LibraryError, match="no article 7"):
        await lane.read(lambda library: library.articles.get(7))
    assert await lane.write(lambda library: library.articles.add(draft()).id) == 1
    await lane.close()


async def test_a_library_that_cannot_be_opened_is_told_at_every_use(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(b"")
    lane = Lane(path)
    for _ in range(2):
        with pytest.raises(LibraryError):
            await lane.read(lambda library: None)
    path.write_bytes(content)
    assert await lane.read(lambda library: library.articles.count(parse(""))) == 0
    await lane.close()


async def test_a_library_is_used_only_in_its_thread(path: Path) -> None:
    lane = Lane(path)
    library = await lane.read(lambda library: library)
    with pytest.raises(LibraryError):
        library.articles.count(parse(""))
    await lane.close()


async def test_both_threads_are_one_session(path: Path) -> None:
    lane = Lane(path)
    await lane.write(lambda library: library.articles.add(draft()))
    entry = await lane.read(lambda library: library.history.last(library.session))
    assert entry.action == "added"
    await lane.close()
