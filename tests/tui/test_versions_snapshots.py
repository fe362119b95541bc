"""What the versions of a text look like, each picture beside what must be true of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from textual.pilot import Pilot

from reader.domain.anchor import anchor_of, occurrences
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from tests.tui.conftest import NOW, SEA
from tests.tui.driving import press, status
from tests.tui.opened import LEDGER
from tests.tui.test_versions import arrive

Compare = Callable[..., bool]
SIZES = {"wide": (120, 40), "small": (40, 15)}


@pytest.fixture(autouse=True)
def greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Days and hours are shown as they are here, wherever this runs."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def edited(library: Library) -> Library:
    """The ledger, edited so that of four highlights one is where it was, one has other words, and two are gone."""
    document = library.articles.get(LEDGER).document
    for words in (
        "wrote every evening what the sea had done",
        "The ledger has a white page for it",
        "Steady work",
    ):
        anchor = anchor_of(document, occurrences(document, words)[0])
        assert anchor is not None
        library.highlights.add(LEDGER, anchor)
    text = SEA.replace("every evening", "each night").replace("Steady work leaves", "A steady hand leaves")
    arrive(library, text.replace("The ledger has a white page for it.", "It was long. 海は凍った。"))
    library.connection.execute(
        "update body set made = :made where version = 2", made=int(NOW.timestamp()) * 10**6
    )
    return library


@pytest.mark.parametrize("size", SIZES)
def test_a_version_beside_the_one_before(
    snap_compare: Compare, app: ReaderApp, edited: Library, size: str
) -> None:
    async def look(pilot: Pilot[Any]) -> None:
        await press(pilot, "<enter>", "g", "V", "n")
        assert status(app).position == "1/3"

    assert snap_compare(app, terminal_size=SIZES[size], run_before=look)
