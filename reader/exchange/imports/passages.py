"""Passages of HTML that other programs name by element paths and offsets.

Such a place says nothing about our text, but the words around it do: they tell which of several equal passages is
meant. A place is believed only if it shows the very words that were marked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

from reader.domain.utf16 import from_utf16

CONTEXT = 32
_ENOUGH = 4 * CONTEXT  # of a text that may have white space to fold
_STEP = re.compile(r"([A-Za-z][A-Za-z0-9-]*)(?:\[(\d{1,6})\])?")
_BLOCKS = frozenset(
    [
        "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure",
        "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    ]
)  # fmt: skip
_UNSEEN = frozenset(["script", "style", "template", "noscript"])


class Around(NamedTuple):
    """What stands before and behind a passage, white space folded, up to 32 code points each."""

    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Place:
    """One end of a passage: an element by its path, as ``/div[1]/p[3]``, and an offset into the text of it."""

    path: str
    offset: int


class Markup:
    """The text of a piece of HTML, in which places can be looked up. Total: what is no HTML has no places."""

    def __init__(self, markup: str) -> None:
        self._body = _body(markup)
        self._pieces: list[str] = []
        self._shown: list[str] = []  # the same pieces, with a line feed where a block begins or ends
        self._starts: dict[Any, int] = {}
        self._ends: dict[Any, int] = {}
        self._length = 0
        if self._body is not None:
            self._walk()
        self._text = "".join(self._pieces)
        self._offsets = [0, *accumulate(map(len, self._pieces))]
        self._shown_offsets = [0, *accumulate(map(len, self._shown))]
        self._shown_text = "".join(self._shown)

    def around(self, exact: str, start: Place, end: Place, *, utf16: bool) -> Around | None:
        """The words around the passage from *start* to *end*, if that is *exact*, white space aside.

        Offsets are code points, or UTF-16 units with *utf16*, from where the element begins.
        """
        first, last = self._offset(start, utf16), self._offset(end, utf16)
        if first is None or last is None or first >= last:
            return None
        if "".join(self._text[first:last].split()) != "".join(exact.split()):
            return None
        before, behind = self._as_shown(first), self._as_shown(last - 1) + 1
        prefix = _folded(self._shown_text[max(0, before - _ENOUGH) : before])
        suffix = _folded(self._shown_text[behind : behind + _ENOUGH])
        return Around(prefix[-CONTEXT:], suffix[:CONTEXT])

    def _offset(self, place: Place, utf16: bool) -> int | None:
        element = self._element(place.path)
        if element is None or place.offset < 0:
            return None
        start, end = self._starts[element], self._ends[element]
        offset = from_utf16(self._text[start:end], place.offset) if utf16 else place.offset
        return start + offset if start + offset <= end else None

    def _element(self, path: str) -> Any:
        """The element at *path* below the body, or below the one element that the body has."""
        steps = [_STEP.fullmatch(step) for step in path.strip("./ ").split("/") if step]
        if self._body is None or not all(steps):
            return None
        for root in (self._body, *list(self._body)[:1]):
            element = root
            for step in steps:
                if step is None or element is None:
                    break
                same = [child for child in element if child.tag == step[1].lower()]
                number = int(step[2] or 1)
                element = same[number - 1] if 0 < number <= len(same) else None
            if element is not None and element in self._starts:
                return element
        return None

    def _as_shown(self, offset: int) -> int:
        """Where the character at *offset* of the text is in the text with line feeds."""
        piece = bisect_right(self._offsets, offset) - 1
        lead = len(self._shown[piece]) - len(self._pieces[piece])
        return self._shown_offsets[piece] + lead + offset - self._offsets[piece]

    def _walk(self) -> None:
        from lxml import etree

        at_edge = False
        for event, node in etree.iterwalk(self._body, events=("start", "end", "comment", "pi")):
            is_element = isinstance(node.tag, str)
            if event == "start":
                self._starts[node] = self._length
                at_edge = at_edge or node.tag in _BLOCKS
                if node.text and node.tag not in _UNSEEN:
                    self._take(node.text, at_edge)
                    at_edge = False
                continue
            if is_element:
                self._ends[node] = self._length
                at_edge = at_edge or node.tag in _BLOCKS
            if node.tail and node is not self._body:
                self._take(node.tail, at_edge)
                at_edge = False

    def _take(self, text: str, at_edge: bool) -> None:
        self._pieces.append(text)
        self._shown.append("\n" + text if at_edge else text)
        self._length += len(text)


def _body(markup: str) -> Any:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True, recover=True)
    page = f"<html><body>{markup}</body></html>".replace("\x00", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(page, parser)
    except (etree.LxmlError, ValueError):
        return None
    return None if root is None else root.find("body")


def _folded(text: str) -> str:
    """White space folded to single spaces; one at an end stays, since it tells whether a word goes on there."""
    return re.sub(r"\s+", " ", text)
