"""How the article looks, what is said of it, and its copy in the user's editor."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from reader.commands import COMMANDS
from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.screens.article import ArticleScreen
from tests.tui.driving import press, settle, status
from tests.tui.essays import essay
from tests.tui.opened import LEDGER, reading


@pytest.fixture
def long(library: Library) -> ArticleId:
    return library.articles.add(essay()).id


@pytest.fixture
def suspended(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no terminal to share in tests."""

    def suspend(self: ReaderApp) -> AbstractContextManager[None]:
        return nullcontext()

    monkeypatch.setattr(ReaderApp, "suspend", suspend)


async def test_the_spacing_of_lines_is_kept(app: ReaderApp, library: Library, long: ArticleId) -> None:
    async with reading(app, long, size=(80, 24)) as (pilot, screen):
        await press(pilot, "<space>")
        before = screen.page.position
        await press(pilot, "z", "s")
        assert (screen.page.is_spaced, screen.page.position) == (True, before)
        assert status(app).message == "Lines apart"
        await press(pilot, "q")
        app.push_screen(another := ArticleScreen(LEDGER))
        await settle(pilot)
        assert another.page.is_spaced
        await press(pilot, "z", "s")
        assert not another.page.is_spaced
        assert status(app).message == "Lines close"


async def test_the_time_that_the_rest_takes_is_told(app: ReaderApp, library: Library) -> None:
    words = "\n\n".join("A paragraph of exactly ten words, no more, is this." for _ in range(240))
    article = library.articles.add(Draft("Ten minutes", Document.plain(words))).id
    minutes = library.articles.summary(article).minutes
    async with reading(app, article, size=(100, 30)) as (pilot, _):
        assert status(app).position == f"{minutes} min left · top"
        await press(pilot, "5", "0", "%")
        left = int(status(app).position.split()[0])
        assert minutes / 2 - 1 <= left <= minutes / 2
        await press(pilot, "G")
        assert status(app).position == "end"
        await pilot.resize_terminal(50, 20)
        await press(pilot, "g", "g")
        assert status(app).position == "top"


@pytest.mark.usefixtures("suspended")
async def test_the_text_is_read_in_the_editor_and_cannot_be_changed(
    app: ReaderApp, library: Library, long: ArticleId, tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    editor = tmp_path / "editor"
    editor.write_text(
        f'#!/bin/sh\nstat -c "%a %n" "$1" > "{seen}"; cat "$1" >> "{seen}"; chmod 600 "$1"; : > "$1"\n'
    )
    editor.chmod(0o700)
    object.__setattr__(app.config, "editor", str(editor))
    async with reading(app, long) as (pilot, screen):
        await press(pilot, "E")
        await settle(pilot)
        mode, path = seen.read_text().split("\n")[0].split(" ", 1)
        assert mode == "400"
        assert os.path.basename(path) == "article.md"
        assert not Path(path).parent.exists()
        assert "## Morning" in seen.read_text()
        assert screen.page.document.text == library.articles.get(long).document.text
        assert not app._notifications


@pytest.mark.usefixtures("suspended")
@pytest.mark.parametrize("editor", ["/no/such/editor", "false"])
async def test_an_editor_that_fails_is_one_toast(app: ReaderApp, editor: str) -> None:
    object.__setattr__(app.config, "editor", editor)
    async with reading(app) as (pilot, screen):
        await press(pilot, "E")
        await settle(pilot)
        assert len(app._notifications) == 1
        assert app.screen is screen


async def test_every_command_of_reading_about_is_done(app: ReaderApp) -> None:
    async with reading(app) as (_, screen):
        ours = (
            *(
                "next_heading",
                "previous_heading",
                "next_link",
                "previous_link",
                "percent",
                "outline",
                "set_mark",
            ),
            *("go_mark", "jump_back", "jump_forward", "follow", "link_browser", "copy_link_address"),
            *("line_spacing", "editor"),
        )
        commands = {command.id: command for command in COMMANDS}
        assert [name for name in ours if screen.handler_of(commands[f"article.{name}"]) is None] == []
