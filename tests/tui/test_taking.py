"""Taking a passage elsewhere: looked up, piped, cited, copied."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.containers import VerticalScroll
from textual.widgets import Static

from reader.domain.highlight import Highlight
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.opening import setting
from reader.tui.screens.asking import Ask
from reader.tui.screens.output import OutputDialog
from reader.tui.screens.search import SearchScreen
from reader.tui.widgets.prompt import Prompt
from tests.tui.driving import press, settle, status
from tests.tui.opened import LEDGER, reading

SENTENCE = "The lighthouse keeper wrote every evening what the sea had done."


@pytest.fixture
def script(tmp_path: Path) -> Callable[[str], str]:
    """The command that runs a script of Python."""

    def write(text: str) -> str:
        path = tmp_path / "program.py"
        path.write_text(text)
        return f"{sys.executable} {path}"

    return write


def shown(app: ReaderApp) -> str:
    assert isinstance(app.screen, OutputDialog)
    return str(app.screen.query_one("#output-text", Static).content)


def configure(app: ReaderApp, **changes: Any) -> None:
    app.config = replace(app.config, **changes)


# -- looking up --------------------------------------------------------------------------------------------
async def test_words_are_looked_up_as_one_argument_and_the_answer_is_read_in_a_dialog(
    app: ReaderApp, script: Callable[[str], str]
) -> None:
    configure(
        app,
        look_up=script("import sys\nprint(sys.argv[1:])\nprint('\\x1b[1mn. a house\\x1b[0m\\x07')")
        + " -d {}",
    )
    async with reading(app) as (pilot, screen):
        await press(pilot, "<enter>", "g", "K")
        assert shown(app) == f"['-d', '{SENTENCE}']\nn. a house"
        await press(pilot, "<escape>")
        assert app.screen is screen
        assert screen.page.selected_text == SENTENCE  # and can be highlighted yet


async def test_a_program_without_a_place_for_the_words_reads_them(
    app: ReaderApp, script: Callable[[str], str]
) -> None:
    configure(app, look_up=script("import sys\nprint(repr(sys.stdin.read()))"))
    async with reading(app) as (pilot, _):
        await press(pilot, "<enter>", "g", "K")
        assert shown(app) == repr(SENTENCE + "\n")


async def test_without_a_program_it_is_said_how_to_name_one(app: ReaderApp) -> None:
    async with reading(app, size=(120, 30)) as (pilot, _):
        await press(pilot, "<enter>", "g", "K")
        assert 'look_up = "dict {}"' in status(app).message


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "says nothing of"), ("import sys; sys.exit(3)", "ended with 3")],
)
async def test_a_program_that_prints_nothing_is_said(
    app: ReaderApp, script: Callable[[str], str], text: str, said: str
) -> None:
    configure(app, look_up=script(text) + " {}")
    async with reading(app, size=(200, 30)) as (pilot, screen):
        await press(pilot, "<enter>", "g", "K")
        assert app.screen is screen
        assert said in status(app).message


async def test_what_a_failed_program_printed_is_shown_with_its_code(
    app: ReaderApp, script: Callable[[str], str]
) -> None:
    configure(app, look_up=script("import sys; sys.exit('no such word')"))
    async with reading(app) as (pilot, _):
        await press(pilot, "<enter>", "g", "K")
        assert shown(app) == "no such word"
        assert "ended with 1" in str(app.screen.query(Static).last().content)


async def test_a_program_that_is_not_there_is_one_toast(app: ReaderApp) -> None:
    configure(app, look_up="no-such-program {}")
    async with reading(app) as (pilot, screen):
        await press(pilot, "<enter>", "g", "K")
        assert app.screen is screen
        assert [toast.message for toast in app._notifications] == [
            "no-such-program did not start: No such file or directory"
        ]


async def test_a_long_answer_is_scrolled_and_copied(app: ReaderApp, script: Callable[[str], str]) -> None:
    configure(app, look_up=script("for number in range(200): print(number)"))
    async with reading(app, size=(40, 15)) as (pilot, screen):
        await press(pilot, "<enter>", "g", "K")
        view = app.screen.query_one("#output-view", VerticalScroll)
        await press(pilot, "j", "j", "k")
        assert view.scroll_y == 1
        await press(pilot, "G")
        assert view.scroll_y == view.max_scroll_y > 100
        await press(pilot, "g", "<space>")
        assert view.scroll_y == view.size.height
        await press(pilot, "y")
        assert app.screen is screen
        assert app.clipboard.splitlines() == [str(number) for number in range(200)]


# -- piping ------------------------------------------------------------------------------------------------
@pytest.fixture
def piped(
    app: ReaderApp, tmp_path: Path, script: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> Any:
    """A program that keeps what it is given, its command, and what it kept."""
    from contextlib import nullcontext

    monkeypatch.setattr(app, "suspend", nullcontext)
    kept = tmp_path / "kept"
    command = script(
        f"import sys\nopen({str(kept)!r}, 'a').write(repr((sys.argv[1:], sys.stdin.read())) + '\\n')"
    )
    return command, lambda: [eval(line) for line in kept.read_text().splitlines()]


async def test_selected_words_are_piped(app: ReaderApp, piped: Any, library: Library) -> None:
    command, kept = piped
    async with reading(app) as (pilot, _):
        await press(pilot, "<enter>", "|", *command, "<enter>")
        await settle(pilot)
        assert kept() == [([], SENTENCE)]
        assert status(app).message == f"Piped to {sys.executable}"
        assert setting(library, "pipe") == command


async def test_enter_alone_runs_the_last_command_again(app: ReaderApp, piped: Any) -> None:
    command, kept = piped
    async with reading(app) as (pilot, _):
        await press(pilot, "<enter>", "|", *command, "<enter>")
        await settle(pilot)
        await press(pilot, "|", "<enter>")
        await settle(pilot)
        assert kept() == [([], SENTENCE)] * 2
        await press(pilot, "<escape>", "|", "<enter>")
        await settle(pilot)
        assert kept()[2][1].startswith("# The Lighthouse Keeper's Ledger")


async def test_the_configured_program_is_offered_first_and_may_take_the_words_as_an_argument(
    app: ReaderApp, piped: Any
) -> None:
    command, kept = piped
    configure(app, pipe=f"{command} --about {{}}")
    async with reading(app) as (pilot, _):
        await press(pilot, "<enter>", "|")
        assert isinstance(app.screen, Ask)
        assert "Enter again:" in str(app.screen.query_one(Prompt).placeholder)
        await press(pilot, "<enter>")
        await settle(pilot)
        assert kept() == [(["--about", SENTENCE], "")]


@pytest.mark.parametrize("keys", [["g", "K"], ["|"], ["y"], ["Y"], ["\\"]])
async def test_with_nothing_selected_nothing_is_taken(app: ReaderApp, keys: list[str]) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "v", "v", *keys)
        assert app.screen is screen
        assert status(app).message == "Nothing is selected · v selects from here"


# -- copying and searching -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("style", "copied"),
    [
        (
            "plain",
            "J. Ortega. “The Lighthouse Keeper's Ledger.” The Harbour, 2023-11-02. https://example.org/ledger",
        ),
        (
            "apa",
            "Ortega, J. (2023, November 2). The Lighthouse Keeper's Ledger. The Harbour. https://example.org/ledger",
        ),
        ("bibtex", "@misc{ortega2023lighthouse,"),
    ],
)
async def test_a_citation_is_copied_in_the_configured_style_also_beside_a_lit_highlight(
    app: ReaderApp, style: Any, copied: str
) -> None:
    configure(app, citation=style)
    async with reading(app) as (pilot, screen):
        await press(pilot, "y", "c")
        assert app.clipboard.startswith(copied)
        assert status(app).message == "Copied: citation"
        whole = app.clipboard
        await press(pilot, "]", "h", "y", "c")
        assert isinstance(screen.page.lit, Highlight)
        assert app.clipboard == whole


async def test_selected_articles_are_cited_as_one_bibliography(app: ReaderApp) -> None:
    import json

    configure(app, citation="csl-json")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x", "x", "y", "c")
        assert [record["id"] for record in json.loads(app.clipboard)] == [
            "bellndslow",
            "ortega2023lighthouse",
        ]
        assert status(app).message == "Copied: 2 citations"


async def test_a_highlight_that_is_just_being_written_is_quoted_without_a_name(app: ReaderApp) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "<enter>", "<enter>")
        lit = screen.page.lit
        assert isinstance(lit, Highlight)
        screen.passages.all = tuple(replace(one, uid="") for one in screen.passages.all)
        await press(pilot, "Y")
        assert app.clipboard.endswith("<https://example.org/ledger>")


async def test_selected_words_are_searched_as_a_phrase_whatever_they_hold(
    app: ReaderApp, library: Library
) -> None:
    async with reading(app, LEDGER) as (pilot, _):
        await press(pilot, "<enter>", "\\")
        assert isinstance(app.screen, SearchScreen)
        assert app.screen.query_one("#search-prompt", Prompt).value == f'"{SENTENCE}"'
