"""Choosing tags: by the first letters, from the list, or written out as ``+x -y``."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reader.domain.change import Tag
from reader.domain.suggestion import Suggestion
from reader.domain.text import clean_tag
from reader.storage.connection import LibraryError
from reader.tui.background import start
from reader.tui.screens.base import Dialog
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.menu import Choice, Menu
from reader.tui.widgets.prompt import Prompt

MOST_ROWS = 200
NOTHING_LIT = -1
HEIGHTS = [(0, "-short"), (22, "-tall")]  # lines of the terminal
KEYS = (("Enter", "Done"), ("Tab", "Mark, go on"), ("↓", "Choose"), ("Esc", "Close"))
ACCEPT = "<c-y>"  # what vim takes a completion with
SUGGESTED_KEYS = (("Enter", "Done"), ("Tab", "Mark"), ("^y", "Take ✦"), ("↓", "Choose"), ("Esc", "Close"))
WHY: Mapping[str, str] = {
    "text": "in the text",
    "related": "on articles like it",
    "name": "a name in it · new tag",
    "word": "a word of it · new tag",
}

_WRITTEN_OUT = re.compile(r"^\s*[+-]|,")
_BETWEEN = re.compile(r",|\s+(?=[+-]\S)")


@dataclass(frozen=True, slots=True)
class TagChange:
    """Tags to put on and to take off."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


def changes_in(text: str) -> TagChange:
    """What ``+x -y`` or ``x, y`` asks for; a tag without a sign is put on."""
    add: list[str] = []
    remove: list[str] = []
    for part in _BETWEEN.split(text):
        if tag := clean_tag(part):
            (remove if part.strip().startswith("-") else add).append(tag)
    return TagChange(tuple(dict.fromkeys(add)), tuple(dict.fromkeys(remove)))


def matching(tags: Iterable[Tag], letters: str) -> list[Tag]:
    """The tags that begin with *letters*, then those with a part that does, then those that hold them elsewhere."""
    wanted = letters.casefold()
    ranked = [(rank, tag) for tag in tags if (rank := _rank(tag.name.casefold(), wanted)) is not None]
    return [tag for _, tag in sorted(ranked, key=lambda entry: entry[0])]


def _rank(name: str, wanted: str) -> int | None:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    at = name.find(wanted)
    if at < 0:
        return None
    return 2 if not name[at - 1].isalnum() else 3


