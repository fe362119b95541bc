"""Links: by steps, by letters, into the library, to notes and back, and out to the browser."""

from __future__ import annotations

import webbrowser

import pytest

from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document, DocumentBuilder, Mark, Span
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.widgets.footer import CommandFooter
from tests.tui.driving import press, settle, status
from tests.tui.essays import OTHER_LINK, essay, place
from tests.tui.opened import LEDGER, reading


@pytest.fixture
def long(library: Library) -> ArticleId:
    return library.articles.add(essay()).id


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a browser was asked to show."""
    asked: list[str] = []

    class Browser:
        def open(self, url: str) -> bool:
            asked.append(url)
            return True

    monkeypatch.setattr(webbrowser, "get", lambda *_: Browser())
    return asked


def linked(text: str, *links: tuple[str, str]) -> Document:
    builder = DocumentBuilder()
    marks = [
        Mark("link", Span(text.index(words), text.index(words) + len(words)), href) for words, href in links
    ]
    builder.add("para", text, marks)
    return builder.build()


async def test_a_letter_opens_a_stored_article_inside_and_back_leads_to_the_link(
    app: ReaderApp, long: ArticleId, opened: list[str]
) -> None:
    async with reading(app, long, size=(80, 24)) as (pilot, screen):
        await press(pilot, "f")
        assert len(screen.page.labels) == 4
        assert status(app).mode == "FOLLOW LINK"
        await press(pilot, "a")
        assert screen.article_id == LEDGER
        assert not opened
        await press(pilot, "<c-o>")
        assert screen.article_id == long


async def test_any_other_link_goes_to_the_browser(app: ReaderApp, long: ArticleId, opened: list[str]) -> None:
    async with reading(app, long) as (pilot, screen):
        await press(pilot, "f", "s")
        assert opened == [OTHER_LINK]
        assert status(app).message == "other.example opened in the browser"
        await press(pilot, "F", "a")
        assert opened[1:] == ["https://www.example.org/ledger?utm_source=mail"]
        assert screen.article_id == long


async def test_a_link_in_the_trash_is_not_opened_inside(
    app: ReaderApp, library: Library, long: ArticleId, opened: list[str]
) -> None:
    library.articles.trash([LEDGER])
    async with reading(app, long) as (pilot, screen):
        await press(pilot, "f", "a")
        assert screen.article_id == long
        assert len(opened) == 1


async def test_the_address_is_copied(
    app: ReaderApp, long: ArticleId, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    monkeypatch.setattr(app, "copy_to_clipboard", copied.append)
    async with reading(app, long) as (pilot, _):
        await press(pilot, "y", "f", "s")
        await press(pilot, "y", "f", "d")
        assert copied == [OTHER_LINK, "https://essays.example/one#fn1"]
        assert status(app).message == "Copied: the link's address"


async def test_only_links_on_screen_have_letters_and_one_over_two_lines_has_one(
    app: ReaderApp, library: Library
) -> None:
    words = "a link that is so long that it goes on over the end of its line and into the next"
    text = f"Here is {words}, and then {'no more ' * 200} until another."
    article = library.articles.add(
        Draft("L", linked(text, (words, "https://e.org/1"), ("another", "https://e.org/2")))
    ).id
    async with reading(app, article, size=(50, 12)) as (pilot, screen):
        await press(pilot, "f")
        assert [span.start for span in screen.page.labels.values()] == [8]
        await press(pilot, "<escape>", "8", "j", "f")
        (span,) = screen.page.labels.values()
        assert screen.page.visible_span.start == span.start > 8
        await press(pilot, "<escape>", "G", "f")
        assert [text[span.start : span.end] for span in screen.page.labels.values()] == ["another"]


async def test_without_links_it_is_said(app: ReaderApp) -> None:
    async with reading(app, LEDGER) as (pilot, _):
        await press(pilot, "f")
        assert status(app).message == "No link is on screen · ]l goes to the next"
        await press(pilot, "]", "l")
        assert status(app).message == "This article has no links"


async def test_steps_light_a_link_and_say_where_it_leads(
    app: ReaderApp, long: ArticleId, opened: list[str]
) -> None:
    async with reading(app, long) as (pilot, screen):
        await press(pilot, "]", "l")
        assert status(app).message == "in your library: The Lighthouse Keeper's Ledger"
        assert ("Enter", "Follow") in screen.query_one(CommandFooter).keys
        await press(pilot, "]", "l")
        assert status(app).message == "other.example"
        await press(pilot, "]", "l")
        assert status(app).message == "→ The first note says where the noon came from. ↩"
        await press(pilot, "[", "l", "<enter>")
        assert opened == [OTHER_LINK]
        await press(pilot, "2", "[", "l")
        assert status(app).message == "No link above"


async def test_a_reference_leads_to_its_note_and_enter_leads_back(app: ReaderApp, long: ArticleId) -> None:
    async with reading(app, long, size=(80, 24)) as (pilot, screen):
        await press(pilot, "3", "]", "l", "<enter>")
        note = screen.page.lit
        assert isinstance(note, Mark)
        assert screen.page.document.slice(note.span).startswith("The first note")
        assert screen.page.visible_text_offset(note.span.start)
        assert status(app).message == "Enter or ^o goes back to the link"
        await press(pilot, "<enter>")
        assert screen.page.position == 0
        assert isinstance(screen.page.lit, Mark)
        assert screen.page.document.slice(screen.page.lit.span) == "¹"
        await press(pilot, "<c-o>")
        assert status(app).message == "No jump led here"


async def test_from_a_note_its_own_link_and_jumping_back_lead_to_the_reference(
    app: ReaderApp, long: ArticleId
) -> None:
    async with reading(app, long, size=(80, 24)) as (pilot, screen):
        await press(pilot, "f", "d")
        assert screen.page.position > 0
        await press(pilot, "<c-o>")
        assert screen.page.position == 0
        await press(pilot, "f", "d", "f", "a")
        assert screen.page.visible_text_offset(0)
        assert screen.page.document.slice(screen.page.lit.span) == "¹"  # type: ignore[union-attr]


async def test_a_note_that_is_on_screen_is_lit_where_it_is(app: ReaderApp, library: Library) -> None:
    builder = DocumentBuilder()
    builder.add("para", "See¹.", [Mark("link", Span(3, 4), "#n")])
    builder.add("item", "The note.", [Mark("target", Span(0, 9), "#n")], marker="1.")
    article = library.articles.add(Draft("N", builder.build())).id
    async with reading(app, article) as (pilot, screen):
        await press(pilot, "f", "a")
        assert screen.page.lit == Mark("target", Span(7, 16), "#n")
        await press(pilot, "<enter>")
        assert screen.page.lit == Mark("link", Span(3, 4), "#n")
        await press(pilot, "y", "f", "a")
        assert "has no address" in status(app).message


@pytest.mark.parametrize(
    ("href", "said"),
    [
        ("mailto:ann@example.org", "A mail address: ann@example.org"),
        ("#gone", "The place that this link leads to is not in the text"),
    ],
)
async def test_what_no_browser_shows_is_told(
    app: ReaderApp, library: Library, opened: list[str], href: str, said: str
) -> None:
    article = library.articles.add(Draft("M", linked("Write to us.", ("us", href)))).id
    async with reading(app, article) as (pilot, screen):
        await press(pilot, "f", "a")
        assert status(app).message == said
        await press(pilot, "F", "a")
        assert opened == []
        screen.follow(href)
        await settle(pilot)
        assert status(app).message == said


async def test_a_link_to_a_place_of_a_stored_article_opens_there(
    app: ReaderApp, library: Library, long: ArticleId
) -> None:
    document = linked("Read the note.", ("the note", "https://essays.example/one#fn1"))
    article = library.articles.add(Draft("From", document)).id
    async with reading(app, article, size=(80, 24)) as (pilot, screen):
        await press(pilot, "f", "a")
        assert screen.article_id == long
        assert screen.page.visible_text_offset(place(screen.page.document, "The first note"))


async def test_a_link_to_the_article_itself_goes_to_its_beginning(
    app: ReaderApp, library: Library, opened: list[str]
) -> None:
    document = linked("Home. " + "Words. " * 900 + "Home again.", ("Home again", "https://e.org/self"))
    article = library.articles.add(Draft("Self", document, url="https://e.org/self")).id
    async with reading(app, article, size=(80, 24)) as (pilot, screen):
        await press(pilot, "G", "f", "a")
        assert screen.page.position == 0
        assert not opened


async def test_beside_the_trail_the_way_goes_on_from_where_one_left_it(
    app: ReaderApp, library: Library
) -> None:
    """A link leads to an article that is not in the view one came from."""
    target = library.articles.add(Draft("Beside", Document.plain("Short."), url="https://e.org/beside")).id
    start = library.articles.add(Draft("Start", linked("Go beside.", ("beside", "https://e.org/beside")))).id
    async with reading(app, start, trail=[start, LEDGER]) as (pilot, screen):
        await press(pilot, "f", "a")
        assert screen.article_id == target
        assert "^o back to the link" in screen.trail.end_line
        await press(pilot, "a")
        assert screen.article_id == start
        assert library.articles.summary(target).archived
        await press(pilot, "f", "a", "J")
        assert screen.article_id == LEDGER
