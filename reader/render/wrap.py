"""Breaking text into lines of so many cells, and measuring it.

A width is always the sum over grapheme clusters of what Rich says of each: Rich's own measure of a whole
string is not additive around a zero-width joiner, so it must never be asked about more than one cluster.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import regex
from rich.cells import cell_len

# Code points that are one cell and one cluster each, whatever their neighbours: text of these needs no clusters.
_VISIBLE = (
    "\x21-\x7e\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u10d0-\u10ff\u1e00-\u1fff"
    "\u2010-\u2027\u2030-\u205e\u2070-\u20c0\u2100-\u218b\u2190-\u22ff\u2500-\u25fc"
)
_SIMPLE = re.compile(f"[ \xa0\u2000-\u200a\u202f\u205f{_VISIBLE}]*")
_CLUSTER = regex.compile(r"\X")
# Simple words and runs of spaces whole, unless what follows joins their last character; else one cluster.
_TOKEN = regex.compile(
    rf"[{_VISIBLE}]+(?![\p{{GCB=EX}}\p{{GCB=ZWJ}}\p{{GCB=SM}}])| +(?![\p{{GCB=EX}}\p{{GCB=ZWJ}}\p{{GCB=SM}}])|\X"
)
_WIDEST_CLUSTER = 2

_UNBREAKABLE_SPACES = "\xa0\u2007\u202f"
_OPENING = frozenset("([{（［｛「『【〈《〔“‘")
_CLOSING = frozenset(
    ")]}）］｝」』】〉》〕”’、。，．：；？！ー…‥・々ぁぃぅぇぉっゃゅょァィゥェォッャュョ!?,.:;"
)
_RAGGED = 12
_AFTER_PUNCTUATION = re.compile(r"[—–/]|(?<=\w\w)-(?=\w\w)")
_SEEN_BEHIND = 2  # letters that a hyphen must have behind it
_INSIDE_TOKEN = re.compile(r"[-—–/_.,?&=;:+]")


class Cluster(NamedTuple):
    """A grapheme cluster: what a reader takes for one character."""

    start: int
    end: int
    cells: int


class Extent(NamedTuple):
    """One line of a wrapped text. White space between ``end`` and the next line's ``start`` hangs unseen."""

    start: int
    end: int


def is_simple(text: str) -> bool:
    """Whether every code point of *text* is one cell wide and a cluster of its own."""
    return (text.isascii() and text.isprintable()) or _SIMPLE.fullmatch(text) is not None


def clusters(text: str, start: int = 0, end: int | None = None) -> list[Cluster]:
    """The clusters of ``text[start:end]``, with offsets into *text*.

    A cluster of more than two cells (scripts that stack consonants without limit) is given in parts, so that
    any text fits into any column of two cells.
    """
    found: list[Cluster] = []
    position = start
    for cluster in _CLUSTER.findall(text, start, len(text) if end is None else end):
        after = position + len(cluster)
        width = _cells_of(cluster)
        if width > _WIDEST_CLUSTER:
            found += _parts(cluster, position)
        else:
            found.append(Cluster(position, after, width))
        position = after
    return found


def cells(text: str) -> int:
    """The cells that *text* takes in a terminal."""
    return len(text) if is_simple(text) else sum(cluster.cells for cluster in clusters(text))


def wrap(text: str, width: int, start: int = 0, end: int | None = None) -> list[Extent]:
    """Break ``text[start:end]`` into lines of at most *width* cells, at least two.

    Lines break after white space, which then hangs; between CJK characters, but not before closing
    punctuation; after a dash where a line would else be left ragged; a token longer than a line inside it, at
    punctuation if there is some. A line feed always ends its line. Always at least one line.
    """
    lines: list[Extent] = []
    width = max(_WIDEST_CLUSTER, width)
    final = len(text) if end is None else end
    while True:
        feed = text.find("\n", start, final)
        stop = final if feed < 0 else feed
        if stop - start <= width and is_simple(text[start:stop]):
            lines.append(Extent(start, _trimmed(text, start, stop)))
        elif is_simple(text[start:stop]):
            _wrap_simple(text, start, stop, width, lines)
        else:
            _wrap_mixed(text, start, stop, width, lines)
        if feed < 0:
            return lines
        start = feed + 1


@lru_cache(maxsize=16384)
def _cells_of(cluster: str) -> int:
    return 1 if cluster == "\t" else cell_len(cluster)  # in prose a TAB is shown as one space


