"""The only door to stdout and stderr: cleaned text, colours on a terminal only."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from typing import Any, BinaryIO, Literal, NamedTuple, TextIO

from reader.domain.patterns import lazy
from reader.domain.text import clean, clean_line

Role = Literal["strong", "quiet", "match", "tag", "number", "good", "bad", "removed", "added"]

_SGR: dict[Role, str] = {
    "strong": "1",
    "quiet": "2",
    "match": "1;33",
    "tag": "36",
    "number": "36",
    "good": "32",
    "bad": "31",
    "removed": "9;31",
    "added": "4;32",
}
_PART = 2**20
ERROR_LIMIT = 4_000  # longer than any path, so that the reason behind it is not cut off

# What a terminal or an editor could act on, or an eye not see, is escaped inside JSON strings.
_ESCAPED = lazy(
    "[\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


class Lit(NamedTuple):
    """*text* in the look of *role*, where the stream can show one."""

    text: str
    role: Role


Piece = str | Lit


def out(*pieces: Piece, end: str = "\n") -> None:
    """Write data to stdout, cleaned."""
    _write(sys.stdout, pieces, end)


def err(*pieces: Piece, end: str = "\n") -> None:
    """Write narration to stderr: one clean line, whatever the pieces hold."""
    flush()  # where both are one terminal or file, lines stay in order
    _write(sys.stderr, [_on_one_line(piece) for piece in pieces], end)
    sys.stderr.flush()


def out_bytes(file: BinaryIO) -> None:
    """Write data that is no text, all that *file* gives, to stdout, which is no terminal."""
    flush()
    while part := file.read(_PART):
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


def flush() -> None:
    """Hand over what was written: a line counts as said only then."""
    sys.stdout.flush()


def out_json(records: Iterable[dict[str, Any]], *, lines: bool = False) -> None:
    """One array, or one object a line. Never a control character, raw or hidden in a string."""
    if lines:
        for record in records:
            out(json_text(record))
        return
    opening = "["
    for record in records:
        out(opening)
        out("  ", json_text(record), end="")
        opening = ","
    out("[]" if opening == "[" else "\n]")


def json_text(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def width() -> int | None:
    """Columns of the terminal that shows stdout; ``None`` if it is none."""
    if not is_terminal(sys.stdout):
        return None
    from shutil import get_terminal_size  # it brings every compression there is

    return get_terminal_size().columns


def has_colour(stream: TextIO) -> bool:
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _write(stream: TextIO, pieces: Iterable[Piece], end: str) -> None:
    coloured = has_colour(stream)
    stream.write("".join(_shown(piece, coloured) for piece in pieces) + end)


def _shown(piece: Piece, coloured: bool) -> str:
    if isinstance(piece, str):
        return clean(piece)
    text = clean(piece.text)
    return f"\x1b[{_SGR[piece.role]}m{text}\x1b[0m" if coloured and text else text


def _on_one_line(piece: Piece) -> Piece:
    return Lit(_line(piece.text), piece.role) if isinstance(piece, Lit) else _line(piece)


def _line(text: str) -> str:
    """:func:`clean_line` that keeps a space at either end, since pieces are joined."""
    folded = clean_line(text, limit=ERROR_LIMIT)
    return f"{' ' * text[:1].isspace()}{folded}{' ' * (text[-1:].isspace() and bool(folded))}"
