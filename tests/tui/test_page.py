"""The article page in an app of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot

from reader.domain.article import Article
from reader.domain.document import Document, Span
from reader.domain.finding import Finder
from reader.domain.highlight import Highlight
from reader.render.palette import DARK, LIGHT
from reader.tui.colours import THEMES
from reader.tui.widgets.page import ArticlePage
from tests.render.documents import article, every_kind, highlight

LONG = "\n\n".join(
    f"Paragraph {number} begins. It has words, many of them. It ends." for number in range(200)
)


class Reading(App[None]):
    """An app that is only a page and remembers its messages."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield ArticlePage()

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def on_article_page_moved(self, message: Message) -> None:
        self.heard.append(message)

    on_article_page_reached_end = on_article_page_moved
    on_article_page_selection_changed = on_article_page_moved
    on_article_page_link_activated = on_article_page_moved
    on_article_page_highlight_activated = on_article_page_moved
    on_article_page_pointer_used = on_article_page_moved


@asynccontextmanager
async def opened(
    shown: Article | str = LONG,
    highlights: Sequence[Highlight] = (),
    *,
    size: tuple[int, int] = (80, 24),
    position: int | None = None,
) -> AsyncIterator[tuple[ArticlePage, Reading, Pilot[None]]]:
    app = Reading()
    async with app.run_test(size=size) as pilot:
        page = app.query_one(ArticlePage)
        page.show(
            article(Document.plain(shown)) if isinstance(shown, str) else shown, highlights, position=position
        )
        await pilot.pause()
        yield page, app, pilot


def screen(page: ArticlePage) -> list[str]:
    return [page.row(y).text.rstrip() for y in range(page.size.height)]


def first_words(page: ArticlePage) -> str:
    return page.document.text[page.position : page.position + 12]


async def test_opening_shows_the_header_and_the_beginning() -> None:
    async with opened() as (page, app, _):
        assert "The noon whistle" in screen(page)[1]
        assert page.position == 0
        assert not any(isinstance(message, ArticlePage.Moved) for message in app.heard)


async def test_opening_at_a_position_puts_its_line_on_top() -> None:
    offset = LONG.index("Paragraph 120")
    async with opened(position=offset) as (page, _, _):
        assert page.position == offset
        assert "Paragraph 120 begins" in screen(page)[0]


async def test_paging_goes_down_and_comes_back_to_the_same_lines() -> None:
    async with opened() as (page, _, _):
        places = [screen(page)]
        for _ in range(5):
            assert page.page_down()
            places.append(screen(page))
        for before in reversed(places[:-1]):
            assert page.page_up()
            assert screen(page) == before
        assert not page.page_up()


async def test_going_up_from_the_end_shows_every_line_once() -> None:
    """Blocks above that were never laid out must not move the text when their height is corrected."""
    async with opened(size=(50, 10)) as (page, _, _):
        page.end()
        up = [screen(page)[0]]
        while page.scroll_lines(-1):
            up.append(screen(page)[0])
        page.top()
        down = [screen(page)[0]]
        while page.scroll_lines(1):
            down.append(screen(page)[0])
        assert up[::-1] == down


async def test_reaching_the_end_is_told_once_until_it_is_left() -> None:
    async with opened() as (page, app, pilot):
        page.end()
        page.scroll_lines(-1)
        page.end()
        await pilot.pause()
        assert page.at_end
        assert page.progress == 1.0
        assert "end · Space next unread · a archive" in "\n".join(screen(page))
        assert sum(isinstance(message, ArticlePage.ReachedEnd) for message in app.heard) == 1
        assert not page.page_down()


async def test_progress_is_the_furthest_seen_and_never_falls() -> None:
    async with opened() as (page, _, _):
        page.to_percent(50)
        seen = page.progress
        assert 0.5 < seen < 0.6
        page.top()
        assert page.progress == seen


@pytest.mark.parametrize("size", [(40, 15), (120, 40), (61, 9)])
async def test_a_resize_keeps_the_reading_place_on_top(size: tuple[int, int]) -> None:
    offset = LONG.index("Paragraph 77")
    async with opened(position=offset) as (page, _, pilot):
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert page.position == offset
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert page.position == offset


async def test_the_column_has_bounds_and_keeps_the_place() -> None:
    offset = LONG.index("Paragraph 77")
    async with opened(position=offset, size=(140, 24)) as (page, _, _):
        for width, column in ((20, 40), (55, 55), (500, 120)):
            page.set_column(width)
            assert page.column == column
            assert page.position == offset


