"""What dialogs of several fields share."""

from __future__ import annotations

from textual import on

from reader.tui.screens.base import Dialog
from reader.tui.typeahead import Result
from reader.tui.widgets.prompt import Prompt


class Form(Dialog[Result]):
    """Tab and the arrows go from field to field, also out of a prompt; Escape in one closes the dialog."""

    @on(Prompt.Moved)
    def move_between(self, message: Prompt.Moved) -> None:
        self.take(message.token)

    def take(self, token: str) -> bool:
        if token in ("<tab>", "<down>"):
            self.focus_next()
        elif token in ("<s-tab>", "<up>"):
            self.focus_previous()
        else:
            return False
        return True

    @on(Prompt.Left)
    def leave_prompt(self) -> None:
        self.cancel()
