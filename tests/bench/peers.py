"""Peers to measure ours against, each a small program of its own: ``bare``, ``table``, ``markdown FILE``."""

from __future__ import annotations

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import DataTable, MarkdownViewer, Static


class Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("bare " * 20)


class Table(App[None]):
    def compose(self) -> ComposeResult:
        yield DataTable()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("title", "site", "age")
        for number in range(1, 1_001):
            table.add_row(f"Story {number} of a thousand", "paper.example", f"{number} d")
        table.focus()


class Markdown(App[None]):
    def compose(self) -> ComposeResult:
        yield MarkdownViewer(Path(sys.argv[2]).read_text(encoding="utf-8"), show_table_of_contents=False)


if __name__ == "__main__":
    {"bare": Bare, "table": Table, "markdown": Markdown}[sys.argv[1]]().run()
