"""A note as lines: the little Markdown that people write in notes, shown as what it means.

Emphasis, code, lists, headings and quotes; a link shows its words. Anything else stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from rich.cells import cell_len

from reader.render.wrap import wrap

Look = Literal["plain", "em", "strong", "mono", "marker", "link"]

_LEAST = 8  # cells that a list leaves for its words
_LEAD = re.compile(
    r"(?P<indent>[ \t]*)(?:(?P<bullet>[-*+])|(?P<number>\d{1,3}[.)])|(?P<head>#{1,6})|(?P<quote>>))[ \t]+"
)
_INLINE = re.compile(
    r"`(?P<mono>[^`\n]+)`"
    r"|!?\[(?P<link>[^\[\]\n]+)\]\((?:<[^>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"\n]*\")?\)"
    r"|<(?P<address>https?://[^>\s]+)>"
    r"|(?P<two>\*\*|__)(?=\S)(?P<strong>.+?)(?<=\S)(?P=two)"
    r"|(?<![\w*])(?P<one>[*_])(?=[^\s*_])(?P<em>[^*_\n]*?)(?<=\S)(?P=one)(?![\w*])"
)


class NotePiece(NamedTuple):
    text: str
    look: Look = "plain"


NoteLine = tuple[NotePiece, ...]


@lru_cache(maxsize=1024)
def note_lines(note: str, width: int, most: int | None = None) -> tuple[NoteLine, ...]:
    """*note* in lines of at most *width* cells; with *most*, what is left out is shown by an ellipsis.

    A blank line between paragraphs is kept, one at the ends is not.
    """
    lines: list[NoteLine] = []
    for paragraph in note.strip().splitlines():
        lines += _paragraph(paragraph, max(1, width))
        if most is not None and len(lines) > most:
            return (*lines[: most - 1], (*_shortened(lines[most - 1], width - 2), NotePiece(" …")))
    return tuple(lines)


def plain(note: str) -> str:
    """*note* on one line, as it reads."""
    parts = []
    for paragraph in note.split("\n"):
        lead = _LEAD.match(paragraph)
        text = paragraph[lead.end() :] if lead else paragraph
        parts.append("".join(piece.text for piece in _pieces(text)))
    return " ".join(" ".join(parts).split())


def _paragraph(paragraph: str, width: int) -> Iterator[NoteLine]:
    if not paragraph.strip():
        yield ()
        return
    lead = _LEAD.match(paragraph)
    sign, look = _sign(lead)
    pieces = list(_pieces(" ".join((paragraph[lead.end() :] if lead else paragraph).split()), look))
    if cell_len(sign) > width - _LEAST:
        sign = ""
    text = "".join(piece.text for piece in pieces)
    hanging = "│ " if sign == "│ " else " " * cell_len(sign)
    for number, extent in enumerate(wrap(text, width - cell_len(sign)) or ()):
        before = (NotePiece(hanging if number else sign, "marker"),) if sign else ()
        yield (*before, *_cut(pieces, extent.start, extent.end))


def _sign(lead: re.Match[str] | None) -> tuple[str, Look]:
    """What stands before a paragraph, and how its words look."""
    if lead is None:
        return "", "plain"
    indent = " " * min(6, len(lead["indent"].expandtabs(4)))
    if lead["bullet"]:
        return f"{indent}• ", "plain"
    if lead["number"]:
        return f"{indent}{lead['number']} ", "plain"
    return ("", "strong") if lead["head"] else ("│ ", "plain")


def _pieces(text: str, look: Look = "plain") -> Iterator[NotePiece]:
    end = 0
    for match in _INLINE.finditer(text):
        if match.start() > end:
            yield NotePiece(text[end : match.start()], look)
        kind = match.lastgroup
        if match["mono"]:
            yield NotePiece(match["mono"], "mono")
        elif match["link"] or match["address"]:
            yield NotePiece(match["link"] or match["address"], "link")
        elif kind is not None and match["strong"]:
            yield from _pieces(match["strong"], "strong")
        else:
            yield from _pieces(match["em"], "em")
        end = match.end()
    if end < len(text):
        yield NotePiece(text[end:], look)


def _cut(pieces: list[NotePiece], start: int, end: int) -> Iterator[NotePiece]:
    """What of *pieces* stands in ``[start, end)`` of their joined text."""
    place = 0
    for text, look in pieces:
        first, last = max(start, place), min(end, place + len(text))
        if first < last:
            yield NotePiece(text[first - place : last - place], look)
        place += len(text)


def _shortened(line: NoteLine, width: int) -> Iterator[NotePiece]:
    room = width
    for text, look in line:
        if cell_len(text) > room:
            kept = next(iter(wrap(text, max(1, room))), None)
            if kept is not None and room > 0:
                yield NotePiece(text[kept.start : kept.end], look)
            return
        yield NotePiece(text, look)
        room -= cell_len(text)
