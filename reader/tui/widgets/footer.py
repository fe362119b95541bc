"""The footer: the few keys worth teaching in this mode."""

from __future__ import annotations

from rich.cells import cell_len
from textual.reactive import reactive
from textual.screen import ModalScreen

from reader.commands import Command
from reader.tui.inks import Ground
from reader.tui.widgets.bar import Bar, Piece, Tone

KEY = Tone("accent", bold=True)
TITLE = Tone("muted")


class CommandFooter(Bar):
    """Shows the tier 1 commands of ``commands`` that fit; help keeps its place at the right end.

    ``keys`` replaces them where a dialog has keys of its own: pairs of key and title. Beside those help is shown
    if it ``helps`` there.
    """

    commands: reactive[tuple[Command, ...]] = reactive(())
    keys: reactive[tuple[tuple[str, str], ...]] = reactive(())
    helps: reactive[bool] = reactive(False)

    def __init__(self, *, ground: Ground | None = None) -> None:
        super().__init__()
        self._ground = ground

    @property
    def ground(self) -> Ground:
        return self._ground or ("panel" if isinstance(self.screen, ModalScreen) else "page")

    def left(self) -> list[Piece]:
        room = self.size.width - sum(cell_len(text) for text, _ in self.right())
        pieces: list[Piece] = []
        for key, title in self.keys or self._taught():
            entry = _entry(key, title)
            room -= sum(cell_len(text) for text, _ in entry)
            if room == -1:  # what is on the right begins with a blank
                pieces += _entry(key, title, end="")
            if room < 0:
                break
            pieces += entry
        return pieces

    def right(self) -> list[Piece]:
        helping = next((command for command in self.commands if command.id == "everywhere.help"), None)
        is_told = helping is not None and bool(helping.keys) and (self.helps or not self.keys)
        return _entry(helping.label, helping.title) if helping is not None and is_told else []

    def _taught(self) -> list[tuple[str, str]]:
        return [
            (command.label, command.title)
            for command in self.commands
            if command.tier == 1 and command.keys and command.id != "everywhere.help"
        ]


def _entry(key: str, title: str, end: str = " ") -> list[Piece]:
    return [(f" {key}", KEY), (f" {title}{end}", TITLE)]
