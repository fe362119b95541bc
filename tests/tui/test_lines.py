"""Canaries: each fails when a part of Textual that tui/lines.py leans on has moved."""

from __future__ import annotations

import inspect
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.content import Content
from textual.drivers import linux_driver, linux_inline_driver
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread
from textual.events import Key
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from reader.tui.lines import DirectLines, ignore_replies, install_belt, outlive_terminal, tolerate_input

HOSTILE = "a\x1b]52;c;AAAA\x07b\x9bc\x00d\te\nf\u202eg\x7fh"


@pytest.fixture(autouse=True)
def belt() -> None:
    install_belt()


def rendered(segment: Segment) -> str:
    return Strip([segment]).render(Console(force_terminal=True, color_system="truecolor"))


@given(st.text())
def test_no_control_character_leaves_a_strip_with_or_without_a_style(text: str) -> None:
    for style in (None, Style(), Style(bold=True)):
        out = rendered(Segment(text, style)).replace("\x1b[1m", "").replace("\x1b[0m", "")
        assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in out)


def test_what_is_harmless_is_left_alone() -> None:
    assert rendered(Segment("naïve 日本 👩‍👩‍👧‍👦", None)) == "naïve 日本 👩‍👩‍👧‍👦"


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "http://a\x1b\\\x1b]52;c;AA", "file:///etc/passwd", "https://a b", "--help"],
)
def test_a_doubtful_link_is_dropped(link: str) -> None:
    assert Strip.render_style(Style(link=link), "x", ColorSystem.TRUECOLOR) == "x"


def test_a_plain_link_stays() -> None:
    made = Strip.render_style(Style(link="https://example.org/a"), "x", ColorSystem.TRUECOLOR)
    assert ";https://example.org/a\x1b\\" in made


def test_installing_the_belt_twice_changes_nothing() -> None:
    before = Strip.render, Strip.render_style
    install_belt()
    assert (Strip.render, Strip.render_style) == before


async def test_every_text_of_an_app_passes_the_belt() -> None:
    """The canary for Strip.render and Strip.render_style: App._display writes what render_segments gives."""

    class Hostile(App[None]):
        def compose(self) -> ComposeResult:
            yield Static(Content(HOSTILE))

    app = Hostile()
    async with app.run_test(size=(60, 5)):
        update = app.screen._compositor.render_update(full=True)
        assert update is not None
        out = update.render_segments(app.console)
    assert "52;c;AAAA" in out
    assert "\x1b]52" not in out
    for forbidden in ("\x07", "\x9b", "\x00", "\u202e", "\x7f"):
        assert forbidden not in out
    assert "render_segments(" in inspect.getsource(App._display)


class Lines(DirectLines, ScrollView):
    def row(self, y: int) -> Strip:
        return Strip([Segment(f"row {y}".ljust(self.size.width), Style(bold=True))], self.size.width)


async def test_lines_reach_the_screen_as_they_are_and_cropped_where_they_are_covered() -> None:
    class Plain(App[None]):
        def compose(self) -> ComposeResult:
            yield Lines()

    app = Plain()
    async with app.run_test(size=(20, 3)):
        lines = app.query_one(Lines)
        strips = lines.render_lines(Region(0, 0, 20, 3))
        assert [strip.text.strip() for strip in strips] == ["row 0", "row 1", "row 2"]
        assert [strip.text for strip in lines.render_lines(Region(4, 1, 3, 1))] == ["1  "]
        assert [strip.text.rstrip() for strip in app.screen._compositor.render_strips()] == [
            "row 0",
            "row 1",
            "row 2",
        ]


def test_textual_still_asks_a_widget_for_lines_in_one_place() -> None:
    assert "_styles_cache.render_widget" in inspect.getsource(Widget.render_lines)


def test_the_writer_goes_on_taking_when_the_terminal_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The queue of Textual's writer filled, and the app could not even end."""
    monkeypatch.setattr("reader.tui.lines._STANDARD", ())
    outlive_terminal()
    outlive_terminal()
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w") as gone:
        writer = WriterThread(gone)
        writer.start()
        for _ in range(5 * MAX_QUEUED_WRITES):
            writer.write("x" * 10_000)
        writer.stop()
        assert not writer.is_alive()


def test_bytes_that_are_not_utf8_become_replacement_characters() -> None:
    tolerate_input()
    tolerate_input()
    for driver in (linux_driver, linux_inline_driver):
        decode = driver.getincrementaldecoder("utf-8")().decode
        assert decode(b"a\xffb\xc3") + decode(b"", final=True) == "a\ufffdb\ufffd"


def test_the_drivers_still_take_their_decoder_by_the_name_we_replace() -> None:
    for driver in (linux_driver.LinuxDriver, linux_inline_driver.LinuxInlineDriver):
        assert 'getincrementaldecoder("utf-8")().decode' in inspect.getsource(driver.run_input_thread)


def test_answers_of_the_terminal_are_no_presses() -> None:
    """Seen: ``ESC]11;rgb:zz BEL`` moved and archived, letter by letter."""
    ignore_replies()
    ignore_replies()
    parser = XTermParser()
    events = [event for data in ("j\x1b]11;rgb:zz", "zz\x07k", "\x1b]") for event in parser.feed(data)]
    assert [event.key for event in events if isinstance(event, Key)] == ["j", "k"]
    assert [event.key for event in parser.feed("") if isinstance(event, Key)] == ["right_square_bracket"]


def test_the_drivers_still_feed_the_parser_that_we_changed() -> None:
    for driver in (linux_driver.LinuxDriver, linux_inline_driver.LinuxInlineDriver):
        source = inspect.getsource(driver.run_input_thread)
        assert "XTermParser(" in source
        assert ".feed" in source
