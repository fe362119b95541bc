"""Narrowing by what the articles on show have in common: tags, sites, authors, years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.domain.query import Query, as_typed, parse
from reader.domain.terms import Or
from reader.storage.conditions import Scope
from reader.tui.keys import Pressed

if TYPE_CHECKING:
    from reader.tui.screens.listing import ListScreen


class Faceting:
    """``f``, on any list: of what *asked* finds in *scope*. *narrow* is given the term to ask for besides, with ``-``
    before it to leave it out; see :func:`narrowed_by`."""

    def __init__(
        self,
        screen: ListScreen,
        asked: Callable[[], Query],
        narrow: Callable[[str], None],
        scope: Scope = "list",
    ) -> None:
        self._screen = screen
        self._asked = asked
        self._narrow = narrow
        self._scope: Scope = scope

    def do_list_facets(self, press: Pressed) -> None:
        from reader.tui.screens.facets import FacetsDialog

        if not self._screen.articles.order:
            self._screen.say("There is nothing here to narrow")
            return

        def chosen(term: str | None) -> None:
            if term is not None:
                self._narrow(term)

        self._screen.reader.push_screen(FacetsDialog(self._asked(), self._scope), chosen)


def left_out(term: str) -> str:
    """What asks for the opposite of *term*, which may be two: a year is from one day to another."""
    return f"-({term})" if " " in term.partition('"')[0] else f"-{term}"


def narrowed_by(text: str, term: str) -> str:
    """*text* with *term* besides, in front of it: what it ends in may be the beginning of a word. Behind a term that
    is whole stands a blank."""
    query = parse(text)
    own = text.lstrip()
    if isinstance(query.root, Or):
        whole = as_typed(query)
        controls = str(replace(whole, root=None))
        own = f"({replace(whole, sort=None, limit=None)}) {controls}"
    if f" {term} " in f" {own} ":
        return f"{own} " if own.endswith(term) else own
    return f"{term} {own}"
