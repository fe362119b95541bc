"""The sentence cursor and the labels, by keys, in an article with CJK and emoji, at two widths."""

from __future__ import annotations

import pytest

from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from tests.tui.driving import press, settle, status
from tests.tui.opened import LEDGER, SLOW, reading
from tests.tui.wide import SENTENCES, SIZES, exacts
from tests.tui.wide import wide as wide


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("keys", "words", "mode"),
    [
        (["j", "j"], SENTENCES[2], "SENTENCE 4 words"),
        (["3", "j", "k"], SENTENCES[2], "SENTENCE 4 words"),
        (["4", "j"], SENTENCES[4], "SENTENCE 8 words"),
        (["j", "j", "l"], SENTENCES[2] + SENTENCES[3], "SENTENCE 7 words · 2 sentences"),
        (["j", "2", "l", "h"], f"{SENTENCES[1]}\n\n{SENTENCES[2]}", "SENTENCE 17 words · 2 sentences"),
        (["j", "<tab>"], "The sea,", "QUOTATION 2 words"),
        (["j", "<tab>", "j"], "does not care; but the ledger does.", "QUOTATION 7 words"),
        (["j", "<tab>", "<tab>"], "“The sea,” he told Mr. Brown,", "CLAUSE 6 words"),
        (["<tab>", "<tab>"], f"{SENTENCES[0]} {SENTENCES[1]}", "PARAGRAPH 25 words · 2 sentences"),
        (["<tab>", "<tab>", "j", "j"], SENTENCES[5], "PARAGRAPH 7 words"),
        (["<tab>", "<tab>", "<tab>", "<tab>"], SENTENCES[0], "SENTENCE 12 words"),
        (
            ["j", "j", "<s-tab>", "<s-tab>", "j", "k"],
            SENTENCES[2] + SENTENCES[3] + " " + SENTENCES[4],
            "PARAGRAPH",
        ),
    ],
)
async def test_the_sentence_cursor_goes_by_every_unit(
    app: ReaderApp,
    library: Library,
    wide: ArticleId,
    keys: list[str],
    words: str,
    mode: str,
    size: tuple[int, int],
) -> None:
    async with reading(app, wide, size=size) as (pilot, screen):
        await press(pilot, "<enter>", *keys)
        assert screen.page.selected_text == words
        assert status(app).mode.startswith(mode)
        await press(pilot, "<enter>")
        assert exacts(library, wide) == [words]


async def test_units_that_are_not_there_are_passed_over_with_a_word(app: ReaderApp) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "<enter>", "<tab>")
        assert status(app).message == "no quotation here"
        assert status(app).mode.startswith("CLAUSE")


async def test_sections_are_a_heading_with_all_below_it(app: ReaderApp, library: Library) -> None:
    from reader.domain.document import DocumentBuilder

    builder = DocumentBuilder()
    for kind, words, level in (("para", "Before.", 0), ("heading", "One", 2), ("para", "Text one.", 0),
                               ("heading", "Two", 2), ("para", "Text two.", 0)):  # fmt: skip
        builder.add(kind, words, level=level)  # type: ignore[arg-type]
    article = library.articles.add(Draft("Parts", builder.build())).id
    async with reading(app, article) as (pilot, screen):
        await press(pilot, "<enter>", "<s-tab>", "j")
        assert screen.page.selected_text == "One\n\nText one."
        await press(pilot, "j", "<tab>")
        assert screen.page.selected_text == "Two"


async def test_scrolling_on_leaves_the_sentence_cursor(app: ReaderApp) -> None:
    async with reading(app, SLOW, size=(60, 12)) as (pilot, screen):
        await press(pilot, "<space>")
        for key in ("<space>", "<c-d>"):
            before = screen.page.position
            await press(pilot, "<enter>", "j", key)
            assert screen.mode == "article"
            assert screen.page.position > before


