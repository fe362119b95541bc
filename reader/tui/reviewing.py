"""Passages that were not found with certainty: going through them, saying yes or no, attaching them by hand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from reader.domain.anchor import anchor_of
from reader.domain.highlight import Highlight, HighlightId
from reader.tui.keys import Pressed
from reader.tui.widgets.bar import clipped

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen

FRAME = 8  # cells of a status line that say nothing
LEAST_WORDS = 8  # cells of old and of new words in what is said
DECIDE = "R accept · X refuse"
SELECT = "select the right words, R attaches them"


class Reviewing:
    """One passage at a time waits for its place. It waits until it has one or is let go of, so that a reader may
    go wherever the right words are."""

    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen
        self._waits: HighlightId | None = None

    # -- who waits -------------------------------------------------------------------------------------
    @property
    def waiting(self) -> Highlight | None:
        """The passage that waits, as it is painted now."""
        if self._waits is None:
            return None
        return next((one for one in self._screen.passages.all if one.id == self._waits), None)

    def wait_for(self, highlight: HighlightId) -> None:
        """Let *highlight* wait for its place; it may be one of an article that is still being fetched."""
        self._waits = highlight

    def show(self, highlight: Highlight) -> None:
        """Let *highlight* wait for its place, and light the words that are offered to it; with none to light,
        Enter is free to light a sentence instead."""
        self._waits = highlight.id
        page, span = self._screen.page, highlight.placement.span
        if span is not None:
            with self._screen.jumping.leap():
                page.to_offset(span.start, where="nearest")
        page.light(highlight if span is not None and highlight.placement.status == "review" else None)

    def let_go(self) -> bool:
        """Let nothing wait any more; whether something did."""
        waited = self.waiting is not None
        self._waits = None
        if waited:
            self._screen.page.light(None)
        return waited

    def follow(self) -> None:
        """Say what the waiting passage waits for, as long as nothing else is said."""
        waiting = self.waiting
        if waiting is None:
            return
        if waiting.placement.status == "anchored":
            self._waits = None
        elif self._screen.mode == "article" and not self._screen.status.message:
            self._screen.say(self._told(waiting))

    def _told(self, highlight: Highlight) -> str:
        article, span = self._screen.article, highlight.placement.span
        status = self._screen.status
        room = self._screen.size.width - len(status.place) - len(status.position) - FRAME
        old = " ".join(highlight.anchor.exact.split())
        if article is None or span is None or highlight.placement.status != "review":
            said = "no place" if span is None else "taken out"
            ways = ("",) if self._screen.has_no_text else (f" · {SELECT}", " · select, then R", "")
            return fitted(f"{said}: ", (old,), ways, room)
        new = " ".join(article.document.slice(span).split())
        return fitted(
            "to review: ", (old, new), (f" · {DECIDE} · select words, R moves it", f" · {DECIDE}", ""), room
        )

    # -- going through them ----------------------------------------------------------------------------
    def do_article_next_review(self, press: Pressed) -> None:
        self._step(press.count or 1)

    def do_article_previous_review(self, press: Pressed) -> None:
        self._step(-(press.count or 1))

    def _step(self, steps: int) -> None:
        doubtful = self._screen.passages.doubtful
        waiting = self.waiting
        if waiting in doubtful:
            place = doubtful.index(waiting) + steps
        else:
            top = self._screen.page.visible_span.start
            before = bisect_left(doubtful, (False, top), key=_order)
            place = before + steps - (steps > 0)
        if 0 <= place < len(doubtful):
            self.show(doubtful[place])
        elif doubtful:
            self._screen.say("No passage to review " + ("below" if steps > 0 else "above"))
        else:
            self._screen.say("Every highlight has its place")

    # -- yes, no, and where ----------------------------------------------------------------------------
    def do_article_accept(self, press: Pressed) -> None:
        """``R``: yes, it is there. A passage without a proposal is left waiting for words to be selected."""
        highlight, article = self._waiting_or_lit, self._screen.article
        if highlight is None or article is None:
            self._screen.say("No passage to review is lit · ]r lights one")
            return
        span = highlight.placement.span
        anchor = anchor_of(article.document, span) if span is not None else None
        if highlight.placement.status == "anchored":
            self._screen.say("It has its place · select other words, R moves it there")
        elif anchor is None:
            self.show(highlight)
            self._screen.say(f"{SELECT[:1].upper()}{SELECT[1:]}")
        else:
            self._screen.passages.accept(highlight, anchor)
            self._waits = None

    def do_article_refuse(self, press: Pressed) -> None:
        """``X``: no, it is not there. The highlight stays, with its note, among those without a place."""
        highlight = self._waiting_or_lit
        if highlight is None or highlight.placement.status == "anchored":
            self._screen.say("No passage to review is lit · ]r lights one")
        elif highlight.placement.status == "orphan":
            self._screen.say(f"It has no place · {SELECT}")
        else:
            self._screen.page.light(None)
            self._screen.passages.refuse(highlight)
            self._waits = None

    def do_selection_reattach(self, press: Pressed) -> None:
        """Attach what waits, or the highlight that is lit, to the words that are selected."""
        screen = self._screen
        highlight, article, selection = self._waiting_or_lit, screen.article, screen.page.selection
        if highlight is None:
            screen.say("No passage waits for its place · ]r or ]h lights one")
            return
        anchor = (
            anchor_of(article.document, selection) if article is not None and selection is not None else None
        )
        if anchor is None:
            screen.say("Nothing is selected")
            return
        same = screen.passages.at(anchor)
        if same is not None and same.id != highlight.id:
            screen.say("Another highlight has these very words")
            return
        screen.page.clear_selection()
        self._waits = None
        screen.passages.attach(highlight, anchor, "attached to these words · u undo")
        screen.page.light(screen.passages.now(highlight))

    @property
    def aimed_at(self) -> Highlight | None:
        """What keys for a highlight act on while reading: the lit one, else the one that waits."""
        lit = self._screen.page.lit
        return (self._screen.passages.now(lit) if isinstance(lit, Highlight) else None) or self.waiting

    @property
    def _waiting_or_lit(self) -> Highlight | None:
        """What is to have a place: another highlight that was lit meanwhile does not take it over."""
        return self.waiting or self.aimed_at


def fitted(lead: str, words: Sequence[str], endings: Sequence[str], room: int) -> str:
    """*lead*, *words* from old to new, and the longest of *endings* beside which the words are whole; with the
    last one they are cut, the beginning that old and new have in common first."""
    for ending in endings:
        said = f"{lead}{_quoted(words)}{ending}"
        if cell_len(said) <= room:
            return said
    return f"{lead}{_quoted(_shortened(words, room - cell_len(lead)))}{endings[-1]}"


def _quoted(words: Sequence[str]) -> str:
    return " → ".join(f"“{some}”" for some in words)


def _shortened(words: Sequence[str], room: int) -> list[str]:
    pairs = zip(words[0], words[-1], strict=False)
    same = next((place for place, (old, new) in enumerate(pairs) if old != new), 0)
    start = words[0].rfind(" ", 0, same) + 1
    cells = max(LEAST_WORDS, (room - 5 * len(words)) // len(words))
    return [clipped(f"…{some[start:]}" if start else some, cells) for some in words]


def _order(highlight: Highlight) -> tuple[bool, int]:
    span = highlight.placement.span
    return span is None, span.start if span is not None else 0
