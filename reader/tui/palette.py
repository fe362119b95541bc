"""The palette: every command of the screen below, by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.commands import Command
from reader.tui.keys import Pressed
from reader.tui.screens.base import CommandScreen
from reader.tui.screens.picking import Picking
from reader.tui.widgets.menu import Choice

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

HIDDEN = frozenset(["everywhere.palette", "everywhere.command_line"])


def open_palette(app: ReaderApp) -> None:
    """Ask for a command and do it on the screen that is on now."""
    screen = app.screen
    if not isinstance(screen, CommandScreen):
        return
    offered = offered_on(screen)

    def picked(command_id: str | None) -> None:
        command = next((command for command in offered if command.id == command_id), None)
        if command is not None:
            do(screen, command)

    dialog = Picking(
        "Commands", choices_of(offered), filtered=True, placeholder="name of a command", verb="Do"
    )
    app.push_screen(dialog, picked)


def offered_on(screen: CommandScreen) -> list[Command]:
    """The commands that can be done on *screen* in its mode."""
    return [
        command
        for command in screen.commands
        if command.id not in HIDDEN and screen.handler_of(command) is not None
    ]


def do(screen: CommandScreen, command: Command) -> None:
    """Do *command* on *screen*; one that takes a further key waits for it, as if its own had been pressed."""
    if command.takes and command.keys:
        for token in command.sequences[0]:
            screen.press(token)
    else:
        screen.perform(Pressed(command, None, "", ()))


def choices_of(commands: Sequence[Command]) -> list[Choice]:
    taught_first = sorted(commands, key=lambda command: command.tier > 2)
    return [Choice(command.id, command.title, command.help, command.label) for command in taught_first]
