"""How the library's screen is divided: views, list, preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.keys import Pressed

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen

SIDEBAR_FROM = 90
PREVIEW_FROM = 100
SHARES = range(25, 80)  # the list's part of what list and preview have, percent
STEP = 5
SMALLEST = 24  # cells of list or preview


class Layout:
    """What is shown how wide; remembered in the library."""

    def __init__(self, screen: LibraryScreen, *, preview: bool = True, share: int = 50) -> None:
        self._screen = screen
        self.preview = preview
        self.share = share if share in SHARES else 50

    @property
    def kept(self) -> dict[str, object]:
        return {"preview": self.preview, "share": self.share}

    @property
    def has_preview(self) -> bool:
        """Whether there is room for the preview, and it is wanted."""
        return self.preview and self._screen.size.width >= PREVIEW_FROM

    def apply(self) -> None:
        """Divide the screen, whatever its width is now."""
        width = self._screen.size.width
        sidebar = self._screen.sidebar
        came = width >= SIDEBAR_FROM and not sidebar.display
        sidebar.display = width >= SIDEBAR_FROM
        if came:  # saved views are counted only where one sees it
            self._screen.beside.count()
        preview = self._screen.preview
        preview.display = self.has_preview
        if not sidebar.display and sidebar.active:
            self.to_list()
        left = width - (sidebar.styles.width.cells or 0 if sidebar.display and sidebar.styles.width else 0)
        if self.has_preview:
            preview.styles.width = min(left - SMALLEST, max(SMALLEST, left * (100 - self.share) // 100))

    def do_list_preview(self, press: Pressed) -> None:
        if self._screen.size.width < PREVIEW_FROM:
            self._screen.say(
                f"The preview needs a terminal of {PREVIEW_FROM} columns; Enter opens the article"
            )
            return
        self.preview = not self.preview
        self._changed()

    def do_list_narrower(self, press: Pressed) -> None:
        self._resize(-STEP * (press.count or 1))

    def do_list_wider(self, press: Pressed) -> None:
        self._resize(STEP * (press.count or 1))

    def do_list_other_pane(self, press: Pressed) -> None:
        sidebar = self._screen.sidebar
        if sidebar.active:
            self.to_list()
        elif sidebar.display:
            self._activate(sidebar=True)
        else:
            self._screen.say(f"Views need {SIDEBAR_FROM} columns · gi gs ga go to them, :view NAME too")

    def to_list(self) -> None:
        self._activate(sidebar=False)

    def _activate(self, *, sidebar: bool) -> None:
        self._screen.sidebar.active = sidebar
        self._screen.articles.active = not sidebar
        self._screen.mode = "views" if sidebar else "list"
        if sidebar:
            self._screen.viewing.teach()
        else:
            self._screen.teach()

    def _resize(self, percent: int) -> None:
        if not self.has_preview:
            self._screen.say("There is no preview to share the width with; p shows it")
            return
        self.share = max(SHARES[0], min(SHARES[-1], self.share + percent))
        self._changed()

    def _changed(self) -> None:
        self.apply()
        self._screen.beside.preview()
        self._screen.reader.remember("layout", self.kept)
