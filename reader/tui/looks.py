"""How the article screen looks: column, spacing, notes panel, zen, tail. What is chosen is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from reader.domain.highlight import COLOURS, Colour
from reader.tui.keys import Pressed
from reader.tui.opening import setting

if TYPE_CHECKING:
    from reader.storage.library import Library
    from reader.tui.screens.article import ArticleScreen

STEP = 4  # cells a press of - or + changes the column by
BESIDE = 76  # from this width on the notes stand beside the text, below it over the text
ROOMY = 90  # below this width they are a little narrower
OVER = 60  # below this width the notes take all of it: half lines of text beside them help nobody


@dataclass(frozen=True, slots=True)
class LooksOf:
    """``column`` is ``None`` where the usual width holds; ``colour`` is the one highlights were made in last;
    ``spaced`` says that the lines stand apart."""

    column: int | None = None
    zen: bool = False
    notes: bool = False
    colour: Colour = "yellow"
    spaced: bool = False


def kept_looks(library: Library) -> LooksOf:
    """The looks of the last time; what cannot be read is as usual."""
    kept = setting(library, "article")
    return looks_of(kept) if isinstance(kept, Mapping) else LooksOf()


def looks_of(kept: Mapping[str, Any]) -> LooksOf:
    column, colour = kept.get("column"), kept.get("colour")
    return LooksOf(
        column if isinstance(column, int) else None,
        kept.get("zen") is True,
        kept.get("notes") is True,
        colour if colour in COLOURS else "yellow",
        kept.get("spaced") is True,
    )


class Looks:
    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen
        self._looks = LooksOf()
        self._is_known = False

    @property
    def colour(self) -> Colour:
        return self._looks.colour

    def start(self, looks: LooksOf) -> None:
        """Take the looks of the last time, once: what is changed on this screen is newer than what was read. Notes that
        would hide the text, which is what one came for, are not shown by themselves."""
        if not self._is_known:
            self._is_known = True
            self._looks = looks
            if self._hides_text:
                self._looks = replace(looks, notes=False)
            self._apply()

    def remember_colour(self, colour: Colour) -> None:
        """Nothing of it shows before the next highlight is made, so nothing is laid out."""
        if colour != self._looks.colour:
            self._looks = replace(self._looks, colour=colour)
            self._screen.reader.remember("article", asdict(self._looks))

    # -- keys ------------------------------------------------------------------------------------------
    def do_article_narrower(self, press: Pressed) -> None:
        self._widen(-STEP * (press.count or 1))

    def do_article_wider(self, press: Pressed) -> None:
        self._widen(STEP * (press.count or 1))

    def do_article_usual_width(self, press: Pressed) -> None:
        self._change(column=None)
        self._screen.say(f"Column {self._screen.page.column}")

    def do_article_line_spacing(self, press: Pressed) -> None:
        self._change(spaced=not self._looks.spaced)
        self._screen.say("Lines apart" if self._looks.spaced else "Lines close")

    def do_article_notes_panel(self, press: Pressed) -> None:
        self._change(notes=not self._looks.notes)

    def do_article_zen(self, press: Pressed) -> None:
        self._change(zen=not self._looks.zen)

    def do_article_tail(self, press: Pressed) -> None:
        page = self._screen.page
        if not page.has_tail:
            self._screen.say("Nothing was set aside from this article")
            return
        page.show_tail(not page.tail_shown)
        if page.tail_shown:
            page.end()

    def _widen(self, cells: int) -> None:
        page = self._screen.page
        page.set_column(page.column + cells)
        self._change(column=page.column)
        self._screen.say(f"Column {page.column}")

    # -- showing ---------------------------------------------------------------------------------------
    def fit(self) -> None:
        """Beside the text if there is room for both, else over it, or in its place."""
        width = self._screen.size.width
        self._screen.panel.set_class(width < ROOMY, "-slim")
        self._screen.panel.set_class(width < BESIDE, "-over")
        self._screen.panel.set_class(width < OVER, "-whole")

    def hide_notes(self) -> bool:
        """Close the notes where they hide the text; whether they did."""
        hid = self._hides_text and not self._looks.zen
        if hid:
            self._change(notes=False)
        return hid

    def follow_mode(self) -> None:
        """Zen hides all but the text, and on a narrow screen the notes hide just that: while something is selected
        or pending the status line is needed, and the text."""
        if self._looks.zen or self._hides_text:  # a class costs the styles of the whole screen
            is_asking = self._screen.mode != "article" or self._screen.labelling.is_asking
            self._screen.set_class(is_asking, "-selecting")

    @property
    def _hides_text(self) -> bool:
        """Whether the notes lie over the text."""
        return self._looks.notes and self._screen.size.width < BESIDE

    def _apply(self) -> None:
        screen = self._screen
        screen.page.set_column(self._looks.column or screen.reader.config.width)
        screen.page.set_spaced(self._looks.spaced)
        screen.set_class(self._looks.zen, "-zen")
        screen.panel.set_class(self._looks.notes, "-open")
        self.fit()

    def _change(self, **fields: Any) -> None:
        self._looks = replace(self._looks, **fields)
        self._apply()
        self._screen.reader.remember("article", asdict(self._looks))
