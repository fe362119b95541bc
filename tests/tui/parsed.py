"""Style sheets are parsed once for all the apps of a test run: that took a tenth of each test's time."""

from __future__ import annotations

from functools import wraps
from typing import Any
from weakref import WeakKeyDictionary

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_parse = Stylesheet._parse_rules
_parsed: dict[Any, list[RuleSet]] = {}


_variables: WeakKeyDictionary[Stylesheet, tuple[dict[str, str], Any]] = WeakKeyDictionary()


def _variables_of(sheet: Stylesheet) -> Any:
    """All of them, in order; a sheet that is given others is given another dictionary."""
    held = _variables.get(sheet)
    if held is None or held[0] is not sheet._variables:
        _variables[sheet] = held = (sheet._variables, tuple(sorted(sheet._variables.items())))
    return held[1]


@wraps(_parse)
def _parse_once(
    self: Stylesheet,
    css: str,
    read_from: Any,
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    """What Textual keeps for one app by the same key; the variables, a theme's colours, are those of the app."""
    key = (_variables_of(self), css, read_from, is_default_rules, tie_breaker, scope)
    if key not in _parsed:
        _parsed[key] = _parse(self, css, read_from, is_default_rules, tie_breaker, scope)
    return _parsed[key]


def parse_once() -> None:
    """For every app in this process from now on."""
    Stylesheet._parse_rules = _parse_once  # type: ignore[method-assign]
