"""The note editor. Nothing typed here is lost: what is not kept waits as a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static, TextArea

from reader.domain.change import Change
from reader.domain.highlight import Highlight
from reader.domain.text import clean
from reader.storage.connection import LibraryError
from reader.tui.screens.base import Dialog
from reader.tui.tokens import token_of
from reader.tui.widgets.footer import CommandFooter

if TYPE_CHECKING:
    from reader.storage.library import Library

DRAFT_AFTER = 1.0  # seconds: a kill loses no more than what was typed in them
LONGEST_PASTE = 100_000
SAVING = "note"  # what presses after Enter wait for: they are meant for the article
HEIGHTS = [(0, "-short"), (22, "-tall")]  # lines of the terminal
KEYS = (("Enter", "Keep"), ("^j", "New line"), ("^e", "Editor"), ("Esc", "Close, keep as draft"))


class NoteArea(TextArea, inherit_bindings=True):
    """Several lines of plain text; Enter does not break the line, ``^j`` does."""

    takes_typing = True
    alt_moves = True  # alt and a letter move by words, as in many editors

    class Finished(Message):
        """Enter."""

    async def _on_key(self, event: events.Key) -> None:
        token = token_of(event)
        if token == "<enter>":
            self.post_message(self.Finished())
        elif token in ("<c-j>", "<s-enter>", "<a-enter>"):
            self.insert("\n")
        elif token in ("<c-e>", "<c-r>"):
            return  # the dialog's; TextArea would take ^e for the end of the line
        else:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if not self.read_only:
            self.insert(clean(event.text[:LONGEST_PASTE]))


class NoteEditor(Dialog[None]):
    """Edits *kept*, a note as the library has it, and has it written by *write* when Enter is pressed.

    *draft* names the setting that holds what was typed and not kept; it is asked late, since a highlight that was
    made a moment ago has no lasting name yet. The editor stays until the note is committed: if that fails, the
    text is still on screen.
    """

    AUTO_FOCUS = "NoteArea"
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(
        self,
        title: str,
        about: str,
        kept: str,
        *,
        draft: Callable[[], str],
        write: Callable[[Library, str], Highlight | Change],
    ) -> None:
        super().__init__()
        self._title = title
        self._about = about
        self._kept = kept
        self._draft = draft
        self._write = write
        self._held = ""  # the draft of last time
        self._stored: str | None = None  # what the setting holds
        self._timer: Timer | None = None
        self._is_saving = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog", id="note"):
            yield Static(Content(self._title), classes="dialog-title")
            yield Static(Content(self._about), id="note-about")
            yield NoteArea(
                self._kept,
                soft_wrap=True,
                compact=True,
                highlight_cursor_line=False,
                placeholder=Content("what you think of it"),
                id="note-text",
            )
            yield Static(id="note-hint", markup=False)
            yield CommandFooter()

    @property
    def area(self) -> NoteArea:
        return self.query_one(NoteArea)

    @property
    def text(self) -> str:
        return clean(self.area.text).strip()

    def on_mount(self) -> None:
        self.query_one(CommandFooter).keys = KEYS
        self.area.cursor_blink = False
        self.area.move_cursor(self.area.document.end)
        self._offer_draft()

    # -- the draft -------------------------------------------------------------------------------------
    @work(exclusive=True, group="draft")
    async def _offer_draft(self) -> None:
        """Bring back what was typed last time; not over what is being typed already."""
        held = await self.reader.lane.read(lambda library: library.settings.get(self._draft()))
        if not held or clean(held).strip() == self._kept.strip():
            return
        self._held = self._stored = clean(held).strip()
        if self.text == self._kept.strip():
            self._load(self._held)
            self._hint("your draft of last time · ^r the note as it was")
        else:
            self._hint("there is a draft of last time · ^r brings it back")

    def _swap_draft(self) -> None:
        """Change between the draft of last time and the note as it is kept."""
        if not self._held:
            return
        shows_draft = self.text == self._held
        self._load(self._kept if shows_draft else self._held)
        self._hint(
            "the note as it is kept · ^r the draft" if shows_draft else "your draft · ^r the note as it was"
        )

    def _load(self, text: str) -> None:
        self.area.load_text(text)
        self.area.move_cursor(self.area.document.end)

    @on(TextArea.Changed)
    def _changed(self) -> None:
        if self._timer is None and not self._is_saving:
            self._timer = self.set_timer(DRAFT_AFTER, self._hold_quietly)

    def _hold_quietly(self) -> None:
        self._timer = None
        text = self._text_to_hold
        if text != self._stored:
            self._stored = text
            self.reader.run_worker(self._store_draft(text), group="drafts")

    async def _store_draft(self, text: str | None) -> None:
        try:
            await self.reader.lane.write(lambda library: library.settings.set(self._draft(), text))
        except LibraryError:
            self._hint("this draft cannot be stored: keep the editor open")

    @property
    def _text_to_hold(self) -> str | None:
        """Whoever looks at the kept note once more has not thrown the draft away."""
        return self.text if self.text != self._kept.strip() else self._held or None

    def _hold(self, text: str | None) -> None:
        """Store the draft, and have it waited for: the editor or the app is about to go."""
        self._stop_timer()
        if text == self._stored:
            return
        self._stored = text
        self.reader.change(
            "draft held · c goes on with it" if text else "",
            lambda library: library.settings.set(self._draft(), text),
        )

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    # -- how it ends -----------------------------------------------------------------------------------
    @on(NoteArea.Finished)
    def keep(self) -> None:
        """Write the note, unless it says what it said before."""
        if self._is_saving:
            return
        self._stop_timer()
        text = self.text
        if text == self._kept.strip():
            self._hold(None)
            self.dismiss(None)
            return
        self._is_saving = True
        self.expect(SAVING)
        self.area.read_only = True
        self._hint("saving…")
        self.reader.change(
            "",
            lambda library: self._write_all(library, text),
            done=self._saved,
            failed=self._stay,
        )

    def _write_all(self, library: Library, text: str) -> Highlight | Change:
        noted = self._write(library, text)
        library.settings.set(self._draft(), None)
        return noted

    def _saved(self, noted: Highlight | Change) -> None:
        self.dismiss(None)
        self.came(SAVING)
        self.reader.say("note kept · u undo" if self.text else "note taken away · u undo")

    def _stay(self) -> None:
        """It could not be written; the text stays where it is."""
        self._is_saving = False
        if self.is_attached:
            self.area.read_only = False
            self.came(SAVING)
            self._hint("not saved: your text is still here")

    def cancel(self) -> bool:
        if not self._is_saving:
            self._hold(self._text_to_hold)
            self.dismiss(None)
        return True

    def leave(self) -> None:
        if not self._is_saving:
            self._hold(self._text_to_hold)

    # -- keys ------------------------------------------------------------------------------------------
    def take(self, token: str) -> bool:
        """Keys that the text area let through, or that came before it was there."""
        if token == "<c-e>":
            self._open_editor()
        elif token == "<c-r>":
            self._swap_draft()
        elif token in _BEFORE_FOCUS or len(token) == 1:
            self.area.insert(_BEFORE_FOCUS.get(token, token))
        elif token == "<enter>":
            self.keep()
        else:
            return False
        return True

    @work(exclusive=True, group="editor")
    async def _open_editor(self) -> None:
        from reader.tui.editor import EditorError, edited

        try:
            text = await edited(self.reader, self.area.text, name="note.md")
        except EditorError as error:
            self.reader.fail(error)
            return
        self._load(text)

    def _hint(self, text: str) -> None:
        if self.is_attached:
            self.query_one("#note-hint", Static).update(text)


_BEFORE_FOCUS: dict[str, str] = {"<space>": " ", "<c-j>": "\n"}
