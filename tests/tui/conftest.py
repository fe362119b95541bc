"""A library that is the same every time, and the app on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest

import reader.tui  # noqa: F401  (before Textual, as in the program)
from reader.config import Config
from reader.domain.anchor import anchor_of, occurrences
from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document
from reader.storage.lane import Lane
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.opening import read_opening
from tests.tui.calm import be_calm
from tests.tui.parsed import parse_once

be_calm()
parse_once()

Compare = Callable[..., bool]  # of pytest-textual-snapshot
SIZES = {"wide": (120, 40), "usual": (80, 24), "small": (40, 15)}
NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)

SEA = (
    "The lighthouse keeper wrote every evening what the sea had done. He wrote of ships and of weather.\n\n"
    "One winter the sea froze, and he wrote nothing at all. The ledger has a white page for it.\n\n"
    "Steady work leaves no mark except the absence of a mark."
)

ARTICLES = (
    Draft(
        "The Oldest of All", Document.plain("Once there was a beginning, and it was long ago."), site="Aeon"
    ),
    Draft(
        "A City Tied Down",
        Document.plain("The wind has to win something. The city decides what."),
        tags=("cities",),
    ),
    Draft("日本の図書館", Document.plain("図書館は静かです。"), site="日本経済新聞"),
    Draft("[/] Hostile [@click=app.quit]title[/]", Document.plain("Nothing here is markup: [b]bold[/b].")),
    Draft(
        "Slow Software", Document.plain("Software is slow because people are fast. " * 40), author="Ann Bell"
    ),
    Draft(
        "The Lighthouse Keeper's Ledger",
        Document.plain(SEA),
        url="https://example.org/ledger",
        author="J. Ortega",
        site="The Harbour",
        published="2023-11-02",
        tags=("sea", "work"),
    ),
)


class Calendar:
    """A clock that goes on by what it is told."""

    def __init__(self) -> None:
        self.now = NOW - timedelta(days=30)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a library with ARTICLES, the last of them the newest; one highlight, one star, one read."""
    path = tmp_path_factory.mktemp("made") / "library.db"
    calendar = Calendar()
    with Library.open(path, clock=calendar, session="before") as library:
        for draft in ARTICLES:
            calendar.now += timedelta(days=4)
            library.articles.add(draft)
        document = library.articles.get(ArticleId(6)).document
        anchor = anchor_of(document, occurrences(document, "the sea froze")[0])
        assert anchor is not None
        library.highlights.add(ArticleId(6), anchor, note="cold")
        library.articles.mark([ArticleId(5)], "starred")
        library.articles.mark([ArticleId(4)], "read")
        library.connection.execute("delete from history")
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, made: bytes) -> Path:
    path = tmp_path / "library.db"
    path.write_bytes(made)
    return path


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    """A look into the library that the app has open."""
    with Library.open(path, session="test") as library:
        yield library


@pytest.fixture
def config(tmp_path: Path, path: Path) -> Config:
    return Config(library=path, file=tmp_path / "config.toml", log=tmp_path / "reader.log")


@pytest.fixture
def app(path: Path, config: Config) -> Iterator[ReaderApp]:
    with Library.open(path) as library:
        opening = read_opening(library)
    app = ReaderApp(Lane(path, session="here", clock=lambda: NOW), config, opening, clock=lambda: NOW)
    yield app
    asyncio.run(app.lane.close())


class Themed(Protocol):
    def __call__(self, theme: str, *, demo: bool = False) -> ReaderApp: ...


@pytest.fixture
def themed(path: Path, config: Config) -> Iterator[Themed]:
    """Makes the app under a theme."""
    lane = Lane(path, session="here", clock=lambda: NOW)

    def make(theme: str, *, demo: bool = False) -> ReaderApp:
        with Library.open(path) as library:
            opening = read_opening(library)
        return ReaderApp(lane, replace(config, theme=theme), opening, clock=lambda: NOW, demo=demo)

    yield make
    asyncio.run(lane.close())
