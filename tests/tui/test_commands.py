"""Each command of a list has its handler, and each handler its command."""

from __future__ import annotations

from reader.commands import COMMANDS, commands_of
from reader.tui.app import ReaderApp
from tests.tui.driving import library_screen, press, settle

ACTIONS = {command.action for command in COMMANDS}
NAMES = {f"{command.place}_{command.action}" for command in COMMANDS} | ACTIONS


async def test_every_command_of_a_list_does_something(app: ReaderApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = library_screen(app)
        assert [command.id for command in commands_of("list") if screen.handler_of(command) is None] == []


async def test_every_handler_is_a_command(app: ReaderApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        owners = {type(owner) for owner in (*library_screen(app).handlers, app)}
        handlers = {name[3:] for owner in owners for name in dir(owner) if name.startswith("do_")}
        assert handlers - NAMES == set()


async def test_a_key_that_leads_nowhere_is_answered(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "~")
        from tests.tui.driving import status

        assert "~ is no command here" in status(app).message


async def test_pending_keys_are_shown_and_escape_forgets_them(app: ReaderApp) -> None:
    from tests.tui.driving import status

    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "g")
        assert status(app).pending == "3g"
        await press(pilot, "<escape>")
        assert status(app).pending == ""
        assert status(app).message == ""


async def test_users_have_their_own_keys(path: object, config: object) -> None:
    from dataclasses import replace

    from reader.storage.lane import Lane
    from reader.storage.library import Library
    from reader.tui.opening import read_opening
    from reader.tui.widgets.footer import CommandFooter
    from tests.tui.conftest import NOW

    with Library.open(path) as library:  # type: ignore[arg-type]
        opening = read_opening(library)
    theirs = replace(config, keys={"list.archive": "zz"})  # type: ignore[type-var]
    app = ReaderApp(Lane(path), theirs, opening, clock=lambda: NOW)  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "z", "z")
        assert len(library_screen(app).articles.order) == 5
        footer = app.screen.query_one(CommandFooter)
        assert ("zz", "Archive") in [(command.label, command.title) for command in footer.commands]
    await app.lane.close()
