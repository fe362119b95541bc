"""What is like an article, or like some words."""

from __future__ import annotations

import pytest

from reader.domain.anchor import anchor_of, occurrences
from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.screens.article import ArticleScreen
from reader.tui.screens.related import RelatedScreen
from reader.tui.widgets.hit_list import HitList
from tests.tui.driving import library_screen, lit, press, status, titles
from tests.tui.opened import LEDGER, reading

STORM = (
    "The keeper of the lighthouse kept a ledger of storms. Every winter he counted ships.\n\n"
    "A ledger is a promise that somebody will read it."
)


@pytest.fixture
def kin(library: Library) -> ArticleId:
    """An article like the ledger's, with a passage marked."""
    kin = library.articles.add(Draft("A Promise of Storms", Document.plain(STORM), site="The Harbour")).id
    document = library.articles.get(kin).document
    anchor = anchor_of(document, occurrences(document, "A ledger is a promise")[0])
    assert anchor is not None
    library.highlights.add(kin, anchor, note="winter reading")
    return kin


def lines_of(app: ReaderApp, count: int) -> str:
    hits = app.screen.query_one(HitList)
    return "\n".join(hits.row(line).text for line in range(count))


async def test_articles_like_the_one_under_the_cursor_say_what_they_share(
    kin: ArticleId, app: ReaderApp
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "g", "m")
        assert isinstance(app.screen, RelatedScreen)
        assert status(app).place == "Like “A Promise of Storms”"
        assert titles(app)[0] == "The Lighthouse Keeper's Ledger"
        assert "in both: ledger" in lines_of(app, 2)
        assert "lighthouse" in lines_of(app, 2)
        await press(pilot, "q")
        assert app.screen is library_screen(app)
        assert lit(app) == "A Promise of Storms"


async def test_from_an_article_to_one_like_it_and_back(app: ReaderApp, kin: ArticleId) -> None:
    async with reading(app) as (pilot, screen):
        await press(pilot, "g", "m")
        assert titles(app)[0] == "A Promise of Storms"
        await press(pilot, "<enter>")
        assert isinstance(app.screen, ArticleScreen)
        assert app.screen.article_id == kin
        await press(pilot, "<c-o>")
        assert isinstance(app.screen, RelatedScreen)
        await press(pilot, "<c-o>")
        assert app.screen is screen
        assert screen.article_id == LEDGER


async def test_words_lead_to_passages_of_other_articles_that_are_like_them(
    app: ReaderApp, kin: ArticleId
) -> None:
    async with reading(app) as (pilot, _):
        await press(pilot, "/", *"the ledger has", "<enter>", "v", "g", "m")
        assert isinstance(app.screen, RelatedScreen)
        assert titles(app) == ["A Promise of Storms"]
        assert "▎ A ledger is a promise" in lines_of(app, 2)
        await press(pilot, "<enter>")
        assert isinstance(app.screen, ArticleScreen)
        assert app.screen.article_id == kin
        assert app.screen.page.lit is not None
        assert app.screen.page.lit.anchor.exact == "A ledger is a promise"  # type: ignore[union-attr]


async def test_a_lit_highlight_leads_to_passages_like_it(
    app: ReaderApp, library: Library, kin: ArticleId
) -> None:
    document = library.articles.get(LEDGER).document
    anchor = anchor_of(document, occurrences(document, "The ledger has a white page")[0])
    assert anchor is not None
    library.highlights.add(LEDGER, anchor)
    async with reading(app, kin, trail=(kin,)) as (pilot, _):
        await press(pilot, "]", "h", "g", "m")
        assert titles(app) == ["The Lighthouse Keeper's Ledger"]
        assert "The ledger has a white page" in lines_of(app, 2)


async def test_nothing_alike_says_so(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "3", "j", "g", "m")
        assert isinstance(app.screen, RelatedScreen)
        assert app.screen.empty.display
        await press(pilot, "<escape>")
        assert app.screen is library_screen(app)


async def test_related_articles_are_acted_on_where_they_are(
    kin: ArticleId, app: ReaderApp, library: Library
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "g", "m", "*", "s")
        assert library.articles.summary(LEDGER).starred
        await press(pilot, "g", "s")
        assert app.screen is library_screen(app)
        assert status(app).place == "Starred"
