"""Looking words up with a program of the user's choice, without leaving the page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.tui.background import start
from reader.tui.programs import ProgramError, arguments, captured, takes_words

if TYPE_CHECKING:
    from reader.tui.screens.base import CommandScreen

SECONDS = 10.0
LONGEST = 1000  # characters: more is no word to be looked up
ADVICE = 'No program looks words up yet: write look_up = "dict {}" under [commands] in config.toml'


def look_up(screen: CommandScreen, words: str) -> None:
    """Run the configured program on *words* and show what it prints. A newer question ends an older one."""
    command = screen.reader.config.look_up
    if not command:
        screen.say(ADVICE)
        return
    start(screen, partial(_look_up, screen, command, " ".join(words.split())[:LONGEST]), group="look-up")


async def _look_up(screen: CommandScreen, command: str, words: str) -> None:
    from reader.tui.screens.output import OutputDialog

    screen.say(f"Looking up “{words}” …")
    try:
        argv = arguments(command, words)
        read = None if takes_words(command) else f"{words}\n"
        found = await captured(argv, read, seconds=SECONDS, columns=OutputDialog.columns(screen.size.width))
    except ProgramError as error:
        screen.say("")
        screen.reader.fail(str(error))
        return
    ended = f"{argv[0]} ended with {found.code}" if found.code else ""
    screen.say("" if found.text else ended or f"{argv[0]} says nothing of “{words}”")
    if found.text and screen.is_current:  # else one has gone elsewhere meanwhile
        screen.reader.push_screen(OutputDialog(words, found.text, note=ended))
