"""The command line: a line that was typed behind ``:`` is understood and done on the screen below it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.commands import Command
from reader.domain.change import Marking
from reader.domain.fields import control_fault
from reader.domain.query import Query, parse
from reader.domain.scope import ids_in, tags_before
from reader.domain.text import clean_tag
from reader.tui.deeds import DEEDS, MARKINGS, Deed
from reader.tui.keys import Pressed
from reader.tui.palette import do, offered_on
from reader.tui.scoping import Scoping
from reader.tui.screens.base import CommandScreen
from reader.tui.views import without_order

if TYPE_CHECKING:
    from reader.exchange.imports.detection import Chosen
    from reader.storage.conditions import Scope
    from reader.storage.library import Library
    from reader.tui.app import ReaderApp

ALIASES = {"q": ("quit", "back"), "h": ("help",)}
RECENT = 100
_PLACES: Mapping[str, str] = {
    "jsonl": "reader.jsonl", "markdown": "notes", "readwise": "readwise.csv", "webannotation": "annotations.jsonld",
    "csv": "reader.csv", "html": "reader.html", "epub": "reader.epub",
}  # fmt: skip


def open_command_line(app: ReaderApp) -> None:
    """Ask for a line and do it on the screen that is on now."""
    from reader.tui.screens.command_line import CommandLine

    screen = app.screen
    if not isinstance(screen, CommandScreen):
        return
    commanding = Commanding(screen)

    def typed(line: str | None) -> None:
        if line:
            commanding.run(line)

    app.push_screen(CommandLine(commanding), typed)


class Commanding:
    """``named`` are all that can be typed as a first word: the deeds, and the commands of the screen's mode by their
    titles and their ids.

    A deed ``sort`` is done by ``do_sort(words)``; it says itself what is wrong with its words.
    """

    def __init__(self, screen: CommandScreen) -> None:
        self._screen = screen
        self._scoping = Scoping(screen)
        offered = offered_on(screen)
        deeds = {deed.name: deed for deed in DEEDS}
        self._actions = {name_of(command.action): command for command in reversed(offered)}
        titles = {name_of(command.title): command for command in reversed(offered)}
        self.named: dict[str, Deed | Command] = {**deeds, **titles, **self._actions, **deeds}

    def meant(self, name: str) -> Deed | Command | None:
        """What *name* stands for: whole, by a habit of other programs, or by a beginning that only one has."""
        name = name.lower()
        if name in self.named:
            return self.named[name]
        for action in ALIASES.get(name, ()):
            if action in self._actions:
                return self._actions[action]
        begun = [target for known, target in self.named.items() if name and known.startswith(name)]
        return begun[0] if begun and all(target is begun[0] for target in begun) else None

    def problem(self, line: str) -> str:
        """Why *line* cannot be done, in a few words; empty if it can, as far as its first word says."""
        name, words = divided(line)
        if not name:
            return ""
        target = self.meant(name)
        if target is None:
            nearest = self._nearest(name.lower())
            return f"there is no command {name}" + (f" · did you mean {nearest}?" if nearest else "")
        if words and (isinstance(target, Command) or target.takes == "none"):
            return f"{name} takes no words"
        return ""

    def run(self, line: str) -> None:
        name, words = divided(line)
        target = self.meant(name)
        if isinstance(target, Command):
            do(self._screen, target)
        elif target is not None:
            getattr(self, f"do_{target.name}")(words)

    # -- what acts on articles -------------------------------------------------------------------------
    def do_tag(self, words: str) -> None:
        changes, query = tags_before(words)
        names = [clean_tag(change[1:]) for change in changes]
        if not changes or not all(names):
            self._say("name a tag to add or remove first, as +later or -later")
            return
        add = [name for change, name in zip(changes, names, strict=True) if change[0] == "+"]
        remove = [name for change, name in zip(changes, names, strict=True) if change[0] == "-"]
        self._scoping.tag(add, remove, query)

    def do_mark(self, words: str) -> None:
        name, query = divided(words)
        marking: Marking | None = next((one for one in MARKINGS if one == name.lower()), None)
        if marking is None:
            self._say(f"mark as {', '.join(MARKINGS)}")
        else:
            self._scoping.meet(marking, query)

    def do_archive(self, words: str) -> None:
        self._scoping.meet("archived", words)

    def do_trash(self, words: str) -> None:
        self._scoping.meet("trashed", words)

    def do_restore(self, words: str) -> None:
        self._scoping.meet("restored", words)

    def do_fetch(self, words: str) -> None:
        self._scoping.fetch(words)

    def do_refresh(self, words: str) -> None:
        self._scoping.refresh(words)

    # -- what is shown ---------------------------------------------------------------------------------
    def do_filter(self, words: str) -> None:
        from reader.tui.filtering import Filtering

        filtering = next((owner for owner in self._screen.handlers if isinstance(owner, Filtering)), None)
        if filtering is None:
            self._say("there is no list to filter here · :search looks everywhere")
        elif words:
            filtering.typed(words)
        else:
            filtering.do_filter(_asked(self._screen, "filter"))

    def do_search(self, words: str) -> None:
        from reader.tui.screens.search import SearchScreen

        if isinstance(self._screen, SearchScreen):
            self._screen.ask_instead(words)
        else:
            self._screen.reader.push_screen(SearchScreen(words))

    def do_sort(self, words: str) -> None:
        from reader.tui.screens.library import LibraryScreen
        from reader.tui.screens.search import SearchScreen

        order = words.lower()
        if fault := control_fault("sort", order) if order else None:
            self._say(fault)
        elif isinstance(self._screen, SearchScreen) and order:
            query = self._screen.asked
            self._screen.ask_instead(f"{without_order(parse(query.text))} sort:{order}".strip())
        elif isinstance(self._screen, LibraryScreen) and order:
            self._screen.sort_by(order)
        elif command := self.named_command("sort"):
            do(self._screen, command)
        else:
            self._say("there is no list to sort here")

    def do_view(self, words: str) -> None:
        from reader.tui.naming_views import go_or_save

        go_or_save(self._screen, words, has_query=self._has_query)

    def do_explain(self, words: str) -> None:
        if words:
            asked: tuple[Query, Scope] | None = parse(words), "all"
        else:
            asked = in_force(self._screen)
        if asked is None:
            self._say("explain what? :explain QUERY")
        else:
            self._screen.ask(partial(self._explain, *asked), group="explain")

    async def _explain(self, query: Query, scope: Scope) -> None:
        from reader.tui.screens.explain import ExplainDialog

        explanation = await self._screen.lane.read(lambda library: library.search.explain(query, scope=scope))
        self._screen.reader.push_screen(ExplainDialog(explanation))

    def do_open(self, words: str) -> None:
        from reader.tui.screens.article import ArticleScreen

        ids = ids_in(words.split())
        if ids is None or len(ids) != 1:
            self._say("open takes the number of one article, as in :open 12")
        elif isinstance(self._screen, ArticleScreen):
            self._screen.open(ids[0])
        else:
            self._screen.reader.push_screen(ArticleScreen(ids[0]))

    def do_import(self, words: str) -> None:
        from reader.tui.screens.imported import ImportedDialog

        importing = self._screen.reader.importing
        app, path = export_in(words)
        if not path and importing.report:
            self._screen.reader.push_screen(ImportedDialog(importing.report))
        elif not path:
            self._say("import what? :import ~/Downloads/pocket.zip")
        elif not (found := Path(path).expanduser()).exists():
            self._say(f"there is nothing at {path}")
        elif found.is_dir():
            self._say("that is a folder · A adds all that is in it")
        else:
            importing.file(found, app)

    def do_export(self, words: str) -> None:
        from reader.jobs.export import FORMATS
        from reader.tui.exporting import export_shown, format_in

        form, path = format_in(words)
        if form is None:
            self._say(f"export as {', '.join(FORMATS)}")
        elif not path:
            self._say(f"export where to? :export {form} ~/{_PLACES[form]}")
        else:
            export_shown(self._screen, form, Path(path).expanduser())

    def do_history(self, words: str) -> None:
        self._screen.ask(self._history, group="history")

    async def _history(self) -> None:
        from reader.tui.screens.output import OutputDialog

        lines = await self._screen.lane.read(_told)
        self._screen.reader.push_screen(OutputDialog("history", "\n".join(lines) or "Nothing was done yet"))

    # -- inside ----------------------------------------------------------------------------------------
    def named_command(self, action: str) -> Command | None:
        """The command of the screen's mode that a deed has the name of."""
        return next((command for command in offered_on(self._screen) if command.action == action), None)

    @property
    def _has_query(self) -> bool:
        asked = in_force(self._screen)
        return asked is not None and bool(str(asked[0]))

    def _nearest(self, name: str) -> str:
        from difflib import get_close_matches

        found = get_close_matches(name, self.named, 1, 0.5)
        return found[0] if found else ""

    def _say(self, message: str) -> None:
        self._screen.say(message)


