"""The user's settings: config.toml, the environment, and where things live."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.domain.citation import Style
    from reader.domain.colours import Colour

NAME = "terminal-reader"
WIDTHS = range(20, 201)


class ConfigError(Exception):
    """The configuration file cannot be used; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class Config:
    """What the user chose. ``keys`` overrides key commands by their id, in the notation of ``reader.commands``.

    ``file`` is where config.toml is or would be; ``log`` the file that takes unexpected errors. ``meanings`` says
    what a highlight's colour stands for; ``look_up`` and ``pipe`` are programs for a passage, with ``{}`` where its
    words go, ``""`` for none; ``citation`` is the style of a citation that asks for no other. What is put into the
    folder ``inbox`` is taken in; ``fetch_at_start`` lets the app fetch links that wait, without being asked.
    ``template`` is what Markdown notes are made by, instead of our own.
    """

    library: Path
    file: Path
    log: Path
    theme: str | None = None
    width: int = 72
    keep_originals: bool = True
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    editor: str = "vi"
    pager: str = "less"
    meanings: Mapping[Colour, str] = field(default_factory=lambda: MappingProxyType({}))
    look_up: str = ""
    pipe: str = ""
    citation: Style = "plain"
    inbox: Path | None = None
    fetch_at_start: bool = True
    template: Path | None = None


def load(environment: Mapping[str, str] = os.environ) -> Config:
    """The settings in force; raises ConfigError for a file that cannot be read or says what we do not know.

    The environment beats the file: ``READER_LIBRARY`` names the library, ``VISUAL``, ``EDITOR`` and ``PAGER``
    the programs to call.
    """
    file = config_file()
    chosen = _read(file)
    if library := environment.get("READER_LIBRARY"):
        chosen["library"] = Path(library).expanduser()
    elif "library" not in chosen:
        chosen["library"] = default_library()
    programs = {
        "editor": environment.get("VISUAL") or environment.get("EDITOR"),
        "pager": environment.get("PAGER"),
    }
    chosen |= {name: command for name, command in programs.items() if command}
    return Config(file=file, log=log_file(), **chosen)


def config_file() -> Path:
    from platformdirs import user_config_path

    return user_config_path(NAME, appauthor=False) / "config.toml"


def default_library() -> Path:
    from platformdirs import user_data_path

    return user_data_path(NAME, appauthor=False) / "library.db"


def log_file() -> Path:
    from platformdirs import user_log_path

    return user_log_path(NAME, appauthor=False) / "reader.log"


def _read(file: Path) -> dict[str, Any]:
    """The fields of Config that *file* sets; none if it does not exist."""
    try:
        text = file.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: is not in UTF-8, from byte {error.start} on") from error
    import tomllib

    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: {error}") from error
    try:
        return dict(_setting(key, value) for key, value in _flat(tables))
    except ValueError as error:
        raise ConfigError(f"{file}: {error}") from error


def _flat(tables: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Settings under dotted names. ``[keys]`` stays one value, since the ids in it hold dots themselves, and so
    does ``[colours]``, which is one field of Config."""
    flat: list[tuple[str, Any]] = []
    for name, value in tables.items():
        if isinstance(value, dict) and name not in ("keys", "colours"):
            flat += [(f"{name}.{key}", inner) for key, inner in value.items()]
        else:
            flat.append((name, value))
    return flat


def _setting(key: str, value: Any) -> tuple[str, Any]:
    if key not in _SETTINGS:
        raise ValueError(f"unknown key {key!r}{_nearest(key, _SETTINGS)}")
    name, check = _SETTINGS[key]
    try:
        return name, check(value)
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from error


def _nearest(key: str, known: Mapping[str, Any]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(key, known, n=1)
    return f": did you mean {close[0]!r}?" if close else f": the keys are {', '.join(known)}"


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"must be a name in quotes, not {value!r}")
    return value.strip()


def _path(value: Any) -> Path:
    return Path(_text(value)).expanduser()


def _width(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value not in WIDTHS:
        raise ValueError(f"must be a whole number from {WIDTHS[0]} to {WIDTHS[-1]}, not {value!r}")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false, not {value!r}")
    return value


def _keymap(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise ValueError('must be a table, as in [keys] "article.archive" = "a"')
    for command, keys in value.items():
        if not isinstance(keys, str):
            raise ValueError(f"{command}: must be keys in quotes, not {keys!r}")
    from reader.commands import commands

    commands(value)  # KeymapError is a ValueError
    return MappingProxyType(value)


def _meanings(value: Any) -> Mapping[Colour, str]:
    from reader.domain.colours import COLOURS
    from reader.domain.text import clean_line

    if not isinstance(value, dict):
        raise ValueError('must be a table, as in [colours] yellow = "claim"')
    meanings: dict[Colour, str] = {}
    for name, meaning in value.items():
        colour = next((colour for colour in COLOURS if colour == name), None)
        if colour is None:
            raise ValueError(f"{name}: is no colour: they are {', '.join(COLOURS)}")
        try:
            meanings[colour] = clean_line(_text(meaning))
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error
    return MappingProxyType(meanings)


def _program(value: Any) -> str:
    import shlex

    text = _text(value)
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise ValueError(f"is not a command: {str(error).lower()}: {text!r}") from error
    if not words or "{}" in words[0]:
        raise ValueError(f"must begin with the name of a program, not {text!r}")
    return text


def _style(value: Any) -> Style:
    from reader.domain.citation import STYLES

    for style in STYLES:
        if style == value:
            return style
    raise ValueError(f"must be one of {', '.join(STYLES)}, not {value!r}")


_SETTINGS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "theme": ("theme", _text),
    "width": ("width", _width),
    "library.path": ("library", _path),
    "library.keep_originals": ("keep_originals", _flag),
    "commands.look_up": ("look_up", _program),
    "commands.pipe": ("pipe", _program),
    "citation.style": ("citation", _style),
    "inbox.path": ("inbox", _path),
    "fetch.at_start": ("fetch_at_start", _flag),
    "export.template": ("template", _path),
    "colours": ("meanings", _meanings),
    "keys": ("keys", _keymap),
}
