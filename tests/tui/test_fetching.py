"""Links in the app: the page that stands for a text, fetching it, fetching again, and what is taken in by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from reader.config import Config
from reader.domain.article import ArticleId
from reader.ingest.errors import FetchError
from reader.ingest.fetch import Page
from reader.jobs import crew
from reader.storage.lane import Lane
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.opening import read_opening
from reader.tui.screens.add import SourcePrompt
from reader.tui.screens.article import ArticleScreen
from reader.tui.screens.confirm import Confirm
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.preview import Preview
from tests.tui.conftest import NOW
from tests.tui.driving import library_screen, lit, press, settle, status, titles

TEXT = "The Ledger\n\nThe keeper wrote what the sea had done, and the ledger kept it."
SEA = "https://example.org/sea"


class FakeWeb:
    """What is at the ends of addresses: a text, or why there is none."""

    def __init__(self) -> None:
        self.pages: dict[str, str | FetchError] = {}
        self.asked: list[str] = []

    def __call__(self, url: str, **how: object) -> Page:
        self.asked.append(url)
        found = self.pages.get(url, FetchError("not found (404)", is_final=True))
        if isinstance(found, FetchError):
            raise found
        return Page(found.encode(), f"{url}.txt", "text/plain")


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> FakeWeb:
    web = FakeWeb()
    monkeypatch.setattr(crew, "Manner", partial(crew.Manner, fetch=web, pause=0.0))
    return web


@pytest.fixture
def link(library: Library) -> ArticleId:
    """The newest article is a link, which nobody has asked for."""
    link = library.fetching.capture(SEA, "What the Sea Forgets", "One winter, nothing.", "Aeon").id
    library.fetching.failed(link, "timed out after 30 s", None)
    return link


@pytest.fixture
def made_app(path: Path, config: Config) -> Callable[..., ReaderApp]:
    def make(**chosen: Any) -> ReaderApp:
        with Library.open(path) as library:
            opening = read_opening(library)
        lane = Lane(path, session="here", clock=lambda: NOW)
        return ReaderApp(lane, replace(config, **chosen), opening, clock=lambda: NOW)

    return make


def said(app: ReaderApp) -> str:
    return " / ".join(str(toast.message) for toast in app._notifications)


async def add(pilot: Pilot[None], what: str) -> None:
    """Give *what* to the dialog, as if it was pasted."""
    await press(pilot, "A")
    pilot.app.screen.query_one(SourcePrompt).value = what
    await press(pilot, "<enter>")


def shown(screen: ArticleScreen) -> str:
    return "\n".join(line.text for line in screen.page.head_lines(60))


async def test_a_link_says_what_it_is_and_f_fetches_its_text(
    link: ArticleId, web: FakeWeb, made_app: Callable[..., ReaderApp], library: Library
) -> None:
    app = made_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        assert lit(app) == "What the Sea Forgets"
        row = app.screen.articles.render_line(0).text  # type: ignore[attr-defined]
        assert "↓" in row
        await press(pilot, "<enter>")
        screen = app.screen
        assert isinstance(screen, ArticleScreen)
        for words in (
            "Not fetched: timed out after 30 s.",
            SEA,
            "One winter, nothing.",
            "F fetches the text",
        ):
            assert words in shown(screen)
        assert ("F", "Fetch") in app.screen.query_one(CommandFooter).keys
        assert screen.progress._dwelling is None  # what has no text is not read by looking at it
        await press(pilot, "F")
        assert "Not fetched: not found (404)." in shown(screen)
        assert "not found (404)" in said(app)
        web.pages[SEA] = TEXT
        await press(pilot, "F")
        assert web.asked == [SEA, SEA]
        assert screen.page.document.text.startswith("The keeper wrote")
        assert "Not fetched" not in shown(screen)
        assert app.screen.query_one(CommandFooter).keys == ()
        assert library.articles.summary(link).state == "unread"
        await press(pilot, "q", "F")
        assert "gR fetches it again" in status(app).message
        assert app.busy == ""
    await app.lane.close()


async def test_a_saved_page_takes_the_place_of_a_text_that_cannot_be_fetched(
    link: ArticleId, web: FakeWeb, made_app: Callable[..., ReaderApp], tmp_path: Path
) -> None:
    saved = tmp_path / "saved.txt"
    saved.write_text(TEXT)
    app = made_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "<enter>")
        await add(pilot, str(saved))
        screen = app.screen
        assert isinstance(screen, ArticleScreen)
        assert screen.page.document.text.startswith("The keeper wrote")
        assert (screen.article_id, web.asked) == (link, [])
    await app.lane.close()


async def test_a_host_that_was_never_asked_is_named_before_a_page_is_fetched_again(
    web: FakeWeb, app: ReaderApp, library: Library
) -> None:
    url = "https://example.org/ledger"
    web.pages[url] = TEXT
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "g", "R")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "n")
        assert web.asked == []
        await press(pilot, "g", "R", "y")
        assert (web.asked, len(library.versions.of(ArticleId(6)))) == ([url], 2)
        assert "1 highlight: 1 without a place" in said(app)
        await press(pilot, "g", "R")
        assert not isinstance(app.screen, Confirm)
        assert (len(web.asked), len(library.versions.of(ArticleId(6)))) == (2, 2)
        assert "Unchanged" in said(app)
        await press(pilot, "j", "g", "R")
        assert "no address" in status(app).message
        await press(pilot, ":", *"refresh 6", "<enter>", ":", *"fetch 6", "<enter>")
        assert len(web.asked) == 3
        assert "There is nothing to fetch here" in said(app)


async def test_an_address_is_added_from_the_dialog_and_links_are_fetched_from_the_command_line(
    link: ArticleId, web: FakeWeb, made_app: Callable[..., ReaderApp], library: Library
) -> None:
    web.pages["https://example.org/new"] = TEXT
    web.pages[SEA] = TEXT.replace("keeper", "sailor")
    app = made_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await add(pilot, "https://example.org/new")
        assert titles(app)[0] == "The Ledger"
        assert "Added: The Ledger" in said(app)
        await add(pilot, "https://example.org/absent")
        assert titles(app)[0] == "https://example.org/absent"
        await press(pilot, ":", *"fetch is:unfetched", "<enter>")
        assert sorted(web.asked[2:]) == ["https://example.org/absent", SEA]
        assert "1 not fetched" in said(app)
        assert "1 fetched" in said(app)
        assert library.articles.summary(link).unfetched is None
    await app.lane.close()


async def test_what_was_captured_and_what_lies_in_the_inbox_comes_by_itself(
    web: FakeWeb, made_app: Callable[..., ReaderApp], library: Library, tmp_path: Path
) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text(TEXT.replace("keeper", "sailor"))
    captured = library.fetching.capture("https://example.org/new").id
    library.connection.execute("update fetch set due = 1")
    web.pages["https://example.org/new"] = TEXT
    app = made_app(inbox=tmp_path / "inbox")
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "j", "j")
        reads = lit(app)
        for _ in range(2):
            app.fetching.look()
            await settle(pilot)
        assert lit(app) == reads  # nobody asked for it
        assert library.articles.summary(captured).unfetched is None
        assert (tmp_path / "inbox" / "done" / "a.txt").exists()
        assert len(library_screen(app).articles.order) == 8
        assert web.asked == ["https://example.org/new"]
    await app.lane.close()


async def test_nothing_is_fetched_by_itself_where_the_configuration_forbids_it_or_nobody_asked(
    web: FakeWeb, link: ArticleId, made_app: Callable[..., ReaderApp], library: Library
) -> None:
    for chosen in ({}, {"fetch_at_start": False}):
        if chosen:
            library.fetching.ask([link])
        app = made_app(**chosen)
        async with app.run_test(size=(100, 30)) as pilot:
            app.fetching.look()
            await settle(pilot)
            assert app.screen.query_one(Preview) is not None
        await app.lane.close()
    assert web.asked == []
