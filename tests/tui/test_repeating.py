"""``.`` after a highlight: the next passage like it."""

from __future__ import annotations

import pytest

from reader.domain.article import ArticleId
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from tests.tui.driving import press, status
from tests.tui.opened import reading
from tests.tui.wide import SENTENCES, TEXT, exacts
from tests.tui.wide import wide as wide


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("<enter> <enter> . .", [*SENTENCES[:3]]),
        ("<enter> j <enter> .", [SENTENCES[1], SENTENCES[2]]),
        ("<enter> l <enter> .", [" ".join(SENTENCES[:2]), SENTENCES[2] + SENTENCES[3]]),
        ("<enter> j <tab> <enter> .", ["The sea,", "does not care; but the ledger does."]),
        ("<enter> <s-tab> <s-tab> <enter> . .", [*TEXT.split("\n\n")]),
        ("V <enter> . .", [*TEXT.split("\n\n")]),
        ("; a <enter> .", [SENTENCES[0], SENTENCES[1]]),
        ("<enter> <enter> <escape> ) .", [SENTENCES[0], SENTENCES[1]]),
        ("v e <enter> .", ["The"]),
        ("v e <enter> <enter> <escape> <escape> <enter> j .", ["The", SENTENCES[1]]),
    ],
)
async def test_the_next_passage_like_the_last_is_highlighted(
    app: ReaderApp, library: Library, wide: ArticleId, keys: str, words: list[str]
) -> None:
    """After Enter it said that Highlight does nothing here."""
    async with reading(app, wide) as (pilot, _):
        await press(pilot, *keys.split())
        assert exacts(library, wide) == words


async def test_a_colour_goes_on_too_and_is_given_to_another_highlight_that_is_lit(
    app: ReaderApp, library: Library, wide: ArticleId
) -> None:
    async with reading(app, wide) as (pilot, _):
        await press(pilot, "<enter>", "<enter>", "<enter>", "<escape>", "<escape>")
        await press(pilot, "<enter>", "j", "H", "b", ".")
        assert exacts(library, wide) == [*SENTENCES[:3]]
        await press(pilot, "<escape>", "]", "h", ".")
        assert {one.colour for one in library.highlights.of(wide)} == {"blue"}
        assert exacts(library, wide) == [*SENTENCES[:3]]


async def test_words_have_to_be_selected_before_more_are_highlighted(
    app: ReaderApp, library: Library, wide: ArticleId
) -> None:
    async with reading(app, wide) as (pilot, _):
        await press(pilot, "v", "e", "<enter>", ".")
        assert status(app).message == "Select words first · . highlights them, too"
        await press(pilot, "<escape>", "v", "w", "w", "v", "v", ".")
        assert len(exacts(library, wide)) == 2


async def test_behind_the_last_passage_it_says_so(app: ReaderApp, library: Library, wide: ArticleId) -> None:
    async with reading(app, wide) as (pilot, _):
        await press(pilot, "<enter>", "9", "j", "<enter>", ".")
        assert status(app).message == "No more to highlight here"


async def test_in_the_list_it_says_where_it_is_done(app: ReaderApp) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "<enter>", "<enter>", "q", ".")
        assert status(app).message == "That is done in an article"
