"""What a prompt may be completed to, on one line beside it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.reactive import reactive

from reader.tui.inks import Ground
from reader.tui.widgets.bar import Bar, Piece, Tone, clipped

KEY = Tone("accent", bold=True)
LIT = Tone("bright", "cursor", bold=True)
OTHER = Tone("ink")
QUIET = Tone("muted")
WARNING = Tone("ink", "warning")
NEXT = "S-Tab "
ROOM_FOR_NEXT = 48


class Completions(Bar):
    """``offered`` are the values, one of them lit: Tab takes that one. Without any it says ``hint``, or ``warning``.

    What is offered is text of other people's: it is never markup.
    """

    offered: reactive[tuple[str, ...]] = reactive(())
    lit: reactive[int] = reactive(0)
    hint: reactive[str] = reactive("")
    warning: reactive[str] = reactive("")

    @property
    def ground(self) -> Ground:
        return "panel" if self.offered or self.hint or self.warning else "page"

    def left(self) -> list[Piece]:
        if not self.offered:
            if self.warning:
                return [(" ", QUIET), (f" {self.warning} ", WARNING)]
            return [(f" {self.hint}", QUIET)]
        room = self.size.width - cell_len(" Tab ") - sum(cell_len(text) for text, _ in self.right())
        pieces: list[Piece] = [(" Tab ", KEY)]
        for place in range(self._first(room), len(self.offered)):
            text = _entry(self.offered[place])
            if place != self.lit and cell_len(text) > room:
                pieces.append(("…"[:room], QUIET))
                break
            pieces.append((clipped(text, room), LIT if place == self.lit else OTHER))
            room -= cell_len(text)
        return pieces

    def right(self) -> Sequence[Piece]:
        return [(NEXT, KEY)] if len(self.offered) > 1 and self.size.width >= ROOM_FOR_NEXT else ()

    def _first(self, room: int) -> int:
        """What has to stand first for the lit one to be on the line."""
        first = self.lit
        while first > 0 and (room := room - cell_len(_entry(self.offered[first]))) > 0:
            if cell_len(_entry(self.offered[first - 1])) > room:
                break
            first -= 1
        return first


def _entry(text: str) -> str:
    return f" {text} "
