"""A one-line input with a sign before it: filter, search, command line, addresses."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import Input

from reader.domain.text import clean_line
from reader.tui.tokens import token_of

LONGEST = 2000
HISTORY = 100
_PASSED = frozenset(["<tab>", "<s-tab>", "<up>", "<down>", "<pageup>", "<pagedown>", "<c-n>", "<c-p>"])


class Prompt(Input):
    """Posts what is typed as ``Input.Changed``, and how it ended as :class:`Kept`, :class:`Left` or :class:`Moved`.

    Escape and ``^c`` leave, Enter keeps; keys that a single line has no use for (Tab, up, down, pages) are posted
    for the screen to move something else by, unless history is on: then up and down walk it.
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

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        history: list[str] | None = None,
        id: str | None = None,
        classes: str | None = None,
        password: bool = False,
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
        self._history = history
        self._walk = 0

    async def _on_key(self, event: events.Key) -> None:
        if self._steer(token_of(event)):
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)

    def _steer(self, token: str) -> bool:
        """Do what *token* does beside typing; whether it does anything."""
        if token == "<enter>":
            self._remember()
            self.post_message(self.Kept(self, self.value))
        elif token in ("<escape>", "<c-c>"):
            self.post_message(self.Left(self))
        elif self._history and token in ("<up>", "<down>"):
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
        first = next((line for line in event.text[: LONGEST * 4].splitlines() if line.strip()), "")
        room = LONGEST - len(self.value)
        self.replace(clean_line(first, limit=max(0, room)), *self.selection)

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
