"""The footer teaches what a newcomer needs, in at most seven keys; help has the rest."""

from __future__ import annotations

import pytest

from reader.commands import COMMANDS, MODES, commands_of
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.screens.help import TITLES
from reader.tui.teaching import LESSONS
from reader.tui.widgets.footer import CommandFooter
from tests.tui.driving import press
from tests.tui.opened import LEDGER, reading


def footer(app: ReaderApp) -> str:
    bar = app.screen.query_one(CommandFooter)
    return bar.render_line(0).text


def test_lessons_name_commands_and_have_seven_keys_at_most() -> None:
    known = {command.id for command in COMMANDS}
    for lesson in LESSONS.values():
        assert {name for name, _ in lesson} <= known
        assert len(lesson) < 7


def test_every_place_has_its_title_in_help() -> None:
    assert {command.place for command in COMMANDS} <= set(TITLES)


async def test_every_command_of_an_article_does_something(app: ReaderApp) -> None:
    async with reading(app) as (_, screen):
        for mode in ("article", "sentence", "visual", "operator"):
            missing = [command.id for command in commands_of(mode) if screen.handler_of(command) is None]
            assert missing == [], mode


@pytest.mark.parametrize(
    ("keys", "taught"),
    [
        ([], ["Enter Select", "/ Find", "c Note", "? Help"]),
        (["<enter>"], ["Enter Highlight", "j Next", "c Note", "l Grow", "Tab Unit", "Esc Cancel", "? Help"]),
        (["v"], ["Enter Highlight", "w Word", "o Other end", "? Help"]),
        (["v", "v"], ["v Select from here", "? Help"]),
        (["]", "h", "v", "v"], ["Enter Note", "H Colour", "dd Delete", "v Select from here"]),
        ([";"], ["a … l Sentence", "Esc Cancel"]),
        ([";", "a"], ["Enter Highlight", "H Colour", "y Copy"]),
        (["g", "h"], ["h Sentence", "ip Paragraph", "/ To words", "Esc Cancel"]),
        (["<enter>", "<enter>"], ["Enter Note", "H Colour", "dd Delete"]),
        (["/"], ["Enter Keep", "Esc Back"]),
        (["v", "/"], ["Enter Go there", "Esc Cancel"]),
    ],
)
async def test_each_mode_has_its_keys_in_the_footer(
    app: ReaderApp, keys: list[str], taught: list[str]
) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, *keys)
        for entry in taught:
            assert f" {entry} " in f" {footer(app)} ".replace("  ", "  ")


async def test_the_keys_on_a_small_screen_suffice_to_highlight_and_annotate(
    app: ReaderApp, library: Library
) -> None:
    async with reading(app, size=(40, 15)) as (pilot, _):
        assert "Enter Select" in footer(app)
        await press(pilot, "<enter>")
        assert all(entry in footer(app) for entry in ("Enter Highlight", "j Next", "c Note", "? Help"))
        await press(pilot, "j", "c", *"ships", "<enter>")
        made = library.highlights.of(LEDGER)[0]
        assert (made.anchor.exact, made.note) == ("He wrote of ships and of weather.", "ships")


@pytest.mark.parametrize("keys", [["<enter>"], ["v"], ["<enter>", "<enter>"]])
@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_help_opens_in_every_mode_with_its_own_keys_first(
    app: ReaderApp, keys: list[str], size: tuple[int, int]
) -> None:
    async with reading(app, size=size) as (pilot, screen):
        await press(pilot, *keys, "?")
        first = app.screen.query_one("KeyTable").lines[0].title  # type: ignore[attr-defined]
        assert first == TITLES[MODES[screen.mode][0]]
        await press(pilot, "<escape>")
        assert app.screen is screen
