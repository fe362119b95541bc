"""Every command and option explains itself."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from reader.cli import PLACES, reader

SHORT = 76


def commands(group: click.Group = reader, path: str = "reader") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group, info_name=path)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


EVERY = dict(commands())


def test_every_place_holds_the_command_of_its_name() -> None:
    assert [name for name in PLACES if EVERY[f"reader {name}"].name != name] == []


@pytest.mark.parametrize("path", EVERY)
def test_a_command_has_help_that_fits_the_list(path: str) -> None:
    command = EVERY[path]
    assert command.help
    assert not command.get_short_help_str(SHORT - 14).endswith("...")


@pytest.mark.parametrize("path", EVERY)
def test_every_option_has_help(path: str) -> None:
    for parameter in EVERY[path].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


@pytest.mark.parametrize("path", EVERY)
def test_every_command_takes_a_library(path: str) -> None:
    assert any("--library" in parameter.opts for parameter in EVERY[path].params)


@pytest.mark.parametrize("path", EVERY)
def test_help_is_shown(path: str) -> None:
    command = EVERY[path]
    text = command.get_help(click.Context(command, info_name=path))
    assert text.startswith(f"Usage: {path} ")
