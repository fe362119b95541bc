"""What the article screen and its dialogs look like, each picture beside what must be true of it."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import SIZES, Compare, Themed
from tests.tui.driving import press, status


@pytest.mark.parametrize(
    ("size", "theme"),
    [("wide", "reader-light"), ("wide", "reader-dark"), ("usual", "reader-dark"), ("small", "reader-light")],
)
def test_a_new_highlight_with_the_notes(snap_compare: Compare, themed: Themed, size: str, theme: str) -> None:
    app = themed(theme)

    async def look(pilot: Pilot[Any]) -> None:
        await press(pilot, "<enter>", "<enter>", "H", "g")
        assert status(app).message == "highlighted · c note · u undo"
        await press(pilot, "g", "A")

    assert snap_compare(app, terminal_size=SIZES[size], run_before=look)


@pytest.mark.parametrize(("size", "theme"), [("usual", "reader-light"), ("small", "reader-dark")])
def test_a_selection(snap_compare: Compare, themed: Themed, size: str, theme: str) -> None:
    app = themed(theme)

    async def look(pilot: Pilot[Any]) -> None:
        await press(pilot, "<enter>", "v", "1", "5", "w")
        assert status(app).mode.startswith("VISUAL")

    assert snap_compare(app, terminal_size=SIZES[size], run_before=look)


@pytest.mark.parametrize(
    ("keys", "size"),
    [
        (["]", "h", "c"], "usual"),
        (["]", "h", "c"], "small"),
        (["t", "s"], "usual"),
        (["e"], "wide"),
        (["e"], "usual"),
        (["/", *"the"], "usual"),
    ],
)
def test_dialogs_and_find(snap_compare: Compare, themed: Themed, keys: list[str], size: str) -> None:
    app = themed("reader-dark")

    async def look(pilot: Pilot[Any]) -> None:
        await press(pilot, "<enter>", *keys)
        assert app.failure is None

    assert snap_compare(app, terminal_size=SIZES[size], run_before=look)
