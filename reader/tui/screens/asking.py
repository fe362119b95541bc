"""Asking for one line of text."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.tui.screens.base import Dialog
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.prompt import Prompt

_HISTORIES: dict[str, list[str]] = {}


class Ask(Dialog[str]):
    """Dismisses with the line, ``None`` for none. Lines asked for under the same *history* can be walked; Enter on
    nothing means the *usual* one."""

    def __init__(self, question: str, *, placeholder: str = "", history: str = "", usual: str = "") -> None:
        super().__init__()
        self._question = question
        self._placeholder = f"Enter again: {usual}" if usual else placeholder
        self._usual = usual
        self._history = _HISTORIES.setdefault(history, []) if history else None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(self._question), classes="dialog-title")
            yield Prompt(placeholder=self._placeholder, history=self._history, classes="dialog-prompt")
            yield CommandFooter()

    def on_mount(self) -> None:
        self.set_focus(self.query_one(Prompt))
        self.query_one(CommandFooter).keys = (("Enter", "Run"), ("Esc", "Close"))

    @on(Prompt.Kept)
    def keep(self, message: Prompt.Kept) -> None:
        self.dismiss(message.text.strip() or self._usual or None)

    @on(Prompt.Left)
    def leave_prompt(self) -> None:
        self.cancel()
