"""Saving the query in force as a view, and changing saved views."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.domain.change import Change
from reader.domain.query import Query, as_typed, parse
from reader.domain.unchanged import UNCHANGED
from reader.domain.view import SavedView, clean_name
from reader.storage.conditions import Scope
from reader.tui.keys import Pressed
from reader.tui.screens.base import CommandScreen
from reader.tui.views import without_order

if TYPE_CHECKING:
    from reader.storage.library import Library

MANY = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """The query in force: as it is ``written``, and as it was ``typed``, its last word perhaps the beginning of
    one. ``order`` is what its list is sorted by, ``None`` for the usual."""

    written: Query
    typed: Query
    order: str | None = None


def asked_by(text: str) -> Asked:
    """What *text* in a prompt asks for."""
    query = parse(text)
    return Asked(query, as_typed(query))


class Saving:
    """``&``, on any list; *scope* is what its query looks at."""

    def __init__(self, screen: CommandScreen, asked: Callable[[], Asked], scope: Scope = "list") -> None:
        self._screen = screen
        self._asked = asked
        self._scope: Scope = scope

    def do_list_save_view(self, press: Pressed) -> None:
        if not str(self._asked().written):
            self._screen.say("There is no query to save: / narrows the list, then & saves what is asked for")
        else:
            self._screen.ask(self._ask, group="save view")

    def keep(self, name: str) -> None:
        """Save the query in force as the view *name*, in place of one of that name."""
        asked = self._asked()
        self._screen.change(
            f"Saved as {clean_name(name)}",
            lambda library: _save(library, _found(library, asked, self._scope).view(name)),
        )

    async def _ask(self) -> None:
        from reader.tui.screens.saving import ViewDialog

        asked = self._asked()
        found = await self._screen.lane.read(lambda library: _found(library, asked, self._scope))

        def named(wanted: SavedView | None) -> None:
            if wanted is not None:
                self._screen.change(f"Saved as {wanted.name}", lambda library: _save(library, wanted))

        new = found.view(clean_name(_title(asked.written)))
        self._screen.reader.push_screen(
            ViewDialog("Save as a view", new, found.views, advice=found.told), named
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """The query to save, what is to be said of it, and the views that there are."""

    query: Query
    order: str | None
    told: str
    views: tuple[SavedView, ...]

    def view(self, name: str) -> SavedView:
        return SavedView(clean_name(name), without_order(self.query), self.query.sort or self.order)


def _save(library: Library, view: SavedView) -> Change:
    """One that takes the place of another keeps its key, if it has none of its own."""
    key = UNCHANGED if view.key is None else view.key
    return library.views.save(view.name, view.query, sort=view.sort, key=key)


def _found(library: Library, asked: Asked, scope: Scope) -> _Found:
    """As it is written, if that finds as many: ``lighth`` is kept as ``lighth*``, ``lighthouse`` as it is."""
    count = library.search.count
    typed = count(asked.typed, scope="list")
    query = asked.written if count(asked.written, scope="list") == typed else asked.typed
    number = f"{MANY}+" if typed > MANY else str(typed)
    told = f"{number} {'article' if typed == 1 else 'articles'} now"
    if scope != "list" and count(asked.typed, scope=scope) > typed:
        told += " · without the archived ones"
    return _Found(query, asked.order, told, tuple(library.views.all()))


def _title(query: Query) -> str:
    """A name for *query*: of what it says, without the names of fields."""
    text = str(query)
    for sign in ('"', "(", ")", "*"):
        text = text.replace(sign, " ")
    words = [word.split(":", 1)[-1] for word in text.split() if not word.startswith("sort:")]
    return " ".join(words)[:40].capitalize()


def change_view(
    screen: CommandScreen,
    old: SavedView,
    views: Sequence[SavedView],
    *,
    done: Callable[[SavedView, SavedView], None],
) -> None:
    """Ask for another name, key or query of *old*, and write it; *done* is told of the old one and the new."""
    from reader.tui.screens.saving import ViewDialog

    def changed(new: SavedView | None) -> None:
        if new is not None and new != old:
            screen.change(f"Changed {new.name}", _change(old, new), done=lambda _: done(old, new))

    screen.reader.push_screen(ViewDialog("Saved view", old, views, known=old), changed)


def _change(old: SavedView, new: SavedView) -> Callable[[Library], Change]:
    return lambda library: library.views.change(old.name, new_name=new.name, query=new.query, key=new.key)


def keep_order(screen: CommandScreen, view: SavedView, order: str) -> None:
    """Remember *order* with *view*."""
    query = without_order(parse(view.query))
    screen.change(
        f"{view.name}: another order", lambda library: library.views.save(view.name, query, sort=order)
    )
