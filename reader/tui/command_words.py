"""Completing a command line: the command's name, then its tags, order or view, then the query behind them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.domain.completion import Begun, begun, begun_by, completed, written
from reader.domain.fields import SORTS
from reader.domain.query import parse
from reader.tui.completing import completions, is_path
from reader.tui.completion import Completing
from reader.tui.deeds import DEEDS, MARKINGS, Deed
from reader.tui.views import VIEWS

if TYPE_CHECKING:
    from reader.tui.commanding import Commanding
    from reader.tui.widgets.completions import Completions
    from reader.tui.widgets.prompt import Prompt

# What can be begun besides the parts of a query.
NAME, TAG, MARKING, SORT, VIEW, EXPORT = ":name", ":tag", ":marking", ":sort", ":view", ":export"
TARGET = ":target"


class CommandWords(Completing):
    """Says besides what the command takes, and what in its query is not understood."""

    def __init__(self, prompt: Prompt, line: Completions, commanding: Commanding) -> None:
        super().__init__(prompt, line)
        self._commanding = commanding

    def typed(self) -> None:
        super().typed()
        self._line.warning = self._problem(self._prompt.value)
        self._line.hint = self._usage(self._prompt.value)

    def warn(self, problem: str) -> None:
        """The line cannot be done as it is."""
        self._line.offered = ()
        self._line.warning = problem

    # -- what is begun -----------------------------------------------------------------------------------
    def begun(self, text: str) -> Begun | None:
        name, blank, words = text.lstrip().partition(" ")
        at = len(text) - len(words)
        if not blank:
            return Begun(NAME, name, len(text) - len(name))
        target = self._commanding.meant(name)
        if not isinstance(target, Deed):
            return None
        last = words.rpartition(" ")[2]
        is_first = " " not in words
        match target.takes:
            case "tags" if last[:1] in ("+", "-") and ":" not in last and '"' not in last:
                return Begun(TAG, last[1:], len(text) - len(last) + 1)
            case "marking" if is_first:
                return Begun(MARKING, words, at)
            case "sort":
                return Begun(SORT, words, at) if is_first else None
            case "view" if is_first:
                return Begun(VIEW, words, at)
            case "export":
                return Begun(EXPORT, words, at)
            case "target":
                return Begun(TARGET, words, at)
            case "number" | "none":
                return None
        term = begun(words)
        return replace(term, start=term.start + at) if term is not None else None

    def values(self, begun: Begun) -> tuple[str, ...]:
        typed = begun.typed.lower()
        match begun.field:
            case ":name":
                names = self._commanding.named if typed else [deed.name for deed in DEEDS]
                return begun_by(typed, names)
            case ":tag":
                return self._known("tag", begun)
            case ":marking":
                return begun_by(typed, MARKINGS)
            case ":sort":
                return begun_by(typed, (*SORTS, *(f"-{order}" for order in SORTS)))
            case ":view":
                return (*self._known("query", begun), *begun_by(typed, [view.id for view in VIEWS]))
            case ":export":
                return _exports(begun.typed)
            case ":target":
                return _targets(begun.typed)
        return super().values(begun)

    def completed(self, text: str, begun: Begun, value: str) -> str:
        before = text[: begun.start]
        match begun.field:
            case ":name":
                target = self._commanding.named[value]
                return before + value + " " * (isinstance(target, Deed) and target.takes != "none")
            case ":tag":
                return f"{before}{value.replace(' ', chr(92) + ' ')} "
            case ":view":
                return before + written("query", value) + " "
            case ":marking":
                return f"{before}{value} "
            case ":sort":
                return before + value
            case ":export" | ":target":
                return before + value + " " * (not is_path(value))
        return completed(text, begun, value)

    def _known(self, field: str, begun: Begun) -> tuple[str, ...]:
        return super().values(replace(begun, field=field))

    # -- what is said ------------------------------------------------------------------------------------
    def _problem(self, text: str) -> str:
        name, blank, words = text.strip().partition(" ")
        if not text.strip() or (not blank and not text.endswith(" ")):
            return ""  # the name is still being typed
        if problem := self._commanding.problem(text):
            return problem
        target = self._commanding.meant(name)
        if isinstance(target, Deed) and target.takes == "query":
            problems = parse(words).problems
            return problems[0].told if problems else ""
        return ""

    def _usage(self, text: str) -> str:
        target = self._commanding.meant(text.strip().partition(" ")[0])
        if isinstance(target, Deed):
            return f"{target.name} {target.usage}".strip() + f" · {target.help}"
        return target.help if target is not None else ""


def _exports(typed: str) -> tuple[str, ...]:
    """The programs that begin as *typed* does, and where a path in it may go on to."""
    from reader.exchange.imports.detection import APPS

    app, _, path = typed.partition(" ")
    lead = f"{app} " if path and app in APPS else ""
    begun = typed.removeprefix(lead)
    programs = begun_by(typed, APPS) if typed and not is_path(typed) else ()
    return (*programs, *(lead + found for found in (completions(begun) if is_path(begun) else ())))


def _targets(typed: str) -> tuple[str, ...]:
    """The formats that begin as *typed* does, and where a path behind one may go on to."""
    from reader.jobs.export import FORMATS

    form, blank, path = typed.partition(" ")
    if not blank:
        return begun_by(form, FORMATS)
    return tuple(f"{form} {found}" for found in (completions(path) if is_path(path) else ()))
