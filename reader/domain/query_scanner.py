"""Walks over the text of a query: words, quotes, keywords. A pair of parentheses inside a word belongs to it."""

from __future__ import annotations

import re

from reader.domain.patterns import lazy

_KEYWORD = lazy(r'(OR|AND|NOT)(?=[\s()"]|$)')
_NAME = lazy("([A-Za-z]+):")
_NEAR = lazy("~([0-9]+)")
_SPACES = lazy(r"\s*")
_STOPS = lazy(r'[\s"()]')
_VALUE_STOPS = lazy(r'[\s"(),]')


class Scanner:
    """``at`` is where it stands in ``text``; what it takes, it moves behind."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._pairs = _pairs(text)

    @property
    def is_at_end(self) -> bool:
        return self.at >= len(self.text)

    def sees(self, sign: str) -> bool:
        return self.text.startswith(sign, self.at)

    def sees_space_or_end(self) -> bool:
        return self.is_at_end or self.text[self.at].isspace()

    def take(self, sign: str) -> bool:
        found = self.sees(sign)
        self.at += len(sign) if found else 0
        return found

    def skip_spaces(self) -> None:
        if spaces := _SPACES.match(self.text, self.at):
            self.at = spaces.end()

    def keyword(self) -> str | None:
        """OR, AND or NOT, if one stands behind the white space here."""
        self.skip_spaces()
        found = _KEYWORD.match(self.text, self.at)
        return found[1] if found else None

    def name(self) -> str | None:
        """The letters here before a colon; it does not move."""
        found = _NAME.match(self.text, self.at)
        return found[1] if found else None

    def take_near(self) -> int | None:
        """The number of ``~5``."""
        found = _NEAR.match(self.text, self.at)
        if not found:
            return None
        self.at = found.end()
        return int(found[1][:6])

    def take_quoted(self) -> str:
        """What stands between the quote here and the next one, or the end, on one line."""
        end = self.text.find('"', self.at + 1)
        end = len(self.text) if end < 0 else end
        inside = self.text[self.at + 1 : end]
        self.at = min(end + 1, len(self.text))
        return one_line(inside)

    def take_word(self) -> str:
        return self._take_to(_STOPS)

    def take_value(self) -> str:
        """Up to a comma, too."""
        return self._take_to(_VALUE_STOPS)

    def since(self, start: int) -> str:
        return self.text[start : self.at]

    def _take_to(self, stops: re.Pattern[str]) -> str:
        start = self.at
        while stop := stops.search(self.text, self.at):
            self.at = stop.start()
            if self.at == start or self.at not in self._pairs:
                return self.since(start)
            self.at = self._pairs[self.at] + 1
        self.at = len(self.text)
        return self.since(start)


def one_line(text: str) -> str:
    return " ".join(text.split())


def _pairs(text: str) -> dict[int, int]:
    """Where the parenthesis opened at each place is closed without white space or a quote between."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for stop in _STOPS.finditer(text):
        match stop[0]:
            case "(":
                opened.append(stop.start())
            case ")":
                if opened:
                    pairs[opened.pop()] = stop.start()
            case _:
                opened.clear()
    return pairs
