"""A thousand highlights on one article: one of them changes, and only its lines are painted anew."""

from __future__ import annotations

import random
from typing import Any

import pytest

from reader.domain.anchor import anchor_of
from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document
from reader.domain.highlight import Highlight
from reader.domain.span import Span
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from tests.tui.driving import press, settle
from tests.tui.opened import reading

pytestmark = pytest.mark.slow


@pytest.fixture
def marked(library: Library) -> ArticleId:
    chance = random.Random(3)
    words = [
        "the",
        "sea",
        "had",
        "done",
        "what",
        "ships",
        "and",
        "weather",
        "of",
        "winter",
        "wrote",
        "evening",
    ]
    paragraphs = (" ".join(chance.choices(words, k=60)).capitalize() + "." for _ in range(800))
    article = library.articles.add(Draft("Long", Document.plain("\n\n".join(paragraphs)))).id
    document = library.articles.get(article).document
    starts = chance.sample(range(0, len(document.text) - 200), 1000)
    for start in starts:
        anchor = anchor_of(document, Span(start, start + chance.randint(20, 120)))
        assert anchor is not None
        library.highlights.add(article, anchor, note="why" if start % 3 else "")
    return article


@pytest.mark.parametrize("keys", [("H", "g"), (">",), ("g", "<"), ("d", "d")])
async def test_only_the_lines_of_the_highlight_are_painted(
    app: ReaderApp, marked: ArticleId, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(app, marked, size=(100, 40)) as (pilot, screen):
        await press(pilot, "g", "A", "2", "]", "h")
        assert isinstance(screen.page.lit, Highlight)
        painted: list[tuple[Any, ...]] = []
        refresh = screen.page.refresh
        monkeypatch.setattr(
            screen.page,
            "refresh",
            lambda *regions, **how: (painted.append(regions), refresh(*regions, **how))[1],
        )
        for token in keys:
            screen.press(token)
        assert painted
        assert all(0 < len(regions) <= 8 for regions in painted)
        await settle(pilot)


async def test_the_notes_follow_the_scroll(app: ReaderApp, marked: ArticleId) -> None:
    async with reading(app, marked, size=(120, 40)) as (pilot, screen):
        await press(pilot, "g", "A", "5", "0", "%")
        here = [
            one
            for one in screen.passages.placed
            if one.placement.span and one.placement.span.overlaps(screen.page.visible_span)
        ]
        assert here
        panel = screen.panel
        shown = {panel._lines[panel.scroll_offset.y + y].highlight for y in range(panel.size.height)}
        assert here[0] in shown
