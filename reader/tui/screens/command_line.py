"""The line that ``:`` opens, in place of the status line and the footer: the list above it stays in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from reader.tui.command_words import CommandWords
from reader.tui.screens.base import Dialog
from reader.tui.widgets.completions import Completions
from reader.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from reader.tui.commanding import Commanding


class CommandLine(Dialog[str]):
    """Dismisses with the line, once its first word is a command's."""

    def __init__(self, commanding: Commanding) -> None:
        super().__init__()
        self._commanding = commanding
        self.line = Completions()

    def compose(self) -> ComposeResult:
        with Vertical(id="command-line"):
            yield self.line
            with Horizontal(id="command-typed"):
                yield Static(":", markup=False, id="command-sign")
                yield Prompt(
                    placeholder="a command · Tab completes · Esc closes",
                    history=self.reader.everywhere.command_lines,
                    id="command",
                )

    def on_mount(self) -> None:
        prompt = self.query_one(Prompt)
        self.words = CommandWords(prompt, self.line, self._commanding)
        self.words.begin()
        self.set_focus(prompt)

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        """What is pasted behind the command is a phrase to look for; before that it may be a whole line."""
        message.stop()
        self.query_one(Prompt).queries = " " in message.value.lstrip()

    @on(Prompt.Kept)
    def _keep(self, message: Prompt.Kept) -> None:
        if problem := self._commanding.problem(message.text):
            self.words.warn(problem)
        else:
            self.dismiss(message.text.strip() or None)

    @on(Prompt.Left)
    def _leave(self) -> None:
        self.cancel()
