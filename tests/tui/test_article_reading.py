"""Reading: places, states, and the way from article to article."""

from __future__ import annotations

import pytest
from textual.events import Key

from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document
from reader.storage.library import Library
from reader.tui import progress
from reader.tui.app import ReaderApp
from reader.tui.current import place_in
from reader.tui.opening import keep_setting
from reader.tui.screens.article import ArticleScreen
from reader.tui.widgets.footer import CommandFooter
from tests.tui.driving import library_screen, press, settle, status
from tests.tui.opened import CITY, HOSTILE, JAPANESE, LEDGER, OLDEST, SLOW, reading

LONG = "\n\n".join(
    f"Paragraph {number} says that sentence {number} is where it is. " * 4 for number in range(60)
)


@pytest.fixture
def long(library: Library) -> ArticleId:
    return library.articles.add(Draft("Long", Document.plain(LONG))).id


async def test_moving_beyond_the_first_screen_makes_it_reading(
    app: ReaderApp, library: Library, long: ArticleId
) -> None:
    async with reading(app, long, size=(80, 24)) as (pilot, _):
        await press(pilot, "q")
        assert library.articles.summary(long).state == "unread"
        assert library.articles.summary(long).progress == 0  # nor is it one to continue
    assert library.history.last("here") is None


async def test_a_page_further_and_the_place_is_kept(
    app: ReaderApp, library: Library, long: ArticleId
) -> None:
    async with reading(app, long, size=(80, 24)) as (pilot, screen):
        await press(pilot, "<space>", "<space>")
        position = screen.page.position
        await press(pilot, "q")
        kept = library.articles.get(long)
        assert kept.summary.state == "reading"
        assert kept.position == position > 0
        assert 0 < kept.summary.progress < 1
        assert library.history.last("here") is None


@pytest.mark.parametrize("size", [(50, 20), (120, 40), (40, 15)])
async def test_it_resumes_at_the_sentence_at_any_width(
    app: ReaderApp, library: Library, long: ArticleId, size: tuple[int, int]
) -> None:
    position = LONG.index("Paragraph 30")
    library.articles.reached(long, position=position, progress=0.5, state="reading")
    async with reading(app, long, size=size) as (pilot, screen):
        assert screen.page.visible_span.start <= position < screen.page.visible_span.start + size[0]
        await pilot.resize_terminal(71, 24)
        await settle(pilot)
        assert screen.page.visible_span.start <= position < screen.page.visible_span.start + 71


async def test_the_end_on_screen_for_a_while_makes_it_read(
    app: ReaderApp, library: Library, long: ArticleId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "END_DWELL", 0.01)
    async with reading(app, long) as (pilot, _):
        await press(pilot, "G")
        await pilot.pause(0.05)
        await settle(pilot)
        assert library.articles.summary(long).state == "read"
        assert library.articles.summary(long).progress == 1


async def test_the_end_seen_in_passing_does_not(app: ReaderApp, library: Library, long: ArticleId) -> None:
    async with reading(app, long) as (pilot, _):
        await press(pilot, "G", "g", "g", "q")
        assert library.articles.summary(long).state == "reading"


async def test_what_the_user_says_of_the_state_stands(
    app: ReaderApp, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "END_DWELL", 0.01)
    async with reading(app) as (pilot, _):
        await pilot.pause(0.05)
        await settle(pilot)
        assert library.articles.summary(LEDGER).state == "read"
        await press(pilot, "r")
        await pilot.pause(0.05)
        await press(pilot, "q")
        assert library.articles.summary(LEDGER).state == "unread"


async def test_space_at_the_end_goes_to_the_next_unread(app: ReaderApp, library: Library) -> None:
    """The article after the next is read already: it is passed over."""
    async with reading(app, SLOW) as (pilot, screen):
        await press(pilot, "G", "<space>")
        assert screen.article_id == JAPANESE != HOSTILE
        assert library.articles.summary(SLOW).state == "read"