async def test_measuring_in_idle_time_moves_nothing() -> None:
    async with opened(position=LONG.index("Paragraph 150")) as (page, _, pilot):
        before = screen(page)
        page._measure()
        await pilot.pause()
        assert screen(page) == before


async def test_paragraphs_sentences_and_headings_come_to_the_top() -> None:
    async with opened(size=(40, 12)) as (page, _, _):
        page.paragraph(3)
        assert first_words(page).startswith("Paragraph 2")
        page.paragraph(-1)
        assert first_words(page).startswith("Paragraph 1")
        page.sentence(1)
        assert "It ends." in screen(page)[0]
    async with opened(article(), size=(60, 12)) as (page, _, _):
        assert [words for _, words, _ in page.outline()] == ["Steam"]
        assert page.heading(1)
        assert "Steam" in screen(page)[0]


async def test_all_matches_are_lit_and_the_current_one_comes_on_screen() -> None:
    async with opened() as (page, _, _):
        spans = Finder(page.document).find("paragraph 180")
        page.set_matches(spans, 0)
        assert "Paragraph 180" in "\n".join(screen(page))
        assert DARK.current.ground in str([page.row(y)._segments for y in range(page.size.height)])
        page.set_matches([])
        assert DARK.current.ground not in str([page.row(y)._segments for y in range(page.size.height)])


async def test_stepping_through_highlights_and_links_lights_them() -> None:
    document = every_kind()
    marks = [highlight(document, "bird in", number=1), highlight(document, "noon", number=2)]
    async with opened(article(document), marks, size=(60, 14)) as (page, _, _):
        assert page.highlight(1) == marks[1]
        assert page.highlight(1) == marks[0]
        assert page.lit == marks[0]
        assert page.highlight(1) is None
        assert page.highlight(-1) == marks[1]
        link = page.link(1)
        assert link is not None
        assert link.href == "https://example.org/ledger"
        assert page.cancel()
        assert page.lit is None
        assert not page.cancel()


async def test_the_sentence_cursor_begins_on_screen_and_follows() -> None:
    async with opened(position=LONG.index("It has words, many")) as (page, app, pilot):
        page.start_sentence()
        assert page.mode == "sentence"
        assert page.selected_text == "Paragraph 0 begins."
        page.next_sentence(2)
        assert page.selected_text == "It ends."
        page.grow(1)
        assert page.selected_text == "It ends.\n\nParagraph 1 begins."
        page.next_sentence(60)
        assert page.selection is not None
        assert page.shows(page.selection.start)
        assert page.cancel()
        assert page.mode == "reading"
        await pilot.pause()
        changes = [message for message in app.heard if isinstance(message, ArticlePage.SelectionChanged)]
        assert [change.mode for change in changes] == ["sentence"] * 4 + ["reading"]


async def test_the_sentence_last_touched_is_lit_again_while_it_is_on_screen() -> None:
    async with opened() as (page, _, _):
        page.start_sentence()
        page.next_sentence(4)
        touched = page.selected_text
        page.clear_selection()
        page.scroll_lines(1)
        page.start_sentence()
        assert page.selected_text == touched
        page.clear_selection()
        page.end()
        page.start_sentence()
        assert page.selected_text != touched


async def test_visual_selects_by_motions_and_escapes_step_by_step() -> None:
    async with opened() as (page, _, _):
        page.start_visual()
        page.move("w", 2)
        page.move("e")
        assert page.selected_text == "Paragraph 0 begins"
        page.swap_ends()
        assert page.caret == 0
        page.select_paragraphs()
        assert page.selected_text == LONG.split("\n\n")[0]
        assert page.cancel()
        assert (page.mode, page.selection) == ("caret", None)
        page.move("}")
        page.start_visual()
        page.move("e")
        assert page.selected_text == "Paragraph"
        page.move("}")
        assert page.selected_text == LONG.split("\n\n")[1]
        page.cancel()
        page.cancel()
        assert page.mode == "reading"
        page.move("w")
        assert page.caret is None


async def test_the_caret_takes_the_page_along() -> None:
    async with opened() as (page, _, _):
        page.start_visual()
        page.move("G")
        assert page.caret == len(LONG) - 1
        assert page.shows(len(LONG) - 1)
        page.move("gg")
        assert page.shows(0)
        page.move("j", 40)
        assert page.caret is not None
        assert page.shows(page.caret)


async def test_v_on_a_lit_match_selects_it() -> None:
    async with opened() as (page, _, _):
        page.set_matches(Finder(page.document).find("many of them"), 1)
        page.start_visual()
        assert page.selected_text == "many of them"


