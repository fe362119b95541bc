"""How a query was read, and how it is answered."""

from __future__ import annotations

from textwrap import wrap

from textual.content import Content
from textual.widgets import Static

from reader.domain.explanation import Explanation
from reader.tui.screens.output import OutputDialog

HANGING = 2  # cells that a line which goes on is further in
SCROLLBAR = 1


class ExplainDialog(OutputDialog):
    """An :class:`Explanation` to be read and scrolled."""

    def __init__(self, explanation: Explanation) -> None:
        super().__init__("", str(explanation))

    @property
    def heading(self) -> str:
        return "How this query is read"

    def content(self) -> Content:
        """Headings stand out: the lines that are not indented."""
        lines: list[Content] = []
        width = self.columns(self.app.size.width) - SCROLLBAR
        for line in self.text.splitlines():
            if line.startswith(" "):
                indent = " " * (len(line) - len(line.lstrip()) + HANGING)
                lines += map(Content, wrap(line, width, subsequent_indent=indent) or [line])
            else:
                lines += [*([Content("")] if lines else []), Content.styled(line, "$text-primary bold")]
        return Content("\n").join(lines)

    def on_resize(self) -> None:
        super().on_resize()
        self.query_one("#output-text", Static).update(self.content())