async def test_space_on_the_last_one_says_so(app: ReaderApp) -> None:
    async with reading(app, OLDEST) as (pilot, screen):
        await press(pilot, "<space>")
        assert screen.article_id == OLDEST
        assert status(app).message.startswith("The last one")


async def test_next_and_previous_article(app: ReaderApp) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "2", "J")
        assert screen.article_id == HOSTILE
        await press(pilot, "K")
        assert screen.article_id == SLOW
        await press(pilot, "9", "K", "K")
        assert screen.article_id == LEDGER
        assert status(app).message == "This is the first one"
        app.post_message(Key("J", "J"))
        app.post_message(Key("J", "J"))
        await settle(pilot)
        assert screen.article_id == HOSTILE


async def test_archiving_goes_on_and_undo_takes_it_back(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "a", "D")
        assert screen.article_id == HOSTILE
        assert library.articles.summary(LEDGER).archived
        assert library.articles.summary(SLOW).trashed
        await press(pilot, "u", "u")
        assert not library.articles.summary(LEDGER).archived
        assert not library.articles.summary(SLOW).trashed
        assert screen.article_id == HOSTILE


async def test_archiving_the_last_one_goes_back_to_the_list(app: ReaderApp, library: Library) -> None:
    async with reading(app, OLDEST) as (pilot, screen):
        await press(pilot, "a")
        assert app.screen is not screen
        assert library.articles.summary(OLDEST).archived


async def test_stars_stay_on_the_article(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "s")
        assert library.articles.summary(LEDGER).starred
        assert screen.article_id == LEDGER


async def test_an_article_that_is_gone_is_left_with_a_word(
    app: ReaderApp, library: Library, long: ArticleId
) -> None:
    async with reading(app, long) as (pilot, screen):
        library.articles.trash([long])
        library.articles.purge([long])
        await press(pilot, "<space>")
        screen.progress._keep_now()
        await settle(pilot)
        assert app.screen is not screen
        assert [note.message for note in app._notifications] == [
            "This article is not in the library any more"
        ]


async def test_an_article_put_into_the_trash_elsewhere_is_left_after_its_dialog(
    app: ReaderApp, library: Library, long: ArticleId
) -> None:
    async with reading(app, long) as (pilot, screen):
        await press(pilot, "c", "x")
        library.articles.trash([long])
        screen.reload()
        await settle(pilot)
        assert app.screen.focused is not None
        await press(pilot, "<escape>")
        assert screen not in app.screen_stack


async def test_opening_what_is_not_there_says_so(app: ReaderApp) -> None:
    async with reading(app, ArticleId(99)) as (_, screen):
        assert screen not in app.screen_stack
        assert len(app._notifications) == 1


async def test_hostile_titles_are_shown_as_they_are(app: ReaderApp) -> None:
    async with reading(app, HOSTILE) as (pilot, _):
        assert status(app).place == "[/] Hostile [@click=app.quit]title[/]"
        await press(pilot, "c")
        assert "[@click=app.quit]" in str(app.screen.query_one("#note-about").render())
        await press(pilot, "<escape>", "t")
        assert "[@click=app.quit]" in str(app.screen.query_one("#tags-title").render())
        await press(pilot, "<escape>", "e", "<escape>", "<enter>", "<enter>", "#", "<escape>")


async def test_the_column_and_zen_are_remembered(app: ReaderApp, library: Library) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "-", "-", "Z")
        assert screen.page.column == 64
        await press(pilot, "q")
        app.push_screen(type(screen)(CITY, trail=[CITY]))
        await settle(pilot)
        assert app.screen.page.column == 64  # type: ignore[attr-defined]
        assert app.screen.has_class("-zen")
        await press(pilot, "=", "Z")
        assert app.screen.page.column == 72  # type: ignore[attr-defined]


