from __future__ import annotations

from pathlib import Path

import pytest

from reader.config import Config, ConfigError, load


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def written(home: Path, text: str | bytes) -> Path:
    from reader.config import config_file

    path = config_file()
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_without_a_file_everything_has_a_value(home: Path) -> None:
    config = load({})
    assert config.library.name == "library.db"
    assert home in config.library.parents
    assert (config.theme, config.width, config.keep_originals, dict(config.keys)) == (None, 72, True, {})
    assert (config.editor, config.pager) == ("vi", "less")
    assert (dict(config.meanings), config.look_up, config.pipe, config.citation) == ({}, "", "", "plain")


def test_a_file_sets_what_it_names(home: Path) -> None:
    written(
        home,
        """
        theme = "reader-dark"
        width = 60
        [library]
        path = "~/articles.db"
        keep_originals = false
        [colours]
        yellow = " claim "
        purple = "to quote"
        [commands]
        look_up = "dict {}"
        pipe = "less"
        [citation]
        style = "csl-json"
        [keys]
        "article.archive" = "Q"
        """,
    )
    config = load({})
    assert config.theme == "reader-dark"
    assert config.width == 60
    assert config.library == home / "articles.db"
    assert config.keep_originals is False
    assert dict(config.keys) == {"article.archive": "Q"}
    assert dict(config.meanings) == {"yellow": "claim", "purple": "to quote"}
    assert (config.look_up, config.pipe, config.citation) == ("dict {}", "less", "csl-json")


def test_the_environment_beats_the_file(home: Path) -> None:
    written(home, '[library]\npath = "/a.db"')
    config = load({"READER_LIBRARY": "/b.db", "EDITOR": "ed", "VISUAL": "vim -f", "PAGER": "most"})
    assert (config.library, config.editor, config.pager) == (Path("/b.db"), "vim -f", "most")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("widht = 60", "width"),
        ("width = 5", "width"),
        ("width = true", "width"),
        ('width = "60"', "width"),
        ("theme = 3", "theme"),
        ("[library]\nkeep_originals = 1", "library.keep_originals"),
        ("[library]\nwhere = 1", "library.where"),
        ("keys = 1", "keys"),
        ('[keys]\n"article.archve" = "X"', "article.archve"),
        ('[keys]\n"article.archive" = 1', "article.archive"),
        ('[keys]\n"article.archive" = "q"', "article.archive"),
        ("theme = ", "Invalid value"),
        ("colours = 1", "colours"),
        ('[colours]\nred = "claim"', "colours: red"),
        ("[colours]\nyellow = 1", "colours: yellow"),
        ('[commands]\nlook_up = "dict \'{}"', "commands.look_up"),
        ('[commands]\nlook_up = "{}"', "commands.look_up"),
        ('[commands]\nlok_up = "dict {}"', "commands.look_up"),
        ("[commands]\npipe = 1", "commands.pipe"),
        ('[citation]\nstyle = "harvard"', "citation.style"),
        ("[x]\ny = 1", "x.y"),
    ],
)
def test_a_mistake_names_the_file_and_the_key_in_one_line(home: Path, text: str, key: str) -> None:
    path = written(home, text)
    with pytest.raises(ConfigError) as caught:
        load({})
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert key in message
    assert "\n" not in message


def test_a_file_that_is_no_text_is_a_mistake(home: Path) -> None:
    path = written(home, b"\xff\xfe")
    with pytest.raises(ConfigError, match=str(path)):
        load({})


def test_settings_do_not_change(home: Path) -> None:
    config = load({})
    assert isinstance(config, Config)
    with pytest.raises(AttributeError):
        config.width = 3  # type: ignore[misc]


def test_a_home_that_is_no_folder_has_no_settings(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Services run with HOME=/dev/null; every command failed there."""
    monkeypatch.setenv("XDG_CONFIG_HOME", "/dev/null")
    assert load({}).theme is None


def test_settings_that_cannot_be_read_are_told_in_plain_words(home: Path) -> None:
    """It quoted Python: “[Errno 21] Is a directory: …”."""
    path = written(home, b"\xff")
    with pytest.raises(ConfigError, match=r"is not in UTF-8, from byte 0 on$"):
        load({})
    path.unlink()
    path.mkdir()
    with pytest.raises(ConfigError, match=r"config\.toml: cannot be read: Is a directory$"):
        load({})
