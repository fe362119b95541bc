from __future__ import annotations

import json

from tests.cli.conftest import Shell


def test_jsonl_goes_to_stdout_with_a_header(stocked: Shell) -> None:
    stocked("highlight", "1", "Light kept.", "--note", "Why?")
    lines = [json.loads(line) for line in stocked("export", "--to", "jsonl").lines]
    assert lines[0] == {"format": "reader-jsonl", "version": 1}
    assert sorted(line["t"] for line in lines[1:]) == ["article", "article", "highlight", "text", "text"]
    [highlight] = [line for line in lines[1:] if line["t"] == "highlight"]
    assert (highlight["exact"], highlight["note"]) == ("Light kept.", "Why?")


def test_the_same_library_gives_the_same_bytes(stocked: Shell) -> None:
    assert stocked("export", "--to", "jsonl").out == stocked("export", "--to", "jsonl").out


def test_a_whole_library_in_jsonl_has_the_trash_and_a_query_has_not(stocked: Shell) -> None:
    stocked("trash", "1")
    assert "Lighthouse" in stocked("export", "--to", "jsonl").out
    assert "Lighthouse" not in stocked("export", "is:unread", "--to", "jsonl").out
    assert "Lighthouse" not in stocked("export", "--to", "markdown").out


def test_a_file_is_private_and_whole(stocked: Shell) -> None:
    path = stocked.home / "out.jsonl"
    done = stocked("export", "--to", "jsonl", "-o", path)
    assert (done.code, done.out) == (0, "")
    assert path.read_text("utf-8") == stocked("export", "--to", "jsonl").out
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.glob(".out*")) == []


def test_a_folder_that_is_not_there_is_one_line(stocked: Shell) -> None:
    done = stocked("export", "--to", "jsonl", "-o", stocked.home / "no" / "out.jsonl")
    assert done.code == 1
    assert done.err == f"reader: {stocked.home}/no/out.jsonl: No such file or directory\n"


def test_markdown_notes_are_written_into_a_folder(stocked: Shell) -> None:
    stocked("highlight", "1", "Light kept.")
    folder = stocked.home / "vault"
    assert stocked("export", "1", "--to", "markdown", "-o", folder).code == 0
    [note] = folder.iterdir()
    assert note.name == "The Lighthouse Ledger.md"
    assert "> Light kept." in note.read_text("utf-8")


def test_a_word_that_begins_with_o_is_no_option(stocked: Shell) -> None:
    out = stocked("export", "-our", "--to", "jsonl").out
    assert "Harbour" in out
    assert stocked("export", "-keeper", "--to", "jsonl").out.count('"t":"article"') == 1


def test_a_format_is_needed(stocked: Shell) -> None:
    assert stocked("export").code == 2
    assert stocked("export", "--to", "docx").code == 2
