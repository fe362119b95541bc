"""Passages that were not found with certainty: gone through, accepted, refused, attached by hand."""

from __future__ import annotations

import pytest

from reader.domain.article import ArticleId
from reader.domain.change import Outcome
from reader.domain.highlight import Highlight
from reader.jobs.add import Added
from reader.storage.library import Library
from reader.tui.adding import _Told
from reader.tui.app import ReaderApp
from reader.tui.reviewing import fitted
from reader.tui.widgets.footer import CommandFooter
from tests.tui.changed import (
    AFTER,
    AGE,
    BEFORE,
    NOBODY,
    SHIPS,
    STEADY,
    WORST,
    add_changed,
    draft,
    highlight,
    one,
)  # fmt: skip
from tests.tui.driving import press, settle, status
from tests.tui.opened import reading


@pytest.fixture
def tale(library: Library) -> ArticleId:
    article = add_changed(library)
    statuses = {found.anchor.exact: found.placement.status for found in library.highlights.of(article)}
    assert (statuses[AGE], statuses[SHIPS], statuses[NOBODY]) == ("review", "orphan", "orphan")
    return article


async def test_the_article_opens_with_its_highlights_as_they_are_stored(
    app: ReaderApp, tale: ArticleId
) -> None:
    async with reading(app, tale) as (_, screen):
        assert {found.anchor.exact for found in screen.passages.doubtful} == {AGE, SHIPS, NOBODY}
        assert AGE not in {found.anchor.exact for found in screen.passages.placed}


async def test_next_review_lights_the_offered_words_and_says_what_they_stand_for(
    app: ReaderApp, tale: ArticleId
) -> None:
    async with reading(app, tale, size=(140, 40)) as (pilot, screen):
        await press(pilot, "]", "r")
        lit = screen.page.lit
        assert isinstance(lit, Highlight)
        assert lit.anchor.exact == AGE
        assert f"to review: “{AGE}” → “it was the age of wisdom”" in status(app).message
        assert "R accept · X refuse" in status(app).message
        await press(pilot, "]", "r")
        assert f"taken out: “{NOBODY}”" in status(app).message
        await press(pilot, "]", "r")
        assert "no place: “He wrote of ships" in status(app).message
        await press(pilot, "]", "r")
        assert status(app).message == "No passage to review below"
        await press(pilot, "2", "[", "r")
        assert "to review" in status(app).message


async def test_the_margin_marks_what_is_to_review_and_what_was_taken_out(
    app: ReaderApp, tale: ArticleId
) -> None:
    async with reading(app, tale, size=(100, 40)) as (_, screen):
        rows = [screen.page.row(y).text for y in range(40)]
        assert any(row.lstrip().startswith("?┊ ") for row in rows)
        assert next(row for row in rows if "The committee" in row).lstrip().startswith("u✗ ")


async def test_accepting_makes_the_offered_words_the_passage(
    app: ReaderApp, library: Library, tale: ArticleId
) -> None:
    async with reading(app, tale) as (pilot, screen):
        await press(pilot, "]", "r", "R")
        accepted = next(found for found in library.highlights.of(tale) if found.note == "which age?")
        assert accepted.anchor.exact == "it was the age of wisdom"
        assert (accepted.placement.status, accepted.placement.by) == ("anchored", "user")
        assert accepted.anchor.exact in {found.anchor.exact for found in screen.passages.placed}
        await press(pilot, "u")
        assert one(library, tale, AGE).placement.status == "review"
        assert AGE in {found.anchor.exact for found in screen.passages.doubtful}


async def test_refusing_keeps_it_without_a_place(app: ReaderApp, library: Library, tale: ArticleId) -> None:
    async with reading(app, tale) as (pilot, _):
        await press(pilot, "]", "r", "X")
        refused = one(library, tale, AGE)
        assert (refused.placement.status, refused.placement.how) == ("orphan", "refused")
        assert refused.note == "which age?"
        await press(pilot, "u")
        assert one(library, tale, AGE).placement.status == "review"


async def test_a_passage_without_a_place_waits_for_the_words_that_are_selected(
    app: ReaderApp, library: Library, tale: ArticleId
) -> None:
    async with reading(app, tale, size=(100, 40)) as (pilot, screen):
        await press(pilot, "3", "]", "r")
        assert screen.reviewing.waiting is not None
        await press(pilot, "<enter>", "j", "j", "R")
        attached = next(found for found in library.highlights.of(tale) if found.note == "modest")
        assert attached.anchor.exact == "He drew gulls instead."
        assert attached.placement.by == "user"
        assert attached.colour == "blue"
        assert status(app).message == "attached to these words · u undo"
        assert screen.mode == "article"
        await press(pilot, "u")
        assert one(library, tale, SHIPS).placement.status == "orphan"


async def test_what_is_to_review_may_be_attached_to_other_words(
    app: ReaderApp, library: Library, tale: ArticleId
) -> None:
    async with reading(app, tale, size=(100, 40)) as (pilot, _):
        await press(pilot, "]", "r", "v", "o", "2", "w", "R")
        attached = next(found for found in library.highlights.of(tale) if found.note == "which age?")
        assert attached.anchor.exact == "the age of wisdom"


