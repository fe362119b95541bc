from __future__ import annotations

import tomllib

import pytest

from tests.cli.conftest import Shell
from tests.cli.test_citing import configured

WHOLE = """
theme = "reader-dark"
[library]
keep_originals = false
[colours]
yellow = "claim"
pink = "doubt"
[commands]
look_up = "sh -c 'echo \\"$1\\"' sh {}"
pipe = "wc -w"
[citation]
style = "apa"
[inbox]
path = "/tmp/inbox"
[fetch]
at_start = false
[export]
template = "/tmp/note.md"
[keys]
"article.archive" = "Q"
"""


def test_the_path_is_said_whether_the_file_is_there_or_not(reader: Shell) -> None:
    path = reader.home / "config" / "terminal-reader" / "config.toml"
    assert reader("config", "path").out == f"{path}\n"
    assert reader("config", "check").lines == [f"{path}: not there: everything is as usual"]
    configured(reader, WHOLE)
    assert reader("config", "path").out == f"{path}\n"
    assert reader("config", "check").lines == [f"{path}: in order"]


def test_what_is_shown_could_be_the_file(reader: Shell) -> None:
    configured(reader, WHOLE)
    for words in (("config",), ("config", "show")):
        shown = tomllib.loads(reader(*words).out)
        assert shown == tomllib.loads(WHOLE) | {
            "width": 72,
            "library": {"path": str(reader.library), "keep_originals": False},
        }


def test_what_is_not_set_is_shown_as_a_comment(reader: Shell) -> None:
    out = reader("config", "show").out
    assert "# theme =\n" in out
    assert "# look_up =\n" in out
    assert "# yellow =\n" in out
    assert "# editor: vi (as usual)\n" in out


def test_programs_of_the_environment_are_named_with_their_variable(
    reader: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "ed -s")
    assert "# editor: ed -s (VISUAL)\n" in reader("config", "show").out


@pytest.mark.parametrize("words", [("config", "show"), ("config", "check")])
def test_a_mistake_names_file_and_key(reader: Shell, words: tuple[str, ...]) -> None:
    configured(reader, '[commands]\nlook_up = "dict \'{}"\n')
    done = reader(*words)
    assert (done.code, done.out) == (1, "")
    assert "config.toml: commands.look_up: is not a command" in done.err


def test_a_program_that_is_not_there_is_found_by_the_check(reader: Shell) -> None:
    configured(reader, '[commands]\npipe = "no-such-program -x"\n')
    done = reader("config", "check")
    assert (done.code, done.out) == (1, "")
    assert "config.toml: commands.pipe: no program is called no-such-program" in done.err
