"""What highlights look like: in their screen, and while one is to review."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from reader.storage.library import Library
from reader.tui.app import ReaderApp
from tests.tui.changed import add_changed
from tests.tui.conftest import NOW, SIZES, Compare, Themed
from tests.tui.driving import press, status


@pytest.fixture
def changed(path: Path, themed: Themed) -> Themed:
    """Makes the app on a library with highlights of every sort, whose colours mean something."""
    with Library.open(path, clock=lambda: NOW, session="before") as library:
        add_changed(library)
        library.connection.execute("delete from history")

    def make(theme: str, *, demo: bool = False) -> ReaderApp:
        app = themed(theme, demo=demo)
        app.config = replace(app.config, meanings={"yellow": "claim", "green": "how it began"})
        return app

    return make


@pytest.mark.parametrize(
    ("size", "theme", "keys"),
    [
        ("wide", "reader-dark", ["j", "j", "j", "x"]),
        ("usual", "reader-light", ["<tab>", "<tab>"]),
        ("small", "reader-dark", ["G"]),
    ],
)
def test_the_highlights(
    snap_compare: Compare, changed: Themed, size: str, theme: str, keys: list[str]
) -> None:
    app = changed(theme)

    async def look(pilot: Pilot[Any]) -> None:
        await press(pilot, "g", "h", *keys)
        assert status(app).place.lower().endswith("by colour" if "<tab>" in keys else "by article")

    assert snap_compare(app, terminal_size=SIZES[size], run_before=look)


@pytest.mark.parametrize(("size", "theme"), [("wide", "reader-light"), ("usual", "reader-dark")])
def test_a_passage_to_review_beside_the_notes(
    snap_compare: Compare, changed: Themed, size: str, theme: str
) -> None:
    app = changed(theme)

    async def look(pilot: Pilot[Any]) -> None:
        await press(pilot, "<enter>", "g", "A", "]", "r")
        assert "to review" in status(app).message

    assert snap_compare(app, terminal_size=SIZES[size], run_before=look)
