"""What results look like: places below each article, reasons below what is related."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from reader.domain.anchor import anchor_of, occurrences
from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document
from reader.storage.library import Library
from reader.tui.screens.related import RelatedScreen
from reader.tui.widgets.hit_list import HitList
from tests.tui.conftest import SIZES, Compare, Themed
from tests.tui.driving import press, status
from tests.tui.opened import LEDGER

STORM = (
    "The keeper of the lighthouse kept a ledger of storms. Every winter he counted ships at sea.\n\n"
    "A ledger is a promise that somebody will read it, at sea or ashore. "
    + "Nothing came of it. "
    * 12
    + "\n\n"
    "The sea gives back what it takes, says the ledger."
)


@pytest.fixture
def storms(library: Library) -> ArticleId:
    storms = library.articles.add(Draft("A Promise of Storms", Document.plain(STORM), site="The Harbour")).id
    document = library.articles.get(storms).document
    anchor = anchor_of(
        document, occurrences(document, "A ledger is a promise that somebody will read it, at sea")[0]
    )
    assert anchor is not None
    library.highlights.add(storms, anchor, note="what the sea is for")
    library.articles.mark([LEDGER], "archived")
    return storms


@pytest.mark.parametrize("size", ["wide", "small"])
def test_results_with_their_places(
    snap_compare: Compare, themed: Themed, storms: ArticleId, size: str
) -> None:
    app = themed("reader-dark", demo=True)

    async def look(pilot: Pilot[Any]) -> None:
        await press(pilot, "\\", *"sea")
        await press(pilot, "<tab>", "x")
        assert status(app).position == "1 selected of 2"
        first = app.screen.query_one(HitList).passages_of(storms)[0]
        assert first.source == "highlight"

    assert snap_compare(app, terminal_size=SIZES[size], run_before=look)


def test_related_articles_say_why(snap_compare: Compare, themed: Themed, storms: ArticleId) -> None:
    app = themed("reader-light", demo=True)

    async def look(pilot: Pilot[Any]) -> None:
        await press(pilot, "g", "m")
        assert isinstance(app.screen, RelatedScreen)

    assert snap_compare(app, terminal_size=SIZES["usual"], run_before=look)
