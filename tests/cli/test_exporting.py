from __future__ import annotations

import csv
import io
import json
import subprocess

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


def test_all_formats_go_to_files_and_to_stdout(stocked: Shell) -> None:
    stocked("highlight", "1", "Light kept.", "--note", "Why?")
    for form in ("readwise", "webannotation", "csv", "html"):
        path = stocked.home / f"out.{form}"
        done = stocked("export", "--to", form, "-o", path)
        assert (done.code, done.out) == (0, "")
        assert done.err.splitlines()[-1] == f"2 articles in {path}"
        assert stocked("export", "--to", form, "-o", "-").out == path.read_text("utf-8")
    assert "csv leaves out texts" in stocked("export", "--to", "csv").err


def test_a_book_goes_into_a_pipe_but_not_to_a_terminal(stocked: Shell) -> None:
    path = stocked.home / "book.epub"
    assert stocked("export", "--to", "epub", "-o", path).code == 0
    done = subprocess.run(
        [*stocked.argv, "export", "--to", "epub"], capture_output=True, env=stocked.environment, check=True
    )
    assert done.stdout == path.read_bytes()
    with stocked.terminal("export", "--to", "epub") as terminal:
        assert terminal.wait_exit() == 2
        assert "name a file, as in -o book.epub" in terminal.text


def test_of_highlights_only_those_that_the_query_means(stocked: Shell) -> None:
    stocked("highlight", "1", "Light kept.", "--colour", "green")
    stocked("highlight", "1", "Fog, walking.")
    out = stocked("export", "colour:green", "--to", "csv", "--of", "highlights").out
    assert [row["exact"] for row in csv.DictReader(io.StringIO(out))] == ["Light kept."]
    path = stocked.home / "some.html"
    done = stocked("export", "colour:green", "--to", "html", "--of", "highlights", "-o", path)
    assert done.err == f"1 highlight of 1 article in {path}\n"
    assert path.read_text().count("<mark") == 1


def test_a_template_comes_from_the_option_or_the_settings(stocked: Shell) -> None:
    mine = stocked.file("mine.md", "Only {{ title }}\n")
    assert (
        "%% reader:begin %%\nOnly The Lighthouse"
        in stocked("export", "1", "--to", "markdown", "--template", mine).out
    )
    stocked.file("config/terminal-reader/config.toml", f'[export]\ntemplate = "{mine}"\n')
    folder = stocked.home / "vault"
    assert stocked("export", "1", "--to", "markdown", "-o", folder).code == 0
    assert "Only The Lighthouse Ledger" in next(folder.iterdir()).read_text()
    one = stocked.home / "one.md"
    assert stocked("export", "--to", "markdown", "-o", one).err == f"2 articles in {one}\n"
    stocked.file("mine.md", "{{ titel }}")
    done = stocked("export", "--to", "markdown")
    assert (done.code, done.err) == (1, f"reader: {mine}: line 1: 'titel' is undefined\n")


def test_notes_that_are_not_in_the_export_are_named(stocked: Shell) -> None:
    folder = stocked.home / "vault"
    stocked("export", "--to", "markdown", "-o", folder)
    done = stocked("export", "1", "--to", "markdown", "-o", folder)
    assert done.code == 0
    assert done.err == (
        f"{folder}/Harbour Bridge Delayed.md: its article is not in this export; the note stays as it was\n"
        f"{folder}: 1 unchanged, 1 not in this export\n"
    )


def test_nothing_found_is_said_and_no_failure(stocked: Shell) -> None:
    done = stocked("export", "nowhere", "--to", "csv")
    assert (done.code, len(done.lines)) == (0, 1)
    assert "nothing to export" in done.err
    path = stocked.home / "none.html"
    assert stocked("export", "nowhere", "--to", "html", "-o", path).err == f"0 articles in {path}\n"


def test_options_of_other_formats_and_the_library_as_target_are_refused(stocked: Shell) -> None:
    for options in (["--no-text"], ["--colours"], ["--template", "x"]):
        assert stocked("export", "--to", "html", *options).code == 2
    done = stocked("export", "--to", "jsonl", "-o", stocked.library)
    assert done.code == 1
    assert "is the library itself" in done.err
    assert stocked("list").code == 0
    done = stocked("export", "--to", "html", "-o", stocked.home)
    assert (done.code, done.err) == (1, f"reader: {stocked.home}: Is a directory\n")
