"""What is drawn on the pages of a PDF: runs of text with their places, as PDFium finds them."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import dataclass, replace
from math import cos, pi, sin
from typing import Any
from unicodedata import normalize

import pypdfium2.raw as raw

from reader.domain.text import clean

GAP = 1.1  # of the size of the letters: wider than any space between words, narrower than between columns
_UPRIGHT = 0.1
_NAME_BYTES = 100

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
# PDFium says so for a hyphen at the end of a line; other programs write the soft one.
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\xad": "-", "\u2010": "-"})
# Fonts of TeX draw an accent by itself, before its letter.
_ACCENTS = {
    "¨": "\u0308",
    "´": "\u0301",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "ˇ": "\u030c",
    "˘": "\u0306",
    "˚": "\u030a",
    "¸": "\u0327",
}
_ACCENTED = re.compile(f"([{''.join(_ACCENTS)}]) ?([A-Za-zı])")
_BOLD = re.compile(r"bold|black|heavy|demi|cmbx", re.IGNORECASE)
_MONO = re.compile(r"courier|mono|consol|typewriter|menlo|fixed|cmtt|cmsltt|tt\d*$", re.IGNORECASE)
_FIXED_PITCH = 1  # a flag of fonts
_JOINED = (2, 0xFFFE)  # a hyphen at the end of a line, behind which PDFium goes on as if there were none
_ENDS = (10, 13)
SAMPLES = 9


@dataclass(frozen=True, slots=True)
class Run:
    """Text on one baseline, in points from the left and from the top of the page."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page. ``aside`` is text at an angle to the rest, as the stamp in a margin is."""

    width: float
    height: float
    runs: tuple[Run, ...]
    aside: tuple[str, ...] = ()


def drawn(page: Any) -> Drawn:
    """What is on *page*, of pypdfium2, seen as it is to be read, whichever way round it is stored."""
    text = page.get_textpage()
    try:
        found = [run for line in _lines(text) for run in _runs(text, line)]
    finally:
        text.close()
    if not found:
        return Drawn(1, 1, ())
    weights: Counter[float] = Counter()
    for angle, run in found:
        weights[angle] += len(run.text)
    upright = weights.most_common(1)[0][0]
    left, bottom, right, top = page.get_mediabox()
    corners = [_turned(x, y, upright) for x in (left, right) for y in (bottom, top)]
    low, high = min(x for x, _ in corners), max(y for _, y in corners)
    return Drawn(
        width=max(x for x, _ in corners) - low,
        height=high - min(y for _, y in corners),
        runs=tuple(
            replace(run, left=run.left - low, right=run.right - low, base=high - run.base)
            for angle, run in found
            if abs(angle - upright) < _UPRIGHT
        ),
        aside=tuple(run.text for angle, run in found if abs(angle - upright) >= _UPRIGHT),
    )


@dataclass(frozen=True, slots=True)
class _Letters:
    """A line of letters: their numbers for PDFium, and what they are."""

    numbers: range
    text: str


def _lines(text: Any) -> list[_Letters]:
    """The lines that PDFium sees, without their ends."""
    count = raw.FPDFText_CountChars(text)
    if count < 1:
        return []
    letters = [raw.FPDFText_GetUnicode(text, number) for number in range(count)]
    lines: list[_Letters] = []
    start = 0
    for number in range(count + 1):
        if number < count and letters[number] not in (*_ENDS, *_JOINED):
            continue
        end = number + 1 if number < count and letters[number] in _JOINED else number
        if end > start:
            lines.append(_Letters(range(start, end), "".join(map(_letter, letters[start:end]))))
        start = number + 1
    return lines


def _letter(code: int) -> str:
    """One character for each, so that places stay what they are; NUL for what the font gives no meaning."""
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\0"


