"""What saved views and facets look like, each picture beside what must be true of it."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from reader.storage.library import Library
from reader.tui.screens.facets import FacetsDialog
from tests.tui.conftest import SIZES, Compare, Themed
from tests.tui.driving import library_screen, press, settle


def test_saved_views_beside_the_list(snap_compare: Compare, themed: Themed, library: Library) -> None:
    library.views.save("By the sea", "tag:sea", key="s")
    library.views.save("Not read yet, by title", "is:unread", sort="title")
    library.views.save("Nothing", "tag:nothing")
    app = themed("reader-dark", demo=True)

    async def look(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await press(pilot, "<tab>", "7", "j")
        lit = library_screen(app).sidebar.lit
        assert lit is not None
        assert (lit.title, lit.told) == ("By the sea", "1")

    assert snap_compare(app, terminal_size=SIZES["wide"], run_before=look)


@pytest.mark.parametrize(("size", "theme"), [("usual", "reader-light"), ("small", "reader-dark")])
def test_facets(snap_compare: Compare, themed: Themed, size: str, theme: str) -> None:
    app = themed(theme, demo=True)

    async def look(pilot: Pilot[Any]) -> None:
        await press(pilot, "f", "j")
        assert isinstance(app.screen, FacetsDialog)

    assert snap_compare(app, terminal_size=SIZES[size], run_before=look)
