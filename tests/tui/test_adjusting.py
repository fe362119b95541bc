"""The ends of a highlight are moved by words: painted, written, taken back."""

from __future__ import annotations

import pytest

from reader.domain.highlight import Highlight
from reader.domain.span import Span
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from tests.tui.driving import press, settle, status
from tests.tui.opened import LEDGER, reading

FROZE = "the sea froze"


def exact(library: Library) -> str:
    return library.highlights.of(LEDGER)[0].anchor.exact


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ((">",), "the sea froze,"),
        (("2", ">"), "the sea froze, and"),
        (("<",), "the sea"),
        (("g", "<"), "winter the sea froze"),
        (("2", "g", "<"), "One winter the sea froze"),
        (("g", ">"), "sea froze"),
        (("2", "g", ">"), "froze"),
        (("9", "<"), "the"),
        (("9", "g", ">"), "froze"),
    ],
)
async def test_the_ends_move_by_words(
    app: ReaderApp, library: Library, keys: tuple[str, ...], words: str
) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "]", "h", *keys)
        assert exact(library) == words
        assert screen.passages.all[0].anchor.exact == words
        assert screen.page.document.slice(screen.page.highlights[0].placement.span) == words  # type: ignore[arg-type]
        await press(pilot, "u")
        assert exact(library) == FROZE


async def test_each_press_is_painted_at_once_and_undone_by_itself(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "]", "h")
        for token in (">", ">", ">"):
            screen.press(token)
        assert screen.passages.all[0].anchor.exact == "the sea froze, and he"
        await settle(pilot)
        await press(pilot, "u")
        assert exact(library) == "the sea froze, and"
        await press(pilot, "u", "u")
        assert exact(library) == FROZE


async def test_a_highlight_keeps_a_word_and_stays_in_the_text(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "]", "h", "2", "<", "<")
        assert exact(library) == "the"
        assert status(app).message == "No further"
        await press(pilot, *"999", "g", "<", *"999", ">")
        assert exact(library) == screen.page.document.text


async def test_the_highlight_of_the_caret_is_moved_too(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        start = screen.page.document.text.index("froze")
        await press(pilot, "v", "v", *"5", "w")
        while screen.page.caret is not None and screen.page.caret < start:
            await press(pilot, "w")
        await press(pilot, ">")
        assert exact(library) == "the sea froze,"
        assert screen.mode == "visual"
        await press(pilot, "d", "d")
        assert library.highlights.of(LEDGER) == []


async def test_with_no_highlight_there_it_says_so(app: ReaderApp) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, ">")
        assert status(app).message == "No highlight is lit · ]h lights one"
        await press(pilot, "v", "d", "d")
        assert status(app).message == "There is no highlight under the caret"


async def test_two_highlights_never_have_the_very_same_words(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        start = screen.page.document.text.index("the sea froze,")
        screen.annotating.mark(Span(start, start + len("the sea froze,")))
        await settle(pilot)
        screen.page.light(screen.passages.all[0])
        await press(pilot, ">")
        assert status(app).message == "Another highlight has these very words"
        assert len({one.anchor.exact for one in library.highlights.of(LEDGER)}) == 2


async def test_tab_goes_through_highlights_that_lie_over_each_other(app: ReaderApp) -> None:
    async with reading(app) as (pilot, screen):
        text = screen.page.document.text
        spans = [
            Span(text.index(words), text.index(words) + len(words))
            for words in ("winter the sea", "the sea froze, and he", "sea froze")
        ]
        for span in spans:
            screen.annotating.mark(span)
        await press(pilot, "<escape>", "g", "g")
        lit = []
        for _ in range(4):
            await press(pilot, "<tab>")
            assert isinstance(screen.page.lit, Highlight)
            lit.append(screen.page.lit.anchor.exact)
        assert lit == ["winter the sea", "the sea froze", "the sea froze, and he", "sea froze"]
        await press(pilot, ">")
        assert isinstance(screen.page.lit, Highlight)
        assert screen.page.lit.anchor.exact == "sea froze,"
