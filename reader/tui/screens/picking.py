"""Choosing one of a few things: an order, a tag, a command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reader.tui import fuzzy
from reader.tui.screens.base import Dialog
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.menu import Choice, Menu
from reader.tui.widgets.prompt import Prompt

STEPS = {"<up>": -1, "<s-tab>": -1, "<c-p>": -1, "<down>": 1, "<tab>": 1, "<c-n>": 1}
PAGES = {"<pageup>": -1, "<pagedown>": 1}
MENU_STEPS = {**STEPS, "k": -1, "j": 1}


class Picking(Dialog[str]):
    """Dismisses with the id of what was picked. Long lists have a prompt that narrows them."""

    FILTER_FROM = 11

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        lit: str | None = None,
        filtered: bool | None = None,
        placeholder: str = "type to narrow",
        verb: str = "Choose",
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = tuple(choices)
        self._lit = next((place for place, choice in enumerate(choices) if choice.id == lit), 0)
        self._filtered = len(self._choices) >= self.FILTER_FROM if filtered is None else filtered
        self._placeholder = placeholder
        self._verb = verb

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog picking" if self._filtered else "dialog choosing"):
            yield Static(Content(self._title), classes="dialog-title")
            if self._filtered:
                yield Prompt(placeholder=self._placeholder, classes="dialog-prompt")
            yield Menu(self._choices, cursor=self._lit)
            yield Static(Content("Nothing answers to that"), classes="dialog-empty")
            yield CommandFooter()

    def on_mount(self) -> None:
        self.query_one(".dialog-empty").display = False
        move = "↑ ↓" if self._filtered else "j k"
        self.query_one(CommandFooter).keys = (("Enter", self._verb), (move, "Move"), ("Esc", "Close"))
        for prompt in self.query(Prompt):
            self.set_focus(prompt)

    @property
    def menu(self) -> Menu:
        return self.query_one(Menu)

    def take(self, token: str) -> bool:
        if token in MENU_STEPS:
            self.menu.move(MENU_STEPS[token])
        elif token in PAGES:
            self.menu.page(PAGES[token])
        elif token == "<enter>":
            self.menu.pick()
        elif token == "q":
            self.cancel()
        else:
            return False
        return True

    @on(Menu.Picked)
    def pick(self, message: Menu.Picked) -> None:
        self.dismiss(message.choice.id)

    @on(Input.Changed)
    def narrow(self, message: Input.Changed) -> None:
        self.menu.choices = found = narrowed(self._choices, message.value)
        self.menu.cursor = 0
        self.menu.scroll_home(animate=False)
        self.menu.display = bool(found)
        self.query_one(".dialog-empty").display = not found

    @on(Prompt.Kept)
    def keep(self) -> None:
        self.menu.pick()

    @on(Prompt.Left)
    def leave_prompt(self) -> None:
        self.cancel()

    @on(Prompt.Moved)
    def move(self, message: Prompt.Moved) -> None:
        if message.token in STEPS:
            self.menu.move(STEPS[message.token])
        else:
            self.menu.page(PAGES[message.token])


def narrowed(choices: Sequence[Choice], typed: str) -> tuple[Choice, ...]:
    """The choices that answer to *typed*, best first; by their titles, or failing that by their details."""
    if not typed.strip():
        return tuple(replace(choice, lit=()) for choice in choices)
    found: list[tuple[int, int, Choice]] = []
    for place, choice in enumerate(choices):
        if (matched := fuzzy.match(typed, choice.title)) is not None:
            found.append((-matched[0], place, replace(choice, lit=matched[1])))
        elif typed.casefold().strip() in choice.detail.casefold():
            found.append((0, place, replace(choice, lit=())))
    return tuple(choice for _, _, choice in sorted(found, key=lambda one: one[:2]))
