"""Exports read in a child process, whatever happens to it."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

import pytest

from reader.domain.article import ArticleId
from reader.domain.change import Outcome
from reader.domain.record import Kept, Record, Refused
from reader.exchange.imports.detection import Chosen
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.item import Problem
from reader.ingest.sandbox import Limits
from reader.jobs.import_process import Found, look
from reader.jobs.importing import Event, Imported, import_file, opened, spooled
from tests.exchange.samples import SAMPLES

# lxml takes minutes for it, a walk over the tags no time.
ENDLESS = (
    "<p>Before it.</p><a "
    + " ".join(f"a{number}=b" for number in range(100_000))
    + ">link</a><p>Behind it.</p>"
)


class Shelf:
    """Keeps records in memory, refuses those called so, and calls *meanwhile* at each batch."""

    def __init__(self, meanwhile: Any = None) -> None:
        self.batches: list[list[Record]] = []
        self._meanwhile = meanwhile

    @property
    def records(self) -> list[Record]:
        return [record for batch in self.batches for record in batch]

    def store(
        self, records: Sequence[Record], *, run: str, overwrite: bool = False, dry: bool = False
    ) -> list[Kept | Refused]:
        self.batches.append(list(records))
        if self._meanwhile is not None:
            self._meanwhile()
        return [_kept(record) for record in records]

    def restore(self, wholes: Sequence[Any], **how: Any) -> list[Kept | Refused | None]:
        raise AssertionError("no rows of our own here")


def _kept(record: Record) -> Kept | Refused:
    title = record.draft.title
    return Refused(title, "too odd") if title == "Refused" else Kept(Outcome("added", ArticleId(1), title))


def file_of(data: bytes) -> BinaryIO:
    file = TemporaryFile()  # noqa: SIM115
    file.write(data)
    file.flush()
    return file  # type: ignore[return-value]


def imported(data: bytes, shelf: Shelf, app: Chosen = "auto", **how: Any) -> list[Event]:
    with file_of(data) as file:
        return list(import_file(file, app, shelf, run="r", **how))


def entries(*bodies: str) -> bytes:
    """A wallabag export with these texts."""
    found = [
        {
            "title": f"T{number}",
            "url": f"https://e.org/{number}",
            "content": body,
            "hashed_url": "x",
            "is_archived": 0,
        }
        for number, body in enumerate(bodies)
    ]
    return json.dumps(found).encode()


def links(count: int) -> bytes:
    return "".join(f"https://e.org/{number} T{number}\n" for number in range(count)).encode()


@pytest.mark.parametrize("app", ["pocket", "omnivore", "wallabag", "kindle", "newsboat"])
def test_a_file_of_every_shape_goes_through_the_child(app: str) -> None:
    shelf = Shelf()
    found, *events = imported(SAMPLES[app](), shelf)
    assert isinstance(found, Found)
    assert found.app == app
    assert found.total == len(shelf.records) == sum(isinstance(event, Imported) for event in events)
    assert all(record.origin.startswith(f"{app}:") for record in shelf.records)


def test_what_is_told_comes_in_the_order_of_the_file_after_its_batch() -> None:
    shelf = Shelf()
    data = b"https://e.org/a A\nhttps://e.org/b Refused\nnonsense\nhttps://e.org/c \x1b]0;x\x07C\n"
    events = imported(data, shelf, "urls", batch=2)
    assert [type(event).__name__ for event in events] == [
        "Found",
        "Imported",
        "Problem",
        "Problem",
        "Imported",
    ]
    assert events[2:4] == [
        Problem("line 2", "too odd"), Problem("line 3", "not an address: nonsense"),
    ]  # fmt: skip
    assert [[record.draft.title for record in batch] for batch in shelf.batches] == [
        ["A", "Refused"],
        ["]0;xC"],
    ]
    assert shelf.records[0].draft.keys == ("url:https://e.org/a",)


def test_a_body_that_takes_for_ever_costs_itself_only_its_structure(monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform == "linux":
        # Elsewhere by the clock, which goes on while others have the processor.
        monkeypatch.setattr("reader.jobs.import_process.monotonic", worked)
    shelf = Shelf()
    events = imported(entries("<p>One.</p>", ENDLESS, "<p>Three.</p>"), shelf, limits=Limits(wall=2))
    assert [record.draft.title for record in shelf.records] == ["T0", "T1", "T2"]
    assert [record.draft.document.text for record in shelf.records] == [
        "One.", "Before it.\n\nlink\n\nBehind it.", "Three.",
    ]  # fmt: skip
    assert not [event for event in events if isinstance(event, Problem)]


def worked() -> float:
    """Seconds of processor time that the child has used up."""
    ticks = 0
    for child in children():
        with suppress(OSError):  # it has just ended
            ticks += sum(map(int, Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


@pytest.mark.skipif(sys.platform != "linux", reason="finds the child in /proc")
def test_a_child_that_is_killed_is_replaced_and_nothing_comes_twice() -> None:
    killed: set[int] = set()

    def kill() -> None:
        for child in set(children()) - killed:
            if len(killed) < 2:
                os.kill(child, signal.SIGKILL)
                killed.add(child)

    shelf = Shelf(kill)
    count = 6_000  # more than two pipes hold
    imported(links(count), shelf)
    assert len(killed) == 2
    assert [record.draft.title for record in shelf.records] == [f"T{number}" for number in range(count)]


def children() -> list[int]:
    return [
        int(pid) for tasks in Path("/proc/self/task").glob("*/children") for pid in tasks.read_text().split()
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="finds the child in /proc")
def test_who_stops_half_way_leaves_no_child_behind() -> None:
    before = set(children())
    with (
        file_of(links(5000)) as file,
        closing(import_file(file, "auto", Shelf(), run="r", batch=10)) as events,
    ):
        assert isinstance(next(events), Found)
        assert isinstance(next(events), Imported)
        assert set(children()) - before
    assert set(children()) == before


def test_a_child_that_cannot_even_begin_is_told_in_words() -> None:
    shelf = Shelf()
    with pytest.raises(ExportError, match=r"could not be parsed \(memory\)"):
        imported(links(20_000), shelf, limits=Limits(memory=1))
    assert shelf.batches == []


def test_broken_json_gives_its_good_records_and_a_clear_line() -> None:
    good = json.loads(entries("<p>One.</p>"))[0]
    deep, huge = "[" * 100_000 + "]" * 100_000, "9" * 5000
    parts = [
        json.dumps(good),
        deep,
        f'{{"id":{huge}}}',
        "[1]",
        "NaN",
        json.dumps(good)[:-9],
    ]
    shelf = Shelf()
    _, *events = imported(f"[{','.join(parts)}".encode(), shelf)
    assert [record.draft.title for record in shelf.records] == ["T0"]
    assert {event.kind for event in events if isinstance(event, Problem)} == {"failed"}
    reasons = [event.reason for event in events if isinstance(event, Problem)]
    assert reasons[:2] == ["nested too deep", "a number of too many digits"]
    assert reasons[-1] == "the file is cut off here"


def test_what_is_no_export_is_an_error_before_anything_is_stored() -> None:
    shelf = Shelf()
    for data, app, reason in (
        (b"Just a text.\n\nWith words.", "auto", "no export that Reader knows"),
        (SAMPLES["kindle"](), "pocket", "not a Pocket export: the file is Kindle clippings"),
        (SAMPLES["pocket"]()[:300], "auto", "the zip is damaged"),
    ):
        with pytest.raises(ExportError, match=reason):
            imported(data, shelf, app)  # type: ignore[arg-type]
    assert shelf.batches == []


def test_looking_tells_what_it_is_and_how_much() -> None:
    with file_of(SAMPLES["pocket"]()) as file:
        found = look(file, "x.zip")
    assert found is not None
    assert (found.app, found.what, found.shape, found.total) == ("pocket", "a Pocket export", "zip", 2)
    with file_of(b"Just a text.") as file:
        assert look(file) is None


def test_a_dry_run_remembers_what_came_before_it_in_the_file() -> None:
    class Dry(Shelf):
        def store(self, records: Sequence[Record], **how: Any) -> list[Kept | Refused]:
            assert how["dry"]
            return super().store(records, run="r")

    events = imported(links(3) + links(3), Dry(), dry=True, batch=2)
    kept = [event.kept for event in events if isinstance(event, Imported)]
    assert [one.outcome.status for one in kept if one] == ["added"] * 3 + ["known"] * 3


def test_many_highlights_make_smaller_batches() -> None:
    clippings = "".join(
        f"Book {number // 500} (Jane)\n- Your Highlight on Location {number * 10}-{number * 10 + 1} | Added on "
        f"Tuesday, January 5, 2021 9:42:11 AM\n\nPassage {number}.\n==========\n"
        for number in range(5000)
    )
    shelf = Shelf()
    imported(clippings.encode(), shelf, "kindle", limits=Limits())
    assert len(shelf.records) == 10
    assert max(sum(len(record.highlights) for record in batch) for batch in shelf.batches) <= 2600


def test_a_pipe_is_read_to_its_end_first_and_a_folder_is_refused(tmp_path: Path) -> None:
    with spooled(io.BytesIO(links(2))) as file:
        assert len(list(import_file(file, "urls", Shelf(), run="r"))) == 3
    for path, reason in (
        (tmp_path, "a folder"),
        (tmp_path / "none", "no such file"),
        (Path("\0"), "not a file name"),
        (Path("/dev/zero"), "not a file or a pipe"),
    ):
        with pytest.raises(ExportError, match=reason), opened(path):
            pass
