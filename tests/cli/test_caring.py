from __future__ import annotations

from reader.commands import COMMANDS
from tests.cli.conftest import Shell


def test_a_backup_is_a_library(stocked: Shell) -> None:
    copy = stocked.home / "copy.db"
    assert stocked("backup", copy).code == 0
    assert copy.stat().st_mode & 0o777 == 0o600
    assert "Lighthouse" in stocked("list", "--library", copy).out


def test_a_backup_into_nowhere_is_one_line(stocked: Shell) -> None:
    done = stocked("backup", stocked.home / "no" / "copy.db")
    assert (done.code, done.out) == (1, "")
    assert len(done.err.splitlines()) == 1


def test_locate_names_every_place(reader: Shell) -> None:
    told = dict(line.split(maxsplit=1) for line in reader("locate").lines)
    assert told["library"] == str(reader.library)
    assert told["config"] == str(reader.home / "config" / "terminal-reader" / "config.toml")
    assert set(told) == {"library", "config", "log", "styles", "samples"}
    assert not reader.library.exists()


def test_every_command_of_the_interface_is_listed(reader: Shell) -> None:
    plain, markdown = reader("keys").out, reader("keys", "--markdown").out
    for command in COMMANDS:
        assert command.help in plain
        assert f"| {command.title} | {command.help} |" in markdown


def test_own_keys_are_shown(reader: Shell) -> None:
    reader.file("config/terminal-reader/config.toml", '[keys]\n"article.archive" = "Q"\n')
    assert "  Q " in reader("keys").out


def test_the_guide_lists_topics_and_shows_one(reader: Shell) -> None:
    lines = reader("guide").lines
    assert lines[0].split() == ["your-first-highlight", "Your", "first", "highlight"]
    assert "Searching everything you have read" in reader("guide", "search").out
    done = reader("guide", "gardening")
    assert done.code == 1
    assert "searching" in done.err


def test_keys_tell_the_ids_that_the_settings_want(reader: Shell) -> None:
    """The guide says that `reader keys` tells what each command is called; it told only what it does."""
    assert any(line.split()[:2] == ["s", "list.star"] for line in reader("keys").lines)
