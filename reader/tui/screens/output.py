"""What another program printed, to be read and scrolled."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reader.tui.clipboard import put
from reader.tui.screens.base import Dialog
from reader.tui.widgets.footer import CommandFooter

WIDEST = 84
BORDERS = 8  # cells beside the text
SHARE = 0.9  # of the screen's lines, as for every dialog
AROUND = 6  # lines that the dialog has besides its text
LINES = {"j": 1, "<down>": 1, "<enter>": 1, "k": -1, "<up>": -1}
PAGES = {
    "<c-d>": 0.5, "<c-u>": -0.5, "<c-f>": 1, "<c-b>": -1, "<pagedown>": 1, "<pageup>": -1, "<space>": 1, "b": -1,
}  # fmt: skip


class OutputDialog(Dialog[None]):
    """Shows plain text under a title; *note* says what was odd about it."""

    def __init__(self, title: str, text: str, *, note: str = "") -> None:
        super().__init__()
        self._title = title
        self.text = text
        self._note = note

    @staticmethod
    def columns(width: int) -> int:
        """The cells of a line in a terminal of *width*."""
        return max(20, min(WIDEST, width) - BORDERS)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog output"):
            yield Static(Content(self.heading), classes="dialog-title")
            with VerticalScroll(id="output-view", can_focus=False):
                yield Static(self.content(), id="output-text")
            if self._note:
                yield Static(Content(self._note), classes="dialog-text")
            yield CommandFooter()

    @property
    def heading(self) -> str:
        return f"“{self._title}”"

    def content(self) -> Content:
        """The text as it is painted."""
        return Content(self.text)

    def on_mount(self) -> None:
        self.query_one(CommandFooter).keys = (("j k", "Scroll"), ("y", "Copy"), ("Esc", "Close"))

    def on_resize(self) -> None:
        """The text gives way to the footer, not the reverse."""
        room = int(self.size.height * SHARE) - AROUND - 2 * bool(self._note)
        self.query_one("#output-view").styles.max_height = max(1, room)

    def take(self, token: str) -> bool:
        view = self.query_one("#output-view", VerticalScroll)
        if token in LINES:
            view.scroll_relative(y=LINES[token], animate=False)
        elif token in PAGES:
            view.scroll_relative(y=round(PAGES[token] * view.size.height), animate=False)
        elif token in ("g", "<home>"):
            view.scroll_home(animate=False)
        elif token in ("G", "<end>"):
            view.scroll_end(animate=False)
        elif token == "y":
            self.dismiss(None)
            self.reader.say(put(self.reader, self.text, "what it says"))
        elif token == "q":
            self.dismiss(None)
        else:
            return False
        return True
