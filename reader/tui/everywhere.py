"""The commands that work on every screen."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from reader.tui.colours import THEMES
from reader.tui.keys import Pressed
from reader.tui.screens.base import CommandScreen
from reader.tui.undoing import Undoing

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.vocabulary import Vocabulary


class Everywhere:
    """What a screen has no handler for is done here."""

    def __init__(self, app: ReaderApp) -> None:
        self._app = app
        self._undoing = Undoing(app)
        self.command_lines: list[str] = []

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What the library holds that prompts complete, for all of them."""
        from reader.tui.vocabulary import Vocabulary

        return Vocabulary(self._app.lane)

    def do_everywhere_suspend(self, press: Pressed) -> None:
        self._app.action_suspend_process()

    def do_everywhere_quit_now(self, press: Pressed) -> None:
        self._app.end()

    def do_everywhere_help(self, press: Pressed) -> None:
        from reader.tui.screens.help import HelpScreen

        if isinstance(self._app.screen, CommandScreen):
            self._app.push_screen(HelpScreen(self._app.screen.mode))

    def do_everywhere_palette(self, press: Pressed) -> None:
        from reader.tui.palette import open_palette

        open_palette(self._app)

    def do_everywhere_command_line(self, press: Pressed) -> None:
        from reader.tui.commanding import open_command_line

        open_command_line(self._app)

    def do_everywhere_undo(self, press: Pressed) -> None:
        self._undoing.undo(press.count or 1)

    def do_everywhere_redo(self, press: Pressed) -> None:
        self._undoing.redo(press.count or 1)

    def do_everywhere_repeat(self, press: Pressed) -> None:
        screen = self._app.screen
        if self._app.again is None:
            self._app.say("Nothing to repeat yet")
        elif isinstance(screen, CommandScreen):
            self._app.again(screen)

    def do_everywhere_theme(self, press: Pressed) -> None:
        """Ours first, then Textual's in the order of their names."""
        ours = [theme.name for theme in THEMES]
        order = ours + sorted(
            name for name in self._app.available_themes if name not in ours and "ansi" not in name
        )
        at = order.index(self._app.theme) if self._app.theme in order else -1
        self._app.theme = order[(at + 1) % len(order)]
        self._app.say(f"Theme {self._app.theme}")
        self._app.remember("theme", self._app.theme)
