"""The keys of the screen below, and of every other one, from the one table of commands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reader.commands import MODES, Command
from reader.tui.screens.base import Dialog
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.key_table import KeyLine, KeyTable
from reader.tui.widgets.prompt import Prompt

TITLES = {
    "list": "In a list",
    "article": "Reading an article",
    "selection": "With something selected",
    "sentence": "Selecting by sentences",
    "visual": "Selecting by words",
    "operator": "Highlighting by gh and a motion",
    "motion": "Where the caret goes, and how far gh takes",
    "object": "What v selects around the caret, and gh takes",
    "highlight": "On a highlight: lit, or with the caret in it",
    "highlights": "All passages",
    "versions": "Versions of a text",
    "everywhere": "Everywhere",
}
LINES = {"j": 1, "<down>": 1, "<enter>": 1, "k": -1, "<up>": -1}
PAGES = {
    "<c-d>": 0.5, "<c-u>": -0.5, "<c-f>": 1, "<c-b>": -1, "<pagedown>": 1, "<pageup>": -1, "<space>": 1, "b": -1,
}  # fmt: skip


class HelpScreen(Dialog[None]):
    """Sections for the mode one came from come first. ``/`` narrows them to what is typed."""

    def __init__(self, mode: str) -> None:
        super().__init__()
        self._mode = mode

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog help"):
            yield Static(Content("Keys"), classes="dialog-title")
            yield Prompt(placeholder="words of what you want to do", classes="dialog-prompt")
            yield KeyTable()
            yield Static(Content("No command is called that"), classes="dialog-empty")
            yield CommandFooter()

    def on_mount(self) -> None:
        self.query_one(Prompt).display = False
        self.query_one(".dialog-empty").display = False
        self.query_one(CommandFooter).keys = (("j k", "Scroll"), ("/", "Filter"), ("Esc", "Close"))
        self.table.lines = sections(self.reader.commands, self._mode)
        self.set_focus(self.table)

    @property
    def table(self) -> KeyTable:
        return self.query_one(KeyTable)

    def take(self, token: str) -> bool:
        if token in LINES:
            self.table.scroll_lines(LINES[token])
        elif token in PAGES:
            self.table.scroll_pages(PAGES[token])
        elif token in ("g", "<home>"):
            self.table.scroll_home(animate=False)
        elif token in ("G", "<end>"):
            self.table.scroll_end(animate=False)
        elif token == "/":
            self.query_one(Prompt).display = True
            self.set_focus(self.query_one(Prompt))
        elif token in ("q", "?"):
            self.dismiss(None)
        else:
            return False
        return True

    @on(Input.Changed)
    def narrow(self, message: Input.Changed) -> None:
        wanted = message.value.casefold().split()
        commands = [command for command in self.reader.commands if _answers(command, wanted)]
        self.table.lines = sections(commands, self._mode)
        self.table.display = bool(commands)
        self.query_one(".dialog-empty").display = not commands

    @on(Prompt.Kept)
    def keep(self) -> None:
        self.set_focus(self.table)

    @on(Prompt.Left)
    def leave_prompt(self) -> None:
        self.query_one(Prompt).value = ""
        self.query_one(Prompt).display = False
        self.set_focus(self.table)

    @on(Prompt.Moved)
    def move(self, message: Prompt.Moved) -> None:
        self.table.scroll_lines(LINES.get(message.token, 0))


def _answers(command: Command, words: Sequence[str]) -> bool:
    said = f"{command.title} {command.help} {command.label}".casefold()
    return all(word in said for word in words)


def sections(commands: Iterable[Command], mode: str) -> tuple[KeyLine, ...]:
    """The lines of the table: the places of *mode* first, in each what is used most."""
    every = tuple(commands)
    places = dict.fromkeys([*MODES[mode], *TITLES])
    lines: list[KeyLine] = []
    for place in places:
        here = sorted(
            (command for command in every if command.place == place), key=lambda command: command.tier > 2
        )
        if here:
            lines += [KeyLine()] if lines else []
            lines.append(KeyLine(TITLES[place]))
            lines += [KeyLine(command.title, every_key(command), command.help) for command in here]
    return tuple(lines)


def every_key(command: Command) -> str:
    """All ways to press it, as people write them: ``gg Home``."""
    from dataclasses import replace

    return " ".join(replace(command, keys=keys).label for keys in command.keys.split())