async def test_every_motion_is_quiet_on_a_short_article(app: ReaderApp) -> None:
    async with reading(app, OLDEST, trail=(), size=(40, 15)) as (pilot, screen):
        keys = ["j", "k", "b", "<c-d>", "<c-u>", "}", "{", ")", "(", "n", "N", "]", "h", "[", "h", "<tab>"]
        await press(
            pilot, *keys, "J", "K", "-", "+", "z", "t", "g", "A", "g", "A", "H", "y", "#", "Y", "<space>"
        )
        assert app.screen is screen
        assert app.failure is None


async def test_two_quick_presses_of_q_leave_one_screen(app: ReaderApp) -> None:
    async with reading(app) as (pilot, screen):
        screen.press("q")
        screen.press("q")
        await settle(pilot)
        assert len(app.screen_stack) == 1


def test_a_new_text_keeps_the_words_on_top() -> None:
    text = "\n\n".join(
        f"Paragraph {number} stands at {number * number} and nowhere else." for number in range(60)
    )
    before, later = (
        Document.plain(text),
        Document.plain("A paragraph that was not there before.\n\n" * 3 + text),
    )
    assert place_in(later, before, text.index("Paragraph 30")) == later.text.index("Paragraph 30")
    assert place_in(Document.plain("Other"), before, 2000) == 5
    assert place_in(later, before, 0) == 0


async def test_escape_lets_go_step_by_step_and_q_goes_back_at_once(app: ReaderApp) -> None:
    """Help said that both let go first; ``q`` never did."""
    async with reading(app) as (pilot, screen):
        await press(pilot, "/", *"the", "<enter>", "<tab>")
        assert screen.page.lit is not None
        await press(pilot, "<escape>")
        assert screen.page.lit is None
        assert screen.finding.described
        await press(pilot, "<escape>")
        assert not screen.finding.described
        assert app.screen is screen
        await press(pilot, "<escape>")
        assert app.screen is library_screen(app)
    helps = {command.id: command for command in app.commands}
    assert "let go" in helps["article.let_go"].help.lower()
    assert "let go" not in helps["article.back"].help.lower()


async def test_q_goes_back_whatever_is_lit(app: ReaderApp) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "<tab>", "q")
        assert app.screen is library_screen(app)


async def test_the_footer_teaches_what_a_lit_highlight_can_do(app: ReaderApp) -> None:
    """It went on saying that Enter selects, while Enter opened the note."""
    async with reading(app) as (pilot, screen):
        footer = screen.query_one(CommandFooter)
        await press(pilot, "<tab>")
        assert ("Enter", "Note") in footer.keys
        await press(pilot, "<escape>")
        assert not footer.keys


@pytest.mark.parametrize(("size", "shown"), [((80, 24), True), ((40, 15), False)])
async def test_notes_that_were_shown_last_time_do_not_hide_the_next_text(
    app: ReaderApp, library: Library, size: tuple[int, int], shown: bool
) -> None:
    keep_setting(library, "article", {"notes": True})
    async with reading(app, size=size) as (pilot, screen):
        await settle(pilot)
        assert screen.panel.display is shown


async def test_notes_that_hide_the_text_go_with_escape(app: ReaderApp) -> None:
    """In a narrow terminal they stood over half of each line."""
    async with reading(app, size=(40, 15)) as (pilot, screen):
        await press(pilot, "g", "A")
        assert screen.panel.region.width == 40
        await press(pilot, "<escape>")
        assert app.screen is screen
        assert not screen.panel.display


async def test_the_end_of_an_article_that_the_library_opened_leads_to_the_next_unread_one(
    app: ReaderApp,
) -> None:
    """The library's order is an array, which the rows of the next articles could not be asked for with."""
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "g", "g", "<enter>")
        first = app.screen.article_id  # type: ignore[attr-defined]
        await press(pilot, "G", "<space>")
        assert isinstance(app.screen, ArticleScreen)
        assert app.screen.article_id != first