async def test_dragging_selects_the_same_passage_as_the_keys() -> None:
    async with opened(size=(80, 24)) as (page, app, pilot):
        left = page.left
        row = next(y for y, line in enumerate(screen(page)) if "Paragraph 0" in line)
        await pilot.mouse_down(page, offset=(left, row))
        await pilot.hover(page, offset=(left + 8, row))
        await pilot.hover(page, offset=(left + 8, row + 2))
        assert page.mode == "visual"
        assert page.selection == Span(0, LONG.index("Paragraph 1") + 9)
        await pilot.mouse_up(page, offset=(left + 8, row + 2))
        assert page.selection is not None
        page.scroll_lines(3)
        assert page.selection == Span(0, LONG.index("Paragraph 1") + 9)
        assert not any(isinstance(message, ArticlePage.LinkActivated) for message in app.heard)


async def test_spaced_lines_keep_place_caret_and_mouse_right() -> None:
    """With an empty line between the lines the same words stay on top, and every offset is where it is shown."""
    async with opened(size=(44, 24)) as (page, _, pilot):
        page.to_offset(LONG.index("Paragraph 50"))
        position, column = page.position, page.column
        page.set_spaced(True)
        assert page.position == position
        rows = [line for _, line in page.visible_lines]
        assert rows[1].has_source != rows[2].has_source
        page.set_column(column - 20)
        assert page.position == position
        page.select(Span(position, position + 9))
        page.move("j")
        assert page.selected_text == LONG[position : position + len(page.selected_text)]
        lower = page._flow_now.place(page.caret or 0)
        assert page._flow_now.distance(page._flow_now.place(position), lower) == 2
        page.clear_selection()
        between = next(
            y for y, (_, line) in enumerate(page.visible_lines) if not line.has_source and line.end > 0
        )
        await pilot.mouse_down(page, offset=(page.left + 4, between))
        await pilot.hover(page, offset=(page.left + 9, between))
        above = page.visible_lines[between - 1][1]
        assert page.selection == Span(above.start + 4, above.start + 10)
        await pilot.mouse_up(page, offset=(page.left + 9, between))
        page.end()
        assert page.at_end
        page.set_spaced(False)
        assert page.at_end


async def test_a_double_click_selects_a_word_and_a_triple_click_its_paragraph() -> None:
    async with opened() as (page, _, pilot):
        row = next(y for y, line in enumerate(screen(page)) if "Paragraph 0" in line)
        await pilot.double_click(page, offset=(page.left + 13, row))
        assert page.selected_text == "begins"
        await pilot.triple_click(page, offset=(page.left + 13, row))
        assert page.selected_text == LONG.split("\n\n")[0]


async def test_a_click_with_shift_extends_the_selection() -> None:
    async with opened() as (page, _, pilot):
        row = next(y for y, line in enumerate(screen(page)) if "Paragraph 0" in line)
        await pilot.double_click(page, offset=(page.left + 13, row))
        await pilot.click(page, offset=(page.left + 8, row + 2), shift=True)
        assert page.selected_text == f"begins{LONG[18 : LONG.index('Paragraph 1') + 9]}"
        await pilot.click(page, offset=(page.left, row), shift=True)
        assert page.selected_text == "Paragraph 0 b"
        page.clear_selection()
        await pilot.click(page, offset=(page.left + 12, row))
        await pilot.click(page, offset=(page.left + 17, row), shift=True)
        assert page.selected_text == "begins"


async def test_a_drag_over_either_edge_scrolls_and_goes_on_selecting() -> None:
    """The page begins where the screen does, so above it there is no row to drag to: its first row counts."""
    async with opened(position=LONG.index("Paragraph 90")) as (page, _, pilot):
        place = page.position
        await pilot.mouse_down(page, offset=(page.left, 6))
        await pilot.hover(page, offset=(page.left, 0))
        page._drag()
        assert page.position < place
        assert page.selection is not None
        assert page.selection.start < place
        place = page.position
        for _ in range(9):
            await pilot.hover(page, offset=(page.left + 3, 23))
            page._drag()
        assert page.position > place
        await pilot.mouse_up(page, offset=(page.left + 3, 23))
        assert page._drag_timer is None
        assert page.mode == "visual"
        assert page.visible_span.contains(page.selection.end)


async def test_what_the_mouse_selects_is_what_keys_go_on_with() -> None:
    async with opened() as (page, _, pilot):
        row = next(y for y, line in enumerate(screen(page)) if "Paragraph 0" in line)
        await pilot.double_click(page, offset=(page.left + 1, row))
        page.move("e", 2)
        assert page.selected_text == "Paragraph 0 begins"
        page.clear_selection()
        assert page.last_selection == Span(0, 18)
        assert page.reselect()
        assert page.selected_text == "Paragraph 0 begins"


