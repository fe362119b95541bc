"""`backup`, `locate` and `keys`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from reader.cli.base import ReaderCommand, Session, pass_session
from reader.cli.output import Lit, out
from reader.commands import Command, commands
from reader.resources import resource

PLACES = {
    "everywhere": "Everywhere",
    "list": "In a list",
    "article": "In an article",
    "selection": "While selecting",
    "sentence": "While selecting by sentences",
    "visual": "While selecting by characters",
    "operator": "Highlighting by gh",
    "motion": "Where the caret goes, and how far gh takes",
    "object": "What the caret selects, and gh takes",
    "highlight": "On a highlight",
    "highlights": "Among all passages",
    "versions": "Versions of a text",
}


@click.command("backup", cls=ReaderCommand)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_session
def backup(session: Session, file: Path) -> None:
    """Write a whole copy of the library to FILE.

    It may be in use meanwhile. An older backup there is replaced; any other file is left alone.
    """
    with session.writing() as library:
        library.care.backup(file)
    out(f"backed up to {file}")


@click.command("locate", cls=ReaderCommand)
@pass_session
def locate(session: Session) -> None:
    """Say where the library and Reader's other files are."""
    places = {
        "library": session.path.absolute(),
        "config": session.config.file,
        "log": session.config.log,
        "styles": resource("styles"),
        "samples": resource("sample_articles"),
    }
    for name, path in places.items():
        out(Lit(f"{name:<8}", "number"), str(path))


@click.command("keys", cls=ReaderCommand)
@click.option("--markdown", is_flag=True, help="As Markdown tables.")
@pass_session
def keys(session: Session, markdown: bool) -> None:
    """List every key of the interface, your own among them.

    The second column is the id by which config.toml knows a command.
    """
    every = commands(session.config.keys)
    lines = _markdown(every) if markdown else _plain(every)
    for line in lines:
        out(line)


def _plain(every: tuple[Command, ...]) -> Iterator[str]:
    keys = max(len(_spelled(command)) for command in every)
    ids = max(len(command.id) for command in every)
    for number, (heading, among) in enumerate(_by_place(every)):
        yield f"\n{heading}" if number else heading
        for command in among:
            yield f"  {_spelled(command):<{keys}}  {command.id:<{ids}}  {command.help}"


def _markdown(every: tuple[Command, ...]) -> Iterator[str]:
    for number, (heading, among) in enumerate(_by_place(every)):
        yield f"{chr(10) if number else ''}### {heading}\n"
        yield "| Keys | Command | What it does |\n|---|---|---|"
        for command in among:
            told = " ".join(f"`` {key} ``" if "`" in key else f"`{key}`" for key in _keys(command))
            yield f"| {told} | {command.title} | {command.help} |".replace("`|`", "`\\|`")


def _by_place(every: tuple[Command, ...]) -> Iterator[tuple[str, list[Command]]]:
    for place, heading in PLACES.items():
        if among := [command for command in every if command.place == place]:
            yield heading, among


def _spelled(command: Command) -> str:
    return " ".join(_keys(command))


def _keys(command: Command) -> list[str]:
    """Each alternative as people write it: ``^d``, ``Enter``, ``]h``."""
    return [replace(command, keys=alternative).label for alternative in command.keys.split()]
