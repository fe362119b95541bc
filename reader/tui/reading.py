"""Moving about an article: lines, pages, sentences, headings, highlights; and its text in the user's editor."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.domain.article import Article
from reader.tui.keys import Pressed
from reader.tui.widgets.bar import clipped

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen
    from reader.tui.widgets.page import ArticlePage

GLIMPSE = 30  # cells of a sentence in the status line
NO_HEADINGS = "This article has no headings"


class Reading:
    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen

    @property
    def _page(self) -> ArticlePage:
        return self._screen.page

    def do_article_page_down(self, press: Pressed) -> None:
        """A page on; from the end, to the next unread article."""
        if self._page.at_end:
            self._screen.trail.go_to_unread()
        else:
            self._page.page_down(press.count or 1)

    def do_article_page_up(self, press: Pressed) -> None:
        self._page.page_up(press.count or 1)

    def do_article_down(self, press: Pressed) -> None:
        self._page.scroll_lines(press.count or 1)

    def do_article_up(self, press: Pressed) -> None:
        self._page.scroll_lines(-(press.count or 1))

    def do_article_half_down(self, press: Pressed) -> None:
        for _ in range(min(press.count or 1, 1000)):
            self._page.half_page(1)

    def do_article_half_up(self, press: Pressed) -> None:
        for _ in range(min(press.count or 1, 1000)):
            self._page.half_page(-1)

    def do_article_top(self, press: Pressed) -> None:
        with self._screen.jumping.leap():
            self._page.top()

    def do_article_end(self, press: Pressed) -> None:
        with self._screen.jumping.leap():
            self._page.end()

    def do_article_percent(self, press: Pressed) -> None:
        if press.count is None:
            self._screen.say("Type a number first: 50% goes to the middle")
            return
        with self._screen.jumping.leap():
            self._page.to_percent(press.count)

    def do_article_next_heading(self, press: Pressed) -> None:
        self._to_heading(press.count or 1)

    def do_article_previous_heading(self, press: Pressed) -> None:
        self._to_heading(-(press.count or 1))

    def _to_heading(self, steps: int) -> None:
        if not self._page.outline():
            self._screen.say(NO_HEADINGS)
            return
        with self._screen.jumping.leap():
            moved = self._page.heading(steps)
        if not moved:
            self._screen.say("No heading " + ("below" if steps > 0 else "above"))

    def do_article_next_paragraph(self, press: Pressed) -> None:
        self._page.paragraph(press.count or 1)

    def do_article_previous_paragraph(self, press: Pressed) -> None:
        self._page.paragraph(-(press.count or 1))

    def do_article_next_sentence(self, press: Pressed) -> None:
        self._to_sentence(press.count or 1)

    def do_article_previous_sentence(self, press: Pressed) -> None:
        self._to_sentence(-(press.count or 1))

    def _to_sentence(self, steps: int) -> None:
        """One that the page cannot put on top is told, so that one knows what Enter would light."""
        if not self._page.sentence(steps):
            self._screen.say("No sentence " + ("below" if steps > 0 else "above"))
        elif (there := self._page.stepped_to) is not None:
            words = " ".join(self._page.document.slice(there).split())
            self._screen.say(f"“{clipped(words, GLIMPSE)}” · Enter lights it")

    def do_article_next_highlight(self, press: Pressed) -> None:
        self._to_highlight(press.count or 1)

    def do_article_previous_highlight(self, press: Pressed) -> None:
        self._to_highlight(-(press.count or 1))

    def _to_highlight(self, steps: int) -> None:
        with self._screen.jumping.leap():
            found = self._page.highlight(steps)
        if found is not None:
            return
        if self._screen.passages.placed:
            self._screen.say("No highlight " + ("below" if steps > 0 else "above"))
        else:
            self._screen.say("No highlights yet · Enter lights a sentence, Enter again highlights it")

    # -- elsewhere -------------------------------------------------------------------------------------
    def do_article_editor(self, press: Pressed) -> None:
        if self._screen.article is not None:
            self._screen.start(partial(self._show_in_editor, self._screen.article), group="editor")

    async def _show_in_editor(self, article: Article) -> None:
        from reader.render.markdown import markdown
        from reader.tui.editor import EditorError, shown

        try:
            await shown(self._screen.reader, markdown(article), name="article.md")
        except EditorError as error:
            self._screen.reader.fail(error)