def _runs(text: Any, line: _Letters) -> list[tuple[float, Run]]:
    """*line*, divided where a gap is too wide for a space, each run with the angle that it is written at."""
    first, last = _ink(line.text)
    if first is None or last is None:
        return []
    size = _size(text, line.numbers[first])
    angle = _angle(text, line.numbers[first])
    runs: list[tuple[float, Run]] = []
    start = first
    for space in re.finditer(r"[ \t\u00a0\0]+", line.text):
        before, after = space.start() - 1, space.end()
        if not (first <= before < after <= last):
            continue
        gap = _edge(text, line.numbers[after], angle)[0] - _edge(text, line.numbers[before], angle)[1]
        if not -size <= gap <= GAP * size:
            runs.append((angle, _run(text, line, start, before, angle)))
            start = after
    return [*runs, (angle, _run(text, line, start, last, angle))]


def _ink(text: str) -> tuple[int | None, int | None]:
    seen = [number for number, letter in enumerate(text) if letter.strip(" \t\xa0\0")]
    return (seen[0], seen[-1]) if seen else (None, None)


def _run(text: Any, line: _Letters, start: int, end: int, angle: float) -> Run:
    numbers = line.numbers[start : end + 1]
    said = line.text[start : end + 1]
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, numbers[0], x, y)
    shown = [number for number, letter in zip(numbers, said, strict=True) if letter.strip(" \t\xa0\0")]
    samples = shown[:: max(1, len(shown) // SAMPLES)]
    fonts = [_font(text, number) for number in (shown[0], shown[len(shown) // 2], shown[-1])]
    return Run(
        text=_text(said),
        left=_edge(text, numbers[0], angle)[0],
        right=_edge(text, numbers[-1], angle)[1],
        base=_turned(x.value, y.value, angle)[1],
        size=Counter(round(_size(text, number), 1) for number in samples).most_common(1)[0][0],
        bold=all(bold for bold, _ in fonts),
        mono=all(mono for _, mono in fonts),
    )


def _text(said: str) -> str:
    said = clean(said.replace("\0", "").translate(_LIGATURES).translate(_HYPHENS))
    return " ".join(_ACCENTED.sub(_composed, said).split())


def _composed(found: re.Match[str]) -> str:
    """An accent and its letter as one character, if there is one."""
    letter = "i" if found[2] == "ı" else found[2]
    one = normalize("NFC", letter + _ACCENTS[found[1]])
    return one if len(one) == 1 else found[0]


def _edge(text: Any, number: int, angle: float) -> tuple[float, float]:
    """From where to where a letter reaches along its line."""
    left, right, bottom, top = ctypes.c_double(), ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharBox(text, number, left, right, bottom, top)
    one, other = _turned(left.value, bottom.value, angle), _turned(right.value, top.value, angle)
    return min(one[0], other[0]), max(one[0], other[0])


def _turned(x: float, y: float, angle: float) -> tuple[float, float]:
    """The point as it lies when what is written at *angle* is made upright."""
    if not angle:
        return x, y
    return x * cos(angle) + y * sin(angle), y * cos(angle) - x * sin(angle)


def _angle(text: Any, number: int) -> float:
    """Counterclockwise, in radians; a quarter of a turn is one exactly. PDFium counts the other way round."""
    angle = -float(raw.FPDFText_GetCharAngle(text, number)) % (2 * pi)
    quarters = round(angle / (pi / 2))
    return quarters % 4 * pi / 2 if abs(angle - quarters * pi / 2) < _UPRIGHT else round(angle, 1)


def _size(text: Any, number: int) -> float:
    """The size of a letter as it is seen: fonts are often of size 1 and magnified."""
    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(text, number))
    if raw.FPDFText_GetMatrix(text, number, matrix):
        scale = (matrix.c**2 + matrix.d**2) ** 0.5
        size *= scale or 1
    return size or 1.0


def _font(text: Any, number: int) -> tuple[bool, bool]:
    """Whether a letter is bold, and whether all letters of its font are equally wide."""
    name = ctypes.create_string_buffer(_NAME_BYTES)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text, number, name, _NAME_BYTES, flags)
    called = name.value.decode("utf-8", "replace") if 0 < length <= _NAME_BYTES else ""
    return _BOLD.search(called) is not None, bool(flags.value & _FIXED_PITCH) or _MONO.search(
        called
    ) is not None
