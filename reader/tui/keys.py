"""The one key parser: presses become commands with counts and arguments.

Textual's bindings hold no sequences, counts or modes, so screens feed every press here. Pure: no widget, no
clock; a key that leads nowhere is given back, so that none is lost silently.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reader.commands import ANY_CHARACTER, Command

COUNT_LIMIT = 99_999


@dataclass(frozen=True, slots=True)
class Pressed:
    """A whole command. ``count`` is ``None`` if none was typed; ``argument`` is the character of a command that
    takes one."""

    command: Command
    count: int | None
    argument: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """Keys that began a count or a sequence; ``keys`` is what the status line shows."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Keys that lead to no command; the parser has forgotten them."""

    keys: tuple[str, ...]


class KeyParser:
    """Feed it tokens in the notation of :mod:`reader.commands`; it holds one unfinished sequence at most."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self._complete: dict[tuple[str, ...], Command] = {}
        self._beginnings: set[tuple[str, ...]] = set()
        for command in commands:
            for sequence in command.sequences:
                self._complete.setdefault(sequence, command)
                self._beginnings.update(sequence[:length] for length in range(1, len(sequence)))
        self._count = ""
        self._sequence: tuple[str, ...] = ()
        self._waiting: Command | None = None

    @property
    def pending(self) -> tuple[str, ...]:
        return (*self._count, *self._sequence)

    @property
    def waiting(self) -> Command | None:
        """The command that wants one more character."""
        return self._waiting

    def reset(self) -> None:
        self._count, self._sequence, self._waiting = "", (), None

    def feed(self, token: str) -> Pressed | Pending | Unknown:
        """Take one press. ``<escape>`` and ``<c-c>`` end a pending count or sequence and come back as Unknown
        with what they ended."""
        if self.pending and token in ("<escape>", "<c-c>"):
            return self._give_up(token)
        if self._waiting is not None:
            return self._argument(token)
        if not self._sequence and self._is_count(token):
            self._count += token
            return Pending(self.pending)
        self._sequence += (token,)
        command = self._complete.get(self._sequence)
        if command is not None and command.takes:
            self._waiting = command
            return Pending(self.pending)
        if command is not None:
            return self._done(command, "")
        if self._sequence in self._beginnings:
            return Pending(self.pending)
        keys = self.pending
        self.reset()
        return Unknown(keys)

    def _is_count(self, token: str) -> bool:
        """A digit counts, but a leading 0 is a key of its own, and a count that no list is long enough for is not."""
        is_digit = len(token) == 1 and token in "0123456789"
        return is_digit and (token != "0" or bool(self._count)) and int(self._count + token) <= COUNT_LIMIT

    def _argument(self, token: str) -> Pressed | Unknown:
        assert self._waiting is not None
        character = " " if token == "<space>" else token
        takes = self._waiting.takes
        if len(character) > 1 or (takes != ANY_CHARACTER and character not in takes):
            return self._give_up(token)
        self._sequence += (token,)
        return self._done(self._waiting, character)

    def _done(self, command: Command, argument: str) -> Pressed:
        keys = self.pending
        count = int(self._count) if self._count else None
        self.reset()
        return Pressed(command, count, argument, keys)

    def _give_up(self, token: str) -> Unknown:
        keys = (*self.pending, token)
        self.reset()
        return Unknown(keys)
