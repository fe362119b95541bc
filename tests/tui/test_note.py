"""The note editor: what is kept, and that nothing typed is lost."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.app import App

from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.screens import note as module
from reader.tui.screens.note import NoteArea, NoteEditor
from tests.tui.driving import press, settle, status
from tests.tui.opened import LEDGER, reading


def note(library: Library) -> str:
    return library.highlights.of(LEDGER)[0].note


async def test_a_note_on_a_new_highlight_is_kept(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "<enter>", "c", *"so it", "ctrl+j", *"begins", "<enter>")
        assert note(library) == "so it\nbegins"
        assert app.screen is screen
        assert status(app).message == "note kept · u undo"
        assert screen.passages.placed[0].note == "so it\nbegins"
        await press(pilot, "u")
        assert screen.passages.placed[0].note == ""


async def test_enter_on_a_lit_highlight_opens_its_note(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "]", "h", "<enter>")
        assert app.screen.query_one(NoteArea).text == "cold"
        await press(pilot, *" as ice", "<enter>")
        assert note(library) == "cold as ice"


async def test_with_nothing_lit_it_is_the_articles_note(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "c", *"read again", "<enter>")
        assert library.articles.get(LEDGER).note == "read again"
        assert screen.article is not None
        assert screen.article.note == "read again"
        assert screen.article.summary.noted


async def test_a_draft_is_held_and_offered_next_time(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "]", "h", "c", *" and still", "<escape>")
        assert note(library) == "cold"
        assert status(app).message == "draft held · c goes on with it"
        await press(pilot, "c")
        assert app.screen.query_one(NoteArea).text == "cold and still"
        await press(pilot, "<c-r>")
        assert app.screen.query_one(NoteArea).text == "cold"
        await press(pilot, "<escape>", "c")
        assert app.screen.query_one(NoteArea).text == "cold and still"
        await press(pilot, "<enter>")
        assert note(library) == "cold and still"
        assert library.connection.column("select key from setting where key like 'draft:%'") == []


async def test_what_is_typed_is_stored_while_one_types(
    app: ReaderApp, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "DRAFT_AFTER", 0.01)
    async with reading(app) as (pilot, _):
        await press(pilot, "]", "h", "c", "!")
        await pilot.pause(0.05)
        await settle(pilot)
        reference = library.highlights.of(LEDGER)[0].id
        assert library.settings.get(f"draft:h{reference}") == "cold!"


async def test_quitting_holds_the_draft(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "c", *"unfinished")
        app.end()
        await settle(pilot)
    assert library.settings.get(f"draft:{LEDGER}") == "unfinished"


async def test_two_ends_at_once_hold_the_draft_as_one_does(app: ReaderApp, library: Library) -> None:
    """A closed terminal is told of twice: the second end gave up what the first was waiting for, the draft's write."""
    async with reading(app) as (pilot, _):
        await press(pilot, "c", *"unfinished")
        app.end(129)
        while not app.saving:  # the first has asked for the write
            await asyncio.sleep(0)
        app.end(143)
        await settle(pilot)
    assert app.return_code == 129
    assert library.settings.get(f"draft:{LEDGER}") == "unfinished"


async def test_a_failed_write_keeps_the_note_on_screen(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "]", "h", "c", *" words")
        library.connection.execute(
            "create trigger refuse before update on highlight begin select raise(abort, 'no room'); end"
        )
        await press(pilot, "<enter>")
        assert isinstance(app.screen, NoteEditor)
        assert app.screen.area.text == "cold words"
        assert len(app._notifications) == 1
        library.connection.execute("drop trigger refuse")
        await press(pilot, *"!", "<enter>")
        assert note(library) == "cold words!"


async def test_a_pasted_note_is_cleaned(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "c")
        from textual.events import Paste

        app.screen.query_one(NoteArea).post_message(Paste("a\x1b]0;x\x07b\u202e\nc" + "z" * 300_000))
        await settle(pilot)
        text = app.screen.query_one(NoteArea).text
        assert text.startswith("a]0;xb\nc")
        assert len(text) <= 100_000


async def test_two_quick_escapes_close_only_the_editor(app: ReaderApp) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "c", "x")
        assert isinstance(app.screen, NoteEditor)
        editor = app.screen
        editor.cancel()
        editor.cancel()
        await settle(pilot)
        assert app.screen is screen


@pytest.fixture
def suspended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that can be given away: the test driver's cannot."""
    from contextlib import contextmanager

    @contextmanager
    def suspend(self: App[None]):  # type: ignore[no-untyped-def]
        yield

    monkeypatch.setattr(App, "suspend", suspend)


@pytest.mark.usefixtures("suspended")
@pytest.mark.parametrize(
    ("script", "text", "toasts"),
    [
        ('echo "from the editor" >> "$1"', "cold\nfrom the editor", 0),
        ("exit 1", "cold", 1),
        ("kill -9 $$", "cold", 1),
        ('rm "$1"', "cold", 1),
    ],
)
async def test_the_users_editor_writes_the_note_or_leaves_it(
    app: ReaderApp, tmp_path: Path, script: str, text: str, toasts: int
) -> None:
    editor = tmp_path / "my editor"
    editor.write_text(f"#!/bin/sh\n{script}\n")
    editor.chmod(0o700)
    object.__setattr__(app.config, "editor", f"'{editor}'")
    async with reading(app) as (pilot, _):
        await press(pilot, "]", "h", "c", "ctrl+e")
        assert app.screen.query_one(NoteArea).text == text
        assert len(app._notifications) == toasts


@pytest.mark.usefixtures("suspended")
@pytest.mark.parametrize("editor", ["/no/such/editor --wait", "'unclosed", ""])
async def test_an_editor_that_does_not_start_is_one_toast(app: ReaderApp, editor: str) -> None:
    object.__setattr__(app.config, "editor", editor)
    async with reading(app) as (pilot, _):
        await press(pilot, "]", "h", "c", "ctrl+e")
        assert app.screen.query_one(NoteArea).text == "cold"
        assert len(app._notifications) == 1
