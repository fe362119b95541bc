"""Adding a file, a folder or a pasted text, without leaving the list."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from reader.domain.identity import valid_url
from reader.domain.text import clean_line, word_count
from reader.tui.completing import completions, grown, is_path
from reader.tui.importing import described, recognised
from reader.tui.screens.base import Dialog
from reader.tui.screens.picking import PAGES, STEPS
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.menu import Choice, Menu
from reader.tui.widgets.prompt import LONGEST, Prompt

FROM_WEB = ("http://", "https://")
PASTED = "pasted text"


class SourcePrompt(Prompt):
    """A prompt for a path; a paste of more than one line is a text, and posted as :class:`Pasted`."""

    class Pasted(Message):
        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def _on_paste(self, event: events.Paste) -> None:
        if is_text(event.text):
            event.stop()
            event.prevent_default()
            self.post_message(self.Pasted(event.text))
        else:
            super()._on_paste(event)


def is_text(pasted: str) -> bool:
    """Whether what was pasted is an article rather than the name of a file."""
    return len(pasted) > LONGEST or len(pasted.strip().splitlines()) > 1


class AddDialog(Dialog[None]):
    """Enter adds; Tab completes a path. What is added goes on in the background, and the dialog closes."""

    TITLE_TEXT = "Add to the library"
    ADVICE = "Type an address, a file or a folder, or paste the text of an article."

    def __init__(self, *, pasted: str = "", url: str = "") -> None:
        """*url* is the address that the page comes from, if that is known: the article of it takes the text."""
        super().__init__()
        self._url = url
        self._pasted = pasted if is_text(pasted) else ""
        self._typed = "" if self._pasted else clean_line(pasted, limit=LONGEST)
        self._export = ""  # the path that was typed, once it is known to be another program's export

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog adding"):
            yield Static(Content(self.TITLE_TEXT), classes="dialog-title")
            yield Static(Content(self.ADVICE), classes="dialog-text", id="add-advice")
            yield SourcePrompt(self._typed, placeholder="~/articles/essay.md", classes="dialog-prompt")
            yield Menu(id="add-completions")
            yield Static(id="add-note", classes="dialog-text", markup=False)
            yield CommandFooter()

    def on_mount(self) -> None:
        self.query_one(Menu).display = False
        self.set_focus(self.prompt)
        self.prompt.cursor_position = len(self._typed)
        self._tell("")
        if self._pasted:
            self.take_pasted(self._pasted)
        self._teach()

    @property
    def prompt(self) -> SourcePrompt:
        return self.query_one(SourcePrompt)

    # -- what is typed ---------------------------------------------------------------------------------
    @on(Input.Changed)
    def typed(self, message: Input.Changed) -> None:
        text = message.value
        if text:
            self._pasted = ""
        offered = completions(text) if is_path(text) else []
        menu = self.query_one(Menu)
        menu.choices = tuple(Choice(path, path[path.rstrip("/").rfind("/") + 1 :]) for path in offered)
        menu.cursor = -1
        menu.display = bool(offered) and offered != [text]
        self._export = ""
        self._tell(_fetches(text) if is_address(text) else "")
        self._teach()
        if not text.startswith(FROM_WEB) and is_path(text) and (path := Path(text).expanduser()).is_file():
            self.run_worker(partial(self._look, path, text), thread=True, exclusive=True, group="look")

    def _look(self, path: Path, text: str) -> None:
        """In a thread: whether *path* is another program's export, which is then imported rather than added."""
        worker = get_current_worker()
        found = recognised(path)
        if found is not None and not worker.is_cancelled:
            self.app.call_from_thread(self._say_what, text, described(found))

    def _say_what(self, text: str, what: str) -> None:
        if self.is_mounted and self.prompt.value == text:
            self._export = text
            self._tell(what[:1].upper() + what[1:])
            self._teach()

    @on(SourcePrompt.Pasted)
    def pasted(self, message: SourcePrompt.Pasted) -> None:
        self.take_pasted(message.text)

    def take_pasted(self, text: str) -> None:
        """Hold *text* for Enter, and say what it is."""
        self._pasted = text
        self.prompt.value = ""
        title = next((clean_line(line, limit=60) for line in text.splitlines() if line.strip()), "")
        self._tell(f"Pasted: {word_count(text):,} words, beginning “{title}”")
        self._teach()

    @on(Prompt.Moved)
    def move(self, message: Prompt.Moved) -> None:
        menu = self.query_one(Menu)
        if message.token == "<tab>":
            self._complete(menu)
        elif message.token in STEPS:
            menu.move(STEPS[message.token])
        elif message.token in PAGES:
            menu.page(PAGES[message.token])

    @on(Menu.Picked)
    def picked(self, message: Menu.Picked) -> None:
        self._put(message.choice.id)

    def _complete(self, menu: Menu) -> None:
        offered = [choice.id for choice in menu.choices]
        if menu.chosen is not None:
            self._put(menu.chosen.id)
        elif (longer := grown(self.prompt.value, offered)) != self.prompt.value:
            self._put(longer)
        else:
            menu.move(1)

    def _put(self, text: str) -> None:
        self.prompt.value = text
        self.prompt.cursor_position = len(text)

    # -- the end ---------------------------------------------------------------------------------------
    @on(Prompt.Kept)
    def keep(self, message: Prompt.Kept) -> None:
        lit = self.query_one(Menu).chosen
        if lit is not None:
            self._put(lit.id)
        elif self._pasted:
            self.reader.adding.text(self._pasted, PASTED, url=self._url)
            self.finish()
        elif message.text.strip():
            self.add_path(message.text.strip())
        else:
            self.add_nothing()

    def add_path(self, text: str) -> None:
        path = Path(text).expanduser()
        if is_address(text):
            self.reader.fetching.links([text])
            self.finish()
        elif not path.exists():
            self._tell(f"There is nothing at {clean_line(str(path))}")
        else:
            if path.is_file() and not self._url:
                self.reader.importing.file(path)  # adds it, unless it is another program's export
            else:
                self.reader.adding.paths([path], url=self._url)
            self.finish()

    def add_nothing(self) -> None:
        """Enter on an empty line."""

    def finish(self) -> None:
        self.dismiss(None)

    @on(Prompt.Left)
    def leave_prompt(self) -> None:
        self.cancel()

    def _tell(self, note: str) -> None:
        line = self.query_one("#add-note", Static)
        line.display = bool(note)
        line.update(Content(note))

    def _teach(self) -> None:
        enter = "Add the text" if self._pasted else "Import" if self._export else "Add"
        self.query_one(CommandFooter).keys = (("Enter", enter), ("Tab", "Complete"), ("Esc", "Close"))


def is_address(text: str) -> bool:
    return text.lower().startswith(FROM_WEB) and valid_url(text)


def _fetches(address: str) -> str:
    return f"It is fetched from {urlsplit(address).hostname}"
