"""Taking addresses, titles, citations and texts out of the list."""

from __future__ import annotations

import sys
from contextlib import nullcontext

import pytest

from reader.tui.app import ReaderApp
from reader.tui.clipboard import LONGEST
from reader.tui.copying import copy, markdown_link
from reader.tui.piping import run_with
from tests.tui.driving import library_screen, press, settle, status


@pytest.mark.parametrize(
    ("keys", "copied"),
    [
        ("yy", "https://example.org/ledger"),
        ("yt", "The Lighthouse Keeper's Ledger"),
        ("ym", "[The Lighthouse Keeper's Ledger](<https://example.org/ledger>)"),
        (
            "yc",
            "J. Ortega. “The Lighthouse Keeper's Ledger.” The Harbour, 2023-11-02. https://example.org/ledger",
        ),
    ],
)
async def test_two_keys_copy(app: ReaderApp, keys: str, copied: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        assert app.clipboard == copied
        assert status(app).message.startswith("Copied")


async def test_brackets_in_a_title_do_not_break_its_link(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "j", "y", "m")
        assert status(app).message == "This article has no link"
        hostile = library_screen(app).articles.summary
        assert markdown_link(hostile._replace(url="https://a.b/c")) == (
            "[\\[/\\] Hostile \\[@click=app.quit\\]title\\[/\\]](<https://a.b/c>)"
        )


async def test_a_selection_is_copied_a_line_each(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x", "x", "y", "t")
        assert app.clipboard.splitlines() == ["The Lighthouse Keeper's Ledger", "Slow Software"]


async def test_what_is_copied_is_clean_and_not_too_long(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        copy(library_screen(app), "a\x1b]52;c;x\x07b", "text")
        assert app.clipboard == "a]52;c;xb"
        copy(library_screen(app), "x" * (LONGEST + 1), "text")
        assert app.clipboard == "a]52;c;xb"


async def test_a_program_gets_the_text_on_its_standard_input(
    app: ReaderApp, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(app, "suspend", nullcontext)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = library_screen(app)
        await run_with(screen, [sys.executable, "-c", "import sys; print(len(sys.stdin.read()))"], "four")
        assert capfd.readouterr().out == "4\n"
        await run_with(screen, [sys.executable, "-c", "import sys; sys.exit(3)"], "")
        assert "ended with 3" in status(app).message


async def test_a_program_that_is_not_there_is_one_toast(
    app: ReaderApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    from textual.widgets._toast import Toast

    monkeypatch.setattr(app, "suspend", nullcontext)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "|", *"no-such-program -x", "<enter>")
        assert len(app.screen.query(Toast)) == 1
