"""What is selected of the article, by sentences and their like or from one end to another."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from reader.domain.document import Document, Span
from reader.domain.motions import Motions
from reader.domain.units import Unit, Units
from reader.tui.selection import Mode, Selecting
from reader.tui.widgets.reading import ReadingColumn, span_of

_SCROLL_OFF = 2


class SelectingColumn(ReadingColumn):
    """One selection, whatever made it. Offsets and spans are code points of the article's text."""

    @dataclass
    class SelectionChanged(Message, namespace="article_page"):
        """The mode or the selected passage is another."""

        page: SelectingColumn
        mode: Mode
        span: Span | None

    def _use(self, document: Document) -> None:
        super()._use(document)
        self._motions = Motions(document, self._sentences)
        self._units = Units(document, self._sentences)
        self._selecting_state = Selecting()
        self._last: Selecting | None = None
        self._touched: Span | None = None
        self._is_in_sight = False  # the caret, or where the sentence cursor is
        self._stepped: Span | None = None  # touched by going there, but not on top

    def _relay(self) -> None:
        """Other lines: what was in sight stays in sight."""
        super()._relay()
        if self._is_in_sight and self.mode == "sentence":
            self._follow_piece()
        elif self._is_in_sight and self.caret is not None:
            self._follow_caret(self.caret)

    def moved(self) -> None:
        super().moved()
        if self.mode != "reading":
            self._is_in_sight = self.shows(self._selecting_state.caret)

    # What is selected

    @property
    def mode(self) -> Mode:
        return self._selecting_state.mode

    @property
    def unit(self) -> Unit:
        """What the sentence cursor goes by."""
        return self._selecting_state.unit

    @property
    def selection(self) -> Span | None:
        return self._selecting_state.span(self._motions)

    @property
    def last_selection(self) -> Span | None:
        """What was selected before, until another article is shown."""
        return self._last.span(self._motions) if self._last else None

    @property
    def selected_text(self) -> str:
        span = self.selection
        return self._document.slice(span) if span else ""

    def sentences_in(self, span: Span) -> int:
        """How many sentences *span* touches."""
        here, count = self._sentences.at(span.start), 0
        while here is not None and here.start < span.end:
            count += 1
            here = self._sentences.next(here)
        return count

    @property
    def visible_sentences(self) -> list[Span]:
        """The sentences that begin on screen."""
        visible, found = self.visible_span, []
        here = self._first_sentence()
        while here is not None and here.start < visible.end:
            if here.start >= visible.start:
                found.append(here)
            here = self._sentences.next(here)
        return found

    # By sentences, or other units

    def start_sentence(self) -> None:
        """Light the sentence last touched if it is on screen, else the first that starts there."""
        sentence = self._sentence_to_start_at
        if sentence is not None:
            self._become(Selecting.lit(sentence))
            self._follow_caret(sentence.start)

    def light_sentence(self, sentence: Span) -> None:
        """Light *sentence*."""
        self._become(Selecting.lit(sentence))

    def reach(self, sentence: Span) -> None:
        """Light all as far as *sentence*, forward or back."""
        if self.mode == "sentence":
            self._become(self._selecting_state.reaching(sentence))

    def next_sentence(self, steps: int = 1) -> None:
        """Light the piece of text so many units on."""
        if self.mode == "sentence":
            self._become(self._selecting_state.stepped(self._units, steps))
            self._follow_piece()

    def grow(self, steps: int = 1) -> None:
        """Light so many pieces more at the end, or fewer."""
        if self.mode == "sentence":
            self._become(self._selecting_state.grown(self._units, steps))
            self._follow_selection()

    def change_unit(self, step: int) -> tuple[Unit, ...]:
        """Go on by the next unit that there is here, or by the one before; the units that were passed over."""
        if self.mode != "sentence":
            return ()
        state, missing = self._selecting_state.changed(self._units, step)
        self._become(state)
        self._follow_piece()
        return missing

    # From one end to another

    @property
    def caret(self) -> int | None:
        return self._selecting_state.caret if self.mode in ("visual", "caret") else None

    @property
    def has_anchor(self) -> bool:
        return self.mode == "visual"

    def start_visual(self) -> None:
        """``v``: from reading to visual at the first visible word, or over what is lit; then caret and back."""
        match self.mode:
            case "visual" | "caret":
                self._become(self._selecting_state.toggled())
            case "sentence":
                self._select_span(self.selection)
            case "reading":
                lit = span_of(self._lit) if self._lit else self._current
                if lit is not None and self._on_screen(lit):
                    self._select_span(lit)
                elif self._document.text:
                    start = self._motions.left_edge(self._first_visible_word())
                    self._become(Selecting("visual", start, start))

    def swap_ends(self) -> None:
        if self.mode == "visual":
            self._become(self._selecting_state.swapped())
            self._follow_caret(self._selecting_state.caret)

    def select_paragraphs(self) -> None:
        """``V``: whole paragraphs, from that of the caret or the first visible one; again: back to characters."""
        state = self._selecting_state
        if self.mode == "visual":
            self._become(Selecting("visual", state.anchor, state.caret, not state.whole))
        elif self._document.text:
            here = (
                state.caret if self.mode != "reading" else self._motions.left_edge(self._first_visible_word())
            )
            self._become(Selecting("visual", here, here, True))

    # Letting go, and again

    def select(self, span: Span) -> None:
        """Visual over *span*, which is brought on screen."""
        self._select_span(span)
        self._follow_selection()

    def reselect(self) -> bool:
        """Select again what was selected last; whether there is such a thing."""
        if self._last is None:
            return False
        self._become(self._last)
        self._follow_selection()
        return True

    def remember(self, span: Span) -> None:
        """Take *span* for what was selected last."""
        self._last = Selecting.over(span, self._motions)
        self._touched = self._sentences.at(span.start)

    def cancel(self) -> bool:
        """One step back toward reading; false if there was nothing to cancel."""
        if self.mode != "reading":
            self._become(self._selecting_state.cancelled())
            return True
        was_lit = self._lit is not None
        self._light(None)
        return was_lit

    def clear_selection(self) -> None:
        """Back to reading at once."""
        if self.mode != "reading":
            self._become(Selecting())

    def sentence(self, steps: int) -> bool:
        """Go on by sentences, and where the page cannot scroll any further touch them one after the other; whether
        there was one to go to."""
        there = self._sentence_by_lines(steps)
        was_below = self._touched is not None and self._touched == self._stepped
        if not (was_below and steps < 0 and self._on_screen(self._touched)) and super().sentence(steps):
            at_top = there is None or self._flow_now.place(there.start) == self._top
            self._touched = self._first_sentence() if at_top else there
            self._stepped = None if at_top else there
            return True
        return self._touch(steps)

    def _touch(self, steps: int) -> bool:
        here = start = self._sentence_to_start_at
        for _ in range(abs(steps)):
            there = here and (self._sentences.next(here) if steps > 0 else self._sentences.previous(here))
            if there is None:
                break
            here = there
        if here is None or here == start:
            return False
        self._touched = self._stepped = here
        self.to_offset(here.start, "nearest")
        return True

    @property
    def stepped_to(self) -> Span | None:
        """The sentence that :meth:`sentence` went to without putting it on top, as long as nothing else is touched."""
        return self._stepped if self._stepped == self._touched else None

    def _become(self, state: Selecting) -> None:
        """Take the new state and paint what it changed."""
        before = self._selecting_state
        if state == before:
            return
        if before.mode in ("sentence", "visual") and state.mode in ("reading", "caret"):
            self._last = before
        self._selecting_state = state
        self._is_in_sight = True
        span, caret = self.selection, self.caret
        if span is not None and state.mode == "sentence":
            self._touched = self._sentences.at(state.caret)
        self._layers.set_span("sentence", span if state.mode == "sentence" else None)
        self._layers.set_span("selection", span if state.mode == "visual" else None)
        self._paint_caret(caret)
        if caret is not None and self._lit is not None and not span_of(self._lit).contains(caret):
            self._light(None)
        self.repaint()
        self.post_message(self.SelectionChanged(self, state.mode, span))

    def _paint_caret(self, caret: int | None) -> None:
        under = None if caret is None else Span(caret, max(caret + 1, self._motions.right_edge(caret)))
        self._layers.set_span("caret", under)

    def _select_span(self, span: Span | None) -> None:
        if span is not None and self._document.text:
            self._become(Selecting.over(span, self._motions))

    # Bringing it on screen

    def _follow_caret(self, offset: int) -> None:
        self.show_line(self._flow_now.place(offset), _SCROLL_OFF)

    def _follow_selection(self) -> None:
        """Bring the selection's end on screen, then its beginning as far as both fit."""
        self._bring(end=True)

    def _follow_piece(self) -> None:
        """Bring the selection's beginning on screen, and its end if both fit."""
        self._bring(end=False)

    def _bring(self, *, end: bool) -> None:
        span = self.selection
        if span is None:
            return
        first, last = self._flow_now.place(span.start), self._flow_now.place(max(span.start, span.end - 1))
        fits = self._flow_now.distance(first, last) < self.size.height - 2 * _SCROLL_OFF
        if end or fits:
            self.show_line(last, _SCROLL_OFF)
        if fits or not end:
            self.show_line(first, _SCROLL_OFF)

    @property
    def _sentence_to_start_at(self) -> Span | None:
        return self._touched if self._on_screen(self._touched) else self._first_sentence()

    def _first_sentence(self) -> Span | None:
        visible = self.visible_span
        sentence = self._sentences.at(visible.start)
        if sentence is None or sentence.start >= visible.start:
            return sentence
        following = self._sentences.next(sentence)
        return following if following and following.start < visible.end else sentence

    def _first_visible_word(self) -> int:
        return self.visible_span.start
