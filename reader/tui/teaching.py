"""What the footer teaches while something is selected, lit or waited for: the few keys that a newcomer needs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from reader.domain.document import Mark
from reader.domain.highlight import Highlight

if TYPE_CHECKING:
    from reader.tui.screens.article import ArticleScreen

Lesson = tuple[tuple[str, str], ...]
"""Ids of commands with the title that the footer has room for, what matters most first."""

LESSONS: Mapping[str, Lesson] = {
    "lit": (
        ("article.select", "Note"),
        ("article.recolour", "Colour"),
        ("article.tag_highlight", "Tag"),
        ("highlight.delete", "Delete"),
        ("article.copy_highlight", "Copy quote"),
        ("article.let_go", "Let go"),
    ),
    "review": (
        ("article.accept", "Accept"),
        ("article.refuse", "Refuse"),
        ("article.visual", "Other words"),
        ("article.next_review", "Next"),
        ("article.let_go", "Let go"),
    ),
    "placeless": (
        ("article.select", "Select the words"),
        ("article.next_review", "Next"),
        ("article.comment", "Note"),
        ("highlight.delete", "Delete"),
        ("article.let_go", "Let go"),
    ),
    "lost": (
        ("article.next_review", "Next"),
        ("article.comment", "Note"),
        ("highlight.delete", "Delete"),
        ("article.let_go", "Let go"),
    ),
    "attach": (
        ("selection.reattach", "Attach to these"),
        ("sentence.next", "Next"),
        ("sentence.grow", "Grow"),
        ("selection.cancel", "Cancel"),
    ),
    "attach by words": (
        ("selection.reattach", "Attach to these"),
        ("motion.word", "Word"),
        ("motion.sentence", "Sentence"),
        ("visual.swap", "Other end"),
        ("selection.cancel", "Cancel"),
    ),
    "link": (
        ("article.select", "Follow"),
        ("article.next_link", "Next link"),
        ("article.jump_back", "Back"),
        ("article.let_go", "Let go"),
    ),
    "target": (
        ("article.select", "Back to the link"),
        ("article.let_go", "Let go"),
    ),
    "unfetched": (
        ("article.link_browser", "Fetch"),
        ("article.browser", "Browser"),
        ("article.replace", "Saved page"),
        ("article.archive", "Archive"),
        ("article.back", "Back"),
    ),
    "textless": (
        ("article.notes_panel", "Highlights"),
        ("article.comment", "Note"),
        ("article.archive", "Archive"),
        ("article.back", "Back"),
    ),
    "sentence": (
        ("selection.highlight", "Highlight"),
        ("sentence.next", "Next"),
        ("selection.comment", "Note"),
        ("sentence.grow", "Grow"),
        ("sentence.unit", "Unit"),
        ("selection.cancel", "Cancel"),
    ),
    "visual": (
        ("selection.highlight", "Highlight"),
        ("motion.word", "Word"),
        ("selection.comment", "Note"),
        ("motion.sentence", "Sentence"),
        ("visual.swap", "Other end"),
        ("selection.cancel", "Cancel"),
    ),
    "caret": (
        ("visual.anchor", "Select from here"),
        ("motion.word", "Word"),
        ("motion.sentence", "Sentence"),
        ("selection.cancel", "Cancel"),
    ),
    "under": (
        ("selection.highlight", "Note"),
        ("selection.in_colour", "Colour"),
        ("highlight.delete", "Delete"),
        ("visual.anchor", "Select from here"),
        ("selection.cancel", "Cancel"),
    ),
    "operator": (
        ("operator.sentence", "Sentence"),
        ("object.paragraph", "Paragraph"),
        ("motion.sentence", "To its end"),
        ("motion.words", "To words"),
        ("operator.cancel", "Cancel"),
    ),
    "labels": (("operator.cancel", "Cancel"),),
    "labelled": (
        ("selection.highlight", "Highlight"),
        ("selection.comment", "Note"),
        ("selection.in_colour", "Colour"),
        ("selection.copy", "Copy"),
        ("operator.cancel", "Labels off"),
    ),
}
FIND_KEYS = (("Enter", "Keep"), ("↓ ↑", "Next, previous"), ("Esc", "Back to where you were"))
FIND_PLACE_KEYS = (("Enter", "Go there"), ("↓ ↑", "Next, previous"), ("Esc", "Cancel"))


class Teaching:
    """Follows the article screen from lesson to lesson; without one the footer shows the mode's own keys."""

    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen
        self._shown = ""

    def follow(self) -> None:
        """Called after each key, so it does nothing while the lesson is the same."""
        lesson = self._lesson
        if lesson != self._shown:
            self._shown = lesson
            self._teach(lesson)

    @property
    def _lesson(self) -> str:
        screen = self._screen
        if screen.is_finding:
            return "place" if screen.page.mode != "reading" or screen.operating.is_waiting else "find"
        if screen.operating.is_waiting:
            return "operator"
        if screen.labelling.is_asking:
            return "labels" if screen.page.mode == "reading" else "labelled"
        waiting = screen.reviewing.waiting
        if screen.page.mode != "reading":
            if waiting is not None and screen.page.mode != "caret":
                return "attach" if screen.page.mode == "sentence" else "attach by words"
            if screen.page.mode == "caret" and screen.page.under_caret is not None:
                return "under"
            return screen.page.mode
        lit = screen.page.lit
        if waiting is not None and (lit is None or lit == waiting):
            return "review" if lit is not None else "lost" if screen.has_no_text else "placeless"
        if isinstance(lit, Mark):
            return "target" if lit.kind == "target" else "link"
        if screen.has_no_text and lit is None:
            return "unfetched" if screen.is_link else "textless"
        return "lit" if isinstance(lit, Highlight) else ""

    @cached_property
    def _labels(self) -> dict[str, str]:
        """The keys of every command, which takes longer to find out than a key should."""
        return {command.id: command.label for command in self._screen.reader.commands}

    def _teach(self, lesson: str) -> None:
        if lesson in ("find", "place"):
            self._screen.teach(*(FIND_KEYS if lesson == "find" else FIND_PLACE_KEYS))
            return
        keys = [(self._labels[name], title) for name, title in LESSONS.get(lesson, ()) if self._labels[name]]
        if lesson == "labels":
            keys.insert(0, ("a … l", "Link" if "LINK" in self._screen.labelling.described else "Sentence"))
        self._screen.teach(*keys, helps=bool(keys))
