"""What completing, the command line and ways on look like."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from reader.tui.widgets.completions import Completions
from reader.tui.widgets.empty import Empty
from tests.tui.conftest import SIZES, Compare, Themed
from tests.tui.driving import press


@pytest.mark.parametrize(("size", "theme"), [("wide", "reader-dark"), ("small", "reader-light")])
def test_the_command_line(snap_compare: Compare, themed: Themed, size: str, theme: str) -> None:
    app = themed(theme, demo=True)

    async def look(pilot: Pilot[Any]) -> None:
        await press(pilot, ":", *"tag +later is:")
        assert app.screen.query_one(Completions).offered[0] == "unread"

    assert snap_compare(app, terminal_size=SIZES[size], run_before=look)


@pytest.mark.parametrize("size", ["wide", "small"])
def test_ways_on_where_nothing_is_found(snap_compare: Compare, themed: Themed, size: str) -> None:
    app = themed("reader-dark", demo=True)
    key = "\\" if size == "wide" else "/"

    async def look(pilot: Pilot[Any]) -> None:
        await press(pilot, key, *"software tag:cities")
        assert len(app.screen.query_one(Empty).menu.choices) == 2

    assert snap_compare(app, terminal_size=SIZES[size], run_before=look)
