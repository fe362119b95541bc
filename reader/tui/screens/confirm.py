"""A question answered by y or n."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.tui.screens.base import Dialog
from reader.tui.widgets.footer import CommandFooter


class Confirm(Dialog[bool]):
    """Dismisses with True for yes, False or ``None`` for no. Enter says what is asked; nothing is lost by Escape."""

    def __init__(self, question: str, *, detail: str = "", yes: str = "Yes", no: str = "No") -> None:
        super().__init__()
        self._question = question
        self._detail = detail
        self._answers = (("y", yes), ("n", no))

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(self._question), classes="dialog-title")
            if self._detail:
                yield Static(Content(self._detail), classes="dialog-text")
            yield CommandFooter()

    def on_mount(self) -> None:
        self.query_one(CommandFooter).keys = self._answers

    def take(self, token: str) -> bool:
        if token in ("y", "Y", "<enter>"):
            self.dismiss(True)
        elif token in ("n", "N", "q"):
            self.dismiss(False)
        return True
