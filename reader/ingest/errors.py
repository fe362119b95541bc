"""The one error of this room."""

from __future__ import annotations

from reader.domain.text import clean_line


class IngestError(Exception):
    """*source* could not become an article; *reason* is one clean line without the source's name."""

    def __init__(self, source: str, reason: str) -> None:
        self.source = clean_line(source)
        self.reason = clean_line(reason)
        super().__init__(f"{self.source}: {self.reason}" if self.source else self.reason)
