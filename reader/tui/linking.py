"""Links: lit one after the other, chosen by a letter, followed to wherever they lead."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag

from reader.domain.article import ArticleId
from reader.domain.document import Mark, Span
from reader.domain.text import clean_line
from reader.tui.copying import copy
from reader.tui.jumping import Place
from reader.tui.keys import Pressed
from reader.tui.links import RefusedError, checked, mail_address, open_link

if TYPE_CHECKING:
    from reader.storage.library import Library
    from reader.tui.screens.article import ArticleScreen

GLIMPSE = 200  # code points of a note that the status line may show


class Linking:
    """A link leads to a place in the article, to another article of the library, or out of the terminal."""

    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen
        self._came_from: tuple[Place, Mark | None] | None = None

    # -- one after the other ---------------------------------------------------------------------------
    def do_article_next_link(self, press: Pressed) -> None:
        self._step(press.count or 1)

    def do_article_previous_link(self, press: Pressed) -> None:
        self._step(-(press.count or 1))

    def _step(self, steps: int) -> None:
        screen = self._screen
        with screen.jumping.leap():
            link = screen.page.link(steps)
        if link is not None:
            self._tell(link)
        elif any(mark.kind == "link" for mark in screen.page.document.marks):
            screen.say("No link " + ("below" if steps > 0 else "above"))
        else:
            screen.say("This article has no links")

    def _tell(self, link: Mark) -> None:
        """Where *link* leads: the beginning of the note, the article's title, or the host."""
        document = self._screen.page.document
        if (target := document.targets.get(link.href)) is not None:
            self._screen.say(f"→ {clean_line(document.slice(target)[:GLIMPSE])}")
        else:
            self._screen.say(destination(link.href))
            self._screen.start(partial(self._tell_stored, link), group="link")

    async def _tell_stored(self, link: Mark) -> None:
        stored = await self._screen.lane.read(lambda library: library.articles.at_address(link.href))
        if stored is not None and self._screen.page.lit == link:
            self._screen.say(f"in your library: {stored.title}")

    # -- by a letter -----------------------------------------------------------------------------------
    def do_article_follow(self, press: Pressed) -> None:
        self._choose(self._follow, "FOLLOW LINK")

    def do_article_link_browser(self, press: Pressed) -> None:
        if self._screen.is_link:
            self._screen.refreshing.do_fetch(press)
            return
        self._choose(lambda link: open_link(self._screen.reader, self._outside(link.href)), "LINK IN BROWSER")

    def do_article_copy_link_address(self, press: Pressed) -> None:
        self._choose(self._copy, "COPY LINK")

    def _choose(self, chosen: Callable[[Mark], None], said: str) -> None:
        """Label the links on screen, each where its first words are seen, and do *chosen* with one of them."""
        screen = self._screen
        visible = screen.page.visible_span
        seen = {
            Span(max(mark.span.start, visible.start), mark.span.end): mark
            for mark in screen.page.document.marks
            if mark.kind == "link" and mark.span.overlaps(visible)
        }
        if seen:
            screen.labelling.ask(
                tuple(seen),
                lambda span: chosen(seen[span]),
                said=said,
                anew=lambda: self._choose(chosen, said),
            )
        else:
            screen.say("No link is on screen · ]l goes to the next")

    def _copy(self, link: Mark) -> None:
        address = self._outside(link.href)
        if address is None:
            self._screen.say("This link leads to a place in the article, which has no address")
        else:
            copy(self._screen, mail_address(address) or address, "the link's address")

    def _outside(self, href: str) -> str | None:
        """*href* as anyone may use it; for a place in the article that of its page, if it is known."""
        if not href.startswith("#"):
            return href
        url = self._screen.article.summary.url if self._screen.article is not None else None
        return urldefrag(url)[0] + href if url else None

    # -- following -------------------------------------------------------------------------------------
    def act_on(self, lit: Mark) -> None:
        """Enter on a lit link follows it; on the note that a link led to, it goes back to the link."""
        if lit.kind == "target":
            self._go_back()
        else:
            self._follow(lit)

    def follow(self, href: str) -> None:
        """Go where a link to *href* leads: in this article, to one of the library, or to the browser."""
        link = next((mark for mark in self._screen.page.document.marks if _links_to(mark, href)), None)
        self._follow(link or Mark("link", Span(0, 0), href))

    def _follow(self, link: Mark) -> None:
        if link.href.startswith("#"):
            self._go_inside(link)
        else:
            self._screen.start(partial(self._go_outside, link.href), group="link")

    def _go_inside(self, link: Mark) -> None:
        screen, document = self._screen, self._screen.page.document
        target = document.targets.get(link.href)
        if target is None:
            screen.say("The place that this link leads to is not in the text")
            return
        self._came_from = screen.jumping.here, link if link in document.marks else None
        is_heading = document.blocks[document.block_at(target.start)].kind == "heading"
        with screen.jumping.leap():
            if is_heading or not screen.page.visible_text_offset(target.start):
                screen.page.to_offset(target.start, "top" if is_heading else "middle")
        screen.page.light(Mark("target", target, link.href))
        screen.say("Enter or ^o goes back to the link")

    def _go_back(self) -> None:
        if self._came_from is None or self._came_from[0].article != self._screen.article_id:
            self._screen.jumping.back()
            return
        place, link = self._came_from
        self._screen.jumping.return_to(place)
        self._screen.page.light(link)

    async def _go_outside(self, href: str) -> None:
        screen = self._screen
        found = await screen.lane.read(lambda library: stored_place(library, href))
        if found is None:
            open_link(screen.reader, href)
        elif found[0] != screen.article_id:
            screen.jumping.open(*found)
        else:
            screen.jumping.jump(found[1] or 0)


def stored_place(library: Library, href: str) -> tuple[ArticleId, int | None] | None:
    """The article of the library that *href* is the address of, and where in it ``#fragment`` is, if that is known."""
    stored = library.articles.at_address(href)
    if stored is None:
        return None
    fragment = unquote(urldefrag(href)[1])
    target = library.articles.get(stored.id).document.targets.get(f"#{fragment}") if fragment else None
    return stored.id, target.start if target is not None else None


def destination(href: str) -> str:
    """Where *href* leads, in a few words: the host, or whom a mail would go to."""
    try:
        return mail_address(href) or checked(href)
    except RefusedError as refusal:
        return str(refusal)


def _links_to(mark: Mark, href: str) -> bool:
    return mark.kind == "link" and mark.href == href
