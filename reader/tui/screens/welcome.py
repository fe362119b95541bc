"""What an empty library says: how to get something to read into it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.resources import resource
from reader.tui.screens.add import AddDialog, SourcePrompt
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.menu import Menu

CLAIM = "Everything you read, in one place, at your fingertips."


class WelcomeScreen(AddDialog):
    """As the dialog for adding, on a page of its own; Enter on the empty line brings the sample articles."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="welcome"):
            yield Static(Content("Reader"), classes="welcome-name")
            yield Static(Content(CLAIM), classes="welcome-claim")
            yield Static(Content(self.ADVICE), classes="dialog-text")
            yield SourcePrompt(placeholder="~/articles", classes="dialog-prompt")
            yield Menu(ground="page", id="add-completions")
            yield Static(id="add-note", classes="dialog-text", markup=False)
            yield Static(
                Content("Or press Enter to begin with the sample articles and the guide."),
                classes="welcome-samples",
            )
            yield CommandFooter(ground="page")

    def add_nothing(self) -> None:
        self.reader.adding.paths([resource("sample_articles")])
        self.finish()

    def _teach(self) -> None:
        holds = bool(self._pasted or self.prompt.value)
        self.query_one(".welcome-samples").display = not holds
        enter = (
            "Add the text"
            if self._pasted
            else "Import"
            if self._export
            else "Add"
            if holds
            else "Sample articles"
        )
        self.query_one(CommandFooter).keys = (("Enter", enter), ("Tab", "Complete"), ("Esc", "Look around"))
