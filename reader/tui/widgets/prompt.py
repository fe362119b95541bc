"""A one-line input with a sign before it: filter, search, command line, addresses."""

from __future__ import annotations

from typing import Protocol

from textual import events
from textual.message import Message
from textual.widgets import Input

from reader.domain.phrase import as_phrase
from reader.domain.text import clean_line
from reader.tui.tokens import token_of

LONGEST = 2000
HISTORY = 100
_PASSED = frozenset(["<tab>", "<s-tab>", "<up>", "<down>", "<pageup>", "<pagedown>", "<c-n>", "<c-p>"])


class PromptHelper(Protocol):
    """Offers something for what is typed; see :mod:`reader.tui.completion`."""

    def typed(self) -> None: ...

    def takes(self, token: str) -> bool: ...


class Prompt(Input):
    """Posts what is typed as ``Input.Changed``, and how it ended as :class:`Kept`, :class:`Left` or :class:`Moved`.

    Escape and ``^c`` leave, Enter keeps; keys that a single line has no use for (Tab, up, down, pages) are posted
    for the screen to move something else by, unless history is on: then up and down walk it. With
    ``walks`` they do so always, without it only from an empty prompt on. A ``helper`` is asked
    about keys first. In a prompt for ``queries`` what is pasted is a phrase, never operators.
    """

    class Kept(Message):
        """Enter: the text is final."""

        def __init__(self, prompt: Prompt, text: str) -> None:
            super().__init__()
            self.prompt = prompt
            self.text = text

    class Left(Message):
        """Escape: never mind."""

        def __init__(self, prompt: Prompt) -> None:
            super().__init__()
            self.prompt = prompt

    class Moved(Message):
        """A key for what the prompt belongs to; ``token`` in the notation of ``reader.commands``."""

        def __init__(self, prompt: Prompt, token: str) -> None:
            super().__init__()
            self.prompt = prompt
            self.token = token

    takes_typing = True
    helper: PromptHelper | None = None  # not in __init__: the text that it begins with is selected before

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        history: list[str] | None = None,
        id: str | None = None,
        classes: str | None = None,
        password: bool = False,
        queries: bool = False,
        walks: bool = True,
    ) -> None:
        super().__init__(
            text,
            placeholder=placeholder,
            max_length=LONGEST,
            select_on_focus=False,
            compact=True,
            id=id,
            classes=classes,
            password=password,
        )
        self.cursor_blink = False
        self.queries = queries
        self._history = history
        self._walks = walks
        self._walk = 0

    def watch_selection(self) -> None:
        if self.helper is not None:
            self.helper.typed()

    def on_input_changed(self) -> None:
        if self.helper is not None:
            self.helper.typed()

    async def _on_key(self, event: events.Key) -> None:
        if self._steer(token_of(event)):
            event.stop()
            event.prevent_default()
        else:
            self._walk = 0
            await super()._on_key(event)

    def _steer(self, token: str) -> bool:
        """Do what *token* does beside typing; whether it does anything."""
        if self.helper is not None and self.helper.takes(token):
            return True
        if token == "<enter>":
            self._remember()
            self.post_message(self.Kept(self, self.value))
        elif token in ("<escape>", "<c-c>"):
            self.post_message(self.Left(self))
        elif token in ("<up>", "<down>") and self._history and (self._walks or self._walk or not self.value):
            self._walk_history(-1 if token == "<up>" else 1)
        elif token in _PASSED:
            self.post_message(self.Moved(self, token))
        else:
            return False
        return True

    def _on_paste(self, event: events.Paste) -> None:
        """Take the first line that says something, cleaned; a megabyte costs no more than a line."""
        event.stop()
        event.prevent_default()
        room, text = max(0, LONGEST - len(self.value)), event.text[: LONGEST * 4]
        if self.queries:
            behind = self.value[: min(self.selection)]
            self.replace(as_phrase(text, behind=behind, limit=room), *self.selection)
        else:
            first = next((line for line in text.splitlines() if line.strip()), "")
            self.replace(clean_line(first, limit=room), *self.selection)

    def _remember(self) -> None:
        if self._history is not None and self.value.strip():
            if self.value in self._history:
                self._history.remove(self.value)
            self._history.append(self.value)
            del self._history[:-HISTORY]
            self._walk = 0

    def _walk_history(self, step: int) -> None:
        assert self._history is not None
        self._walk = max(-len(self._history), min(0, self._walk + step))
        self.value = self._history[self._walk] if self._walk else ""
        self.cursor_position = len(self.value)
