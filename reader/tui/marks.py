"""Marks: places in an article under a letter, kept with it until the letter is used again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from reader.commands import MARKS
from reader.domain.anchor import anchor_of, locate
from reader.domain.article import ArticleId
from reader.domain.document import Document, Span
from reader.domain.highlight import Anchor
from reader.tui.keys import Pressed
from reader.tui.opening import keep_setting, setting

if TYPE_CHECKING:
    from reader.storage.library import Library
    from reader.tui.screens.article import ArticleScreen

WORDS = 80  # code points by which a place is found again in another version of the text


def kept_marks(library: Library, article: ArticleId) -> dict[str, Anchor]:
    """The marks of *article*, by letter; what cannot be read is left out."""
    kept = setting(library, f"marks:{article}")
    if not isinstance(kept, Mapping):
        return {}
    made = {letter: _anchor(value) for letter, value in kept.items() if letter in MARKS}
    return {letter: anchor for letter, anchor in made.items() if anchor is not None}


def _anchor(value: Any) -> Anchor | None:
    try:
        start, end = value["span"]
        words = [value[name] for name in ("exact", "prefix", "suffix", "text_hash")]
    except (KeyError, TypeError, ValueError):
        return None
    fits = isinstance(start, int) and isinstance(end, int) and all(isinstance(word, str) for word in words)
    return Anchor(Span(start, end), *words) if fits else None


def place_of(document: Document, anchor: Anchor) -> int:
    """Where a mark is in *document*: at its words, or as near as its number tells."""
    span = locate(document, anchor).span
    return span.start if span is not None else max(0, min(anchor.span.start, len(document.text) - 1))


class Marks:
    """``m`` and a letter remembers the words on top of the screen; ``'`` and the letter goes there."""

    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen
        self._marks: dict[str, Anchor] = {}

    def start(self, marks: Mapping[str, Anchor]) -> None:
        """Take the marks of the article that is shown now."""
        self._marks = dict(marks)

    def do_article_set_mark(self, press: Pressed) -> None:
        screen, letter = self._screen, press.argument
        at = screen.page.position
        anchor = anchor_of(screen.page.document, Span(at, at + WORDS))
        if anchor is None:
            screen.say("There is no text here to mark")
            return
        self._marks[letter] = anchor
        article = screen.article_id
        screen.change("", lambda library: _keep(library, article, letter, anchor))
        screen.say(f"Marked as {letter} · '{letter} comes back")

    def do_article_go_mark(self, press: Pressed) -> None:
        if press.argument == "'":
            self._screen.jumping.swap()
        elif (anchor := self._marks.get(press.argument)) is not None:
            self._go(anchor)
        else:
            set_here = ", ".join(sorted(self._marks))
            others = f"marked are {set_here}" if set_here else f"m{press.argument} marks a place"
            self._screen.say(f"{press.argument} is not marked here · {others}")

    def _go(self, anchor: Anchor) -> None:
        if anchor.text_hash == self._screen.page.document.hash:
            self._jump(anchor.span.start)
        else:
            # Finding words that changed takes longer than a key may.
            self._screen.start(partial(self._find, self._screen.page.document, anchor), group="mark")

    async def _find(self, document: Document, anchor: Anchor) -> None:
        place = await self._screen.lane.read(lambda _: place_of(document, anchor))
        if self._screen.page.document is document:
            self._jump(place)
            self._screen.follow_page()

    def _jump(self, place: int) -> None:
        """A mark on the first words means the header above them, too."""
        self._screen.jumping.jump(place)


def _keep(library: Library, article: ArticleId, letter: str, anchor: Anchor) -> None:
    """Keep one more mark beside those that another window may have set meanwhile."""
    marks = {**kept_marks(library, article), letter: anchor}
    keep_setting(library, f"marks:{article}", {name: asdict(mark) for name, mark in sorted(marks.items())})