class TagPicker(Dialog[TagChange | None]):
    """*on* says how many of the *of* articles, or highlights, bear a tag; *known* are the library's tags.

    Enter does what is lit and is done; Tab marks what is lit and goes on. A tag that all bear is taken off, any
    other is put on. What is written out with signs or commas is taken as it is written. What *suggest* comes up
    with stands above the others as soon as it is there, while nothing is typed; ``^y`` marks the first of it.
    """

    AUTO_FOCUS = "Prompt"
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(
        self,
        title: str,
        on: Mapping[str, int],
        of: int,
        known: Sequence[Tag],
        *,
        suggest: Callable[[], Awaitable[Sequence[Suggestion]]] | None = None,
    ) -> None:
        super().__init__()
        self._suggest = suggest
        self._suggested: tuple[Suggestion, ...] = ()
        self._title = title
        self._on = dict(on)
        self._of = of
        counts = {tag.name: tag.count for tag in known}
        present = sorted(self._on, key=str.casefold)
        others = sorted((tag for tag in counts if tag not in self._on), key=lambda tag: (-counts[tag], tag))
        self._known = [Tag(name, counts.get(name, 0)) for name in (*present, *others)]
        self._marked: dict[str, bool] = {}  # tag -> whether it is to be put on

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog", id="tags"):
            yield Static(Content(f"Tags · {self._title}"), classes="dialog-title", id="tags-title")
            yield Prompt(placeholder="first letters of a tag, or +x -y", classes="dialog-prompt")
            yield Menu()
            yield Static(id="tags-plan", markup=False)
            yield CommandFooter()

    def on_mount(self) -> None:
        self.query_one(CommandFooter).keys = KEYS
        self._fill("")
        if self._suggest is not None:
            start(self, self._look_for_suggestions, group="suggestions")

    def take(self, token: str) -> bool:
        """``^y``; and what was typed before the prompt had the focus."""
        if token == ACCEPT:
            self._accept()
            return True
        if len(token) != 1 and token != "<space>":
            return False
        self.query_one(Prompt).insert_text_at_cursor(" " if token == "<space>" else token)
        return True

    # -- suggestions -----------------------------------------------------------------------------------
    async def _look_for_suggestions(self) -> None:
        assert self._suggest is not None
        try:
            found = await self._suggest()
        except LibraryError:
            return  # they are an extra: what the picker is for goes without
        borne = {tag.casefold() for tag, number in self._on.items() if number == self._of}
        self._suggested = tuple(one for one in found if one.tag.casefold() not in borne)
        if not self._suggested or self not in self.app.screen_stack:  # it was closed before they came
            return
        self.query_one(CommandFooter).keys = SUGGESTED_KEYS
        prompt, menu = self.query_one(Prompt), self.query_one(Menu)
        if not prompt.value:
            lit = menu.chosen
            self._fill("")
            if lit is not None:  # somebody was choosing already: the same tag stays lit
                menu.cursor = next(
                    (place for place, choice in enumerate(menu.choices) if choice.id == lit.id), NOTHING_LIT
                )

    def _accept(self) -> None:
        """Mark the first suggestion that is not marked yet."""
        waiting = next((one.tag for one in self._suggested if one.tag not in self._marked), None)
        if waiting is not None:
            self._toggle(waiting)
            self.query_one(Prompt).value = ""
            self._fill("")

    def _with_suggestions(self, choices: Sequence[Choice]) -> list[Choice]:
        """Suggestions on top, below what all bear: a key that was meant for one of these must not meet another tag
        because suggestions came in the meantime."""
        offered = {one.tag.casefold() for one in self._suggested}
        others = [choice for choice in choices if choice.id.casefold() not in offered]
        present = [choice for choice in others if choice.id in self._on]
        suggested = [
            Choice(one.tag, f"{'+' if one.tag in self._marked else '✦'} {one.tag}", detail=WHY[one.why])
            for one in self._suggested
        ]
        return [*present, *suggested, *(choice for choice in others if choice.id not in self._on)]

    # -- the list --------------------------------------------------------------------------------------
    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        self._fill(message.value)

    def _fill(self, text: str) -> None:
        letters = clean_tag(_BETWEEN.split(text)[-1])
        choices = [self._choice(tag, letters) for tag in matching(self._known, letters)[:MOST_ROWS]]
        if not text:
            choices = self._with_suggestions(choices)
        written_out = bool(_WRITTEN_OUT.search(text))
        if letters and not written_out:
            self._offer_new(choices, letters)
        menu = self.query_one(Menu)
        menu.choices = tuple(choices)
        menu.cursor = 0 if letters and choices and not written_out else NOTHING_LIT
        menu.display = bool(choices)
        self._tell_plan(changes_in(text) if written_out else TagChange())

    def _tell_plan(self, written_out: TagChange) -> None:
        """What Enter will do besides what is lit."""
        marked = {
            **self._marked,
            **dict.fromkeys(written_out.add, True),
            **dict.fromkeys(written_out.remove, False),
        }
        plan = " ".join(f"{'+' if puts_on else '-'}{tag}" for tag, puts_on in marked.items())
        if not plan and not self._known:
            plan = "No tags yet: type the first one"
        line = self.query_one("#tags-plan", Static)
        line.update(plan)
        line.display = bool(plan)

    def _offer_new(self, choices: list[Choice], letters: str) -> None:
        """A tag that is not there yet comes after those that begin so, before those that only hold the letters."""
        names = [choice.id.casefold() for choice in choices]
        wanted = letters.casefold()
        if wanted in names:
            return
        place = sum(name.startswith(wanted) for name in names)
        choices.insert(place, Choice(letters, f"  {letters}", detail="new tag"))

    def _choice(self, tag: Tag, letters: str) -> Choice:
        at = tag.name.casefold().find(letters.casefold()) if letters else -1
        lit = tuple(range(at + 2, at + 2 + len(letters))) if at >= 0 else ()
        return Choice(tag.name, f"{self._glyph(tag.name)} {tag.name}", detail=self._detail(tag), lit=lit)

    def _glyph(self, tag: str) -> str:
        if tag in self._marked:
            return "+" if self._marked[tag] else "-"
        bearing = self._on.get(tag, 0)
        return "✓" if bearing and bearing == self._of else "◐" if bearing else " "

    def _detail(self, tag: Tag) -> str:
        bearing = self._on.get(tag.name, 0)
        if bearing and bearing < self._of:
            return f"on {bearing:,} of {self._of:,}"
        return f"{tag.count:,}" if tag.count else ""

    # -- marking and being done -----------------------------------------------------------------------
    @on(Prompt.Kept)
    def _kept(self, message: Prompt.Kept) -> None:
        chosen = self.query_one(Menu).chosen
        if _WRITTEN_OUT.search(message.text):
            self._take(changes_in(message.text))
        elif chosen is not None and (message.text.strip() or not self._marked):
            self._toggle(chosen.id)
        self._finish()

    @on(Prompt.Left)
    def _left(self) -> None:
        self.cancel()

    @on(Prompt.Moved)
    def _moved(self, message: Prompt.Moved) -> None:
        menu = self.query_one(Menu)
        match message.token:
            case "<tab>" | "<s-tab>":
                self._mark_or_complete()
            case "<down>" | "<c-n>":
                menu.move(1)
            case "<up>" | "<c-p>":
                menu.move(-1)
            case "<pagedown>":
                menu.page(1)
            case "<pageup>":
                menu.page(-1)

    @on(Menu.Picked)
    def _picked(self, message: Menu.Picked) -> None:
        self._toggle(message.choice.id)
        self._finish()

    def _mark_or_complete(self) -> None:
        """Tab: finish the last word of what is written out; else mark the lit tag, and make room for the next."""
        prompt, menu = self.query_one(Prompt), self.query_one(Menu)
        if _WRITTEN_OUT.search(prompt.value):
            self._complete(prompt, menu)
        elif menu.chosen is not None:
            self._toggle(menu.chosen.id)
            place = menu.cursor if not prompt.value else NOTHING_LIT
            prompt.value = ""
            self._fill("")
            menu.cursor = place

    def _complete(self, prompt: Prompt, menu: Menu) -> None:
        first = menu.chosen or next(iter(menu.choices), None)
        if first is None:
            return
        parts = _BETWEEN.split(prompt.value)
        start = len(prompt.value) - len(parts[-1].lstrip())
        sign = prompt.value[start : start + 1]
        prompt.value = prompt.value[:start] + (sign if sign in ("+", "-") else "") + first.id + " "
        prompt.cursor_position = len(prompt.value)

    def _toggle(self, tag: str) -> None:
        if tag in self._marked:
            del self._marked[tag]
            return
        self._marked[tag] = self._on.get(tag, 0) < self._of
        if all(tag.casefold() != known.name.casefold() for known in self._known):
            self._known.insert(0, Tag(tag, 0))

    def _take(self, change: TagChange) -> None:
        self._marked |= dict.fromkeys(change.add, True)
        self._marked |= dict.fromkeys(change.remove, False)

    def _finish(self) -> None:
        add = tuple(tag for tag, puts_on in self._marked.items() if puts_on)
        remove = tuple(tag for tag, puts_on in self._marked.items() if not puts_on)
        self.dismiss(TagChange(add, remove) if add or remove else None)
