"""The tags, sites, authors and years of a result, counted while one looks."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reader.domain.facets import KINDS, Facet, Facets, Kind
from reader.domain.query import Query
from reader.storage.conditions import Scope
from reader.storage.connection import LibraryError
from reader.tui.background import start
from reader.tui.faceting import left_out
from reader.tui.screens.base import Dialog
from reader.tui.screens.picking import PAGES, STEPS
from reader.tui.widgets.facet_list import FacetList, Group
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.menu import Menu
from reader.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from reader.storage.library import Library

Tops = Mapping[Kind, list[Facet]]

TITLES: Mapping[Kind, str] = {"tag": "Tags", "site": "Sites", "author": "Authors", "year": "Years"}
SHOWN = 12  # of each kind
LOOKED_THROUGH = 500  # of each kind, when one types
REFRESHED = 0.15  # seconds between two looks at what is counted so far
LISTED = (("Enter", "Narrow"), ("-", "Leave out"), ("Tab", "Next kind"), ("/", "Filter"), ("Esc", "Close"))
TYPING = (("Enter", "Narrow"), ("↑ ↓", "Move"), ("Tab", "List"), ("Esc", "All"))
MOVES = {"j": 1, "<down>": 1, "<c-n>": 1, "k": -1, "<up>": -1, "<c-p>": -1}
PAGED = {**PAGES, "<c-d>": 0.5, "<c-u>": -0.5, "<c-f>": 1, "<c-b>": -1}


class FacetsDialog(Dialog[str]):
    """Dismisses with a term to ask for, with ``-`` before it for one to leave out."""

    AUTO_FOCUS = ""

    def __init__(self, query: Query, scope: Scope) -> None:
        super().__init__()
        self._query = query
        self._scope: Scope = scope
        self._tops: Tops = {}

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog facets"):
            yield Static(Content("Narrow by · counting…"), classes="dialog-title")
            yield Prompt(placeholder="letters of a tag, site, author or year", classes="dialog-prompt")
            yield FacetList()
            yield Static(Content("Nothing answers to that"), classes="dialog-empty")
            yield CommandFooter()

    def on_mount(self) -> None:
        self.prompt.display = False
        self.query_one(".dialog-empty").display = False
        self.query_one(CommandFooter).keys = LISTED
        start(self, self._count, group="facets")

    @property
    def prompt(self) -> Prompt:
        return self.query_one(Prompt)

    @property
    def list(self) -> FacetList:
        return self.query_one(FacetList)

    # -- counting --------------------------------------------------------------------------------------
    async def _count(self) -> None:
        """Slice by slice: a key that needs the library meanwhile waits for one of them at most."""
        facets, looked = Facets(), 0.0
        try:
            while not facets.is_complete:
                facets, tops = await self.lane_read(facets, looks=monotonic() - looked > REFRESHED)
                if tops is not None:
                    looked = monotonic()
                    self._tops = tops
                    self._show(facets)
        except LibraryError as error:
            self.query_one(".dialog-title", Static).update(Content(str(error)))

    async def lane_read(self, so_far: Facets, *, looks: bool) -> tuple[Facets, Tops | None]:
        query, scope = self._query, self._scope

        def read(library: Library) -> tuple[Facets, Tops | None]:
            facets = library.search.facets(query, so_far, scope=scope)
            if not (looks or facets.is_complete):
                return facets, None
            return facets, {kind: facets.top(kind, LOOKED_THROUGH) for kind in KINDS}

        return await self.reader.lane.read(read)

    def _show(self, facets: Facets) -> None:
        articles = "article" if facets.of == 1 else "articles"
        told = f"{facets.of:,} {articles}" if facets.is_complete else f"counting… {facets.of:,} so far"
        self.query_one(".dialog-title", Static).update(Content(f"Narrow by · {told}"))
        self._fill()

    def _fill(self) -> None:
        groups = groups_of(self._tops, self.prompt.value)
        self.list.show(groups)
        self.list.display = bool(groups) or not self._tops
        self.query_one(".dialog-empty").display = not self.list.display

    # -- keys ------------------------------------------------------------------------------------------
    def take(self, token: str) -> bool:
        if token in MOVES:
            self.list.move(MOVES[token])
        elif token in PAGED:
            self.list.page(PAGED[token])
        elif token in ("<tab>", "<s-tab>", "]", "["):
            self.list.next_group(1 if token in ("<tab>", "]") else -1)
        elif token in ("g", "<home>", "G", "<end>"):
            self.list.move(-len(self.list.choices) if token in ("g", "<home>") else len(self.list.choices))
        elif token == "/":
            self.prompt.display = True
            self.set_focus(self.prompt)
            self.query_one(CommandFooter).keys = TYPING
        elif token in ("<enter>", "l"):
            self.list.pick()
        elif token == "-":
            if self.list.chosen is not None and self.list.chosen.id:
                self.dismiss(left_out(self.list.chosen.id))
        elif token in ("q", "h", "f"):
            self.cancel()
        else:
            return False
        return True

    @on(Menu.Picked)
    def pick(self, message: Menu.Picked) -> None:
        message.stop()
        if message.choice.id:
            self.dismiss(message.choice.id)

    @on(Input.Changed)
    def narrow(self) -> None:
        self._fill()
        self.list.to_first()

    @on(Prompt.Kept)
    def keep(self) -> None:
        self.list.pick()

    @on(Prompt.Left)
    def leave_prompt(self) -> None:
        """Esc shows all again; the next one closes."""
        self.prompt.value = ""
        self._to_list()
        self.prompt.display = False

    @on(Prompt.Moved)
    def move(self, message: Prompt.Moved) -> None:
        if message.token in ("<tab>", "<s-tab>"):
            self._to_list()
        elif message.token in STEPS:
            self.list.move(STEPS[message.token])
        else:
            self.list.page(PAGES[message.token])

    def _to_list(self) -> None:
        self.set_focus(None)
        self.query_one(CommandFooter).keys = LISTED


def groups_of(tops: Tops, typed: str) -> list[Group]:
    """Of each kind the most frequent; of what is *typed* those whose names hold it, those that begin so first."""
    wanted = typed.casefold().strip()
    groups = []
    for kind in KINDS:
        found = [facet for facet in tops.get(kind, ()) if wanted in facet.name.casefold()]
        if wanted:
            found.sort(key=lambda facet: not facet.name.casefold().startswith(wanted))
        if found:
            more = len(found) - SHOWN
            lines = [(facet.term, facet.name, f"{facet.found:,}") for facet in found[:SHOWN]]
            groups.append(Group(TITLES[kind], tuple(lines), more if more > 0 else 0))
    return groups
