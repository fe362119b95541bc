"""The keys while the views beside the list have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.keys import Pressed

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen
    from reader.tui.widgets.sidebar import Sidebar

KEYS = (("Enter", "Go to"), ("j k", "Move"), ("Tab", "List"))


class Viewing:
    """Motions go through the views. What acts on articles does nothing: none is lit."""

    def __init__(self, screen: LibraryScreen) -> None:
        self._screen = screen

    @property
    def _sidebar(self) -> Sidebar:
        return self._screen.sidebar

    def do_list_open(self, press: Pressed) -> None:
        self._sidebar.choose()

    def do_list_down(self, press: Pressed) -> None:
        self._sidebar.move(press.count or 1)

    def do_list_up(self, press: Pressed) -> None:
        self._sidebar.move(-(press.count or 1))

    def do_list_top(self, press: Pressed) -> None:
        self._sidebar.move_to((press.count or 1) - 1)

    def do_list_end(self, press: Pressed) -> None:
        self._sidebar.move_to(press.count - 1 if press.count else -1)

    def do_list_half_down(self, press: Pressed) -> None:
        self._sidebar.move(self._page // 2 * (press.count or 1))

    def do_list_half_up(self, press: Pressed) -> None:
        self._sidebar.move(-(self._page // 2) * (press.count or 1))

    def do_list_page_down(self, press: Pressed) -> None:
        self._sidebar.move(self._page * (press.count or 1))

    def do_list_page_up(self, press: Pressed) -> None:
        self._sidebar.move(-self._page * (press.count or 1))

    def do_list_select(self, press: Pressed) -> None:
        self._screen.say("Tab goes to the list: there x selects")

    @property
    def _page(self) -> int:
        return max(2, self._sidebar.size.height - 1)
