"""``(`` and ``)`` while reading, where the page can scroll and where it cannot."""

from __future__ import annotations

import pytest

from reader.domain.article import ArticleId
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from tests.tui.driving import press, status
from tests.tui.opened import SLOW, reading
from tests.tui.wide import SENTENCES, exacts
from tests.tui.wide import wide as wide


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (") <enter> <enter>", SENTENCES[1]),
        ("2 ) g h h", SENTENCES[2]),
        (") ) ) ( <enter> <enter>", SENTENCES[2]),
        ("9 ) g h h", SENTENCES[5]),
        ("<enter> j <escape> ) g h h", SENTENCES[2]),
    ],
)
async def test_in_an_article_that_cannot_scroll_a_sentence_is_touched(
    app: ReaderApp, library: Library, wide: ArticleId, keys: str, words: str
) -> None:
    """They did nothing, so that Enter lit the first sentence whatever had been pressed."""
    async with reading(app, wide, size=(100, 30)) as (pilot, _):
        await press(pilot, *keys.split())
        assert exacts(library, wide) == [words]


async def test_the_sentence_that_was_touched_is_told(app: ReaderApp, wide: ArticleId) -> None:
    async with reading(app, wide, size=(100, 30)) as (pilot, _):
        await press(pilot, "2", ")")
        assert status(app).message == f"“{SENTENCES[2]}” · Enter lights it"
        await press(pilot, "9", ")", ")")
        assert status(app).message == "No sentence below"
        await press(pilot, "9", "(", "(")
        assert status(app).message == "No sentence above"


async def test_at_the_end_of_a_long_article_they_go_on_and_come_back(app: ReaderApp) -> None:
    async with reading(app, SLOW, size=(60, 14)) as (pilot, screen):
        await press(pilot, "G", "(", ")")
        seen = screen.page.position
        await press(pilot, "9", "9", "9", *[")"] * 15)
        assert status(app).message == "No sentence below"
        end = screen.page.position
        last = screen.page.visible_sentences[-1]
        await press(pilot, "<enter>")
        assert screen.page.selection == last
        await press(pilot, "<escape>", "(")
        assert screen.page.position == end >= seen
        await press(pilot, "<enter>")
        assert screen.page.selection is not None
        assert screen.page.selection < last
