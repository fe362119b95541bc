"""Going from view to view, and choosing their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.view import SavedView
from reader.tui.keys import Pressed
from reader.tui.views import ARCHIVE, HIGHLIGHTS, INBOX, RECENT, STARRED, View, saved_view, tag_view
from reader.tui.widgets.menu import Choice

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen

ORDERS = (
    Choice("added", "Added", "newest first"),
    Choice("-added", "Added", "oldest first"),
    Choice("published", "Published", "newest first"),
    Choice("-published", "Published", "oldest first"),
    Choice("title", "Title", "A to Z"),
    Choice("author", "Author", "A to Z"),
    Choice("words", "Length", "shortest first"),
    Choice("-words", "Length", "longest first"),
    Choice("progress", "Progress", "furthest first"),
    Choice("read", "Read", "last read first"),
)


def in_words(sort: str | None) -> str | None:
    """``title, A to Z``: an order that a query asks for; ``None`` for the search's own, best or newest first."""
    if sort is None or sort.removeprefix("-") == "relevance":
        return None
    known = next((choice for choice in ORDERS if choice.id == sort), None)
    if known is None:
        return f"by {sort.removeprefix('-')}, the other way round" if sort.startswith("-") else f"by {sort}"
    return f"{known.title.lower()}, {known.detail}"


class Going:
    """``g`` with a letter, ``'``, ``S``. Where one came from is remembered, so that back leads there."""

    def __init__(self, screen: LibraryScreen) -> None:
        self._screen = screen
        self._trail: list[View] = []

    def do_list_go_inbox(self, press: Pressed) -> None:
        self.to(INBOX)

    def do_list_go_starred(self, press: Pressed) -> None:
        self.to(STARRED)

    def do_list_go_archive(self, press: Pressed) -> None:
        self.to(ARCHIVE)

    def do_list_go_highlights(self, press: Pressed) -> None:
        self.to(HIGHLIGHTS)

    def do_list_go_recent(self, press: Pressed) -> None:
        self.to(RECENT)

    def do_list_go_tags(self, press: Pressed) -> None:
        self._screen.ask(self._pick_tag, group="go")

    def do_list_view(self, press: Pressed) -> None:
        saved = next((view for view in self._saved if view.key == press.argument), None)
        if saved is not None:
            self.to(saved_view(saved))
        else:
            self._screen.say(f"No saved view has the key {press.argument} · {self.keys_of_views()}")

    def keys_of_views(self) -> str:
        """What may follow ``'``."""
        keys = [f"{view.key} {view.name}" for view in self._saved if view.key]
        return " · ".join(keys) or "& saves a query as a view and gives it a key"

    @property
    def _saved(self) -> tuple[SavedView, ...]:
        return self._screen.beside.saved

    def do_list_sort(self, press: Pressed) -> None:
        from reader.tui.screens.picking import Picking

        dialog = Picking("Order of this list", ORDERS, lit=self._screen.sort)
        self._screen.reader.push_screen(dialog, self._sorted)

    def to(self, view: View) -> None:
        """Show *view*; the filter of the one before is dropped. The highlights have a screen of their own."""
        if view == HIGHLIGHTS:
            from reader.tui.screens.highlights import HighlightsScreen

            self._screen.reader.push_screen(HighlightsScreen())
            return
        if view != self._screen.view:
            self._trail.append(self._screen.view)
            del self._trail[:-20]
        self._screen.show_view(view)

    def back(self) -> bool:
        """Go to the view one came from; whether there was one."""
        if not self._trail:
            return False
        self._screen.show_view(self._trail.pop())
        return True

    def _sorted(self, order: str | None) -> None:
        if order is not None:
            self._screen.sort_by(order)

    async def _pick_tag(self) -> None:
        from reader.tui.screens.picking import Picking

        tags = await self._screen.lane.read(lambda library: library.tags.all())
        if not tags:
            self._screen.say("There are no tags yet; t on an article gives it some")
            return
        choices = [
            Choice(tag.name, f"#{tag.name}", f"{tag.count}")
            for tag in sorted(tags, key=lambda tag: (-tag.count, tag.name.casefold()))
        ]
        self._screen.reader.push_screen(Picking("Go to a tag", choices, verb="Go to"), self._to_tag)

    def _to_tag(self, name: str | None) -> None:
        if name is not None:
            self.to(tag_view(name))
