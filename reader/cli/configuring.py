"""`reader config`: what config.toml says, what is in force, and whether it can be."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from reader.cli.base import CommandError, ReaderCommand, ReaderGroup, Session, library_option, pass_session
from reader.cli.output import json_text, out

if TYPE_CHECKING:
    from reader.config import Config


@click.group("config", cls=ReaderGroup, invoke_without_command=True, params=[library_option()])
@click.pass_context
def config(context: click.Context) -> None:
    """Show the settings, check them, or say where their file is."""
    if context.invoked_subcommand is None:
        _show(context.ensure_object(Session))


@config.command("path", cls=ReaderCommand)
def path() -> None:
    """Say where config.toml is, or would be."""
    from reader.config import config_file

    out(str(config_file()))


@config.command("show", cls=ReaderCommand)
@pass_session
def show(session: Session) -> None:
    """Print the settings in force, as config.toml could hold them.

    What is not set has a # before it. VISUAL, EDITOR and PAGER are named at the end.
    """
    _show(session)


@config.command("check", cls=ReaderCommand)
@pass_session
def check(session: Session) -> None:
    """Say whether config.toml can be used, and its programs started."""
    settings = session.config  # a ConfigError says what is wrong, and where
    for key, command in (("look_up", settings.look_up), ("pipe", settings.pipe)):
        if command and (absent := _absent(command)):
            raise CommandError(f"{settings.file}: commands.{key}: no program is called {absent}")
    out(f"{settings.file}: ", "in order" if settings.file.exists() else "not there: everything is as usual")


def _absent(command: str) -> str:
    """The program that *command* starts, if there is none of that name."""
    import shlex
    import shutil

    program = shlex.split(command)[0]
    return "" if shutil.which(program) else program


def _show(session: Session) -> None:
    out(f"# {session.config.file}{'' if session.config.file.exists() else ' (not there)'}")
    for line in _lines(session, session.config):
        out(line)


def _lines(session: Session, settings: Config) -> Iterator[str]:
    from reader.domain.colours import COLOURS

    yield _line("theme", settings.theme)
    yield _line("width", settings.width)
    yield "\n[library]"
    yield _line("path", str(session.path))
    yield _line("keep_originals", settings.keep_originals)
    yield "\n[colours]"
    for colour in COLOURS:
        yield _line(colour, settings.meanings.get(colour))
    yield "\n[commands]"
    yield _line("look_up", settings.look_up or None)
    yield _line("pipe", settings.pipe or None)
    yield "\n[citation]"
    yield _line("style", settings.citation)
    yield "\n[inbox]"
    yield _line("path", str(settings.inbox) if settings.inbox else None)
    yield "\n[fetch]"
    yield _line("at_start", settings.fetch_at_start)
    yield "\n[export]"
    yield _line("template", str(settings.template) if settings.template else None)
    yield "\n[keys]"
    for command, keys in settings.keys.items():
        yield _line(json_text(command), keys)
    yield ""
    for program, value, names in (
        ("editor", settings.editor, ("VISUAL", "EDITOR")),
        ("pager", settings.pager, ("PAGER",)),
    ):
        by = next((name for name in names if os.environ.get(name)), "as usual")
        yield f"# {program}: {value} ({by})"


def _line(key: str, value: str | int | None) -> str:
    """A line of TOML, of which a string of JSON is one too."""
    return f"# {key} =" if value is None else f"{key} = {json_text(value)}"
