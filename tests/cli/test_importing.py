from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import HARBOUR, Shell
from tests.exchange.exports_of import zip_of
from tests.exchange.samples import pocket

TABLE = """\
title,url,time_added,tags,status
=1+1,https://e.org/sum,1600322788,python|tui,archive
Harbour,https://e.org/harbour,1600322789,,unread
Bad,javascript:alert(1),1600322790,,unread
No address,,1600322791,,unread
Late,https://e.org/late,soon,,unread
"""


def export(quotes: list[str]) -> bytes:
    marked = [
        {
            "url": "http://www.e.org/harbour/",
            "title": "",
            "highlights": [{"quote": quote} for quote in quotes],
        }
    ]
    return zip_of({"part_000000.csv": TABLE, "annotations/part_000000.json": json.dumps(marked)})


def test_the_report_says_what_came_and_why_the_rest_did_not(reader: Shell) -> None:
    file = reader.file("export.zip", export(["Light kept"]))
    done = reader("import", "pocket", file)
    assert done.code == 1
    assert done.lines == [
        "pocket zip   part_000000.csv, annotations/part_000000.json",
        "articles     new 3   known 0   updated 0   failed 2   skipped 0",
        "highlights   new 1   known 0   unplaced 1",
        'failed       row 4: scheme "javascript" refused · row 5: no URL',
        'noted        row 6: date "soon"',
    ]
    assert done.err.splitlines() == [
        'failed row 4: scheme "javascript" refused', "failed row 5: no URL", 'noted row 6: date "soon"',
    ]  # fmt: skip
    late, harbour = reader("list", "--json").json
    (total,) = reader("list", "is:archived", "--json").json
    assert (total["title"], total["tags"], total["archived"], total["state"]) == (
        "=1+1",
        ["python", "tui"],
        True,
        "read",
    )
    assert total["added"].startswith("2020-09-17T06:06:28")
    assert (harbour["url"], harbour["unfetched"], harbour["highlights"]) == ("https://e.org/harbour", "", 1)
    assert late["title"] == "Late"


def test_a_second_import_adds_nothing_and_one_undo_takes_all_of_it_back(reader: Shell) -> None:
    file = reader.file("export.zip", export(["Light kept"]))
    assert reader("import", "auto", file).lines[1].split()[1:3] == ["new", "3"]
    again = reader("import", "auto", file)
    assert again.lines[1:3] == [
        "articles     new 0   known 3   updated 0   failed 2   skipped 0",
        "highlights   new 0   known 1   unplaced 0",
    ]
    assert len(reader("history").lines) == 1
    assert reader("undo").code == 0
    assert reader("list").out == ""


def test_quotes_are_placed_in_a_text_that_is_here_and_kept_if_they_are_not_in_it(reader: Shell) -> None:
    reader("add", reader.file("bridge.txt", HARBOUR), "--url", "https://e.org/harbour")
    quotes = [
        "Corrosion in the piers was worse than expected", "corrosion in the pier was even worse than expected",
        "The keeper wrote two words at the foot",
    ]  # fmt: skip
    done = reader("import", "pocket", reader.file("export.zip", export(quotes)))
    assert done.lines[1].split()[1:7] == ["new", "2", "known", "0", "updated", "1"]
    assert done.lines[2].startswith("highlights   new 3")
    found = {one["exact"]: one["status"] for one in reader("highlights", "--json").json}
    assert set(found) == set(quotes)
    assert found[quotes[0]] == "anchored"
    assert found[quotes[2]] == "orphan"
    assert json.dumps(quotes[2]) in reader("export", "--to", "jsonl").out


def test_a_dry_run_reports_and_writes_nothing(reader: Shell) -> None:
    file = reader.file("export.zip", export(["Light kept"]))
    dry = reader("import", "pocket", file, "--dry-run")
    assert reader("list").out == ""
    assert reader("history").out == ""
    assert [dry.lines[0], *dry.lines[1:]] == [
        "nothing was written: this is what an import would do", *reader("import", "pocket", file).lines,
    ]  # fmt: skip


def test_as_json_every_record_says_what_became_of_it(reader: Shell) -> None:
    done = reader("import", "auto", "-", "--json", stdin=export(["Light kept"]))
    assert [one["status"] for one in done.json] == ["added", "added", "failed", "failed", "warning", "added"]
    assert done.json[1] | {"id": 0} == {
        "status": "added", "id": 0, "title": "Harbour", "place": "row 3", "reason": None, "similar": None,
        "highlights": {"added": 1, "known": 0, "unplaced": 1},
    }  # fmt: skip
    assert done.json[2]["reason"] == 'scheme "javascript" refused'
    assert "articles new 3 known 0" in done.err


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (("kindle", "export.zip"), 1, "not Kindle clippings: the file is a Pocket export"),
        (("auto", "essay.txt"), 1, "no export that Reader knows"),
        (("auto", "bomb.zip"), 1, "no export that Reader knows"),
        (("auto", "nowhere.zip"), 1, "no such file"),
        (("auto", "."), 1, "a folder"),
        (("netscape", "export.zip"), 2, "'netscape' is not one of"),
        (("auto",), 2, "Missing argument 'FILE'"),
    ],
)
def test_what_cannot_be_imported_is_refused_in_one_line(
    reader: Shell, words: tuple[str, ...], code: int, reason: str
) -> None:
    reader.file("export.zip", pocket())
    reader.file("essay.txt", HARBOUR)
    if "bomb.zip" in words:
        reader.file("bomb.zip", zip_of({"../x.csv": bytes(2**21)}))
    before = sorted(reader.home.iterdir())
    path = [reader.home / word for word in words[1:]]
    done = reader("import", words[0], *path)
    assert (done.code, done.out) == (code, "")
    assert reason in done.err
    assert len(done.err.splitlines()) == 1
    assert sorted(reader.home.iterdir()) == before
    assert not (reader.home.parent / "x.csv").exists()


def links(count: int) -> str:
    return "".join(f"https://e.org/{number} Title {number}\n" for number in range(count))


COUNT = 1_600


def begin(reader: Shell, file: Path, stop: int) -> subprocess.Popen[bytes]:
    """An import that got *stop* when it had stored something."""
    process = subprocess.Popen(
        [*reader.argv, "import", "urls", str(file)], env=reader.environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with closing(sqlite3.connect(f"{reader.library.as_uri()}?mode=ro", uri=True)) as library:
        while library.execute("select count(*) from article").fetchone() == (1,):
            os.sched_yield()
    process.send_signal(stop)
    return process


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_an_import_that_was_stopped_keeps_what_it_had_and_goes_on(reader: Shell, stop: int) -> None:
    reader("add", reader.file("bridge.txt", HARBOUR))
    file = reader.file("links.txt", links(COUNT))
    with begin(reader, file, stop) as process:
        out, err = process.communicate(timeout=60)
    if stop == signal.SIGINT:
        assert process.returncode == 130
        assert b"interrupted; what is counted here is kept" in err
        counted = int(out.split(b"new ")[1].split()[0].replace(b",", b""))
    kept = len(reader("list", "--json").json) - 1
    assert 0 < kept < COUNT
    if stop == signal.SIGINT:
        assert kept == counted
    done = reader("import", "urls", file)
    assert done.code == 0
    assert done.lines[1].startswith(f"articles     new {COUNT - kept:,}   known {kept:,}   ")
    assert len(reader("list", "--json").json) == COUNT + 1
