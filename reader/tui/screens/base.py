"""What every screen shares: presses become commands, commands find their handler, changes are written."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events
from textual.reactive import var
from textual.screen import ModalScreen

from reader.commands import COLOUR_KEYS, Command, commands_of, spelled
from reader.domain.article import ArticleId
from reader.tui.background import start
from reader.tui.keys import KeyParser, Pending, Pressed
from reader.tui.tokens import token_of
from reader.tui.typeahead import PressedScreen, Result
from reader.tui.widgets.bar import Bar
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.status import StatusLine

if TYPE_CHECKING:
    from reader.storage.lane import Lane
    from reader.storage.library import Library

T = TypeVar("T")
BarOf = TypeVar("BarOf", bound=Bar)
Handler = Callable[[Pressed], None]


class CommandScreen(PressedScreen[None]):
    """A screen that is worked by the key commands of its mode.

    A command ``list.open`` is done by ``do_list_open(press)``, or by ``do_open(press)`` where every place means
    the same, of the first of :attr:`handlers` that has one, and last of the app's ``everywhere``. While a prompt
    has the focus its keys go to it.
    """

    AUTO_FOCUS = ""
    ESCAPE_TO_MINIMIZE = False
    mode: var[str] = var("list", init=False)  # not reactive: that would paint the whole screen anew
    MODE_NAMES: ClassVar[dict[str, str]] = {"visual": "VISUAL", "sentence": "SENTENCE"}

    def __init__(self, *, mode: str = "list") -> None:
        super().__init__()
        self.set_reactive(CommandScreen.mode, mode)
        self._parsers: dict[str, KeyParser] = {}
        self._kept_bars: dict[type[Bar], tuple[Bar, ...]] = {}

    # -- what a screen may say of itself ---------------------------------------------------------------
    @property
    def handlers(self) -> tuple[object, ...]:
        """The objects whose ``do_…`` methods do this screen's commands, first come first."""
        return (self,)

    def library_changed(self, articles: tuple[ArticleId, ...]) -> None:
        """Something was committed that may show here; *articles* are those it touched, () = anything."""

    def written(self, articles: tuple[ArticleId, ...]) -> None:
        """What this screen asked for and painted itself was committed."""
        self.library_changed(articles)

    def cancel(self) -> bool:
        """Give up a mode, if one is on; whether there was one. (``^c``; pending keys are given up before.)"""
        return False

    def leave(self) -> None:
        """Keep what must outlive this screen. Called before the app ends, on every screen of the stack."""

    # -- shortcuts -------------------------------------------------------------------------------------
    @property
    def lane(self) -> Lane:
        return self.reader.lane

    def change(
        self,
        label: str,
        write: Callable[[Library], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[], None] | None = None,
        painted: bool = False,
    ) -> None:
        """Write to the library; see :meth:`ReaderApp.change`. *painted* says that this screen shows it already."""
        self.reader.change(label, write, done=done, failed=failed, painted_by=self if painted else None)

    def ask(self, work: Callable[[], Coroutine[Any, Any, None]], *, group: str) -> None:
        """Run *work*, which opens a dialog: what is pressed until then is meant for the dialog."""
        self.expect(group)
        start(self, partial(self._asking, work, group), group=group)

    async def _asking(self, work: Callable[[], Coroutine[Any, Any, None]], group: str) -> None:
        try:
            await work()
        finally:
            self.came(group)

    def say(self, message: str) -> None:
        """Show *message* in the status line until the next press."""
        for status in self._bars(StatusLine):
            status.message = message

    # -- keys ------------------------------------------------------------------------------------------
    @property
    def commands(self) -> tuple[Command, ...]:
        """The commands of the mode that is on."""
        return commands_of(self.mode, self.reader.commands)

    @property
    def parser(self) -> KeyParser:
        if self.mode not in self._parsers:
            self._parsers[self.mode] = KeyParser(self.commands)
        return self._parsers[self.mode]

    def press(self, token: str) -> None:
        """Take one press, as if it came from the keyboard. ``^c`` is the app's when there is nothing to give up."""
        if token == "<c-c>" and not self.parser.pending:
            self.reader.interrupt()
            return
        self.reader.pressed()
        outcome = self.parser.feed(token)
        self._show_pending(outcome.keys if isinstance(outcome, Pending) else ())
        if self.parser.waiting is not None:
            self.advise(self.parser.waiting)
        if isinstance(outcome, Pressed):
            self.perform(outcome)
        elif not isinstance(outcome, Pending):
            self.unknown(outcome.keys)

    def advise(self, waiting: Command) -> None:
        """Say what may follow the keys of *waiting*, where a letter does not say it."""
        if waiting.takes == "".join(COLOUR_KEYS):
            from reader.tui.excerpts import colour_choices

            self.say(colour_choices(self.reader.config.meanings))

    def unknown(self, keys: tuple[str, ...]) -> None:
        """Say that *keys* lead nowhere; a key that ended a pending one says nothing."""
        if keys[-1] not in ("<escape>", "<c-c>"):
            self.say(f"{spelled(keys)} is no command here · ? help")

    def perform(self, press: Pressed) -> None:
        """Do a command on this screen, whatever asked for it: a key, the palette, ``.``."""
        handler = self.handler_of(press.command)
        if handler is None:
            self.say(f"{press.command.title} does nothing here")
            return
        if press.command.repeats:
            self.reader.again = lambda screen: screen.perform_again(press)
        handler(press)

    def perform_again(self, press: Pressed) -> None:
        """Do *press* once more, here: where another place has a command of the same action, that one."""
        wanted = press.command
        for command in self.commands:
            if command.id == wanted.id or (command.repeats and command.action == wanted.action):
                self.perform(Pressed(command, press.count, press.argument, press.keys))
                return
        self.say(f"{wanted.title} does nothing here")

    def leave_for(self, press: Pressed) -> None:
        """Leave what stands over the library, and let that do what is called the same there."""
        library, *above = stack_of(self.app)
        for screen in reversed(above):
            screen.leave()
            self.app.pop_screen()
        if isinstance(library, CommandScreen):
            for command in library.commands:
                if command.action == press.command.action:
                    library.perform(replace(press, command=command))

    def handler_of(self, command: Command) -> Handler | None:
        names = (f"do_{command.place}_{command.action}", f"do_{command.action}")
        for owner in (*self.handlers, self.reader.everywhere):
            for name in names:
                if (handler := getattr(owner, name, None)) is not None:
                    return handler  # type: ignore[no-any-return]
        return None

    def forget_pending(self) -> bool:
        """Drop a pending count or sequence; whether there was one."""
        pending = bool(self.parser.pending)
        self.parser.reset()
        self._show_pending(())
        return pending

    def watch_mode(self, mode: str) -> None:
        for footer in self._bars(CommandFooter):
            footer.commands = self.commands
        for status in self._bars(StatusLine):
            status.mode = self.MODE_NAMES.get(mode, "")

    def on_mount(self) -> None:
        self.watch_mode(self.mode)
        for status in self._bars(StatusLine):
            status.demo = self.reader.demo
        self.show_work()

    def teach(self, *keys: tuple[str, str], helps: bool = False) -> None:
        """Show *keys* with their titles in the footer instead of the mode's; none = the mode's again.

        *helps* says that ``?`` shows help meanwhile.
        """
        for footer in self._bars(CommandFooter):
            footer.keys, footer.helps = keys, helps

    def show_work(self) -> None:
        """Write into the status line what goes on behind the screen."""
        for status in self._bars(StatusLine):
            status.saving = self.reader.saving > 0 and not self.reader.progress
            status.busy = " · ".join(filter(None, (self.reader.progress, self.reader.busy)))

    def _bars(self, kind: type[BarOf]) -> tuple[BarOf, ...]:
        """The status lines, or the footers, found once: a search of the tree at every key costs a part of it."""
        if kind not in self._kept_bars and (found := tuple(self.query(kind))):
            self._kept_bars[kind] = found
        return self._kept_bars.get(kind, ())  # type: ignore[return-value]

    def _show_pending(self, keys: Iterable[str]) -> None:
        pending = "".join(keys)
        for status in self._bars(StatusLine):
            status.pending = pending


class Dialog(PressedScreen[Result], ModalScreen[Result]):
    """A question over a screen. Escape and ``^c`` close it without an answer."""

    ESCAPE_TO_MINIMIZE = False

    def press(self, token: str) -> None:
        if token in ("<escape>", "<c-c>"):
            self.cancel()
        elif not self.take(token):
            self.reader.unclaimed(token)

    def on_key(self, event: events.Key) -> None:
        """What a widget that is typed in has no use for."""
        token = token_of(event)
        if token in ("<escape>", "<c-c>"):
            self.cancel()
        elif not self.take(token):
            return
        event.stop()
        event.prevent_default()

    def take(self, token: str) -> bool:
        """Handle one press that no widget took; whether it was of use."""
        return False

    def cancel(self) -> bool:
        self.dismiss(None)
        return True

    def leave(self) -> None:
        """Keep what must outlive this dialog."""

    def library_changed(self, articles: tuple[ArticleId, ...]) -> None:
        """See :meth:`CommandScreen.library_changed`."""


def stack_of(app: Any) -> list[CommandScreen | Dialog[Any]]:
    """Our screens, the lowest first."""
    return [screen for screen in app.screen_stack if isinstance(screen, CommandScreen | Dialog)]