def divided(line: str) -> tuple[str, str]:
    """The first word of *line*, and the rest."""
    name, _, words = line.strip().partition(" ")
    return name, words.strip()


def export_in(words: str) -> tuple[Chosen, str]:
    """The program that *words* name first, or ``auto``, and the path behind it."""
    from reader.exchange.imports.detection import APPS

    first, rest = divided(words)
    named = next((app for app in APPS if app == first.lower()), None)
    if named is None and first.lower() != "auto":
        return "auto", words
    return named or "auto", rest


def name_of(text: str) -> str:
    """An action or a title as one types it: ``half-down``, ``more-like-this``."""
    return "-".join(re.findall(r"[a-z]+", text.lower()))


def in_force(screen: CommandScreen) -> tuple[Query, Scope] | None:
    """The query whose answer *screen* shows, and where it looks."""
    from reader.tui.screens.highlights import HighlightsScreen
    from reader.tui.screens.library import LibraryScreen
    from reader.tui.screens.search import SearchScreen

    match screen:
        case SearchScreen():
            return screen.asked, "all"
        case LibraryScreen():
            return screen.shown, "list"
        case HighlightsScreen():
            return parse(screen.filtering.text), "all"
    return None


def _asked(screen: CommandScreen, action: str) -> Pressed:
    command = next(command for command in screen.commands if command.action == action)
    return Pressed(command, None, "", ())


def _told(library: Library) -> Sequence[str]:
    return [
        f"{entry.at.astimezone():%Y-%m-%d %H:%M}  {entry.summary}{' · undone' if entry.undone else ''}"
        for entry in library.history.entries(RECENT)
    ]
