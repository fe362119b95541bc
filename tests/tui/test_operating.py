"""``gh`` and what it takes."""

from __future__ import annotations

import pytest

from reader.domain.article import ArticleId
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from tests.tui.driving import press, status
from tests.tui.opened import LEDGER, SLOW, reading
from tests.tui.wide import SENTENCES, SIZES, TEXT, exacts
from tests.tui.wide import wide as wide

BOTH = f"{SENTENCES[0]} {SENTENCES[1]}"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("gh i s", [SENTENCES[0]]),
        ("gh h", [SENTENCES[0]]),
        ("gh )", [SENTENCES[0]]),
        ("2gh )", [BOTH]),
        ("gh 2 )", [BOTH]),
        ("2gh 2 )", [f"{BOTH}\n\n{SENTENCES[2]}{SENTENCES[3]}"]),
        ("gh 2 h", [BOTH]),
        ("gh i p", [BOTH]),
        ("gh }", [BOTH]),
        ("gh G", [TEXT]),
        ("gh e", ["The"]),
        ("gh 2 w", ["The keeper"]),
        ("gh t (", ["The keeper"]),
        ("gh f )", ["The keeper (a quiet man, of the sea)"]),
        ("gh / i n <space> t h e <enter>", [SENTENCES[0][: SENTENCES[0].index(" ledger")]]),
        ("v v f q gh i (", ["a quiet man, of the sea"]),
        ("v v } gh )", [SENTENCES[2]]),
        ("v v } 2 ) gh 3 e", ["Emoji 👩‍👩‍👧‍👦 and"]),
        ("v v ) gh i q", ["The sea,"]),
        ("<enter> j gh i q", ["The sea,"]),
        ("/ 静 か <enter> gh h", [SENTENCES[2]]),
        ("gh i s .", [SENTENCES[0], SENTENCES[1]]),
        ("gh i s . .", [*SENTENCES[:3]]),
        ("gh i p . .", [BOTH, TEXT.split("\n\n")[1], SENTENCES[5]]),
        ("v v gh i s ) ) .", [SENTENCES[0], SENTENCES[2]]),
        ("v v gh i w w .", ["The", "keeper"]),
        ("gh i s g v <escape> <escape>", [SENTENCES[0]]),
    ],
)
async def test_what_a_motion_or_object_takes_is_highlighted(
    app: ReaderApp, library: Library, wide: ArticleId, keys: str, words: list[str], size: tuple[int, int]
) -> None:
    async with reading(app, wide, size=size) as (pilot, _):
        pressed = keys.replace("2gh", "2 g h").replace("gh", "g h").split()
        await press(pilot, *pressed)
        assert exacts(library, wide) == words


async def test_the_highlight_stays_lit_where_it_is(app: ReaderApp, library: Library) -> None:
    async with reading(app, SLOW, size=(60, 14)) as (pilot, screen):
        await press(pilot, "<space>")
        before = screen.page.position
        await press(pilot, "g", "h", "i", "s")
        assert status(app).message == "highlighted · c note · u undo"
        assert screen.mode == "article"
        assert screen.page.lit is not None
        assert screen.page.position == before
        await press(pilot, "c", *"why", "<enter>")
        assert [one.note for one in library.highlights.of(SLOW)] == ["why"]


async def test_from_the_caret_the_caret_stays_and_acts_on_the_new_highlight(
    app: ReaderApp, library: Library, wide: ArticleId
) -> None:
    async with reading(app, wide) as (pilot, screen):
        await press(pilot, "v", "v", "2", "w", "g", "h", "i", "(", "c", *"quiet", "<enter>")
        assert screen.page.mode == "caret"
        assert [(one.anchor.exact, one.note) for one in library.highlights.of(wide)] == [
            ("a quiet man, of the sea", "quiet")
        ]


async def test_big_h_also_opens_the_note(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "g", "H", "h")
        assert type(app.screen).__name__ == "NoteEditor"
        await press(pilot, *"kept", "<enter>")
        assert "kept" in [one.note for one in library.highlights.of(LEDGER)]


async def test_what_is_pressed_is_shown_until_it_is_done(app: ReaderApp) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "3", "g", "h")
        assert (screen.mode, status(app).mode) == ("operator", "HIGHLIGHT 3gh…")
        await press(pilot, "2", "i")
        assert status(app).pending == "2i"
        await press(pilot, "<escape>")
        assert (screen.mode, status(app).mode, status(app).pending) == ("article", "", "")
        await press(pilot, "g", "h", "<c-c>")
        assert screen.mode == "article"
        assert screen.page.caret is None


async def test_an_unknown_key_says_what_is_wanted(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "g", "h", "x")
        assert status(app).message.startswith("gh wants a motion or a text object")
        assert screen.mode == "article"
        await press(pilot, "g", "h", "i", "(")
        assert status(app).message == "No brackets to highlight here"
        await press(pilot, "g", "h", "/", *"zzz", "<enter>")
        assert screen.mode == "article"
        await press(pilot, "g", "h", "/", *"sea", "<escape>")
        assert screen.mode == "article"
        await press(pilot, "g", "h", ";")
        assert status(app).message == "No f F t T before this"
        assert len(library.highlights.of(LEDGER)) == 1


async def test_a_lit_sentence_is_where_the_operator_begins(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "<enter>", "j", "<escape>", "g", "h", "h")
        assert "He wrote of ships and of weather." in exacts(library, LEDGER)


async def test_the_same_highlight_is_not_made_twice(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "g", "h", "h", "<escape>", "g", "h", "h")
        assert status(app).message == "highlighted before · c note"
        assert len(library.highlights.of(LEDGER)) == 2


async def test_undo_takes_back_what_the_operator_made(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "g", "h", "i", "p", "u")
        assert exacts(library, LEDGER) == ["the sea froze"]
