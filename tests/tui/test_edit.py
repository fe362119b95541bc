"""The edit dialog: fields, what is wrong with them, and what is written."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.screens.edit import EditDialog, problem_in
from reader.tui.screens.note import NoteArea
from reader.tui.widgets.prompt import Prompt
from tests.tui.driving import press, status
from tests.tui.opened import LEDGER, reading

FINE = {"title": "A", "author": "", "site": "", "url": "", "published": ""}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, None),
        ({"url": "https://example.org/a?b=c", "published": "2021-03-03"}, None),
        ({"published": "2021-03-03T10:00:00+00:00"}, None),
        ({"title": ""}, "title"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://exam ple.org"}, "url"),
        ({"published": "yesterday"}, "published"),
        ({"published": "20210303"}, "published"),
        ({"published": "2021-13-03"}, "published"),
    ],
)
def test_what_cannot_be_kept_is_named(changes: dict[str, str], field: str | None) -> None:
    problem = problem_in({**FINE, **changes})
    assert (problem[0] if problem else None) == field


async def set_field(app: ReaderApp, name: str, value: str) -> None:
    app.screen.query_one(f"#edit-{name}", Prompt).value = value


async def test_only_what_was_changed_is_written(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "e", *" 2", "<tab>", "<enter>")
        summary = library.articles.summary(LEDGER)
        assert (summary.title, summary.author) == ("The Lighthouse Keeper's Ledger 2", "J. Ortega")
        assert app.screen is screen
        assert status(app).place == "The Lighthouse Keeper's Ledger 2"
        assert "u undo" in status(app).message
        await press(pilot, "u")
        assert status(app).place == "The Lighthouse Keeper's Ledger"


async def test_a_field_is_cleared_and_the_note_takes_lines(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "e")
        await set_field(app, "author", "")
        await set_field(app, "published", "2024-01-02")
        await press(pilot, "<tab>", "<tab>", "<tab>", "<tab>", "<tab>", *"one", "ctrl+j", *"two", "<enter>")
        article = library.articles.get(LEDGER)
        assert article.summary.author is None
        assert article.summary.published == "2024-01-02"
        assert article.note == "one\ntwo"


async def test_a_bad_address_keeps_the_dialog_with_one_line(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "e")
        await set_field(app, "url", "file:///etc/passwd")
        await press(pilot, "<enter>")
        assert isinstance(app.screen, EditDialog)
        assert "http" in str(app.screen.query_one("#edit-problem", Static).render())
        assert app.screen.focused is app.screen.query_one("#edit-url")
        await press(pilot, "<escape>")
        assert library.articles.summary(LEDGER).url == "https://example.org/ledger"


async def test_a_failed_write_keeps_what_was_typed(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        library.connection.execute(
            "create trigger refuse before update of title on article begin select raise(abort, 'no'); end"
        )
        await press(pilot, "e", *" 2", "<enter>")
        assert isinstance(app.screen, EditDialog)
        assert app.screen.query_one("#edit-title", Prompt).value.endswith(" 2")
        assert len(app._notifications) == 1


async def test_up_and_down_go_through_the_fields(app: ReaderApp) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "e", "<down>", "<down>", "<up>")
        assert app.screen.focused is app.screen.query_one("#edit-author")
        await press(pilot, "<up>", "<up>")
        assert isinstance(app.screen.focused, NoteArea)
        await press(pilot, "<tab>")
        assert app.screen.focused is app.screen.query_one("#edit-title")
