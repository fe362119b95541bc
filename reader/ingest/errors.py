"""The errors of this room."""

from __future__ import annotations

from reader.domain.text import clean_line


class IngestError(Exception):
    """*source* could not become an article; *reason* is one clean line without the source's name."""

    def __init__(self, source: str, reason: str) -> None:
        self.source = clean_line(source)
        self.reason = clean_line(reason)
        super().__init__(f"{self.source}: {self.reason}" if self.source else self.reason)


class FetchError(IngestError):
    """A page did not come. ``retry_after`` is how many seconds the server asks to be left alone; ``is_final`` says that
    another try would end the same, ``is_hiccup`` that one in a second or two may not."""

    def __init__(
        self,
        reason: str,
        *,
        retry_after: float | None = None,
        is_final: bool = False,
        is_hiccup: bool = False,
    ) -> None:
        super().__init__("", reason)
        self.retry_after = retry_after
        self.is_final = is_final
        self.is_hiccup = is_hiccup
