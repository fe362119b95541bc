"""Help, palette, adding, welcome, confirming."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.widgets import Static

from reader.commands import COMMANDS
from reader.config import Config
from reader.domain.query import parse
from reader.storage.lane import Lane
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.opening import read_opening
from reader.tui.screens.add import AddDialog
from reader.tui.screens.base import Dialog
from reader.tui.screens.confirm import Confirm
from reader.tui.screens.help import HelpScreen, sections
from reader.tui.screens.output import OutputDialog
from reader.tui.screens.picking import Picking
from reader.tui.screens.welcome import WelcomeScreen
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.key_table import KeyTable
from reader.tui.widgets.menu import Choice, Menu
from tests.tui.conftest import NOW
from tests.tui.driving import library_screen, lit, press, settle, titles


async def test_help_names_every_command_and_begins_with_those_of_the_screen(app: ReaderApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "?")
        lines = app.screen.query_one(KeyTable).lines
        assert lines[0].title == "In a list"
        assert {line.title for line in lines if line.help} == {command.title for command in COMMANDS}
        await press(pilot, "/", *"archive")
        assert {line.title for line in app.screen.query_one(KeyTable).lines if line.help} >= {
            "Archive",
            "Archive view",
        }
        await press(pilot, "<escape>", "q")
        assert app.screen is library_screen(app)


@pytest.mark.parametrize("mode", ["list", "article", "sentence", "visual"])
def test_the_help_of_a_mode_begins_with_its_own_place(mode: str) -> None:
    first = sections(COMMANDS, mode)[1]
    assert first.title in {command.title for command in COMMANDS if command.place == mode}


async def test_the_palette_does_what_is_picked_on_the_screen_below(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "<c-p>", *"star")
        menu = app.screen.query_one(Menu)
        assert menu.choices[0].title == "Star"
        assert menu.choices[0].lit == (0, 1, 2, 3)
        await press(pilot, "<enter>")
        assert app.screen is library_screen(app)
        assert library.articles.summary(library.articles.order(parse("title:ledger"))[0]).starred


async def test_the_colon_asks_for_a_command_too(app: ReaderApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, ":", *"starred", "<enter>")
        assert titles(app) == ["Slow Software"]


async def test_a_file_is_added_and_the_cursor_is_on_it(
    app: ReaderApp, library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "new.txt"
    file.write_text("A New Thing\n\nIt came from a file, with some words in it.\n")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "A")
        app.screen.query_one("SourcePrompt").value = str(file)  # type: ignore[attr-defined]
        await press(pilot, "<enter>")
        assert app.screen is library_screen(app)
        assert len(titles(app)) == 7
        assert library.articles.count(parse("")) == 7
        assert app.screen.articles.cursor == 0


async def test_pasted_text_is_added(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.screen.post_message(events.Paste("Pasted Words\n\nThey were on the clipboard: D D D q.\n"))
        await settle(pilot)
        assert isinstance(app.screen, AddDialog)
        assert library.articles.count(parse("")) == 6
        await press(pilot, "<enter>")
        assert library.articles.count(parse("clipboard")) == 1


async def test_what_is_not_there_is_said_and_the_dialog_stays(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "A", *"/nowhere/x.txt", "<enter>")
        assert isinstance(app.screen, AddDialog)
        note = app.screen.query_one("#add-note", Static)
        assert "nothing at /nowhere/x.txt" in str(note.content)


async def test_tab_completes_a_path(app: ReaderApp, tmp_path: Path) -> None:
    (tmp_path / "essays").mkdir()
    (tmp_path / "essays" / "one.md").write_text("# One\n\nText.\n")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "A")
        prompt = app.screen.query_one("SourcePrompt")
        prompt.value = f"{tmp_path}/ess"  # type: ignore[attr-defined]
        await press(pilot, "<tab>", "<tab>")
        assert prompt.value == f"{tmp_path}/essays/one.md"  # type: ignore[attr-defined]


async def test_a_question_takes_no_answer_by_accident(app: ReaderApp) -> None:
    answers: list[bool | None] = []
    async with app.run_test(size=(80, 24)) as pilot:
        for keys in (["z", "y"], ["n"], ["<escape>"]):
            app.push_screen(Confirm("[red]Really?[/]"), answers.append)
            await press(pilot, *keys)
    assert answers == [True, False, None]


@pytest.fixture
def empty_app(tmp_path: Path) -> Iterator[ReaderApp]:
    path = tmp_path / "empty.db"
    with Library.open(path) as library:
        opening = read_opening(library)
    config = Config(library=path, file=tmp_path / "config.toml", log=tmp_path / "reader.log")
    app = ReaderApp(Lane(path), config, opening, clock=lambda: NOW)
    yield app
    asyncio.run(app.lane.close())


async def test_an_empty_library_welcomes_and_brings_the_samples(empty_app: ReaderApp) -> None:
    async with empty_app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(empty_app.screen, WelcomeScreen)
        await press(pilot, "<enter>")
        assert empty_app.screen is library_screen(empty_app)
        assert len(titles(empty_app)) > 10
        # The cursor stood on the last row: on the article that had been added first.
        assert lit(empty_app) == titles(empty_app)[0] == "Your first highlight"


async def test_the_welcome_speaks_of_the_samples_only_while_enter_brings_them(empty_app: ReaderApp) -> None:
    """With a mistaken path in the prompt it still said to press Enter for the samples."""
    async with empty_app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        offer = empty_app.screen.query_one(".welcome-samples")
        assert offer.display
        await press(pilot, *"/nowhere", "<enter>")
        assert isinstance(empty_app.screen, WelcomeScreen)
        assert not offer.display


async def test_an_empty_library_can_be_looked_at(empty_app: ReaderApp) -> None:
    async with empty_app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "<escape>")
        assert empty_app.screen is library_screen(empty_app)
        await press(pilot, "j", "a", "x", "<enter>", "]", "u", "G")
        assert empty_app.screen is library_screen(empty_app)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 15), (30, 10)])
@pytest.mark.parametrize(
    "make",
    [
        lambda: Picking("Commands", [Choice(str(number), "Title") for number in range(60)], filtered=True),
        lambda: Picking("A title that is far too long for a narrow terminal " * 3, [Choice("1", "One")]),
        lambda: OutputDialog("words " * 40, "line\n" * 200, note="dict ended with 1"),
    ],
)
async def test_the_keys_at_the_foot_of_a_dialog_are_on_screen(
    app: ReaderApp, make: Callable[[], Dialog[Any]], size: tuple[int, int]
) -> None:
    """At 40x15 the palette could lose them."""
    async with app.run_test(size=size) as pilot:
        app.push_screen(make())
        await settle(pilot)
        box, foot = app.screen.query_one(".dialog").region, app.screen.query_one(CommandFooter).region
        assert foot.height == 1
        assert foot.bottom <= box.bottom <= size[1]


async def test_the_dialogs_survive_a_tiny_terminal(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        for make in (
            lambda: HelpScreen("list"),
            AddDialog,
            WelcomeScreen,
            lambda: Picking("x", ()),
            lambda: Confirm("?"),
            lambda: OutputDialog("x", "text " * 200, note="odd"),
        ):
            app.push_screen(make())
            for size in ((1, 1), (5, 2), (300, 100)):
                await pilot.resize_terminal(*size)
                await settle(pilot)
            await press(pilot, "<escape>")
            assert app.screen is library_screen(app)
