"""Changing what is said of an article: title, author, site, address, date, and the note on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from reader.domain.article import Article
from reader.domain.change import Change
from reader.domain.identity import valid_url
from reader.domain.text import clean_line
from reader.tui.screens.form import Form
from reader.tui.screens.note import NoteArea
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.prompt import Prompt

SAVING = "edit"  # what presses after Enter wait for: they are meant for the screen below
URL_LIMIT = 4096
HEIGHTS = [(0, "-short"), (20, "-close"), (28, "-tall")]  # lines of the terminal
KEYS = (("Enter", "Keep"), ("Tab", "Next"), ("^j", "New line in the note"), ("Esc", "Close"))
FIELDS: Mapping[str, tuple[str, str]] = {
    "title": ("Title", "what it is called"),
    "author": ("Author", "unknown"),
    "site": ("Source", "where it is from"),
    "url": ("Address", "https://…"),
    "published": ("Date", "2021-03-03"),
}


def problem_in(values: Mapping[str, str]) -> tuple[str, str] | None:
    """The first field that cannot be kept as it is, and what is wrong with it in one line."""
    if not values["title"]:
        return "title", "An article needs a title"
    if values["url"] and not valid_url(values["url"]):
        return "url", "An address begins with http:// or https:// and holds no spaces"
    if values["published"] and not _is_date(values["published"]):
        return "published", "Write the date like 2021-03-03"
    return None


def _is_date(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return text[4:5] == "-"


class EditDialog(Form[None]):
    """Writes what was changed, and stays until it is committed: what cannot be written is still on screen."""

    AUTO_FOCUS = "#edit-title"
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, article: Article) -> None:
        super().__init__()
        self._article = article
        summary = article.summary
        self._before = {name: getattr(summary, name) or "" for name in FIELDS}
        self._is_saving = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog", id="edit"):
            yield Static("Edit", markup=False, classes="dialog-title")
            for name, (label, placeholder) in FIELDS.items():
                with Horizontal(classes="edit-row"):
                    yield Static(label, markup=False, classes="edit-label")
                    yield Prompt(self._before[name], placeholder=placeholder, id=f"edit-{name}")
            with Horizontal(classes="edit-row -note"):
                yield Static("Note", markup=False, classes="edit-label")
                yield NoteArea(
                    self._article.note,
                    compact=True,
                    highlight_cursor_line=False,
                    placeholder=Content("what you think of it"),
                )
            yield Static(id="edit-problem", markup=False)
            yield CommandFooter()

    def on_mount(self) -> None:
        self.query_one(CommandFooter).keys = KEYS
        self.query_one(NoteArea).cursor_blink = False

    def _field(self, name: str) -> Prompt:
        return self.query_one(f"#edit-{name}", Prompt)

    def cancel(self) -> bool:
        if not self._is_saving:
            self.dismiss(None)
        return True

    # -- keeping ---------------------------------------------------------------------------------------
    @on(Prompt.Kept)
    @on(NoteArea.Finished)
    def keep(self) -> None:
        """Write the fields that were changed, if they can be."""
        values = {
            name: clean_line(self._field(name).value, limit=URL_LIMIT if name == "url" else 300)
            for name in FIELDS
        }
        if problem := problem_in(values):
            self._complain(*problem)
            return
        changes: dict[str, str | None] = {
            name: value or None for name, value in values.items() if value != self._before[name]
        }
        note = self.query_one(NoteArea).text.strip()
        if note != self._article.note.strip():
            changes["note"] = note
        if changes:
            self._save(changes)
        else:
            self.dismiss(None)

    def _complain(self, name: str, what: str) -> None:
        self.set_focus(self._field(name))
        self.query_one("#edit-problem", Static).update(what)

    def _save(self, changes: Mapping[str, str | None]) -> None:
        if self._is_saving:
            return
        self._is_saving = True
        self.expect(SAVING)
        article = self._article.summary.id
        self.reader.change(
            "Edited",
            lambda library: library.articles.edit(article, **changes),
            done=self._saved,
            failed=self._stay,
        )

    def _saved(self, change: Change) -> None:
        self.dismiss(None)
        self.came(SAVING)

    def _stay(self) -> None:
        self._is_saving = False
        self.came(SAVING)
        if self.is_attached:
            self.query_one("#edit-problem", Static).update("Not saved: what you wrote is still here")
