"""The caret on the article: its motions, the text objects, what an operator and `.` take, the highlights under it."""

from __future__ import annotations

from reader.domain.document import Document, Span
from reader.domain.highlight import Highlight
from reader.domain.objects import Objects
from reader.domain.units import Unit
from reader.tui.screenlines import FlowLines
from reader.tui.selection import Selecting
from reader.tui.widgets.reading import is_placed, span_of
from reader.tui.widgets.selecting import SelectingColumn

_GROWING = ("iw", "aw", "is", "as", "ip", "ap")  # taken again, these go on to the next; the others go outward
_DEEPEST = 20


class CaretColumn(SelectingColumn):
    """Moves the caret of visual mode and answers how far a motion or a text object reaches."""

    def _use(self, document: Document) -> None:
        super()._use(document)
        self._objects = Objects(document, self._sentences, self._units)
        self._screen_lines = FlowLines(self._flow_now)

    # Moving it

    def put_caret(self, offset: int) -> None:
        """A free caret at *offset*."""
        place = self._motions.left_edge(offset)
        self._screen_lines.forget_column()
        self._become(Selecting("caret", place, place))
        self._follow_caret(place)

    def move(self, motion: str, count: int | None = None) -> None:
        """Move the caret in visual or caret mode; ``gg`` and ``G`` with a count go to that paragraph."""
        if self.mode not in ("visual", "caret"):
            return
        if motion not in ("j", "k"):
            self._screen_lines.forget_column()
        state, selecting = self._selecting_state, self.mode == "visual"
        caret = self._motions.move(motion, state.caret, count, self._screen_lines, selecting=selecting)
        self._become(state.moved(caret))
        self._follow_caret(caret)

    def move_to_character(
        self, character: str, count: int = 1, *, back: bool, till: bool, again: bool = False
    ) -> bool:
        """``f F t T`` in the paragraph of the caret; whether the character is there."""
        caret = self.caret
        if caret is None:
            return False
        found = self._motions.find_character(caret, character, count, back=back, till=till, again=again)
        if found is not None:
            self._move_to(found)
        return found is not None

    def move_to_match(self, match: Span) -> None:
        """The caret to *match*: a selection takes it in whole, also if it ends there."""
        ahead = self.has_anchor and match.start >= self._selecting_state.anchor
        self._move_to(match.end - 1 if ahead else match.start)

    def _move_to(self, offset: int) -> None:
        caret = self._motions.left_edge(offset)
        self._screen_lines.forget_column()
        self._become(self._selecting_state.moved(caret))
        self._follow_caret(caret)

    # Text objects

    def select_object(self, name: str, count: int = 1) -> bool:
        """Select the text object *name* at the caret; whether there is one.

        In vim's way, what is selected already is taken for a beginning: a word, sentence or paragraph more is
        added to it, brackets and quotations give way to those around them.
        """
        caret, selected = self.caret, self.selection
        if caret is None:
            return False
        found = self.object_at(name, caret, count)
        if found is None:
            return False
        if selected is not None and self._is_extended:
            found = self._more(name, caret, count, found, selected)
        self._select_span(found)
        self._follow_selection()
        return True

    @property
    def _is_extended(self) -> bool:
        return self._selecting_state.anchor != self._selecting_state.caret

    def _more(self, name: str, caret: int, count: int, found: Span, selected: Span) -> Span:
        if name in _GROWING:
            if found.start >= selected.start and found.end <= selected.end:
                found = self.object_at(name, self._behind(selected, spaces=name == "iw"), count) or found
            return Span(min(found.start, selected.start), max(found.end, selected.end))
        while found.start >= selected.start and found.end <= selected.end and count < _DEEPEST:
            count += 1
            found = self.object_at(name, caret, count) or found
        return found

    def _behind(self, span: Span, *, spaces: bool) -> int:
        """Where to go on behind *span*: at the next character, or with *spaces* at white space in the same block."""
        text, at = self._document.text, span.end
        if spaces and at < len(text) and text[at] != "\n":
            return at
        while at < len(text) and text[at].isspace():
            at += 1
        return min(at, len(text) - 1)

    # For an operator

    @property
    def start_of_operator(self) -> int | None:
        """Where an operator begins: at the caret, at what is lit, at the sentence last touched, or at the first
        that starts on screen."""
        if self.caret is not None:
            return self.caret
        lit = self.selection or (span_of(self._lit) if self._lit else self._current)
        if lit is not None and self._on_screen(lit):
            return lit.start
        sentence = self._sentence_to_start_at
        return sentence.start if sentence is not None else None

    def show_start(self, offset: int | None) -> None:
        """Paint a caret where an operator begins, or again what there was."""
        self._paint_caret(self.caret if offset is None else offset)
        self.repaint()

    def object_at(self, name: str, offset: int, count: int = 1) -> Span | None:
        """The text object *name* at *offset*."""
        marked = [span_of(mark) for mark in self._highlights if is_placed(mark)] if name == "ih" else ()
        return self._objects.find(name, offset, count, marked)

    def target(self, motion: str, offset: int, count: int | None) -> Span | None:
        """What lies between *offset* and where *motion* leads; ``fx`` and its like are motions here."""
        return self._motions.target(motion, offset, count, self._screen_lines)

    def sentences_from(self, offset: int, count: int = 1) -> Span | None:
        """The sentence at *offset* and those behind it, *count* in all."""
        first = last = self._sentences.at(offset)
        for _ in range(count - 1):
            last = (self._sentences.next(last) if last else None) or last
        return Span(first.start, last.end) if first and last else None

    def sentence_behind(self, span: Span) -> Span | None:
        """The first sentence that begins behind *span*."""
        here = self._sentences.at(max(span.start, span.end - 1))
        return self._sentences.next(here) if here else None

    # For what is done again

    @property
    def pieces(self) -> tuple[Unit, int] | None:
        """The unit that is selected by, and how many pieces; ``None`` for characters and words."""
        state, span = self._selecting_state, self.selection
        if span is None or (state.mode == "visual" and not state.whole):
            return None
        unit: Unit = "paragraph" if state.whole else state.unit
        here, count = self._units.at(unit, span.start) if state.whole else state.first, 1
        while here is not None and here.end < span.end:
            here = self._units.next(unit, here)
            count += 1 if here is not None and here.start < span.end else 0
        return unit, count

    def pieces_from(self, unit: Unit, offset: int, count: int) -> Span | None:
        """The piece at *offset* and those behind it, *count* in all."""
        first = self._units.at(unit, offset)
        if first is None:
            return None
        return Selecting.lit(first, unit=unit).grown(self._units, count - 1).span(self._motions)

    def piece_behind(self, unit: Unit, span: Span) -> Span | None:
        """The first piece that begins behind *span*."""
        here = self._units.next(unit, span)
        while here is not None and here.start < span.end:
            here = self._units.next(unit, here)
        return here

    # Highlights under the caret

    def highlights_at(self, offset: int) -> tuple[Highlight, ...]:
        """The highlights painted at *offset*, the newest first."""
        return tuple(
            mark for mark in reversed(self._highlights) if is_placed(mark) and span_of(mark).contains(offset)
        )

    @property
    def under_caret(self) -> Highlight | None:
        """The highlight that the caret is in: of several the one that is lit, or the newest."""
        here = self.highlights_at(self.caret) if self.caret is not None else ()
        return self._lit if isinstance(self._lit, Highlight) and self._lit in here else next(iter(here), None)

    def cycle_under_caret(self) -> tuple[int, int]:
        """Light the next of the highlights under the caret: its number, and how many there are."""
        here = self.highlights_at(self.caret) if self.caret is not None else ()
        if not here:
            return 0, 0
        place = (here.index(self._lit) + 1) % len(here) if self._lit in here else 0
        self._light(here[place])
        return place + 1, len(here)
