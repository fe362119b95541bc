"""What goes wrong with a file as a whole."""

from __future__ import annotations


class ExportError(Exception):
    """The file cannot be read, or not further; ``reason`` is a few words for people, not yet cleaned."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
