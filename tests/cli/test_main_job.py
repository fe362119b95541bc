"""What people do from morning to evening, through the command line alone, each step a process of its own."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import HARBOUR, LIGHTHOUSE, Run, Shell
from tests.fixtures.make import news_folder


def test_a_day_with_the_library(reader: Shell) -> None:
    def do(*words: str | Path, code: int = 0) -> Run:
        done = reader.process(*words)
        assert done.code == code, (words, done.err)
        assert "Traceback" not in done.err
        return done

    reader.file("in/ledger.txt", LIGHTHOUSE)
    reader.file("in/bridge.txt", HARBOUR)
    assert do("add", reader.home / "in", "-t", "new").lines == [
        "added 1 Harbour Bridge Delayed",
        "added 2 The Lighthouse Ledger",
    ]
    assert len(do("list").lines) == 2
    assert [hit["id"] for hit in do("search", "keeper", "--json").json] == [2]
    assert "Light kept." in do("show", "2").out
    do("tag", "+sea", "-new", "2")
    number = do("highlight", "2", "Light kept.", "--note", "Twice a page", "--colour", "blue").out.strip()
    assert do("highlights", "--json").json[0]["id"] == int(number)
    do("edit", "2", "--note", "Read again in winter.")
    assert [hit["id"] for hit in do("search", "winter", "--json").json] == [2]
    do("undo")
    assert do("list", "2", "--json").json[0]["note"] == ""
    do("redo")
    assert do("list", "2", "--json").json[0]["note"] == "Read again in winter."
    do("mark", "archived", "2")
    do("trash", "1")
    assert do("list").lines == []
    do("restore", "is:trashed")
    do("trash", "1")
    do("purge", "1", "--yes")
    do("show", "1", code=1)
    kinds = [json.loads(line).get("t") for line in do("export", "--to", "jsonl").lines]
    assert kinds == [None, "tag", "purged", "article", "text", "highlight"]
    assert do("tags", "--json").json == [{"name": "sea", "count": 1}]


@pytest.mark.slow
def test_a_thousand_articles_with_one_bad_file_among_them(reader: Shell) -> None:
    folder = reader.home / "news"
    folder.mkdir()
    news_folder(folder, 1000)
    (folder / "bad.txt").write_bytes(b"%PDF-1.7\n\x00")
    done = reader.process("add", folder)
    assert done.code == 1
    assert len(done.lines) == 1000
    assert [line for line in done.err.splitlines() if line.startswith("skipped")] == [
        f"skipped {folder}/bad.txt: a damaged PDF"
    ]
    assert len(reader("list", "--jsonl").lines) == 1000
    with sqlite3.connect(reader.library) as library:
        assert library.execute("pragma integrity_check").fetchone() == ("ok",)
        for index in ("articles_fts", "heads_fts", "passages_fts"):
            library.execute(f"insert into {index}({index}, rank) values('integrity-check', 1)")
    again = reader.process("add", folder)
    assert {line.split()[0] for line in again.lines} == {"known"}
