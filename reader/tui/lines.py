"""Everything that leans on Textual's internals; each part has a canary test that fails when Textual moves.

- :class:`DirectLines`: a line-API widget whose lines go to the screen as they are.
- :func:`install_belt`: no control character, TAB, line feed or doubtful link reaches the terminal.
- :func:`tolerate_input`: bytes that are not UTF-8 do not end the app; a terminal that is gone does.
- :func:`ignore_replies`: what a terminal answers unasked is not taken for keys.
- :func:`outlive_terminal`: a terminal that goes away does not leave the app waiting for ever.
"""

from __future__ import annotations

import codecs
import os
import re
import signal
import time
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.color import ColorSystem
    from rich.console import Console
    from textual._xterm_parser import XTermParser
    from textual.message import Message

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_LINK = re.compile(r"(?:https?|mailto):[\x21-\x7e]*\Z", re.IGNORECASE)
_INSTALLED = "_reader_belt"
_OUTLIVES = "_reader_outlives"
_IGNORES = "_reader_ignores_replies"
_STANDARD = (1, 2)
LOOK_AGAIN = 0.1  # seconds between two looks at a terminal that is gone


class DirectLines(Widget):
    """Mixin for a widget that paints whole lines itself, in front of ScrollView among its bases.

    Textual's StylesCache would crop and filter each line again, which is most of a frame. Without it the
    widget has no border, padding, tint or opacity, and its colours must be final.
    """

    def row(self, y: int) -> Strip:
        """The line at row *y* of the widget, exactly as wide as the widget."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        return self.row(y)

    def render_lines(self, crop: Region) -> list[Strip]:
        width = self.size.width
        strips = [self.row(y) for y in range(crop.y, crop.bottom)]
        if crop.x == 0 and crop.right == width:
            return strips
        return [strip.crop(crop.x, crop.right).extend_cell_length(crop.width) for strip in strips]


def install_belt() -> None:
    """Scrub what reaches the terminal through Textual, in case some text was never cleaned. Idempotent.

    All text of an app passes ``Strip.render_style``, or ``Strip.render`` where it has no style. What could
    steer the terminal becomes U+FFFD; a link that is not plainly http, https or mailto is dropped.
    """
    if getattr(Strip, _INSTALLED, False):
        return
    render_style, render = Strip.render_style.__func__, Strip.render  # type: ignore[attr-defined]

    def safe_render_style(cls: type[Strip], style: Style, text: str, color_system: ColorSystem) -> str:
        if _UNSAFE.search(text):
            text = _UNSAFE.sub("\ufffd", text)
        if style._link and not _LINK.match(style._link):
            style = style.update_link(None)
        rendered: str = render_style(cls, style, text, color_system)
        return rendered

    def safe_render(self: Strip, console: Console) -> str:
        if self._render_cache is None and any(
            style is None and _UNSAFE.search(text) for text, style, _ in self._segments
        ):
            self._segments = [
                Segment(_UNSAFE.sub("\ufffd", text) if style is None else text, style, control)
                for text, style, control in self._segments
            ]
        return render(self, console)

    Strip.render_style = classmethod(safe_render_style)  # type: ignore[method-assign,assignment]
    Strip.render = safe_render  # type: ignore[method-assign]
    setattr(Strip, _INSTALLED, True)


def tolerate_input() -> None:
    """Let the terminal drivers decode input with replacement: Textual's strict decoder ends the app, with exit
    code 0, at the first byte that is not UTF-8 (an old mouse report, a half-typed character). Where there will never
    be any input again, they end the app as SIGHUP does."""
    from textual.drivers import linux_driver, linux_inline_driver

    for driver in (linux_driver, linux_inline_driver):
        driver.getincrementaldecoder = lambda encoding: _InputDecoder  # type: ignore[attr-defined]


def ignore_replies() -> None:
    """Keep OSC and DCS strings from Textual's parser, which would make a press of each character. Idempotent."""
    from textual._xterm_parser import XTermParser

    from reader.tui.replies import Replies

    if hasattr(XTermParser, _IGNORES):
        return
    feed = XTermParser.feed
    readers: WeakKeyDictionary[XTermParser, Replies] = WeakKeyDictionary()

    def feed_typed(self: XTermParser, data: str) -> Iterable[Message]:
        typed = readers.setdefault(self, Replies()).without(data)
        return feed(self, typed) if typed or not data else ()  # nothing at all would mean the end

    XTermParser.feed = feed_typed  # type: ignore[method-assign]
    setattr(XTermParser, _IGNORES, True)


def outlive_terminal() -> None:
    """Let the writer thread take what it is given after the terminal went away. Idempotent.

    Textual's thread dies of the first OSError; its short queue fills, and the event loop, which should end the
    app on SIGHUP, waits in ``put`` for ever. The standard streams then lead nowhere, so that Python's last flush
    does not change the exit code.
    """
    from textual.drivers._writer_thread import WriterThread

    if getattr(WriterThread, _OUTLIVES, False):
        return
    run = WriterThread.run

    def run_and_drain(self: WriterThread) -> None:
        try:
            run(self)
        except OSError:
            _lead_nowhere(self._file.fileno(), *_STANDARD)
            while self._queue.get() is not None:
                pass

    WriterThread.run = run_and_drain  # type: ignore[method-assign]
    setattr(WriterThread, _OUTLIVES, True)


def _lead_nowhere(*descriptors: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in descriptors:
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


class _InputDecoder(codecs.getincrementaldecoder("utf-8")):  # type: ignore[misc]
    """Decodes what the driver's thread reads.

    Nothing at all, though there was something to read, means that the terminal is gone. That may be all that tells of
    it: a closed terminal signals the leader of its session, and one like ``make`` keeps that to itself and waits for
    us. Textual would go on reading nothing, as fast as it can.
    """

    def __init__(self) -> None:
        super().__init__("replace")
        self._has_told = False

    def decode(self, data: bytes, final: bool = False) -> str:
        if not data and not final:
            if not self._has_told:
                self._has_told = True
                os.kill(os.getpid(), signal.SIGHUP)
            time.sleep(LOOK_AGAIN)
        decoded: str = super().decode(data, final)
        return decoded
