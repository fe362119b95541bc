"""Moving the caret, and what it takes: the motions and text objects, also behind an operator."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partialmethod
from typing import TYPE_CHECKING

from reader.domain.document import Span
from reader.tui.keys import Pressed

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen
    from reader.tui.widgets.page import ArticlePage


@dataclass(frozen=True, slots=True)
class Sought:
    """The last ``f F t`` or ``T``, for ``;`` and ``,``."""

    key: str
    character: str

    @property
    def back(self) -> bool:
        return self.key in "FT"

    @property
    def till(self) -> bool:
        return self.key in "tT"

    @property
    def reversed(self) -> Sought:
        return Sought(self.key.swapcase(), self.character)


class Caret:
    """Each key moves the caret of visual mode, or tells the operator that waits how far to go."""

    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen
        self._sought: Sought | None = None

    @property
    def _page(self) -> ArticlePage:
        return self._screen.page

    # -- visual mode ---------------------------------------------------------------------------------------
    def _step(self, motion: str, press: Pressed) -> None:
        self._page.move(motion, press.count)

    do_visual_left = partialmethod(_step, "h")
    do_visual_down = partialmethod(_step, "j")
    do_visual_up = partialmethod(_step, "k")
    do_visual_right = partialmethod(_step, "l")

    def do_visual_swap(self, press: Pressed) -> None:
        self._page.swap_ends()

    def do_visual_anchor(self, press: Pressed) -> None:
        self._page.start_visual()

    def do_visual_paragraphs(self, press: Pressed) -> None:
        self._page.select_paragraphs()

    def do_visual_cycle(self, press: Pressed) -> None:
        """Of highlights over each other any can be lit, for the keys that act on one."""
        number, count = self._page.cycle_under_caret()
        self._screen.say(f"highlight {number} of {count} here" if count else "No highlight here")

    # -- motions -------------------------------------------------------------------------------------------
    def _motion(self, motion: str, press: Pressed) -> None:
        operating = self._screen.operating
        if operating.is_waiting:
            operating.take(lambda start, count: self._page.target(motion, start, count), press)
        else:
            self._page.move(motion, press.count)

    do_motion_word = partialmethod(_motion, "w")
    do_motion_word_back = partialmethod(_motion, "b")
    do_motion_word_end = partialmethod(_motion, "e")
    do_motion_long_word = partialmethod(_motion, "W")
    do_motion_long_word_back = partialmethod(_motion, "B")
    do_motion_long_word_end = partialmethod(_motion, "E")
    do_motion_line_start = partialmethod(_motion, "0")
    do_motion_line_text = partialmethod(_motion, "^")
    do_motion_line_end = partialmethod(_motion, "$")
    do_motion_sentence = partialmethod(_motion, ")")
    do_motion_sentence_back = partialmethod(_motion, "(")
    do_motion_paragraph = partialmethod(_motion, "}")
    do_motion_paragraph_back = partialmethod(_motion, "{")
    do_motion_top = partialmethod(_motion, "gg")
    do_motion_bottom = partialmethod(_motion, "G")

    def _seek(self, key: str, press: Pressed) -> None:
        self._sought = Sought(key, press.argument)
        self._to_character(self._sought, press)

    do_motion_find = partialmethod(_seek, "f")
    do_motion_find_back = partialmethod(_seek, "F")
    do_motion_till = partialmethod(_seek, "t")
    do_motion_till_back = partialmethod(_seek, "T")

    def do_motion_again(self, press: Pressed) -> None:
        self._seek_again(self._sought, press)

    def do_motion_reversed(self, press: Pressed) -> None:
        self._seek_again(self._sought.reversed if self._sought else None, press)

    def _seek_again(self, sought: Sought | None, press: Pressed) -> None:
        if sought is not None:
            self._to_character(sought, press, again=True)
        else:
            self._screen.operating.cancel()
            self._screen.say("No f F t T before this")

    def _to_character(self, sought: Sought, press: Pressed, *, again: bool = False) -> None:
        operating = self._screen.operating
        if operating.is_waiting:
            motion = sought.key + sought.character
            operating.take(lambda start, count: self._page.target(motion, start, count), press)
            return
        found = self._page.move_to_character(
            sought.character, press.count or 1, back=sought.back, till=sought.till, again=again
        )
        if not found:
            self._screen.say(f"No more “{sought.character}” in this paragraph")

    # -- to words ------------------------------------------------------------------------------------------
    def do_motion_words(self, press: Pressed) -> None:
        """Ask for words; Enter goes there, or highlights as far as them."""
        operating, finding = self._screen.operating, self._screen.finding
        start = operating.start if operating.is_waiting else self._page.caret

        def found(match: Span | None) -> None:
            if operating.is_waiting:
                operating.take_words(finding.words, match)
            elif match is not None:
                self._page.move_to_match(match)

        if start is not None:
            finding.ask(start + 1, found)

    def do_motion_match(self, press: Pressed) -> None:
        self._to_match(press.count or 1, press)

    def do_motion_match_back(self, press: Pressed) -> None:
        self._to_match(-(press.count or 1), press)

    def _to_match(self, steps: int, press: Pressed) -> None:
        operating, finding = self._screen.operating, self._screen.finding
        if operating.is_waiting:
            steps = steps if press.count else (1 if steps > 0 else -1) * operating.count
            start = operating.start
            operating.take_words(
                finding.words, finding.step_from(start, steps) if start is not None else None
            )
        elif self._page.caret is not None and (match := finding.step_from(self._page.caret, steps)):
            self._page.move_to_match(match)

    # -- text objects --------------------------------------------------------------------------------------
    def _object(self, name: str, press: Pressed) -> None:
        operating = self._screen.operating
        if operating.is_waiting:
            operating.take(lambda start, count: self._page.object_at(name, start, count or 1), press)
        elif not self._page.select_object(name, press.count or 1):
            self._screen.say(f"No {press.command.title.lower()} here")

    do_object_word = partialmethod(_object, "iw")
    do_object_word_around = partialmethod(_object, "aw")
    do_object_sentence = partialmethod(_object, "is")
    do_object_sentence_around = partialmethod(_object, "as")
    do_object_paragraph = partialmethod(_object, "ip")
    do_object_paragraph_around = partialmethod(_object, "ap")
    do_object_quotation = partialmethod(_object, 'i"')
    do_object_quotation_around = partialmethod(_object, 'a"')
    do_object_brackets = partialmethod(_object, "i(")
    do_object_brackets_around = partialmethod(_object, "a(")
    do_object_highlight = partialmethod(_object, "ih")
