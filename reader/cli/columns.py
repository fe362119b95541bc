"""Articles as aligned rows, fitted to a terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reader.cli.output import Lit, Piece, Role
from reader.domain.patterns import lazy

if TYPE_CHECKING:
    from reader.domain.summary import Summary

NARROW = 48
GAP = 2
STATES = {"unread": "●", "reading": "◐", "read": "○"}


# Letters and signs of which each takes one column: most titles in Latin script, and our own glyphs.
_SIMPLE = lazy("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e●◐○★✎]*")


def cells(text: str) -> int:
    """How many columns of a terminal *text* takes."""
    if _SIMPLE.fullmatch(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def cut(text: str, width: int) -> str:
    """*text* in at most *width* columns, ``…`` at its end if something is missing."""
    if cells(text) <= width:
        return text
    from rich.cells import set_cell_size

    return set_cell_size(text, max(0, width - 1)).rstrip() + "…"[:width]


def rows(summaries: Sequence[Summary], width: int | None) -> list[list[Piece]]:
    """One row an article: id, state, age, minutes, title, source, tags.

    In a *width* the title and what follows it are cut; without one nothing is.
    """
    columns = [_Column(role, [text(summary) for summary in summaries]) for role, text in _FRONT]
    front = sum(column.width + GAP for column in columns)
    tails = [_tail(summary) for summary in summaries]
    widest = max((cells(summary.title) for summary in summaries), default=0)
    title_width = widest if width is None else _title_width(width - front, widest, tails)
    made = []
    for number, (summary, tail) in enumerate(zip(summaries, tails, strict=True)):
        row: list[Piece] = [piece for column in columns for piece in column.pieces(number)]
        title = cut(summary.title, title_width)
        row.append(Lit(title, "strong") if summary.state != "read" else title)
        if tail:
            room = None if width is None else width - front - title_width - GAP
            shown = tail if room is None else cut(tail, room)
            row += [" " * (title_width - cells(title) + GAP), Lit(shown, "quiet")] if shown else []
        made.append(row)
    return made


def _title_width(room: int, widest: int, tails: Sequence[str]) -> int:
    """Titles get what they need, or what the tails leave of *room*: at least two thirds, all of a narrow one."""
    if room < NARROW:
        return max(1, min(widest, room))
    tail = max(map(cells, tails), default=0)
    left = room - (tail + GAP if tail else 0)
    return max(1, min(widest, max(left, room * 2 // 3), room))


class _Column:
    """The texts of one column, as wide as the widest, or not there when all are empty."""

    def __init__(self, role: Role, texts: Sequence[str]) -> None:
        self._role = role
        self._texts = texts
        self.width = max(map(cells, texts), default=0)

    def pieces(self, number: int) -> list[Piece]:
        text = self._texts[number]
        space = " " * (self.width - cells(text))
        right = text[:1].isdigit()  # numbers stand below each other by their last digit
        return [space if right else "", Lit(text, self._role), ("" if right else space) + " " * GAP]


def _minutes(summary: Summary) -> str:
    """Of a link, whose text is still to be fetched, that it is one."""
    if summary.unfetched is not None:
        return "failed" if summary.unfetched else "link"
    return f"{summary.minutes} min" if summary.minutes else ""


def _flags(summary: Summary) -> str:
    return STATES[summary.state] + ("★" if summary.starred else "")


def _tail(summary: Summary) -> str:
    """What stands behind the title."""
    parts = [summary.site or summary.author or ""]
    parts += [" ".join(f"#{tag}" for tag in summary.tags)]
    parts += [f"{summary.highlights}✎" if summary.highlights else ""]
    parts += [str(summary.similar)] if summary.similar and summary.similar.is_same else []
    parts += [word for word, holds in (("archived", summary.archived), ("trashed", summary.trashed)) if holds]
    return "  ".join(filter(None, parts))


_FRONT: tuple[tuple[Role, Callable[[Summary], str]], ...] = (
    ("number", lambda summary: str(summary.id)),
    ("match", _flags),
    ("quiet", lambda summary: summary.added.astimezone().strftime("%Y-%m-%d")),
    ("quiet", _minutes),
)
