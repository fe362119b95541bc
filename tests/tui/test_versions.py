"""The versions of a text: read, compared, gone back to, all by keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from reader.commands import commands_of
from reader.domain.article import Draft
from reader.domain.document import Document
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.screens.article import ArticleScreen
from reader.tui.screens.versions import VersionsScreen
from reader.tui.widgets.empty import Empty
from reader.tui.widgets.footer import CommandFooter
from tests.tui.conftest import SEA
from tests.tui.driving import press, status
from tests.tui.opened import LEDGER, SLOW, reading

REVISED = (
    "A preface that the editor wrote.\n\n"
    + SEA.replace("every evening", "each night").replace("the sea froze", "the whole sea froze")
    + "\n\nAnd a last word about the ledger."
)


def arrive(library: Library, text: str, title: str = "The Lighthouse Keeper's Ledger") -> None:
    library.articles.add(Draft(title, Document.plain(text), url="https://example.org/ledger"))


@pytest.fixture
def revised(library: Library) -> Library:
    """The ledger in two versions, with one highlight made on the first."""
    arrive(library, REVISED)
    library.connection.execute("delete from history")
    return library


@asynccontextmanager
async def versions(
    app: ReaderApp, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[Pilot[None], VersionsScreen]]:
    async with reading(app, LEDGER, size=size) as (pilot, _):
        await press(pilot, "g", "V")
        assert isinstance(app.screen, VersionsScreen)
        yield pilot, app.screen


def shown(screen: VersionsScreen) -> str:
    """All lines of the difference that are on screen."""
    return "\n".join(line.text.rstrip() for _, line in screen.difference.visible_lines)


def rows(screen: VersionsScreen) -> list[str]:
    return [screen.list.row(y).text.strip() for y in range(screen.list.size.height)]


async def test_the_newest_version_is_compared_with_the_one_before(app: ReaderApp, revised: Library) -> None:
    async with versions(app) as (_, screen):
        assert (screen.shown, status(app).position) == (2, "4 changes")
        assert "Version 2, the text now, beside version 1" in shown(screen)
        assert "A preface that the editor wrote." in shown(screen)
        assert "every evening each night" in shown(screen)
        assert "● current" in rows(screen)[0]


async def test_the_list_tells_of_the_highlights_in_each_version(app: ReaderApp, revised: Library) -> None:
    async with versions(app) as (_, screen):
        text = "\n".join(rows(screen))
        assert text.count("✎ 1") + text.count("? 1") == 2


async def test_an_older_version_is_compared_with_the_text_now(app: ReaderApp, revised: Library) -> None:
    async with versions(app) as (pilot, screen):
        await press(pilot, "J")
        assert screen.shown == 1
        assert "What version 1 would change in the text now, version 2" in shown(screen)
        assert "each night every evening" in shown(screen)
        await press(pilot, "J")
        assert status(app).message == "The oldest version"
        await press(pilot, "K")
        assert screen.shown == 2
        await press(pilot, "K")
        assert status(app).message == "The newest version"


async def test_going_through_the_changes_lights_each(app: ReaderApp, revised: Library) -> None:
    async with versions(app) as (pilot, screen):
        text = screen.difference._merged.document.text
        await press(pilot, "n")
        assert status(app).position == "1/4"
        assert "preface" in text[slice(*screen.difference.changes[0])]
        await press(pilot, "]", "c")
        assert text[slice(*screen.difference.changes[1])] == "every evening each night"
        assert status(app).position == "2/4"
        await press(pilot, "9", "n")
        assert status(app).message == "No change below"
        await press(pilot, "2", "n", "N", "[", "c", "[", "c")
        assert status(app).position == "1/4"
        await press(pilot, "N")
        assert status(app).message == "No change above"


async def test_a_change_far_below_comes_on_screen(app: ReaderApp, library: Library) -> None:
    long = "\n\n".join(f"Paragraph {number} of a very long text." for number in range(400))
    arrive(library, long)
    arrive(library, long.replace("Paragraph 350", "Chapter 350"))
    async with versions(app, (80, 24)) as (pilot, screen):
        await press(pilot, "n")
        assert "Paragraph Chapter 350" in shown(screen)
        await press(pilot, "g", "g")
        assert "Version 3, the text now" in shown(screen)
        await press(pilot, "G")
        assert "Paragraph 399" in shown(screen)
        assert status(app).position == "1 change"


@pytest.mark.parametrize(
    "keys", [["j", "k"], ["<space>", "b"], ["<c-d>", "<c-u>"], ["G", "g", "g"], ["<pagedown>", "<pageup>"]]
)
async def test_scrolling_goes_down_and_back(app: ReaderApp, library: Library, keys: list[str]) -> None:
    arrive(library, "\n\n".join(f"Line {number}." for number in range(300)))
    async with versions(app, (80, 24)) as (pilot, screen):
        at_top = shown(screen)
        await press(pilot, keys[0])
        assert shown(screen) != at_top
        await press(pilot, *keys[1:])
        assert shown(screen) == at_top
        await press(pilot, keys[-1])
        assert shown(screen) == at_top


async def test_enter_makes_a_version_the_text_and_u_takes_it_back(app: ReaderApp, revised: Library) -> None:
    async with versions(app) as (pilot, screen):
        await press(pilot, "J", "<enter>")
        assert revised.articles.get(LEDGER).version == 1
        assert status(app).message == "version 1 is the text now · 1 highlight: 1 placed · u undo"
        assert "● current" in rows(screen)[2]
        assert "Version 1, the first, is the text now" in shown(screen)
        await press(pilot, "u")
        assert revised.articles.get(LEDGER).version == 2
        assert "● current" in rows(screen)[0]
        await press(pilot, "<c-r>")
        assert revised.articles.get(LEDGER).version == 1


async def test_enter_is_painted_before_the_library_has_answered(app: ReaderApp, revised: Library) -> None:
    async with versions(app) as (pilot, screen):
        await press(pilot, "J")
        screen.press("<enter>")
        assert [version.current for version in screen.versions] == [False, True]
        assert app.saving == 1
        await press(pilot)
        assert revised.articles.get(LEDGER).version == 1


async def test_a_version_that_cannot_be_used_is_told_and_what_was_painted_is_taken_back(
    app: ReaderApp, revised: Library
) -> None:
    async with versions(app) as (pilot, screen):
        await press(pilot, "J")
        revised.connection.execute("delete from body where version = 1")
        await press(pilot, "<enter>")
        assert [version.number for version in screen.versions] == [2]
        assert screen.versions[0].current
        await press(pilot, "<enter>")
        assert status(app).message == "Version 2 is the text already"


async def test_the_current_version_is_the_text_already(app: ReaderApp, revised: Library) -> None:
    async with versions(app) as (pilot, _):
        await press(pilot, "<enter>")
        assert status(app).message == "Version 2 is the text already"
        assert revised.history.entries() == []


@pytest.mark.parametrize("key", ["q", "h", "<escape>"])
async def test_the_article_behind_shows_the_version_that_is_used(
    app: ReaderApp, revised: Library, key: str
) -> None:
    async with versions(app) as (pilot, _):
        await press(pilot, "J", "<enter>", key)
        screen = app.screen
        assert isinstance(screen, ArticleScreen)
        assert screen.article is not None
        assert screen.article.document.text == SEA
        document = screen.article.document
        assert [document.slice(one.placement.span) for one in screen.page.highlights] == ["the sea froze"]  # type: ignore[arg-type]


async def test_the_article_behind_stays_at_the_same_words(app: ReaderApp, library: Library) -> None:
    long = "\n\n".join(f"Paragraph {number} of a very long text about the sea." for number in range(300))
    arrive(library, long)
    arrive(library, f"A preface.\n\n{long}")
    async with reading(app, LEDGER, size=(80, 24)) as (pilot, screen):
        await press(pilot, "9", "<space>")
        assert screen.article is not None
        words = screen.article.document.text[screen.page.position :][:40]
        await press(pilot, "g", "V", "J", "<enter>", "q")
        assert screen.article.version == 2
        assert screen.article.document.text[screen.page.position :][:40] == words


async def test_highlights_that_are_not_what_they_were_are_listed_with_old_and_new_words(
    app: ReaderApp, library: Library
) -> None:
    arrive(library, SEA.replace("One winter the sea froze, and he wrote nothing at all.", "Nothing is left."))
    async with versions(app) as (_, screen):
        assert "“the sea froze”" in shown(screen)
        assert "1 highlight: 1 " in shown(screen)


async def test_one_version_alone_says_so(app: ReaderApp) -> None:
    async with reading(app, SLOW) as (pilot, screen):
        await press(pilot, "g", "V")
        empty = app.screen.query_one("#empty", Empty)
        assert empty.display
        assert not app.screen.difference.display  # type: ignore[attr-defined]
        assert "Only one version" in app.export_screenshot().replace("&#160;", " ")
        assert app.screen.query_one(CommandFooter).keys == (("q", "Back"),)
        await press(pilot, "<enter>", "J", "n", "j", "G", "N", "<space>")
        assert app.screen is not screen
        await press(pilot, "q")
        assert app.screen is screen


async def test_a_version_that_comes_while_one_looks_is_listed(app: ReaderApp, revised: Library) -> None:
    async with versions(app) as (pilot, screen):
        await press(pilot, "J")
        arrive(revised, "Quite another text.")
        app.broadcast((LEDGER,))
        await press(pilot)
        assert [version.number for version in screen.versions] == [3, 2, 1]
        assert screen.shown == 1


async def test_an_article_that_is_gone_closes_the_screen(app: ReaderApp, revised: Library) -> None:
    async with versions(app) as (pilot, screen):
        revised.articles.purge([LEDGER])
        app.broadcast((LEDGER,))
        await press(pilot)
        assert app.screen is not screen


async def test_hostile_words_stay_words(app: ReaderApp, library: Library) -> None:
    arrive(library, "[/] [@click=app.quit]click[/] [b]old[/b]", title="[/] [@click=app.quit]title[/]")
    arrive(library, "[/] [@click=app.quit]click[/] [b]new[/b]", title="[/] [@click=app.quit]title[/]")
    async with versions(app) as (_, screen):
        assert "[/] [@click=app.quit]click[/] [b]old new[/b]" in shown(screen)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 15), (20, 6), (5, 2), (1, 1)])
async def test_any_size_can_be_worked(app: ReaderApp, revised: Library, size: tuple[int, int]) -> None:
    async with versions(app, size) as (pilot, screen):
        await press(pilot, "n", "J", "n", "G", "g", "g", "<enter>")
        assert revised.articles.get(LEDGER).version == 1
        assert app.failure is None
        await pilot.resize_terminal(60, 20)
        await press(pilot, "K")
        assert screen.shown == 2


async def test_a_click_shows_a_version(app: ReaderApp, revised: Library) -> None:
    async with versions(app) as (pilot, screen):
        await pilot.click("#versions", offset=(5, 2))
        await press(pilot)
        assert screen.shown == 1


async def test_every_command_has_its_handler(app: ReaderApp, revised: Library) -> None:
    async with versions(app) as (_, screen):
        assert [command.id for command in commands_of("versions") if screen.handler_of(command) is None] == []


@pytest.mark.slow
async def test_a_text_of_two_hundred_thousand_words_answers_keys(app: ReaderApp, library: Library) -> None:
    words = [f"word{number % 7919}" for number in range(200_000)]
    text = "\n\n".join(" ".join(words[at : at + 80]) for at in range(0, len(words), 80))
    arrive(library, text)
    arrive(library, text.replace("word5000 ", "other "))
    async with versions(app, (80, 24)) as (pilot, screen):
        assert len(screen.difference.changes) == text.count("word5000 ")
        await press(pilot, "n", "G", "N")
        assert "word5000 other" in shown(screen)
