"""The library's screen: what keys do, on the screen and in the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual import events

from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document
from reader.domain.query import parse
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.widgets.empty import Empty
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.known import MOST
from reader.tui.widgets.preview import Preview
from reader.tui.widgets.sidebar import Sidebar
from tests.storage.samples import essay
from tests.tui.driving import library_screen, lit, press, settle, status, titles

LEDGER, SLOW, HOSTILE, JAPANESE, CITY, OLDEST = (ArticleId(number) for number in (6, 5, 4, 3, 2, 1))


async def test_it_opens_on_the_newest_article_of_the_inbox(app: ReaderApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert lit(app) == "The Lighthouse Keeper's Ledger"
        assert status(app).place == "Inbox"
        assert status(app).position == "1/6"
        assert app.screen.query_one(Preview).article == LEDGER


async def test_titles_are_shown_as_they_are(app: ReaderApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        line = library_screen(app).articles.row(2).text
        assert "[/] Hostile [@click=app.quit]ti…" in line


async def test_ages_are_told_of_one_moment_in_all_rows(app: ReaderApp) -> None:
    """A row that was painted long ago kept its age; the one that the cursor came to had another."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        articles, then = library_screen(app).articles, app.clock()
        assert [articles.row(y).text.split()[-1] for y in range(6)] == ["6d", "10d", "2w", "2w", "3w", "3w"]
        app.clock = lambda: then + timedelta(days=30)
        await press(pilot, "j")
        assert [articles.row(y).text.split()[-1] for y in range(6)] == ["5w", "5w", "6w", "6w", "7w", "8w"]


async def test_moving_takes_counts_and_stops_at_the_ends(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "j")
        assert lit(app) == "日本の図書館"
        await press(pilot, "9", "k")
        assert lit(app) == "The Lighthouse Keeper's Ledger"
        await press(pilot, "G")
        assert lit(app) == "The Oldest of All"
        await press(pilot, "2", "g", "g")
        assert lit(app) == "Slow Software"


async def test_archiving_takes_the_row_away_and_goes_to_the_next(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "a")
        assert "Slow Software" not in titles(app)
        assert lit(app) == "[/] Hostile [@click=app.quit]title[/]"
        assert library.articles.summary(SLOW).archived
        assert "u undo" in status(app).message


async def test_fifty_presses_triage_as_many_articles(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a", "r", "s", "D", "a")
        assert library.articles.summary(LEDGER).archived
        assert library.articles.summary(SLOW).state == "read"
        assert not library.articles.summary(HOSTILE).archived
        assert library.articles.summary(HOSTILE).starred
        assert library.articles.summary(JAPANESE).trashed
        assert library.articles.summary(CITY).archived


async def test_undo_brings_the_row_back_under_the_cursor_and_redo_takes_it_away(
    app: ReaderApp, library: Library
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j", "D")
        assert library.articles.summary(SLOW).trashed
        await press(pilot, "u")
        assert not library.articles.summary(SLOW).trashed
        assert lit(app) == "Slow Software"
        await press(pilot, "<c-r>")
        assert library.articles.summary(SLOW).trashed
        assert "Slow Software" not in titles(app)


async def test_a_count_before_undo_takes_back_so_many_actions(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "s", "s", "r", "3", "u")
        assert not library.articles.summary(LEDGER).starred
        assert library.articles.summary(SLOW).starred
        assert library.articles.summary(HOSTILE).state == "read"


async def test_undoing_what_another_session_did_is_asked_first(app: ReaderApp, library: Library) -> None:
    library.articles.mark([OLDEST], "starred")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "u")
        assert library.articles.summary(OLDEST).starred
        await press(pilot, "y")
        assert not library.articles.summary(OLDEST).starred


async def test_redo_of_an_undo_that_was_agreed_to_does_not_ask(app: ReaderApp, library: Library) -> None:
    """It asked whether to redo an action of another session, though this session had just undone it."""
    library.articles.mark([OLDEST], "starred")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "u", "y", "<c-r>")
        assert library.articles.summary(OLDEST).starred


async def test_the_dot_does_the_last_action_again(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "s", "j", ".")
        assert [library.articles.summary(number).starred for number in (LEDGER, SLOW, HOSTILE)] == [
            True,
            True,
            True,
        ]