@pytest.mark.parametrize("size", SIZES)
async def test_a_label_selects_and_another_extends_either_way(
    app: ReaderApp, library: Library, wide: ArticleId, size: tuple[int, int]
) -> None:
    async with reading(app, wide, size=size) as (pilot, screen):
        before = [screen.page.row(y).text for y in range(20)]
        await press(pilot, ";")
        assert list(screen.page.labels) == list("asdfgh")
        assert status(app).mode.startswith("LABELS · a letter selects")
        await press(pilot, "f")
        assert screen.page.selected_text == SENTENCES[3]
        assert "extend" in status(app).mode
        await press(pilot, "d")
        assert screen.page.labels == {}
        assert screen.page.selected_text == SENTENCES[2] + SENTENCES[3]
        assert status(app).mode == "SENTENCE 7 words · 2 sentences"
        await press(pilot, "<enter>", ";", "s", "<enter>", ";", "g", "H", "g")
        assert exacts(library, wide) == [SENTENCES[1], SENTENCES[2] + SENTENCES[3], SENTENCES[4]]
        assert [row.rstrip() for row in before[1:4]] == [screen.page.row(y).text.rstrip() for y in (1, 2, 3)]


async def test_a_labelled_sentence_is_noted_copied_and_tagged(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, ";", "s", "c", *"ships", "<enter>")
        assert library.highlights.of(LEDGER)[0].note == "ships"
        await press(pilot, ";", "s", "y")
        assert app.clipboard == "He wrote of ships and of weather."
        await press(pilot, ";", "a", "#")
        assert type(app.screen).__name__ == "TagPicker"


async def test_escape_takes_the_labels_away_one_step_at_a_time(app: ReaderApp) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, ";", "<escape>")
        assert (screen.mode, screen.page.labels, status(app).mode) == ("article", {}, "")
        await press(pilot, ";", "s", "<escape>")
        assert (screen.mode, screen.page.labels) == ("sentence", {})
        await press(pilot, "<escape>")
        assert screen.mode == "article"
        assert app.screen is screen


async def test_control_c_takes_the_labels_away(app: ReaderApp) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, ";", "<c-c>")
        assert (screen.mode, screen.page.labels) == ("article", {})


async def test_a_letter_that_is_no_label_says_so_and_the_labels_stay(app: ReaderApp) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, ";", "l")
        assert "l is no label" in status(app).message
        await press(pilot, "x")
        assert "x is no label" in status(app).message
        assert screen.page.labels


async def test_more_than_nine_sentences_have_labels_of_two_letters(app: ReaderApp) -> None:
    async with reading(app, SLOW) as (pilot, screen):
        await press(pilot, ";")
        assert len(screen.page.labels) > 9
        label, span = next((label, span) for label, span in screen.page.labels.items() if len(label) == 2)
        await press(pilot, label[0])
        assert status(app).pending == label[0]
        assert all(other.startswith(label[0]) for other in screen.page.labels)
        await press(pilot, label[1])
        assert screen.page.selection == span
        assert status(app).pending == ""


async def test_the_mouse_ends_the_labels_and_an_operator(app: ReaderApp) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, ";")
        await pilot.click(screen.page, offset=(2, 1))
        await settle(pilot)
        assert (screen.mode, screen.page.labels) == ("article", {})
        await press(pilot, "g", "h", "3")
        assert screen.mode == "operator"
        await pilot.click(screen.page, offset=(2, 1))
        await settle(pilot)
        assert (screen.mode, status(app).pending, status(app).mode) == ("article", "", "")
        await press(pilot, "g", "h", "h")
        assert status(app).message == "highlighted · c note · u undo"


async def test_a_screen_without_words_has_no_labels(app: ReaderApp, library: Library) -> None:
    empty = library.articles.add(Draft("Empty", Document.plain(""))).id
    async with reading(app, empty) as (pilot, _):
        await press(pilot, ";", "g", "v", "g", "h")
        assert status(app).message == "There is nothing to highlight here"
