"""The reader as people have it: its own process, a home and a library of its own, and a real terminal."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import chdir, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.terminal import Terminal, environment
from tests.fixtures.make import news_folder
from tests.invoked import Run, invoked

# The status line of an open article ends with how far it is on screen; the footer stands below.
READING = re.compile(r" (?:top|end|\d+%) *\n.*Enter (?:Select|Note)")
DRAFTS = "select value from setting where key like 'draft:%'"
READER = [sys.executable, "-m", "reader"]


@dataclass(frozen=True, slots=True)
class Desk:
    """A home with a library: call it with the words of a command, or `start` the interface in it."""

    home: Path

    @property
    def library(self) -> Path:
        return self.home / "library.db"

    @property
    def environment(self) -> dict[str, str]:
        return {"READER_LIBRARY": str(self.library)}

    def __call__(self, *words: str | Path, code: int = 0) -> Run:
        """Run a command in this process, without a terminal; it must end with *code*."""
        own = environment(self.home) | self.environment
        with pytest.MonkeyPatch.context() as monkeypatch, chdir(self.home):
            for name in tuple(os.environ):
                monkeypatch.delenv(name)
            for name, value in own.items():
                monkeypatch.setenv(name, value)
            run = invoked(words)
        assert run.code == code, run
        return run

    def process(self, *words: str | Path, code: int = 0) -> Run:
        """The same in a process of its own."""
        done = subprocess.run(
            [*READER, *map(os.fspath, words)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment(self.home) | self.environment,
            cwd=self.home,
            timeout=120,
            check=False,
        )
        run = Run(done.returncode, *(data.decode() for data in (done.stdout, done.stderr)))
        assert run.code == code, run
        return run

    def json(self, *words: str | Path) -> Any:
        return self(*words, "--json").json

    def start(
        self,
        *words: str | Path,
        command: list[str] | None = None,
        columns: int = 100,
        rows: int = 30,
        env: Mapping[str, str | None] | None = None,
    ) -> Terminal:
        """A terminal for the interface, or for the command that *words* name; it runs in the ``with`` block."""
        return Terminal(
            [*(command or READER), *map(os.fspath, words)],
            self.home,
            columns=columns,
            rows=rows,
            env=self.environment | dict(env or {}),
        )

    def file(self, name: str, text: str) -> Path:
        path = self.home / name
        path.write_text(text, encoding="utf-8")
        return path

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the library's file says, read by SQLite alone."""
        with closing(sqlite3.connect(f"file:{self.library}?mode=ro", uri=True)) as connection:
            connection.text_factory = lambda data: data.decode(errors="replace")
            return connection.execute(sql).fetchall()


Copies = Callable[[Desk], Desk]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty home."""
    return Desk(tmp_path)


@pytest.fixture
def copy_of(tmp_path: Path) -> Copies:
    """Gives a copy of a desk that several tests share, for one test to write on."""

    def copy(shared: Desk) -> Desk:
        shutil.copy(shared.library, tmp_path)
        return Desk(tmp_path)

    return copy


@pytest.fixture(scope="session")
def fifty(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Fifty news articles, unread, in the inbox; not to be written on."""
    desk = Desk(tmp_path_factory.mktemp("fifty"))
    news_folder(desk.home / "news", 50)
    desk("add", desk.home / "news")
    return desk


@pytest.fixture
def news(fifty: Desk, copy_of: Copies) -> Desk:
    """A copy of the fifty articles."""
    return copy_of(fifty)


def wait_for_look(terminal: Terminal, words: str, others: str) -> None:
    """Read until *words* look different from *others*, which are on the screen too."""
    terminal.wait_for(words)
    terminal.wait_for(others)
    terminal.wait_until(lambda: style_at(terminal, words) != style_at(terminal, others))


def style_at(terminal: Terminal, words: str) -> tuple[str, str, bool]:
    """Foreground, background and underline of the first cell of *words*."""
    for y, line in enumerate(terminal.screen):
        if words in line:
            cells, text = terminal.emulator.screen.buffer[y], ""
            for x in range(terminal.columns):
                if line.startswith(words, len(text)):
                    return cells[x].fg, cells[x].bg, cells[x].underscore
                text += cells[x].data
    raise AssertionError(f"{words!r} is not on the screen:\n{terminal.text}")


def open_article(terminal: Terminal) -> None:
    """Open the article under the cursor, and wait for it to take keys."""
    terminal.send("enter")
    terminal.wait_for(READING)


def quit_from_here(terminal: Terminal) -> None:
    """Leave by ``^q``; the reader must end well and leave the terminal as it was."""
    terminal.send("ctrl+q")
    assert terminal.wait_exit() == 0
    assert terminal.unrestored() == []
