"""Completing queries, in every prompt that takes one."""

from __future__ import annotations

import pytest
from textual import events

from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.vocabulary import Names
from reader.tui.widgets.completions import Completions
from reader.tui.widgets.prompt import Prompt
from tests.tui.driving import library_screen, press, status, titles

SIZES = [(120, 40), (40, 15)]
LEDGER = ArticleId(6)


def prompt(app: ReaderApp) -> Prompt:
    focused = app.screen.focused
    assert isinstance(focused, Prompt)
    return focused


def line(app: ReaderApp) -> Completions:
    return next(iter(app.screen.query(Completions)))


def painted(app: ReaderApp) -> str:
    return "".join(segment.text for segment in line(app).render_line(0))


async def paste(app: ReaderApp, text: str) -> None:
    prompt(app).post_message(events.Paste(text))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["/", "\\"])
async def test_a_field_and_then_its_value_are_completed_with_tab(
    app: ReaderApp, size: tuple[int, int], key: str
) -> None:
    async with app.run_test(size=size) as pilot:
        await press(pilot, key, *"ta")
        assert line(app).offered == ("tag:",)
        assert "Tab" in painted(app)
        await press(pilot, "<tab>")
        assert prompt(app).value == "tag:"
        assert set(line(app).offered) == {"cities", "sea", "work"}
        await press(pilot, "s", "<tab>")
        assert prompt(app).value == "tag:sea "
        assert titles(app) == ["The Lighthouse Keeper's Ledger"]
        assert line(app).offered == ()


@pytest.mark.parametrize("size", SIZES)
async def test_the_line_covers_no_result_and_stays_where_it_is(app: ReaderApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await press(pilot, "/", *"tag:")
        rows, screen = app.screen.query_one("#articles"), app.screen
        assert rows.region.bottom <= line(app).region.y
        assert line(app).region.bottom == screen.query_one("#filter").region.y
        before = rows.region
        await press(pilot, *"sea x")
        assert not line(app).offered
        assert rows.region == before


async def test_shift_tab_lights_the_next_one(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"is:", "<s-tab>", "<s-tab>", "<tab>")
        assert prompt(app).value == "is:read "


async def test_without_anything_offered_tab_goes_on_as_before(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"slow", "<tab>")
        assert app.screen.focused is app.screen.query_one("#hits")


async def test_the_footer_says_what_tab_does(app: ReaderApp) -> None:
    from reader.tui.widgets.footer import CommandFooter

    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"slow ")
        footer = app.screen.query_one(CommandFooter)
        assert ("Tab", "Results") in footer.keys
        await press(pilot, *"ta")
        assert ("Tab", "Complete") in footer.keys


async def test_a_name_with_blanks_is_quoted_and_found(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "/", *"author:be")
        assert line(app).offered == ("Ann Bell",)
        await press(pilot, "<tab>")
        assert prompt(app).value == 'author:"Ann Bell" '
        assert titles(app) == ["Slow Software"]


async def test_tab_before_the_names_have_come_takes_the_first_and_later_keys_wait(
    app: ReaderApp, library: Library
) -> None:
    """Tab was lost when it came at once, and Enter went on without it."""
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "/")
        for character in "author:be":
            app.post_message(events.Key(character, character))
        app.post_message(events.Key("tab", None))
        app.post_message(events.Key("enter", None))
        await press(pilot)
        assert library_screen(app).filtering.text == 'author:"Ann Bell" '
        assert titles(app) == ["Slow Software"]
        assert not library_screen(app).is_typing


async def test_saved_views_are_offered(app: ReaderApp, library: Library) -> None:
    library.views.save("Sea and more", "tag:sea")
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "/", *"query:", "<tab>")
        assert prompt(app).value == 'query:"Sea and more" '
        assert titles(app) == ["The Lighthouse Keeper's Ledger"]


async def test_dates_have_examples_that_are_understood(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\", *"added:")
        assert "2024-05" in line(app).offered
        await press(pilot, "<tab>")
        assert not any(chip.warns for chip in status(app).chips)


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_names_are_offered_as_plain_text(
    app: ReaderApp, library: Library, size: tuple[int, int]
) -> None:
    library.articles.add(
        Draft(
            "One",
            Document.plain("one"),
            author='[@click=app.quit]Eve[/] "x"',
            site="\x1b[31msite\x07[/b]",
            tags=("[red]tag", "a(b"),
        )
    )
    async with app.run_test(size=size) as pilot:
        await press(pilot, "\\", *"author:[")
        assert line(app).offered == ('[@click=app.quit]Eve[/] "x"',)
        assert "[@click=app.quit]" in painted(app)
        await press(pilot, "<tab>")
        assert titles(app) == ["One"]
        prompt(app).value = ""
        await press(pilot, *"site:[")
        assert all(character.isprintable() for character in "".join(line(app).offered))
        assert all(character.isprintable() for character in painted(app))
        prompt(app).value = ""
        await press(pilot, *"tag:[r", "<tab>")
        assert titles(app) == ["One"]
        prompt(app).value = ""
        await press(pilot, *"tag:a(", "<tab>")
        assert titles(app) == ["One"]


async def test_the_highlights_filter_is_completed_too(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "g", "h", "/", *"colour:y", "<tab>")
        assert prompt(app).value == "colour:yellow "
        assert [chip.text for chip in status(app).chips] == ["colour:yellow"]


async def test_what_is_pasted_is_a_phrase(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\")
        await paste(app, 'the "sea"\nfroze, and\n\nmore')
        await press(pilot)
        assert prompt(app).value == '"the sea froze, and"'
        assert titles(app) == ["The Lighthouse Keeper's Ledger"]


@pytest.mark.parametrize("text", ["tag:sea is:unread", "-sea", "OR", "NOT x", "sea*", "(sea", "a OR b"])
async def test_what_is_pasted_is_never_an_operator(app: ReaderApp, text: str) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "/")
        await paste(app, text)
        await press(pilot)
        assert prompt(app).value == f'"{text}"'


async def test_a_pasted_address_finds_its_article(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "\\")
        await paste(app, "https://example.org/ledger\n")
        await press(pilot)
        assert prompt(app).value == "https://example.org/ledger"
        assert titles(app) == ["The Lighthouse Keeper's Ledger"]


async def test_up_walks_the_searches_from_an_empty_prompt_only(app: ReaderApp) -> None:
    """Once something had been searched, up and down did not move in the results any more."""
    async with app.run_test(size=(100, 30)) as pilot:
        app.searches.append("slow")
        await press(pilot, "\\", *"the", "<down>")
        assert prompt(app).value == "the"
        assert app.screen.hits.cursor == 1  # type: ignore[attr-defined]
        prompt(app).value = ""
        await press(pilot, "<up>")
        assert prompt(app).value == "slow"


def test_names_are_found_by_any_word_the_beginning_and_the_commonest_first() -> None:
    names = Names({"Ann Bell": 1, "Bella": 1, "Bell & Co": 7, "Élodie": 2})
    assert names.like("bel") == ("Bell & Co", "Bella", "Ann Bell")
    assert names.like("elo") == ("Élodie",)
    assert names.like("")[0] == "Bell & Co"
    assert names.like("x") == ()
    assert names.like("bella") == (), "a name that is whole is not completed"
