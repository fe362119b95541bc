"""The application around the screens: beginning, ending, telling, remembering."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.widgets._toast import Toast

import reader.tui.app as application
from reader.config import Config
from reader.domain.article import ArticleId
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.opening import read_opening
from reader.tui.screens.help import HelpScreen
from tests.tui.driving import library_screen, lit, press, settle, status

LEDGER = ArticleId(6)


async def test_q_leaves_with_zero(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "q")
    assert app.return_code == 0


async def test_control_q_leaves_from_wherever_one_types(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "\\", *"abc", "<c-q>")
    assert app.return_code == 0


async def test_control_c_twice_leaves_with_130(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "<c-c>")
        assert "again quits" in status(app).message
        await press(pilot, "<c-c>")
    assert app.return_code == 130


async def test_control_c_cancels_what_is_pending_and_another_key_disarms_it(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "<c-c>")
        assert status(app).pending == ""
        await press(pilot, "j", "<c-c>", "j", "<c-c>")
        assert app.return_code is None
        await press(pilot, "?", "<c-c>")
        assert app.screen is library_screen(app)


async def test_what_is_being_written_is_on_the_disk_when_the_app_is_gone(
    app: ReaderApp, library: Library
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        app.end()
        await settle(pilot)
    assert library.articles.summary(LEDGER).starred


async def test_a_failed_write_is_one_toast_and_the_row_is_as_it_was(
    app: ReaderApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(change: object) -> None:
        raise LibraryError("the disk is full, nothing was changed")

    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        monkeypatch.setattr(app.lane, "write", refuse)
        await press(pilot, "a")
        assert library_screen(app).articles.place(LEDGER) is not None
        [toast] = app.screen.query(Toast)
        assert "the disk is full" in str(toast.render())


async def test_a_list_that_cannot_be_read_says_so(app: ReaderApp, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(ask: object) -> None:
        raise LibraryError("library.db is damaged: go back to a backup")

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        monkeypatch.setattr(app.lane, "read", refuse)
        await press(pilot, "g", "s")
        empty = library_screen(app).empty
        assert empty.display
        assert empty.has_class("-failed")


async def test_a_failed_read_elsewhere_is_a_toast_and_the_app_lives(
    app: ReaderApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(ask: object) -> None:
        raise LibraryError("no article 6")

    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        monkeypatch.setattr(app.lane, "read", refuse)
        await press(pilot, "t")
        assert len(app.screen.query(Toast)) == 1
        assert app.is_running


async def test_toasts_are_literal(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.notify("[/] [@click=app.quit]x[/] \x1b]0;t", markup=True)
        await settle(pilot)
        [toast] = app.screen.query(Toast)
        assert "[/] [@click=app.quit]x[/] ]0;t" in str(toast.render())


async def test_the_theme_goes_round_and_is_remembered(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.theme == "reader-dark"
        await press(pilot, "g", "c")
        first = app.theme
        await press(pilot, "g", "c")
    assert first == "reader-light"
    assert app.theme not in ("reader-dark", "reader-light")
    assert read_opening(library).theme == app.theme


async def test_a_mistaken_theme_in_the_settings_is_no_end(
    app: ReaderApp, config: Config, library: Library
) -> None:
    other = ReaderApp(app.lane, replace(config, theme="nonsense"), read_opening(library), clock=app.clock)
    assert other.theme == "reader-dark"


async def test_an_error_nobody_foresaw_leaves_quietly_and_is_handed_on(app: ReaderApp, capsys: Any) -> None:
    def explode(press: object) -> None:
        raise RuntimeError("secret words of an article")

    async def run() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            app.call_later(explode, None)
            await settle(pilot)

    with pytest.raises(RuntimeError):
        await run()
    assert isinstance(app.failure, RuntimeError)
    assert "secret words" not in capsys.readouterr().err


def test_a_library_that_cannot_be_opened_is_refused_before_the_terminal_is_touched(
    tmp_path: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "ReaderApp", None)
    file = tmp_path / "text.db"
    file.write_text("not a library")
    with pytest.raises(LibraryError) as refused:
        application.run(file, config=config)
    assert refused.value.code == 3
    with pytest.raises(LibraryError, match="no article 99"):
        application.run(config.library, config=config, article=99)


async def test_the_app_lives_at_any_size(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        for size in ((1, 1), (2, 1), (5, 2), (10, 3), (39, 8), (90, 20), (100, 20), (300, 100), (80, 24)):
            await pilot.resize_terminal(*size)
            await press(pilot, "j", "k", "G", "g", "g")
            assert app.size == size
        assert lit(app) == "The Lighthouse Keeper's Ledger"


async def test_a_thousand_keys_at_once_are_all_taken(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(500):
            app.post_message(events.Key("j", "j"))
            app.post_message(events.Key("k", "k"))
        app.post_message(events.Key("j", "j"))
        await settle(pilot)
        assert lit(app) == "Slow Software"


async def test_help_opens_over_help_only_once(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "?")
        assert isinstance(app.screen, HelpScreen)
        await press(pilot, "?")
        assert app.screen is library_screen(app)


def test_nothing_heavy_is_imported_for_the_first_frame() -> None:
    """sqlite_utils costs 160 ms, trafilatura 250, lxml 65, markdown_it 80, pygments 50, text areas and tables 20."""
    import subprocess
    import sys

    heavy = [
        "sqlite_utils",
        "trafilatura",
        "lxml",
        "markdown_it",
        "pygments",
        "httpx",
        "textual.widgets._text_area",
    ]
    code = (
        "import reader.tui.app, reader.tui.screens.library, sys;"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_without_colour_no_colour_at_all_is_written(
    app: ReaderApp, config: Config, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dialogs, frames and scrollbars were grey on near-black, also on a light terminal."""
    monkeypatch.setenv("NO_COLOR", "1")
    plain = ReaderApp(app.lane, config, read_opening(library), clock=app.clock)
    async with plain.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for keys in ("", "e", "?", ":", "\\"):
            await press(pilot, *keys)
            painted = plain.console.render_lines(plain.screen._compositor)
            assert not [
                segment.style.color
                for line in painted
                for segment in line
                if segment.style and segment.style.color and not segment.style.color.is_default
            ]
            await press(pilot, "<escape>")


async def test_nothing_is_taken_any_more_once_it_ends(app: ReaderApp) -> None:
    """A paste after ``q`` opened a dialog on an app that was closing, and that was an error."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.end()
        app.post_message(events.Paste("a text\n\nof some lines"))
        app.post_message(events.Key("A", "A"))
        await settle(pilot)
        assert len(app.screen_stack) <= 1
    assert app.failure is None
