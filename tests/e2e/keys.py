"""What a terminal without the kitty keyboard protocol sends for a key."""

from __future__ import annotations

import re

KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "space": " ", "backspace": "\x7f", "shift+tab": "\x1b[Z",
    "ctrl+space": "\x00", "ctrl+@": "\x00", "ctrl+[": "\x1b", "ctrl+\\": "\x1c", "ctrl+]": "\x1d",
    "ctrl+^": "\x1e", "ctrl+_": "\x1f", "ctrl+backspace": "\x08",
}  # fmt: skip
# Keys that take a modifier as a parameter: the letter form (CSI 1;5A) and the number form (CSI 5;5~).
LETTER_KEYS = {
    "up": "A", "down": "B", "right": "C", "left": "D", "end": "F", "home": "H",
    "f1": "P", "f2": "Q", "f3": "R", "f4": "S",
}  # fmt: skip
NUMBER_KEYS = {
    "insert": 2, "delete": 3, "pageup": 5, "pagedown": 6, "f5": 15,
    "f6": 17, "f7": 18, "f8": 19, "f9": 20, "f10": 21, "f11": 23, "f12": 24,
}  # fmt: skip
MODIFIERS = {"shift": 1, "alt": 2, "ctrl": 4}


def key_bytes(key: str) -> bytes:
    """The bytes of a key such as ``enter``, ``ctrl+d`` or ``alt+right``.

    What is not the name of a key is sent as it is, so ``"gg"`` and ``"é"`` work too.
    """
    if key in KEYS:
        return KEYS[key].encode()
    *modifiers, name = key.split("+") if len(key) > 1 and not key.endswith("+") else [key]
    if set(modifiers) <= MODIFIERS.keys():
        number = 1 + sum(MODIFIERS[modifier] for modifier in set(modifiers))
        if name in LETTER_KEYS:
            plain = "\x1bO" if name.startswith("f") else "\x1b["
            return ((f"\x1b[1;{number}" if modifiers else plain) + LETTER_KEYS[name]).encode()
        if name in NUMBER_KEYS:
            return f"\x1b[{NUMBER_KEYS[name]}{f';{number}' if modifiers else ''}~".encode()
        if modifiers == ["ctrl"] and re.fullmatch("[a-z]", name):
            return bytes([ord(name) & 0x1F])
        if modifiers[:1] == ["alt"]:
            return b"\x1b" + key_bytes("+".join([*modifiers[1:], name]))
    return key.encode()
