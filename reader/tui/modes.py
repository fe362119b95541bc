"""The modes of the article screen: which one is on, what waits for a key, and giving up one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.document import Mark
from reader.domain.highlight import Highlight
from reader.tui.keys import Pressed

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen

MODE_OF = {"reading": "article", "sentence": "sentence", "visual": "visual", "caret": "visual"}


class Modes:
    """A mode is the page's, unless an operator or labels wait for a key."""

    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen

    def follow(self) -> None:
        """Take over mode, position and what is lit from the page."""
        screen = self._screen
        screen.mode = "operator" if screen.operating.is_waiting else MODE_OF[screen.page.mode]
        screen.status.mode = (
            screen.labelling.described or screen.operating.described or screen.choosing.described
        )
        screen.status.position = screen.progress.described
        lit = screen.page.lit
        screen.panel.lit = lit if isinstance(lit, Highlight) else screen.reviewing.waiting
        screen.panel.follow(screen.page.visible_span)
        screen.looks.follow_mode()
        screen.teaching.follow()
        screen.reviewing.follow()

    # -- what waits for a key --------------------------------------------------------------------------
    def takes(self, token: str) -> bool:
        """Take one press that is meant for labels."""
        labelling = self._screen.labelling
        if not labelling.is_asking or token == "<c-c>":
            return False
        self._screen.reader.pressed()
        return labelling.takes(token)

    def refuses(self, keys: tuple[str, ...]) -> bool:
        """Tell that an operator has no use for *keys*; whether one waited for them."""
        waited = self._screen.operating.is_waiting
        if waited:
            self._screen.operating.refuse(keys)
        return waited

    def wait_no_more(self) -> None:
        """Nothing waits for a key any more."""
        self._screen.forget_pending()
        self._screen.labelling.cancel()
        self._screen.operating.cancel()

    def text_changed(self) -> None:
        """What waited meant places of a text that is another now. Labels are put on the new one: their letters would
        be commands without them."""
        if self._screen.operating.cancel():
            self._screen.forget_pending()
        self._screen.labelling.renew()
        self._screen.finding.forget_question()

    def relaid(self) -> None:
        """Other places are on screen: labels go to them, and where an operator begins stays in sight."""
        start = self._screen.operating.start
        if start is not None:
            self._screen.page.to_offset(start, "nearest")
        elif self._screen.labelling.is_asking:
            self._screen.labelling.renew()
            self._screen.follow_page()

    # -- giving up -------------------------------------------------------------------------------------
    def let_go(self) -> bool:
        """Give up one thing that is lit or selected; whether there was one."""
        screen = self._screen
        if screen.labelling.cancel() or screen.operating.cancel():
            return True
        if screen.page.mode == "reading" and screen.reviewing.let_go():
            return True
        return screen.page.cancel() or screen.finding.let_go() or screen.looks.hide_notes()

    def do_article_let_go(self, press: Pressed) -> None:
        if self._screen.article is None or not self.let_go():
            self._screen.go_back()

    # -- Enter -----------------------------------------------------------------------------------------
    def do_article_select(self, press: Pressed) -> None:
        """Enter acts on what is lit; with nothing lit it lights a sentence."""
        screen = self._screen
        lit = screen.page.lit
        if isinstance(lit, Highlight):
            screen.annotating.write_note(lit)
        elif isinstance(lit, Mark):
            screen.linking.act_on(lit)
        elif match := screen.finding.lit_match:
            screen.page.select(match)
        else:
            screen.choosing.light_sentence()
