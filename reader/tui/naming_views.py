"""``:view NAME``: going to a view by its name, or saving a query under one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.domain.query_scanner import Scanner
from reader.domain.view import SavedView, clean_name
from reader.tui.saving import Saving
from reader.tui.screens.base import CommandScreen
from reader.tui.views import RECENT, VIEWS, View, saved_view

if TYPE_CHECKING:
    from reader.storage.library import Library
    from reader.tui.app import ReaderApp


def go_or_save(screen: CommandScreen, words: str, *, has_query: bool) -> None:
    """A view that *words* name in full, blanks and all, is shown. Else with a query behind the name it is saved; if
    there is none, a view of that name is shown, or the query in force is saved, if *has_query*."""
    name, query = named(words)
    if not name:
        screen.say("name a view, as in :view inbox, or :view later tag:later to save one")
    elif (view := _built_in(clean_name(words)) or (None if query else _built_in(name))) is not None:
        go(screen.reader, view)
    else:
        screen.ask(partial(_go_or_keep, screen, words, has_query), group="view")


def named(words: str) -> tuple[str, str]:
    """The name that *words* begin with, in quotes if there are blanks in it, and the query behind it."""
    scan = Scanner(words.strip())
    text = scan.take_quoted() if scan.sees('"') else scan.text.partition(" ")[0]
    rest = scan.text[scan.at :] if scan.at else scan.text[len(text) :]
    return clean_name(text), rest.strip()


def go(app: ReaderApp, view: View) -> None:
    """Show *view* in the library, whatever is open above it."""
    from reader.tui.screens.library import LibraryScreen

    library = app.screen_stack[0]
    if not isinstance(library, LibraryScreen):
        return
    for screen in reversed(app.screen_stack[1:]):
        if isinstance(screen, CommandScreen):
            screen.leave()
        app.pop_screen()
    library.going.to(view)


def _built_in(name: str) -> View | None:
    wanted = name.casefold()
    return next((view for view in (*VIEWS, RECENT) if wanted in (view.id, view.title.casefold())), None)


async def _go_or_keep(screen: CommandScreen, words: str, has_query: bool) -> None:
    name, query = named(words)
    whole = clean_name(words) if query else name
    views = await screen.lane.read(_all)
    saved = next((view for view in views if view.name.casefold() == whole.casefold()), None)
    saving = next((owner for owner in screen.handlers if isinstance(owner, Saving)), None)
    if saved is not None:
        go(screen.reader, saved_view(saved))
    elif query:
        screen.change(f"Saved as {name}", lambda library: library.views.save(name, query))
    elif saving is not None and has_query:
        saving.keep(name)
    else:
        screen.say(f"no view is named {name} · :view {name} QUERY saves one")


def _all(library: Library) -> list[SavedView]:
    return library.views.all()