async def test_a_click_follows_a_link_or_opens_a_highlight() -> None:
    document = every_kind()
    mark = highlight(document, "noon whistle", note="why")
    async with opened(article(document), [mark]) as (page, app, pilot):
        rows = screen(page)
        row = next(y for y, line in enumerate(rows) if "ledger" in line)
        await pilot.click(page, offset=(rows[row].index("ledger") + 2, row))
        await pilot.click(
            page, offset=(page.left + 5, next(y for y, line in enumerate(rows) if "noon whistle “" in line))
        )
        await pilot.pause()
        links = [message.href for message in app.heard if isinstance(message, ArticlePage.LinkActivated)]
        marks = [
            message.highlight for message in app.heard if isinstance(message, ArticlePage.HighlightActivated)
        ]
        assert (links, marks) == (["https://example.org/ledger"], [mark])


async def test_the_wheel_scrolls_three_lines() -> None:
    async with opened() as (page, _, pilot):
        before = screen(page)
        await pilot._post_mouse_events([events.MouseScrollDown], page, button=0)
        assert screen(page)[0] == before[3]


async def test_highlights_are_painted_and_taken_away() -> None:
    document = Document.plain(LONG)
    async with opened(article(document)) as (page, _, _):
        page.set_highlights([highlight(document, "Paragraph 0", "green")])
        row = next(line for line in screen(page) if "Paragraph 0" in line)
        assert row.strip().startswith("g▎ Paragraph 0")
        assert page.highlight_at(3) is not None
        page.set_highlights([])
        assert "g▎" not in "\n".join(screen(page))


async def test_code_is_coloured_when_its_lexer_has_been_loaded() -> None:
    async with opened(article(), size=(80, 50)) as (page, app, pilot):
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert DARK.code["keyword"] in str([page.row(y)._segments for y in range(page.size.height)])


async def test_the_theme_of_the_app_gives_the_palette() -> None:
    async with opened() as (page, app, pilot):
        assert DARK.page in str(page.row(0)._segments)
        app.theme = LIGHT.name
        await pilot.pause()
        assert LIGHT.page in str(page.row(0)._segments)


async def test_without_colour_the_page_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened() as (page, _, _):
        assert "#" not in str([segment.style for y in range(20) for segment in page.row(y)])


async def test_the_set_aside_tail_is_shown_below_the_end_on_demand() -> None:
    async with opened(article(Document.plain("Short."), tail="Comments are closed.")) as (page, _, _):
        assert page.has_tail
        assert "Comments are closed." not in "\n".join(screen(page))
        page.show_tail(True)
        assert "Comments are closed." in "\n".join(screen(page))
        assert "Comments" not in page.document.text


async def test_a_changed_summary_changes_the_header_and_keeps_the_place() -> None:
    offset = LONG.index("Paragraph 50")
    async with opened(position=offset) as (page, _, _):
        page.set_summary(article(title="Another title " * 30, tags=()).summary)
        assert page.position == offset
        page.top()
        assert "Another title" in "\n".join(screen(page))


@pytest.mark.parametrize("size", [(40, 15), (10, 3), (3, 1), (1, 1)])
async def test_tiny_terminals_do_no_harm(size: tuple[int, int]) -> None:
    async with opened(article(), size=size) as (page, _, pilot):
        for act in (page.page_down, page.end, page.start_sentence, page.cancel, page.start_visual):
            act()
        page.move("j", 9)
        await pilot.pause()
        assert len(screen(page)) == size[1]


@pytest.mark.parametrize("text", ["", "One word", "\u200d", "日本語"])
async def test_small_and_empty_articles_can_do_all_that_others_can(text: str) -> None:
    async with opened(text) as (page, _, pilot):
        for act in (page.page_down, page.end, page.top, page.start_sentence, page.next_sentence, page.grow, page.cancel,
                    page.start_visual, page.swap_ends, page.select_paragraphs, page.cancel, page.cancel,
                    page.reselect):  # fmt: skip
            act()
            await pilot.pause()
        for steps in (1, -1):
            page.paragraph(steps)
            page.sentence(steps)
            page.heading(steps)
            assert page.highlight(steps) is None
            assert page.link(steps) is None
        page.start_visual()
        for motion in ("h", "j", "k", "l", "w", "b", "e", "0", "^", "$", "(", ")", "{", "}", "gg", "G"):
            page.move(motion, 2)
        assert page.at_end
