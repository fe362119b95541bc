"""What became of the last import."""

from __future__ import annotations

from reader.tui.screens.output import OutputDialog


class ImportedDialog(OutputDialog):
    """Counts, and below them each part of the file that gave no article, with its reason."""

    def __init__(self, report: str) -> None:
        super().__init__("", report)

    @property
    def heading(self) -> str:
        return "The last import"
