"""Giving a query a name and a key, or another one."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reader.domain.view import SavedView, clean_name
from reader.tui.screens.form import Form
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.prompt import Prompt

HEIGHTS = [(0, "-short"), (20, "-tall")]  # lines of the terminal
KEYS = (("Enter", "Keep"), ("Tab", "Next"), ("Esc", "Close"))


class ViewDialog(Form[SavedView]):
    """Dismisses with *view* as it shall be; *views* are all there are, *known* the one that is being changed.

    A new view may take the place of one with its name, if Enter says so a second time.
    """

    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(
        self,
        title: str,
        view: SavedView,
        views: Sequence[SavedView],
        *,
        known: SavedView | None = None,
        advice: str = "",
    ) -> None:
        super().__init__()
        self._title = title
        self._view = view
        self._others = [one for one in views if one != known]
        self._known = known
        self._advice = advice
        self._replaces = ""

    def compose(self) -> ComposeResult:
        name = self._known.name if self._known else ""
        with Vertical(classes="dialog", id="view"):
            yield Static(Content(self._title), classes="dialog-title")
            yield from _field("Name", Prompt(name, placeholder=self._view.name, id="view-name"))
            yield from _field(
                "Key",
                Prompt(self._view.key or "", placeholder="none; ' with it shows the view", id="view-key"),
            )
            yield from _field("Query", Prompt(self._view.query, id="view-query"))
            yield Static(Content(self._advice), id="view-problem")
            yield CommandFooter()

    def on_mount(self) -> None:
        self.query_one(CommandFooter).keys = KEYS
        self.set_focus(self._field("name"))
        self._field("name").cursor_position = len(self._field("name").value)

    def _field(self, name: str) -> Prompt:
        return self.query_one(f"#view-{name}", Prompt)

    @on(Input.Changed)
    def _typed(self) -> None:
        self._replaces = ""
        self._say(self._advice)

    # -- keeping ---------------------------------------------------------------------------------------
    @on(Prompt.Kept)
    def keep(self) -> None:
        name = clean_name(self._field("name").value) or self._view.name
        wanted = SavedView(
            name,
            self._field("query").value.strip(),
            self._view.sort,
            self._field("key").value.strip() or None,
        )
        same = next((one for one in self._others if one.name.casefold() == name.casefold()), None)
        if problem := self._problem(wanted, same):
            self._say(problem[1], failed=True)
            self.set_focus(self._field(problem[0]))
        elif same is not None and self._replaces != same.name:
            self._replaces = same.name
            self._say(f"{same.name} is “{same.query}” now: Enter again replaces it", failed=True)
        else:
            self.dismiss(wanted)

    def _problem(self, wanted: SavedView, same: SavedView | None) -> tuple[str, str] | None:
        """The field that cannot be kept as it is, and why."""
        if not wanted.name:
            return "name", "A view needs a name"
        if not wanted.query:
            return "query", "A view needs a query"
        if same is not None and self._known is not None:
            return "name", f"There is a view {same.name} already"
        if wanted.key is None:
            return None
        if len(wanted.key) != 1 or not wanted.key.isprintable():
            return "key", "A key is one letter, digit or sign"
        taken = next((one for one in self._others if one.key == wanted.key and one != same), None)
        return ("key", f"{wanted.key} is the key of {taken.name}") if taken else None

    def _say(self, text: str, *, failed: bool = False) -> None:
        said = self.query_one("#view-problem", Static)
        said.set_class(failed, "-failed")
        said.update(Content(text))


def _field(label: str, prompt: Prompt) -> ComposeResult:
    with Horizontal(classes="view-row"):
        yield Static(label, markup=False, classes="view-label")
        yield prompt
