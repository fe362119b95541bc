"""Each way of selecting a passage, with real keys, in an article with Chinese, Japanese and emoji, at two widths.

Pressed for the third sentence on screen, all in: labels 3, sentence cursor 4, operator 7 (3 for the first sentence, or
for what is lit), visual 7, words 4 and the words themselves, the mouse one drag and 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import Desk, open_article, quit_from_here
from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.slow

FIRST = "Mr. Li opened at 6 p.m. on Friday."
SECOND = "He sold 饺子 and tea 🍵 to everyone."
THIRD = "“It is cold,” she said, “but 你好 warms me!”"
FOURTH = "A 👩‍👩‍👧‍👦 family (all [four] of them) came late."
ENGLISH = f"{FIRST} {SECOND} {THIRD} {FOURTH}"
CHINESE = ("夜市很热闹。", "他说：“欢迎光临！”", "大家都笑了😀。", "第二天又下雨。")
JAPANESE = ("日本語の文章です。", "「行こう。」と彼は言った。", "終わり。")
LAST = ("The end is near.", "Nobody left.")
MARKET = f"""\
Night Market

By Li Wei
March 3, 2021

{ENGLISH}

{"".join(CHINESE)}

{"".join(JAPANESE)}

{" ".join(LAST)}
"""
FREE = re.compile("Enter Select")
"""The footer while nothing is lit."""
TAKEN = re.compile("highlighted.*Enter Note", re.DOTALL)
"""The message, and the footer while a highlight is lit."""


class Market:
    """The article in a terminal, open and at its top."""

    def __init__(self, desk: Desk, terminal: Terminal) -> None:
        self._desk = desk
        self._terminal = terminal
        self._taken: list[str] = []
        terminal.wait_for("1/1")
        open_article(terminal)

    def take(self, keys: str, exact: str) -> None:
        """Press *keys*, words for the special ones, which must highlight *exact*; then let go of it."""
        self.press(keys)
        self._taken.append(exact)
        wanted = [(len(self._taken),)]
        self._terminal.wait_until(lambda: self._desk.rows("select count(*) from highlight") == wanted)
        self._terminal.wait_for(TAKEN)
        self.let_go()

    def press(self, keys: str) -> None:
        self._terminal.send(*keys.split())

    def let_go(self) -> None:
        """Back to the state of one who only reads. Each Escape waits for its effect, or the next key is Alt."""
        while not FREE.search(self._terminal.text):
            before = self._terminal.screen[-1]
            self._terminal.send("escape")
            self._terminal.wait_until(lambda before=before: self._terminal.screen[-1] != before)
        self._terminal.wait_gone("highlighted")

    def cell_of(self, words: str) -> tuple[int, int]:
        """Where *words* stand, as column and row from 0."""
        for y, line in enumerate(self._terminal.screen):
            if words in line:
                cells, text = self._terminal.emulator.screen.buffer[y], ""
                for x in range(self._terminal.columns):
                    if cells[x].data and line.startswith(words, len(text)):  # not the second half of a letter
                        return x, y
                    text += cells[x].data
        raise AssertionError(f"{words!r} is not on the screen:\n{self._terminal.text}")

    def drag(self, first: str, last: str) -> None:
        """With the left button, from the first cell of *first* to that of *last*."""
        (left, top), (right, bottom) = self.cell_of(first), self.cell_of(last)
        for button, x, y, end in ((0, left, top, "M"), (32, right, bottom, "M"), (0, right, bottom, "m")):
            self._terminal.write(f"\x1b[<{button};{x + 1};{y + 1}{end}".encode())
        self._terminal.wait_for("VISUAL")

    def check(self) -> None:
        """Leave; the library has exactly what was taken, in that order."""
        quit_from_here(self._terminal)
        kept = sorted(self._desk.json("highlights"), key=lambda highlight: int(highlight["id"]))
        assert [highlight["exact"] for highlight in kept] == self._taken


@pytest.fixture(params=[80, 50])
def market(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Market]:
    desk = Desk(tmp_path)
    desk("add", desk.file("market.txt", MARKET))
    with desk.start(columns=request.param) as terminal:
        yield Market(desk, terminal)


def test_the_sentence_cursor_goes_by_sentences_quotations_clauses_and_paragraphs(market: Market) -> None:
    """The third sentence: Enter j j Enter, 4 presses."""
    market.take("enter j j enter", THIRD)
    market.take("enter tab j enter", "but 你好 warms me!")
    market.take("enter j tab j enter", "(all [four] of them)")
    market.take("enter tab tab j enter", "".join(CHINESE))
    market.take("enter l enter", CHINESE[0] + CHINESE[1])
    market.take("enter j j l l enter", "".join(CHINESE[2:]) + "\n\n" + JAPANESE[0])
    market.check()


def test_labels_choose_one_sentence_or_all_between_two(market: Market) -> None:
    """The third sentence: ; d Enter, 3 presses."""
    market.take("; d enter", THIRD)
    market.take("; d g enter", f"{THIRD} {FOURTH}\n\n{CHINESE[0]}")
    market.take("; k enter", CHINESE[3])
    market.take("; l a enter", JAPANESE[0])
    market.take("; l g l d enter", f"{JAPANESE[2]}\n\n{' '.join(LAST)}")
    market.check()


def test_visual_takes_motions_counts_and_text_objects(market: Market) -> None:
    """The third sentence: v v 2 ) v ) Enter, 7 presses."""
    market.take("v v 2) v ) enter", THIRD)
    market.take("v v f[ v i( i( enter", "all [four] of them")
    market.take("v v } v 2 w enter", "夜市很")
    market.take("v v 2} v 3e enter", "日本語の文章")
    market.take("v v 3W v t🍵 enter", "at 6 p.m. on Friday. He sold 饺子 and tea")
    market.take("v v fA v e e enter", "A 👩‍👩‍👧‍👦 family")
    market.take("gv e e enter", "A 👩‍👩‍👧‍👦 family (all")
    market.take("v v 2} V enter", "".join(JAPANESE))
    market.check()


def test_the_operator_highlights_what_a_motion_or_an_object_takes(market: Market) -> None:
    """The third sentence: v v 2 ) g h h, 7 presses; the first one, or what is lit: g h h, 3."""
    market.take("ghis", FIRST)
    market.take("gh2)", f"{FIRST} {SECOND}")
    market.take("3gh)", f"{FIRST} {SECOND} {THIRD}")
    market.take("gh}", ENGLISH)
    market.take('ghi"', "It is cold,")
    market.take("v v 2) ghh", THIRD)
    market.take("v v f( gha(", "(all [four] of them)")
    market.take("v v } gh2w", "夜市")
    market.take("v v 2} ghis", JAPANESE[0])
    market.take("v v gg ghG", "\n\n".join((ENGLISH, "".join(CHINESE), "".join(JAPANESE), " ".join(LAST))))
    market.check()


def test_the_operator_writes_a_note_and_is_repeated_on_the_next_sentence(desk: Desk) -> None:
    """The first three sentences: g h h . . and no more."""
    desk("add", desk.file("market.txt", MARKET))
    with desk.start(columns=80) as terminal:
        market = Market(desk, terminal)
        market.press("gHip")
        terminal.wait_for("Enter Keep")
        terminal.type("夜 🍵")
        terminal.send("enter")
        terminal.wait_for("note kept")
        market.let_go()
        for number, key in enumerate(("ghh", ".", "."), 2):
            market.press(key)
            terminal.wait_until(lambda count=number: len(desk.rows("select id from highlight")) == count)
        quit_from_here(terminal)
    noted, *others = sorted(desk.json("highlights"), key=lambda highlight: int(highlight["id"]))
    assert (noted["exact"], noted["note"]) == (ENGLISH, "夜 🍵")
    assert [highlight["exact"] for highlight in others] == [FIRST, SECOND, THIRD]


def test_the_mouse_drags_over_lines_and_wide_letters(market: Market) -> None:
    """The third sentence: a drag, and Enter."""
    market.drag("“It is", "” A")
    market.take("enter", THIRD)
    market.drag("夜市", "😀")
    market.take("enter", "".join(CHINESE[:2]) + "大家都笑了😀")
    market.drag("warms", "It is")
    market.take("enter", "It is cold,” she said, “but 你好 w")
    market.check()


def test_words_that_were_found_are_selected(market: Market) -> None:
    """The third sentence's 你好: / the words Enter v Enter."""
    market.take("v /them enter enter", ENGLISH.partition("them")[0] + "them")
    market.take("/你好 enter v enter", "你好")
    market.take("/cold enter v e e enter", "cold,” she")
    market.check()
