"""Textual's key events in the notation of :mod:`reader.commands`."""

from __future__ import annotations

from textual.events import Key

_MODIFIERS = {"ctrl": "c", "alt": "a", "shift": "s", "super": "d", "meta": "m", "hyper": "y"}
_NAMED = frozenset(
    ["enter", "escape", "space", "tab", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown"]
    + ["up", "down", "left", "right"]
    + [f"f{number}" for number in range(1, 25)]
)


def token_of(event: Key) -> str:
    """The token of one press: ``j``, ``<enter>``, ``<c-d>``, ``<s-tab>``, ``<a-right>``.

    Shift is part of a printed character (``J``, ``?``), never of its token.
    """
    *modifiers, name = event.key.split("+")
    steering = [modifier for modifier in modifiers if modifier != "shift"]
    character = event.character
    if not steering and name not in _NAMED and character and character.isprintable():
        return character
    if name.isalpha() and len(name) == 1 and "shift" in modifiers and steering:
        name, modifiers = name.upper(), steering
    prefix = "".join(f"{_MODIFIERS.get(modifier, modifier)}-" for modifier in modifiers)
    return f"<{prefix}{name.replace('_', '-')}>".lower()


def behind_escape(event: Key) -> str:
    """The character that was pressed with alt, else nothing: a terminal sends alt and a letter as Escape and the
    letter, so a letter that follows Escape at once looks the same."""
    *modifiers, _ = event.key.split("+")
    character = event.character or ""
    return character if set(modifiers) in ({"alt"}, {"alt", "shift"}) and character.isprintable() else ""