async def test_a_certain_highlight_that_is_lit_is_attached_to_other_words_too(
    app: ReaderApp, library: Library, tale: ArticleId
) -> None:
    async with reading(app, tale, size=(100, 40)) as (pilot, _):
        await press(pilot, "]", "h", "v", "2", "b", "R")
        moved = next(found for found in library.highlights.of(tale) if found.colour == "green")
        assert moved.anchor.exact != WORST
        assert moved.note == "how **it** began"


async def test_words_that_are_highlighted_already_are_not_taken_twice(
    app: ReaderApp, library: Library, tale: ArticleId
) -> None:
    async with reading(app, tale, size=(100, 40)) as (pilot, screen):
        await press(pilot, "]", "r")
        steady = next(found for found in screen.passages.placed if found.anchor.exact == STEADY)
        assert steady.placement.span is not None
        screen.page.select(steady.placement.span)
        screen.follow_page()
        await press(pilot, "R")
        assert status(app).message == "Another highlight has these very words"
        assert one(library, tale, AGE).placement.status == "review"


async def test_escape_lets_go_of_what_waits(app: ReaderApp, tale: ArticleId) -> None:
    async with reading(app, tale) as (pilot, screen):
        await press(pilot, "]", "r", "<escape>")
        assert screen.reviewing.waiting is None
        assert screen.page.lit is None
        assert app.screen is screen
        assert status(app).message == ""


async def test_keys_for_a_highlight_act_on_one_without_a_place(
    app: ReaderApp, library: Library, tale: ArticleId
) -> None:
    async with reading(app, tale) as (pilot, _):
        await press(pilot, "3", "]", "r", "H", "g")
        assert one(library, tale, SHIPS).colour == "green"
        await press(pilot, "d", "d")
        assert SHIPS not in {found.anchor.exact for found in library.highlights.of(tale)}


async def test_with_nothing_to_review_it_says_so(app: ReaderApp) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "]", "r")
        assert status(app).message == "Every highlight has its place"
        await press(pilot, "R")
        assert status(app).message == "No passage to review is lit · ]r lights one"
        await press(pilot, "<enter>", "R")
        assert status(app).message == "No passage waits for its place · ]r or ]h lights one"


async def test_the_notes_panel_has_sections_for_them_and_a_click_lets_one_wait(
    app: ReaderApp, tale: ArticleId
) -> None:
    async with reading(app, tale, size=(120, 50)) as (pilot, screen):
        await press(pilot, "g", "A")
        rows = [screen.panel.row(y).text.strip() for y in range(45)]
        assert "Highlights 3" in rows
        assert rows.index("To review 1") < rows.index("Without a place 2")
        assert any("modest" in row for row in rows)
        at = next(y for y, row in enumerate(rows) if "Nobody had read" in row)
        await pilot.click(screen.panel, offset=(6, at))
        await pilot.pause()
        waiting = screen.reviewing.waiting
        assert waiting is not None
        assert waiting.anchor.exact == NOBODY
        assert screen.panel.lit == waiting


@pytest.mark.parametrize(
    ("room", "said"),
    [
        (80, "to review: “in the long age of gold” → “in the long age of iron” · R accept"),
        (66, "to review: “in the long age of gold” → “in the long age of iron”"),
        (40, "to review: “…gold” → “…iron”"),
    ],
)
def test_what_is_said_keeps_the_words_that_differ(room: int, said: str) -> None:
    words = ("in the long age of gold", "in the long age of iron")
    assert fitted("to review: ", words, (" · R accept", ""), room) == said


async def test_a_text_that_changes_says_what_became_of_its_highlights(
    app: ReaderApp, library: Library
) -> None:
    article = library.articles.add(draft(BEFORE)).id
    for words in (WORST, AGE, NOBODY):
        highlight(library, article, words)
    async with reading(app, article) as (pilot, screen):
        library.articles.add(draft(AFTER))
        app.broadcast((article,))
        await settle(pilot)
        assert (
            status(app).message == "The text changed · 3 highlights: 1 placed, 1 to review, 1 without a place"
        )
        assert len(screen.passages.doubtful) == 2


def test_adding_a_changed_text_says_what_became_of_its_highlights() -> None:
    told = _Told()
    told.hear(Added("tale.txt", Outcome("updated", ArticleId(7), "A Tale", placed=2, review=1)))
    assert told.summary == "Updated with its new text: A Tale · 3 highlights: 2 placed, 1 to review"


def test_adding_a_text_that_is_here_in_a_version_that_is_not_in_use_says_so() -> None:
    told = _Told()
    told.hear(Added("tale.txt", Outcome("known", ArticleId(7), "A Tale", unused=3)))
    assert told.summary == "Here already as version 3, which is not in use · gV shows it: A Tale"


async def test_the_key_that_attaches_is_taught_however_words_are_selected(
    app: ReaderApp, tale: ArticleId
) -> None:
    """In VISUAL the footer taught how to highlight, and no word of R."""
    async with reading(app, tale) as (pilot, screen):
        for keys in ("v", "<escape> <escape> ] r V", "<escape> <escape> ] r <escape> ] r ] r <enter>"):
            await press(pilot, *(["]", "r"] if keys == "v" else []), *keys.split())
            assert screen.query_one(CommandFooter).keys[0] == ("R", "Attach to these"), keys