def _parts(cluster: str, position: int) -> list[Cluster]:
    """*cluster* cut before each code point that has a width of its own."""
    parts: list[Cluster] = []
    for index, character in enumerate(cluster):
        width = _cells_of(character)
        if width or not parts:
            parts.append(Cluster(position + index, position + index + 1, width))
        else:
            last = parts[-1]
            parts[-1] = Cluster(last.start, last.end + 1, last.cells)
    return parts


def _trimmed(text: str, start: int, stop: int) -> int:
    while stop > start and _is_break(text[stop - 1]):
        stop -= 1
    return stop


def _is_break(character: str) -> bool:
    return character == " " or (character.isspace() and character not in _UNBREAKABLE_SPACES)


def _wrap_simple(text: str, start: int, stop: int, width: int, lines: list[Extent]) -> None:
    while stop - start > width:
        limit = start + width
        if text[limit] == " ":
            after = limit
        else:
            space = text.rfind(" ", start, limit)
            after = space if space > start else start
            if after == start or limit - after > _RAGGED:
                after = _inside(text, start, after, limit)
        lines.append(Extent(start, _trimmed(text, start, after)))
        while after < stop and text[after] == " ":
            after += 1
        if after == stop:
            return
        start = after
    lines.append(Extent(start, _trimmed(text, start, stop)))


def _inside(text: str, start: int, space: int, limit: int) -> int:
    """Where to break a line whose last space leaves it ragged: behind punctuation, at *space*, or hard."""
    if space > start:
        found = space
        for match in _AFTER_PUNCTUATION.finditer(text, space + 1, limit + _SEEN_BEHIND):
            if match.end() <= limit:
                found = match.end()
        return found
    found = limit
    for match in _INSIDE_TOKEN.finditer(text, start + (limit - start) // 2, limit):
        found = match.end()
    return found


def _wrap_mixed(text: str, start: int, stop: int, width: int, lines: list[Extent]) -> None:
    used = 0  # cells from `start`, hanging space included
    chance, chance_used = start, 0  # the last place where the line may end, and the cells before it
    previous = " "
    position = start
    for token in _TOKEN.findall(text, start, stop):
        size = len(token)
        first = token[0]
        spaces = not token.strip(" ")
        if spaces or (size == 1 and _is_break(first)):
            previous = " "
            used += size if spaces else _cells_of(token)
            position += size
            continue
        simple = size > 1 and is_simple(token)
        wide = size if simple else _cells_of(token)
        if not simple and wide > _WIDEST_CLUSTER:
            wide = cells(token)  # its parts, which together may be wider than it is as a whole
        if _may_break(previous, first, wide):
            chance, chance_used = position, used
        if used + wide > width and position > start and chance > start:
            lines.append(Extent(start, _trimmed(text, start, chance)))
            start, used = chance, used - chance_used
        if used + wide > width:
            start, used = _break_token(text, start, position, position + size, width, lines)
            chance = start
        else:
            used += wide
        previous = token[-1] if simple or size == 1 else "x"
        position += size
    lines.append(Extent(start, _trimmed(text, start, stop)))


def _break_token(
    text: str, start: int, token: int, stop: int, width: int, lines: list[Extent]
) -> tuple[int, int]:
    """Break a line inside the token that begins at *token* and ends at *stop*; returns where the last line
    starts and how many cells it has."""
    used = sum(cluster.cells for cluster in clusters(text, start, token))
    for cluster in clusters(text, token, stop):
        if used + cluster.cells > width and cluster.start > start:
            soft = _inside(text, start, start, cluster.start) if stop - token > _RAGGED else cluster.start
            if not is_simple(text[soft]):  # it may join what stands before it
                soft = cluster.start
            lines.append(Extent(start, _trimmed(text, start, soft)))
            used = sum(passed.cells for passed in clusters(text, soft, cluster.start))
            start = soft
        used += cluster.cells
    return start, used


def _may_break(previous: str, character: str, width: int) -> bool:
    if previous == " ":
        return True
    if character in _CLOSING or previous in _OPENING:
        return False
    return (width == _WIDEST_CLUSTER and _is_ideograph(character)) or _is_ideograph(previous)


def _is_ideograph(character: str) -> bool:
    """CJK text runs without spaces; Hangul does not, and breaks at them."""
    return (
        "\u2e80" <= character <= "\ua4cf"
        or "\uf900" <= character <= "\ufaff"
        or "\uff00" <= character <= "\uffef"
        or "\U00020000" <= character <= "\U0003ffff"
    )
