"""The keys while the views beside the list have them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.commands import Command
from reader.domain.view import SavedView
from reader.tui.keys import Pressed
from reader.tui.saving import change_view
from reader.tui.views import INBOX, saved_id

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen
    from reader.tui.widgets.sidebar import Sidebar

KEYS = (("Enter", "Go to"), ("j k", "Move"), ("Tab", "List"))
KEYS_OF_SAVED = (("Enter", "Go to"), ("e", "Change"), ("dd", "Delete"), ("J K", "Order"), ("Tab", "List"))
# What does not act on the lit article, and so works from here as well.
ALSO = frozenset(
    [
        "list.filter", "list.search", "list.sort", "list.facets", "list.save_view", "list.view", "list.preview",
        "list.narrower", "list.wider", "list.add", "list.quit", "list.go_inbox", "list.go_starred",
        "list.go_archive", "list.go_highlights", "list.go_tags", "list.go_recent",
    ]
)  # fmt: skip


class Viewing:
    """Motions go through the views. What acts on articles does nothing: none is lit."""

    def __init__(self, screen: LibraryScreen) -> None:
        self._screen = screen

    @property
    def _sidebar(self) -> Sidebar:
        return self._screen.sidebar

    def teach(self) -> None:
        """Show the keys of what is under the cursor."""
        lit = self._sidebar.lit
        self._screen.teach(*(KEYS_OF_SAVED if lit and lit.kind == "saved" else KEYS), helps=True)

    # -- moving ----------------------------------------------------------------------------------------
    def do_views_open(self, press: Pressed) -> None:
        self._sidebar.choose()

    def do_views_down(self, press: Pressed) -> None:
        self._move(press.count or 1)

    def do_views_up(self, press: Pressed) -> None:
        self._move(-(press.count or 1))

    def do_views_top(self, press: Pressed) -> None:
        self._sidebar.move_to((press.count or 1) - 1)
        self.teach()

    def do_views_end(self, press: Pressed) -> None:
        self._sidebar.move_to(press.count - 1 if press.count else -1)
        self.teach()

    def do_views_half_down(self, press: Pressed) -> None:
        self._move(self._page // 2 * (press.count or 1))

    def do_views_half_up(self, press: Pressed) -> None:
        self._move(-(self._page // 2) * (press.count or 1))

    def do_views_page_down(self, press: Pressed) -> None:
        self._move(self._page * (press.count or 1))

    def do_views_page_up(self, press: Pressed) -> None:
        self._move(-self._page * (press.count or 1))

    def do_views_back(self, press: Pressed) -> None:
        self._screen.panes.to_list()

    # -- saved views -----------------------------------------------------------------------------------
    def do_views_change(self, press: Pressed) -> None:
        if (view := self._lit()) is not None:
            change_view(self._screen, view, self._saved, done=self._screen.view_changed)

    def do_views_delete(self, press: Pressed) -> None:
        if (view := self._lit()) is None:
            return
        if self._screen.view.id == saved_id(view.name):
            self._screen.show_view(INBOX, to_list=False)
        self._screen.change(f"Deleted {view.name}", lambda library: library.views.delete(view.name))

    def do_views_later(self, press: Pressed) -> None:
        self._reorder(press.count or 1)

    def do_views_earlier(self, press: Pressed) -> None:
        self._reorder(-(press.count or 1))

    # -- inside ----------------------------------------------------------------------------------------
    @property
    def _saved(self) -> tuple[SavedView, ...]:
        return self._screen.beside.saved

    @property
    def _page(self) -> int:
        return max(2, self._sidebar.size.height - 1)

    def _move(self, rows: int) -> None:
        self._sidebar.move(rows)
        self.teach()

    def _lit(self) -> SavedView | None:
        """The saved view under the cursor; that there is none is said."""
        lit = self._sidebar.lit
        found = next((view for view in self._saved if lit and saved_id(view.name) == lit.id), None)
        if found is None:
            self._screen.say("That works on saved views: & in the list saves a query")
        return found

    def _reorder(self, rows: int) -> None:
        """Move the view; it is painted at its new place at once."""
        if (view := self._lit()) is None:
            return
        names = [one.name for one in self._saved]
        at = names.index(view.name)
        to = max(0, min(len(names) - 1, at + rows))
        if to == at:
            return
        names.insert(to, names.pop(at))
        self._screen.beside.reorder(names)
        self._screen.change(
            f"Moved {view.name}",
            lambda library: library.views.order(names),
            failed=self._screen.beside.count,
        )


def commands_beside(own: Sequence[Command], of_list: Sequence[Command]) -> tuple[Command, ...]:
    """Those of the views, and of the list's those that work here too and want no key of theirs."""
    taken = {sequence for command in own for sequence in command.sequences}
    return (
        *own,
        *(command for command in of_list if command.id in ALSO and taken.isdisjoint(command.sequences)),
    )
