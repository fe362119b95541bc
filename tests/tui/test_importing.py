"""Other programs' exports, from the dialog for adding and from the command line of the app."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from reader.domain.query import parse
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.commanding import export_in
from reader.tui.screens.article import ArticleScreen
from reader.tui.screens.imported import ImportedDialog
from reader.tui.widgets.completions import Completions
from reader.tui.widgets.footer import CommandFooter
from tests.exchange.exports_of import zip_of
from tests.tui.driving import library_screen, press, settle, status, titles

TABLE = """\
title,url,time_added,tags,status
Harbour,https://e.org/harbour,1600322788,sea,unread
Ledger again,http://www.example.org/ledger/,1600322789,pocketed,unread
Bad,javascript:alert(1),1600322790,,unread
"""
BOOK = """\
The Slow Book (Mara E.)
- Your Highlight on page 12 | Location 180-182 | Added on Tuesday, 5 January 2021 10:00:00

The passage itself, and more.
==========
"""
MARKED = [{"url": "https://example.org/ledger", "highlights": [{"quote": "Nowhere in the text"}]}]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "part.zip"
    path.write_bytes(zip_of({"part_000000.csv": TABLE, "annotations/part_000000.json": json.dumps(MARKED)}))
    return path


def toasts(app: ReaderApp) -> list[str]:
    return [note.message for note in app._notifications]


async def test_the_dialog_says_what_an_export_is_and_imports_it_as_one_action(
    app: ReaderApp, library: Library, export: Path
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "A")
        app.screen.query_one("SourcePrompt").value = str(export)  # type: ignore[attr-defined]
        await settle(pilot)
        note = app.screen.query_one("#add-note", Static)
        assert str(note.content) == "A Pocket export: 2 articles"
        assert app.screen.query_one(CommandFooter).keys[0] == ("Enter", "Import")
        await press(pilot, "<enter>")
        assert app.screen is library_screen(app)
        assert status(app).busy == ""
        assert toasts(app) == [
            "From a Pocket export: 1 added, 1 updated, 1 failed, 1 highlight (1 without a place) · :import tells more"
        ]
        assert "Harbour" in titles(app)
        assert library.articles.count(parse("tag:pocketed")) == 1
        await press(pilot, ":", *"import", "<enter>")
        assert isinstance(app.screen, ImportedDialog)
        assert 'failed   row 4: scheme "javascript" refused' in app.screen.text
        await press(pilot, "<escape>", "u")
        assert "Harbour" not in titles(app)
        assert library.articles.count(parse("tag:pocketed")) == 0


async def test_the_command_line_takes_a_program_and_a_path(
    app: ReaderApp, library: Library, export: Path, tmp_path: Path
) -> None:
    links = tmp_path / "my links.txt"
    links.write_text("https://e.org/a One\nsome words\n")
    async with app.run_test(size=(100, 30)) as pilot:
        for words, told in (
            (f"kindle {export}", f"{export.name}: not Kindle clippings: the file is a Pocket export"),
            (f"urls {links}", "From a list of addresses: 1 added, 1 failed · :import tells more"),
            (
                f"{export}",
                "From a Pocket export: 1 added, 1 updated, 1 failed, 1 highlight (1 without a place)",
            ),
        ):
            await press(pilot, ":")
            app.screen.query_one("Prompt").value = f"import {words}"  # type: ignore[attr-defined]
            await press(pilot, "<enter>")
            assert toasts(app)[-1].startswith(told)
        for words, told in (
            (str(tmp_path / "none"), "there is nothing at"), (f"auto {tmp_path}", "that is a folder"),
        ):  # fmt: skip
            await press(pilot, ":")
            app.screen.query_one("Prompt").value = f"import {words}"  # type: ignore[attr-defined]
            await press(pilot, "<enter>")
            assert told in status(app).message
        assert library.articles.count(parse("")) == 8


async def test_programs_and_paths_are_completed(app: ReaderApp, export: Path) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, ":", *"import pock")
        assert app.screen.query_one(Completions).offered == ("pocket",)
        prompt: Any = app.screen.query_one("Prompt")
        await press(pilot, "<tab>")
        assert prompt.value == "import pocket "
        prompt.value = f"import pocket {export.parent}/pa"
        prompt.cursor_position = len(prompt.value)
        await press(pilot, "r", "<tab>")
        assert prompt.value.rstrip() == f"import pocket {export}"


def test_a_program_may_be_named_before_the_path() -> None:
    assert export_in("Pocket ~/my export.zip") == ("pocket", "~/my export.zip")
    assert export_in("auto x.zip") == ("auto", "x.zip")
    assert export_in("~/my export.zip") == ("auto", "~/my export.zip")
    assert export_in("") == ("auto", "")


async def test_a_book_without_a_text_says_so_and_is_not_read_by_looking_at_it(
    app: ReaderApp, library: Library, tmp_path: Path
) -> None:
    clippings = tmp_path / "My Clippings.txt"
    clippings.write_text(BOOK)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ":", *f"import {clippings}", "<enter>", "/", *"slow book", "<enter>")
        assert titles(app) == ["The Slow Book"]
        await press(pilot, "<enter>")
        screen = app.screen
        assert isinstance(screen, ArticleScreen)
        said = " ".join(line.text for line in screen.page.head_lines(90))
        assert "There is no text here, only what was highlighted in it. gA shows it." in said
        assert status(app).position == "no text"
        assert "Highlights" in dict(app.screen.query_one(CommandFooter).keys).values()
        assert screen.progress._dwelling is None
        await press(pilot, "]", "r")
        assert status(app).message == "no place: “The passage itself, and more.”"
        assert ("Esc", "Let go") in app.screen.query_one(CommandFooter).keys
        await press(pilot, "<escape>", "q")
        assert library.articles.count(parse('title:"slow book" is:unread')) == 1
