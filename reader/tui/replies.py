"""What a terminal answers although nobody asked: no key was pressed, whatever it says."""

from __future__ import annotations

import re

# OSC and DCS with what such answers begin with: Alt and a bracket, or Alt and P, are keys and stay.
_BEGIN = r"(?:\x1b\]|\x9d)(?=\d)|(?:\x1bP|\x90)(?=[\d>!=?])"
_REPLY = re.compile(rf"(?:{_BEGIN})[^\x07\x1b\x9c]*(\x07|\x1b\\|\x9c|(?=\x1b[^\\])|\x1b?\Z)")
_REST = re.compile(r"\\|[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)")


class Replies:
    """Takes answers out of what is read, a piece at a time."""

    def __init__(self) -> None:
        self._is_open = False

    def without(self, data: str) -> str:
        """*data* without answers. One that has no end in its piece may have it in the next; if it has none there,
        either, the piece is what somebody typed."""
        if self._is_open and data:
            self._is_open = False
            if rest := _REST.match(data):
                data = data[rest.end() :]
        return _REPLY.sub(self._drop, data) if "\x1b" in data or "\x9d" in data or "\x90" in data else data

    def _drop(self, found: re.Match[str]) -> str:
        self._is_open = found[1] in ("", "\x1b") and found.end() == len(found.string)
        return ""
