"""How a query was read, and how it is answered."""

from __future__ import annotations

from textual.content import Content

from reader.domain.explanation import Explanation
from reader.tui.screens.output import OutputDialog


class ExplainDialog(OutputDialog):
    """An :class:`Explanation` to be read and scrolled."""

    def __init__(self, explanation: Explanation) -> None:
        super().__init__(explanation.asked or "everything", str(explanation))

    def content(self) -> Content:
        """Headings stand out: the lines that are not indented."""
        lines = [
            Content(line) if line.startswith(" ") else Content.styled(line, "$text-primary bold")
            for line in self.text.splitlines()
        ]
        return Content("\n").join(lines)