async def test_an_action_applies_to_the_selection(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x", "j", "x")
        assert status(app).position == "2 selected of 6"
        await press(pilot, "a")
        assert library.articles.summary(LEDGER).archived
        assert library.articles.summary(HOSTILE).archived
        assert not library.articles.summary(SLOW).archived
        assert len(titles(app)) == 4


async def test_a_read_article_stays_in_the_unread_view_until_it_is_left(
    app: ReaderApp, library: Library
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "<tab>", "j", "<enter>")
        assert status(app).place == "Unread"
        assert len(titles(app)) == 5
        await press(pilot, "r")
        assert library.articles.summary(LEDGER).state == "read"
        assert "The Lighthouse Keeper's Ledger" in titles(app)
        await press(pilot, "g", "i", "<escape>")
        assert status(app).place == "Unread"
        assert "The Lighthouse Keeper's Ledger" not in titles(app)


async def test_the_views_beside_the_list_count_live(app: ReaderApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert _counts(app) == {"inbox": 6, "unread": 5, "starred": 1, "highlights": 1}
        await press(pilot, "a", "D")
        assert _counts(app) == {"inbox": 4, "unread": 3, "archive": 1, "highlights": 1, "trash": 1}


def _counts(app: ReaderApp) -> dict[str, int]:
    sidebar = app.screen.query_one(Sidebar)
    return {entry.id: entry.count for entry in sidebar.entries if entry.count and entry.kind == "view"}


@pytest.mark.parametrize(
    ("keys", "place", "first"),
    [
        ("gs", "Starred", "Slow Software"),
        ("gr", "Recent", "[/] Hostile [@click=app.quit]title[/]"),
    ],
)
async def test_g_and_a_letter_goes_to_a_view(app: ReaderApp, keys: str, place: str, first: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        assert status(app).place == place
        assert titles(app)[0] == first


async def test_an_empty_view_says_what_to_press(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "g", "a")
        assert app.screen.query_one(Empty).display
        await press(pilot, "<enter>")
        assert "puts an article here" in status(app).message


async def test_a_tag_is_chosen_and_its_articles_shown(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "g", "t")
        await press(pilot, "j", "<enter>")
        assert status(app).place == "#sea"
        assert titles(app) == ["The Lighthouse Keeper's Ledger"]


async def test_typing_narrows_the_list_and_escape_shows_it_whole_again(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j", "/", *"ligh")
        assert titles(app) == ["The Lighthouse Keeper's Ledger"]
        await press(pilot, "<enter>")
        assert [chip.text for chip in status(app).chips] == ["ligh"]
        await press(pilot, "<escape>")
        assert len(titles(app)) == 6
        assert status(app).chips == ()


async def test_escape_while_typing_goes_back_to_the_filter_before(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "/", *"slow", "<enter>", "/", *"xxx")
        assert titles(app) == []
        await press(pilot, "<escape>")
        assert titles(app) == ["Slow Software"]


async def test_escape_while_typing_a_filter_goes_back_to_the_row_before(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        for typed in ("xxx", "ligh"):
            await press(pilot, "g", "g", "j", "j", "j", "/", *typed, "<escape>")
            assert lit(app) == "日本の図書館"
            assert len(titles(app)) == 6


async def test_what_a_filter_does_not_understand_is_a_warning(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "/", *"is:purple")
        assert any(chip.warns for chip in status(app).chips)


async def test_next_unread_skips_what_is_read(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j", "]", "u")
        assert lit(app) == "日本の図書館"
        await press(pilot, "[", "u")
        assert lit(app) == "Slow Software"


async def test_the_order_of_the_list_is_chosen_from_a_menu(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "S", "j", "<enter>")
        assert titles(app)[0] == "The Oldest of All"
        assert lit(app) == "The Lighthouse Keeper's Ledger"


async def test_the_place_is_found_again(app: ReaderApp, path: object, library: Library) -> None:
    from reader.tui.opening import read_opening

    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "g", "s", "g", "i", "2", "j", "<c-q>")
    opening = read_opening(library)
    assert opening.view.id == "inbox"
    assert opening.cursor == HOSTILE


async def test_opening_an_article_keeps_the_place_in_the_list(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j", "<enter>")
        assert app.screen is not library_screen(app)
        await press(pilot, "q")
        assert app.screen is library_screen(app)
        assert lit(app) == "Slow Software"


async def test_a_change_by_another_program_shows_when_one_is_back(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        library.articles.trash([OLDEST])
        app.post_message(events.AppFocus())
        await settle(pilot)
        assert "The Oldest of All" not in titles(app)


async def test_a_change_by_another_program_shows_while_one_looks_on(
    app: ReaderApp, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that was captured in another window stood in the sidebar's number, not in the list."""
    async with app.run_test(size=(80, 24)) as pilot:
        app.watching.look()
        await settle(pilot)
        library.articles.trash([OLDEST])
        app.watching.look()
        await settle(pilot)
        assert "The Oldest of All" not in titles(app)
        await press(pilot, "s")
        heard: list[tuple[int, ...]] = []
        monkeypatch.setattr(app, "broadcast", heard.append)
        app.watching.look()
        await settle(pilot)
        assert heard == []  # what is written here is known


async def test_numbers_of_a_view_are_those_of_the_library(app: ReaderApp, library: Library) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "/", *"the")
        assert len(titles(app)) == library.articles.count(parse("the*"))


async def test_only_the_pane_that_has_the_keys_shows_the_thick_bar(app: ReaderApp) -> None:
    """After Tab both panes looked as if they had the keys; without colour nothing told them apart at all."""
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = library_screen(app)

        def bars() -> tuple[str, str]:
            sidebar = next(line for index in range(9) if (line := screen.sidebar.row(index).text)[0] in "▌▎")
            return sidebar[0], screen.articles.row(0).text[0]

        assert bars() == ("▎", "▌")
        await press(pilot, "<tab>")
        assert bars() == ("▌", "▎")
        assert ("Tab", "List") in screen.query_one(CommandFooter).keys
        await press(pilot, "<tab>")
        assert bars() == ("▎", "▌")
        assert not screen.query_one(CommandFooter).keys


async def test_among_the_views_motions_are_theirs_and_no_article_is_touched(
    app: ReaderApp, library: Library
) -> None:
    """``G`` moved the list below the views, and ``D`` put an article into the trash that was not lit."""
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "<tab>", "G")
        screen = library_screen(app)
        assert lit(app) == "The Lighthouse Keeper's Ledger"
        assert screen.sidebar.entries[screen.sidebar.cursor].kind == "tag"
        await press(pilot, "D", "x", "t")
        assert app.screen is screen
        assert not library.articles.summary(LEDGER).trashed
        assert not screen.articles.chosen
        await press(pilot, "g", "g", "j", "<enter>")
        assert status(app).place == "Unread"
        assert screen.articles.active


async def test_when_several_come_the_cursor_goes_to_the_topmost(app: ReaderApp, library: Library) -> None:
    """It went to the one that was added first, which stands last."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        came = tuple(
            library.articles.add(Draft(f"New {number}", Document.plain(f"text {number} of it"))).id
            for number in range(3)
        )
        app.broadcast(came)
        await settle(pilot)
        assert lit(app) == "New 2"
        assert status(app).position == "1/9"


async def test_in_a_long_list_rows_are_found_and_taken_out_wherever_they_are(app: ReaderApp) -> None:
    """Each archived article once cost a look at all hundred thousand of the list."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        rows = library_screen(app).articles
        rows.show(range(10, 5_010), cursor=(2_000,))
        assert (rows.cursor, rows.place(2_001), rows.place(4_900), rows.place(3)) == (
            1_990,
            1_991,
            4_890,
            None,
        )
        assert rows.is_near(2_001)
        assert not rows.is_near(4_900)
        rows.take_out([2_000])
        assert (rows.current, rows.cursor) == (2_001, 1_990)
        rows.take_out([10, 4_900, 3])
        assert (rows.current, rows.cursor, len(rows.order)) == (2_001, 1_989, 4_997)
        rows.take_out(range(10, 1_000))
        assert (rows.current, len(rows.order)) == (2_001, 4_008)
        assert rows.place(2_002) == rows.cursor + 1


async def test_rows_are_read_before_they_are_on_screen(app: ReaderApp, library: Library) -> None:
    """Page by page no row is blank when it comes, and neither is the end of a list that was never there."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.broadcast(
            [stored.id for stored in library.articles.add_all([essay(number) for number in range(900)])]
        )
        await settle(pilot)
        rows = library_screen(app).articles
        assert rows.known(rows.order[-30])
        assert not rows.known(rows.order[600])
        for _ in range(30):
            rows.page(1)
            first = rows.scroll_offset.y
            assert all(map(rows.known, rows.order[first : first + rows.size.height]))
            await settle(pilot)


async def test_rows_that_could_not_be_read_are_asked_for_again_at_the_next_move(
    app: ReaderApp, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were blank until the program was left; and a message that uncovers them asks nothing, or it never ends."""
    asked = 0

    async def refuse(ask: object) -> None:
        nonlocal asked
        asked += 1
        raise LibraryError("disk I/O error")

    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        rows = library_screen(app).articles
        read = app.lane.read
        monkeypatch.setattr(app.lane, "read", refuse)
        rows.forget(rows.order)
        await settle(pilot)
        rows.refresh()
        await settle(pilot)
        assert (asked, rows.known(OLDEST)) == (1, None)
        monkeypatch.setattr(app.lane, "read", read)
        rows.move(1)
        await settle(pilot)
        assert all(map(rows.known, rows.order))


async def test_of_very_many_rows_those_that_came_last_are_kept(app: ReaderApp) -> None:
    """The way to the next unread article passed by rows that were forgotten as soon as they were read."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        rows = library_screen(app).articles
        some = rows.known(LEDGER)
        assert some is not None
        rows.show(range(10, 20_000))
        rows.fill([some._replace(id=ArticleId(number)) for number in range(10, 10 + MOST // 2)])
        rows.fill([some._replace(id=ArticleId(number)) for number in range(20_000 - MOST // 2 - 20, 20_000)])
        assert rows.known(19_999)
        assert rows.known(10)
