"""A terminal screen: pyte, fed only with what it understands, and an alternate screen beside the main one."""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterator

import pyte
import regex
from wcwidth import wcswidth, wcwidth

from tests.e2e.escape import ALTERNATE_SCREENS, Token, Tokenizer

JOINED = regex.compile(r"[\p{M}\u200c\u200d\U0001F1E6-\U0001F1FF\U0001F3FB-\U0001F3FF]")
COLOUR = re.compile("[0-9;]*")
PYTE_ESCAPES = {"7", "8", "D", "E", "H", "M", "c"}


class GraphemeScreen(pyte.Screen):
    """A screen whose cells hold whole graphemes, as the newer terminals do.

    Plain pyte stops drawing at a zero-width joiner, and gives each member of an emoji family two cells.
    """

    def draw(self, data: str) -> None:
        if data.isascii() or not JOINED.search(data):
            super().draw(data)
            return
        for cluster in regex.findall(r"\X", data):
            self._draw_cluster(cluster)

    def _draw_cluster(self, cluster: str) -> None:
        if wcwidth(cluster[0]) <= 0:
            return
        super().draw(cluster[0])
        line, width = self.buffer[self.cursor.y], wcwidth(cluster[0])
        at = self.cursor.x - width
        line[at] = line[at]._replace(data=cluster)
        if wcswidth(cluster) > width and self.cursor.x < self.columns:  # a heart made wide by a selector
            line[self.cursor.x] = self.cursor.attrs._replace(data="")
            self.cursor.x += 1

    def rows(self) -> Iterator[str]:
        """The lines without trailing blanks; the second cell of a wide character is left out.

        pyte's own ``display`` fails when only half of a wide character was overwritten.
        """
        for y in range(self.lines):
            line = self.buffer[y]
            cells, stub = [], False
            for x in range(self.columns):
                data = line[x].data
                if data or not stub:
                    cells.append(data or " ")
                stub = not data.isascii() and wcswidth(data) == 2
            yield "".join(cells).rstrip()


class Emulator:
    """Shows what a terminal of *columns* by *rows* would show after the bytes fed so far."""

    def __init__(self, columns: int, rows: int) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._tokenizer = Tokenizer()
        self._screens = [GraphemeScreen(columns, rows) for _ in range(2)]
        self._streams = [pyte.Stream(screen) for screen in self._screens]
        self._shown = 0

    @property
    def screen(self) -> GraphemeScreen:
        """The pyte screen that is visible now: ``cursor``, ``mode`` and the ``buffer`` of styled cells."""
        return self._screens[self._shown]

    @property
    def lines(self) -> list[str]:
        return list(self.screen.rows())

    def feed(self, data: bytes) -> None:
        for token in self._tokenizer.feed(self._decoder.decode(data)):
            self._apply(token)

    def resize(self, columns: int, rows: int) -> None:
        """Keep the top left part of the picture; 0 is taken as 1, since pyte has no empty screen."""
        for screen in self._screens:
            screen.resize(max(1, rows), max(1, columns))

    def _apply(self, token: Token) -> None:
        if token.kind == "csi" and token.final in "hl" and "?" + token.body.lstrip("?") in ALTERNATE_SCREENS:
            self._shown = int(token.final == "h")
            if self._shown:
                self.screen.reset()
        # The commonest two go past pyte's parser, which takes each character of a colour by itself.
        elif token.kind == "text":
            self.screen.draw(token.raw)
        elif token.kind == "csi" and token.final == "m" and COLOUR.fullmatch(token.body):
            self.screen.select_graphic_rendition(
                *(min(int(part or 0), 9999) for part in token.body.split(";"))
            )
        elif _is_for_pyte(token):
            # pyte raises on parameters that a function of its does not take; a terminal ignores them.
            with contextlib.suppress(TypeError, ValueError, IndexError):
                self._streams[self._shown].feed(token.raw)


def _is_for_pyte(token: Token) -> bool:
    if token.ended != "whole":
        return False
    if token.kind == "csi":
        return token.body[:1] not in ("<", ">", "=") and not token.body.strip("?0123456789;")
    if token.kind == "escape":
        return token.body + token.final in PYTE_ESCAPES
    return token.kind in ("text", "control")
